"""A guardian's page: what is asked, the full text, an answer for each purpose apart.

Both answers look the same and none is ticked beforehand; what is optional never stands in the way.
Source: domain.md 8.1, 8.2; ux.md B36.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import FormData

from actions import care_words, consent_texts, guardians, invitations
from actions.guardians import Adult, Relation
from actions.webchat import invite_own_messenger, number_of, web_address
from actions.work import Work
from bot.answers import Unclear, clean, last_name, middle_name, name_part, phone
from bot.flows.guardian import birth_year
from bot.web.blocks import blocks
from bot.web.pace import Use
from bot.web.pages import LONGEST_TOKEN, Site, place, see, words_asked
from locales.consents import KINDS, split
from program.ages import Consenter
from program.channels import Channel
from program.consents import REQUIRED, ConsentEvent, ConsentKind, ConsentMethod
from program.errors import Refusal
from program.guardians import RefusalReason, require_elder
from program.settings import SchoolSettings
from program.text import Text, storable
from storage import consents as ledger
from storage import people, schools, webchat
from storage.tables import ConsentText, Person, School

ONCE = re.compile(r"[0-9a-f]{24}")


COOKIE = "nastavnik_guardian"
CHANGES_MIND = 3600  # seconds in which this browser still speaks for the same adult


@dataclass
class Filled:
    """What was filled in, and what is wrong with it: field -> text."""

    values: dict[str, str]
    wrong: dict[str, Text] = field(default_factory=dict)

    def read(self, name: str, reader: Callable[[str], str], *, optional: bool = False) -> str:
        raw = self.values.get(name, "").strip()
        if optional and not raw:
            return ""
        try:
            return reader(raw)
        except Unclear as unclear:
            self.wrong[name] = unclear.text
            return ""


@dataclass(frozen=True)
class Asked:
    """Whose consent is asked for, with the texts that are shown."""

    token: str
    child: Person
    school: School
    texts: Mapping[ConsentKind, ConsentText]


def routes(site: Site) -> APIRouter:
    """`/consent/<token>` and what it says afterwards."""
    router = APIRouter()

    @router.get("/consent/{token}", name="consent")
    async def show(request: Request, token: str) -> Response:
        if site.guesses(request):
            return site.busy(words_asked(request))
        asked = await _asked(site, token)
        if asked is None:
            return site.miss(request, words_asked(request))
        return _form(site, request, asked, Filled({}))

    @router.post("/consent/{token}", name="consent-decide")
    async def decide(request: Request, token: str) -> Response:
        if site.guesses(request) or not site.pace.allows(Use.DECIDE, place(request)):
            return site.busy(words_asked(request))
        form = await request.form(max_files=0, max_fields=40)
        done = await _repeated(site, form)
        if done is not None:
            return see(_done(token, await _chat(site, done)))
        asked = await _asked(site, token)
        if asked is None:
            return site.miss(request, words_asked(request))
        filled = Filled({name: storable(str(value)) for name, value in form.items()})
        adult, decisions = _adult(filled, _today(site, asked)), _decisions(filled, asked)
        if adult is not None and "born" not in filled.wrong and (young := _too_young(site, asked, adult)):
            filled.wrong["born"] = young
        if adult is None or filled.wrong:
            return _form(site, request, asked, filled)
        known = await _known(site, request, asked)
        guardian = await _write(site, asked, adult, decisions, filled, known)
        if guardian is None:
            return site.miss(request, words_asked(request))
        chat = await _chat(site, guardian)
        response = see(_done(token, chat))
        response.set_cookie(
            COOKIE,
            chat,
            max_age=CHANGES_MIND,
            path=f"/consent/{token}",
            httponly=True,
            samesite="lax",
            secure=site.links.public_url.startswith("https:"),
        )
        return response

    @router.get("/consent/{token}/done/{chat}", name="consent-done")
    async def done(request: Request, token: str, chat: str) -> Response:
        found = await _result(site, token, chat)
        if found is None:
            return site.miss(request, words_asked(request))
        return site.page(
            "consent_done.html", words_asked(request), title=Text("web-consent-done-title"), **found
        )

    return router


async def _asked(site: Site, token: str) -> Asked | None:
    """What the page asks; None where the token opens nothing. The first visit stores the school's texts."""
    if len(token) > LONGEST_TOKEN:
        return None
    async with site.database.reading() as session:
        invitation = await people.invitation(session, token)
        if invitation is None:
            return None
        school = await schools.get(session, invitation.school_id)
        try:
            child = await guardians.child_of(Work(session, school, site.clock()), invitation)
        except Refusal:
            return None
        texts = {k: await ledger.newest_text(session, school.id, k, Consenter.GUARDIAN) for k in KINDS}
    known = {kind: text for kind, text in texts.items() if text is not None}
    if len(known) < len(texts):
        async with site.database.transaction() as session:
            known = await consent_texts.newest(Work(session, school, site.clock()), Consenter.GUARDIAN)
    return Asked(token, child, school, known)


