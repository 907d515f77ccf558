"""aiogram as the programme loads it: little is built at the start, and everything can be built afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOADED = """
import bot.telegram.client
from aiogram import methods, types

CLASSES = {getattr(module, name) for module in (methods, types) for name in module.__all__}
MODELS = [one for one in CLASSES if hasattr(one, "__pydantic_complete__")]
"""


def in_a_process_of_its_own(words: str) -> str:
    done = subprocess.run([sys.executable, "-c", LOADED + words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_loading_it_builds_no_type_that_nobody_has_used() -> None:
    built = "print(len(MODELS) > 500, [one.__name__ for one in MODELS if one.__pydantic_complete__])"

    assert in_a_process_of_its_own(built) == "True []"


def test_what_we_call_can_be_built_with_all_that_its_answer_may_hold() -> None:
    build = """
from bot.telegram import again, messenger

ours = {one for module in (again, messenger) for one in vars(module).values() if isinstance(one, type)} & {*MODELS} - {methods.TelegramMethod}
for one in ours:
    one.__pydantic_validator__.title  # as its first use does
    if issubclass(one, methods.TelegramMethod):
        methods.Response[one.__returning__].__pydantic_validator__.title
    assert one.__pydantic_complete__, one
print(len(ours) > 12)
"""
    assert in_a_process_of_its_own(build) == "True"


def test_other_classes_of_pydantic_are_built_as_ever() -> None:
    words = """
from pydantic import BaseModel

class Ours(BaseModel):
    number: int

print(Ours.__pydantic_complete__, BaseModel.model_config, BaseModel.model_rebuild.__func__.__name__)
"""
    assert in_a_process_of_its_own(words) == "True {} model_rebuild"
