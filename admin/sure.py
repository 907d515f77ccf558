"""«Точно?» in words, before what cannot be taken back: what, how many, whether it can be undone. Staying is the default.

The page is the answer to the first press, so that there is no other way to the act and no script is needed.
"""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from actions.work import Work
from admin.show import page
from admin.visit import ticked, words
from program.text import Text


def asked(
    request: Request,
    form: FormData,
    work: Work,
    *,
    what: Text,
    effect: Text,
    do: str,
    stay: str,
    section: str,
    forever: bool = True,
) -> Response | None:
    """The page that asks; None: the answer was yes.

    Args:
        what: the question. effect: what will be and for how many.
        do: the text id of the button that does it, in the act's own words.
        stay: the address to which one goes back.
        forever: it cannot be undone.
    """
    if words(form, "sure") == "yes":
        return None
    kept = [(name, value) for name in dict.fromkeys(form) if name != "sure" for value in ticked(form, name)]
    return page(
        request,
        "sure.html",
        work,
        section=section,
        what=what,
        effect=effect,
        do=do,
        stay=stay,
        forever=forever,
        kept=kept,
        where=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    )