def _form(site: Site, request: Request, asked: Asked, filled: Filled) -> Response:
    texts = words_asked(request)
    purposes = [
        {
            "kind": kind.value,
            "title": text.title,
            "text_id": text.id,
            "version": text.version,
            "summary": blocks(split(text.body)[0]),
            "full": blocks(split(text.body)[1]),
            "required": kind in REQUIRED,
            "chosen": filled.values.get(f"decide_{kind}", ""),
        }
        for kind, text in asked.texts.items()
    ]
    return site.page(
        "consent.html",
        texts,
        title=Text("web-consent-title"),
        status=422 if filled.wrong else 200,
        school=asked.school.name,
        child=_child(asked.child),
        here=f"/consent/{asked.token}",
        lang=texts.language,
        other="en" if texts.language == "ru" else "ru",
        purposes=purposes,
        reasons=[reason.value for reason in RefusalReason],
        telegram=site.links.telegram(asked.token),
        vk=site.links.vk(asked.token),
        relations=[relation.value for relation in Relation],
        values=filled.values,
        wrong=filled.wrong,
        once=filled.values.get("once") or secrets.token_hex(12),
    )


def _child(child: Person) -> str:
    """First name and class: whoever holds the link learns no more."""
    return f"{child.first_name}, {child.class_name}" if child.class_name else child.first_name


def _adult(filled: Filled, today: date) -> Adult | None:
    last, first = filled.read("last_name", last_name), filled.read("first_name", name_part)
    middle = filled.read("middle_name", middle_name, optional=True)
    number = filled.read("phone", phone, optional=True)
    relation = filled.values.get("relation", "")
    born = filled.read("born", lambda said: str(birth_year(today)(said)))
    if relation not in tuple(Relation):
        filled.wrong["relation"] = Text("web-consent-choose-relation")
        return None
    return Adult(last, first, middle, Relation(relation), number, _number(born))


def _too_young(site: Site, asked: Asked, adult: Adult) -> Text | None:
    """What to say to somebody who is no adult, or too near to the child in age."""
    try:
        require_elder(adult.born, asked.child.birth_date, _today(site, asked))
    except Refusal as refusal:
        return refusal.text
    return None


def _today(site: Site, asked: Asked) -> date:
    return site.clock().astimezone(ZoneInfo(asked.school.timezone)).date()


def _reason(filled: Filled) -> str:
    """Why not, for the school: of the list, or own words."""
    own = clean(filled.values.get("reason_words", ""))[:300]
    chosen = filled.values.get("reason", "")
    return own or (chosen if chosen in tuple(RefusalReason) else "")


def _decisions(filled: Filled, asked: Asked) -> dict[ConsentKind, bool]:
    decisions = {}
    for kind, text in asked.texts.items():
        said = filled.values.get(f"decide_{kind}", "")
        if said not in ("yes", "no"):
            filled.wrong[f"decide_{kind}"] = Text("web-consent-choose", {"title": text.title})
        decisions[kind] = said == "yes"
    return decisions


