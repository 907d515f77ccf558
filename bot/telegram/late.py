"""aiogram loaded without what it may never use.

While it loads it has pydantic build a validator for each of Telegram's four hundred types and two hundred methods: three
quarters of the processor time that a start spends on libraries, 105 MB of 215 (benchmarks/start.py). We call a dozen methods, so
each class is built when it is first used: 0.2 s for `Message`, a hundredth for the others.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


def load_aiogram() -> None:
    """Loads it. Where somebody has loaded it before, nothing is left to save and nothing changes."""
    rebuild, config = BaseModel.__dict__["model_rebuild"], BaseModel.model_config
    names: dict[str, Any] = {}

    def noted(cls: type[BaseModel], /, **options: Any) -> bool | None:
        if not cls.__module__.startswith("aiogram.") or "_types_namespace" not in options:
            return rebuild.__func__(cls, **options)  # type: ignore[no-any-return]
        names.update(options["_types_namespace"])
        return None

    def built(cls: type[BaseModel], /, **options: Any) -> bool | None:
        """pydantic asks for it at the first use, and would not know the names that stand in the annotations."""
        return rebuild.__func__(cls, **{"_types_namespace": names} | options)  # type: ignore[no-any-return]

    BaseModel.model_rebuild = classmethod(noted)  # type: ignore[assignment,method-assign]
    BaseModel.model_config = ConfigDict(defer_build=True)
    try:
        from aiogram.methods import Response, TelegramMethod
        from aiogram.types import TelegramObject
    finally:
        BaseModel.model_rebuild, BaseModel.model_config = rebuild, config  # type: ignore[method-assign]
    if names:
        for whole in (TelegramObject, TelegramMethod, Response):
            whole.model_rebuild = classmethod(built)  # type: ignore[assignment,method-assign]
