"""The own password once more, before an act that whoever finds an open browser must not do."""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import FormData

from actions import accounts
from actions.accounts import Staff
from actions.work import Work
from admin.forms import Typed
from admin.pages.signing import patience_of
from admin.patience import WINDOW
from program.errors import Refusal

FIELD = "password"


async def given(request: Request, staff: Staff, work: Work, form: FormData, typed: Typed) -> bool:
    """Whether the form holds the own password; what is wrong with it stands beside its field."""
    if not may_try(request, staff, typed):
        return False
    own = await accounts.user(work.session, staff.school_id, staff.id)
    try:
        await accounts.require_password(own, secret(form))
    except Refusal as refusal:
        typed.refused(FIELD, refusal)
        return False
    tried(request, staff)
    return True


def may_try(request: Request, staff: Staff, typed: Typed, field: str = FIELD) -> bool:
    """Whoever finds an open browser does not get to guess the password."""
    patience, address = patience_of(request)
    if patience.try_once(f"own:{staff.id}", address):
        return True
    typed.wrong(field, "admin-sign-in-wait", minutes=WINDOW)
    return False


def tried(request: Request, staff: Staff) -> None:
    patience, address = patience_of(request)
    patience.succeeded(f"own:{staff.id}", address)


def secret(form: FormData) -> str:
    """The password as it was typed: with its spaces."""
    value = form.get(FIELD)
    return value if isinstance(value, str) else ""