async def _write(
    site: Site,
    asked: Asked,
    adult: Adult,
    decisions: Mapping[ConsentKind, bool],
    filled: Filled,
    known: int | None,
) -> int | None:
    """The guardian's id; None where the invitation was used up meanwhile.

    Args:
        known: the guardian who answered from this browser a while ago.
    """
    shown = {kind: _number(filled.values.get(f"text_{kind}", "")) for kind in asked.texts}
    try:
        async with site.database.transaction() as session:
            work = Work(session, asked.school, site.clock())
            child = await people.lock(session, asked.child.id)
            assert child is not None
            before = await webchat.done_before(session, once_key(filled.values))
            if before is not None:
                return before
            if not await invitations.use(work, asked.token):
                return None
            guardian = await guardians.decide(
                work,
                child,
                adult,
                decisions,
                method=ConsentMethod.WEB_FORM,
                channel=Channel.WEB,
                guardian=await people.get(session, known) if known else None,
                shown=shown,
                reason=_reason(filled),
            )
            await care_words.hand_over(work, guardian.id, filled.values.get("reason_words", "")[:300])
            await web_address(work, guardian)
            if not await webchat.own_messenger(session, guardian.id, work.now):
                await invite_own_messenger(work, guardian)
            await webchat.mark_done(session, once_key(filled.values), guardian.id, work.now)
            return guardian.id
    except Refusal:
        return None


async def _known(site: Site, request: Request, asked: Asked) -> int | None:
    """The adult who answered about this child from this browser just now: may change their mind."""
    cookie = request.cookies.get(COOKIE, "")
    async with site.database.reading() as session:
        adult = await _reader(site, session, cookie)
        bonds = await people.children_of(session, adult.id) if adult else []
    return adult.id if adult and any(bond.child_id == asked.child.id for bond in bonds) else None


async def _repeated(site: Site, form: FormData) -> int | None:
    """The guardian of a form that was sent before: the answer to a second press is the same page."""
    async with site.database.reading() as session:
        return await webchat.done_before(session, once_key({"once": storable(str(form.get("once", "")))}))


def once_key(values: Mapping[str, str]) -> str:
    """The key of one filled page; a page that brings none gets its own."""
    given = values.get("once", "")
    return f"consent:{given if ONCE.fullmatch(given) else secrets.token_hex(12)}"


def _done(token: str, chat: str) -> str:
    return f"/consent/{token}/done/{chat}"


async def _chat(site: Site, guardian_id: int) -> str:
    """The token of the guardian's own web chat: who holds it may see what was answered."""
    async with site.database.reading() as session:
        guardian = await people.get(session, guardian_id)
    return site.links.chat_token(guardian_id, number_of(guardian) if guardian else 0)


async def _reader(site: Site, session: AsyncSession, chat: str) -> Person | None:
    return await webchat.reader(session, site.links.chat_name(chat)) if len(chat) <= LONGEST_TOKEN else None


async def _result(site: Site, token: str, chat: str) -> dict[str, Any] | None:
    """What the guardian said, what happens next, and where to go on."""
    if len(token) > LONGEST_TOKEN:
        return None
    async with site.database.reading() as session:
        guardian = await _reader(site, session, chat)
        invitation = await people.invitation(session, token)
        if guardian is None or invitation is None or invitation.child_id is None:
            return None
        bonds = [
            b for b in await people.children_of(session, guardian.id) if b.child_id == invitation.child_id
        ]
        if not bonds:
            return None
        child, school = bonds[0].child, await schools.get(session, invitation.school_id)
        lines = (await ledger.ledger(session, [child.id])).get(child.id, [])
        said = {ConsentKind(line.kind): line.event for line in lines if line.given_by == guardian.id}
        link = await webchat.own_messenger(session, guardian.id, site.clock())
    settings = SchoolSettings.read(school.settings)
    return {
        "school": school.name,
        "child": _child(child),
        "curator": settings.curator_name,
        "said": [(kind.value, said.get(kind) == ConsentEvent.GIVEN) for kind in KINDS if kind in said],
        "taking_part": all(said.get(kind) == ConsentEvent.GIVEN for kind in REQUIRED),
        "confirmed": bonds[0].confirmed_at is not None,
        "chat": f"/chat/{chat}",
        "telegram": site.links.telegram(link) if link else "",
        "vk": site.links.vk(link) if link else "",
    }


def _number(raw: str) -> int:
    return int(raw) if raw.isdecimal() and len(raw) < 19 else 0
