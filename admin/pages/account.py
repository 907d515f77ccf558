"""One's own account: the password, where one is signed in, the code after the password. Open to every role."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import accounts, second_step
from actions.accounts import Staff
from actions.invitations import qr_svg
from actions.work import Work
from admin.forms import Typed
from admin.own_password import may_try, secret, tried
from admin.show import address, back, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program import one_time_codes
from program.errors import Refusal
from storage import accounts as rows
from storage.tables import User

router = APIRouter(prefix="/account")

_FIELD = {
    "staff-password-wrong": "password",
    "admin-password-short": "new_password",
    "admin-password-guessable": "new_password",
    "staff-password-same": "new_password",
}


@router.get("", name="account")
async def account(request: Request, staff: Signed, work: Reading) -> Response:
    return await _account(request, staff, work, {})


@router.post("/password", name="account-password")
async def password(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    user = await _own(work, staff)
    new = form.get("new_password")
    if may_try(request, staff, typed):
        try:
            await accounts.change_password(
                work, user, secret(form), new if isinstance(new, str) else "", _token(request)
            )
            tried(request, staff)
        except Refusal as refusal:
            typed.refused(_FIELD.get(refusal.text.id, "password"), refusal)
    if typed.problems:
        return await _account(request, staff, work, typed.problems)
    return back(request, "account", "password")


@router.post("/sessions/end", name="account-sessions-end")
async def end_others(request: Request, staff: Signed, work: Changing) -> Response:
    await accounts.end_others(work, staff.id, _token(request))
    return back(request, "account", "sessions-ended")


@router.post("/sessions/{mark}/end", name="account-session-end")
async def end_one(request: Request, staff: Signed, work: Changing, mark: str) -> Response:
    if not await accounts.end_session(work, staff.id, mark):
        raise HTTPException(404)
    return back(request, "account", "session-ended")


@router.get("/code", name="second-step")
async def step(request: Request, staff: Signed, work: Reading) -> Response:
    return await _step(request, staff, work, {})


@router.post("/code", name="second-step-begin")
async def begin(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    box = house(request).links.second_steps
    if may_try(request, staff, typed):
        try:
            await second_step.begin(work, box, await _own(work, staff), secret(form))
            tried(request, staff)
            return back(request, "second-step")
        except Refusal as refusal:
            typed.refused("password", refusal)
    return await _step(request, staff, work, typed.problems)


@router.post("/code/confirm", name="second-step-confirm")
async def confirm(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    box = house(request).links.second_steps
    if may_try(request, staff, typed, "entry_code"):
        try:
            own, code = await _own(work, staff), typed.words("entry_code", 40)
            codes = await second_step.confirm(work, box, own, code, house(request).by_telephones())
            tried(request, staff)
            return page(
                request, "account/codes.html", work, codes=codes, next=address(request, "account"), kept=None
            )
        except Refusal as refusal:
            typed.refused("entry_code", refusal)
    return await _step(request, staff, work, typed.problems)


@router.post("/code/off", name="second-step-off")
async def off(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    if may_try(request, staff, typed):
        try:
            bare = await second_step.off(work, await _own(work, staff), secret(form))
            tried(request, staff)
            if not bare:
                return back(request, "sign-in", "second-step-anew")
            return back(request, "account", "second-step-off")
        except Refusal as refusal:
            typed.refused("password", refusal)
    return await _step(request, staff, work, typed.problems)


@router.post("/code/recovery", name="second-step-codes")
async def recovery(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    if may_try(request, staff, typed):
        try:
            box = house(request).links.second_steps
            codes = await second_step.new_codes(work, box, await _own(work, staff), secret(form))
            tried(request, staff)
            return page(
                request, "account/codes.html", work, codes=codes, next=address(request, "account"), kept=None
            )
        except Refusal as refusal:
            typed.refused("password", refusal)
    return await _step(request, staff, work, typed.problems)


async def _account(request: Request, staff: Staff, work: Work, problems: dict[str, str]) -> Response:
    held = await rows.sign_ins(work.session, staff.id, work.now)
    here = accounts.digest(_token(request))[:16]
    return page(
        request,
        "account/account.html",
        work,
        status=422 if problems else 200,
        held=[(accounts.mark_of(one), one) for one in held],
        at=here,
        code_on=await rows.has_code(work.session, staff.id),
        until=(await _own(work, staff)).until,
        least=accounts.PASSWORD_MIN,
        problems=problems,
    )


async def _step(request: Request, staff: Staff, work: Work, problems: dict[str, str]) -> Response:
    links = house(request).links
    secret = await second_step.unconfirmed(work.session, links.second_steps, staff.id)
    shown: dict[str, Any] = {"secret": "", "picture": ""}
    if secret:
        issuer = house(request).texts("admin-product")
        shown = {
            "secret": one_time_codes.typed_secret(secret),
            "picture": qr_svg(one_time_codes.address(secret, issuer, staff.login)),
        }
    return page(
        request,
        "account/second_step.html",
        work,
        status=422 if problems else 200,
        code_on=await rows.has_code(work.session, staff.id),
        left=await rows.recovery_left(work.session, staff.id),
        required=staff.role in work.settings.code_roles,
        problems=problems,
        **shown,
    )


async def _own(work: Work, staff: Staff) -> User:
    return await accounts.user(work.session, staff.school_id, staff.id)


def _token(request: Request) -> str:
    return request.cookies.get(house(request).cookie, "")
