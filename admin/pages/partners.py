"""«Партнёры»: the register as a list, and a new partner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import directories
from actions.accounts import Staff
from actions.work import Work
from admin.filters import OneOf, Words
from admin.listing import Made, Source, download, view
from admin.show import page
from admin.tables import Column, Many, Table
from admin.visit import Reading, Signed
from program.directories import Directory
from program.partners import WORKED_WITH, Deed, PartnerState, ending
from program.text import Text, raw
from storage import partners as rows
from storage.tables import Partner

router = APIRouter(prefix="/partners")

FAR = date(9999, 12, 31)
UNTIL = ("soon", "none")


@dataclass(frozen=True)
class Row:
    """A partner of the list. `ending`: the agreement ends within a month or has ended."""

    partner: Partner
    kind: Text
    forms: Sequence[Text]
    events: int
    offers: int
    ending: bool


@router.get("", name="partners")
async def partners(request: Request, staff: Signed, work: Reading) -> Response:
    table, source = await built(work, request)
    return page(
        request, "partners/partners.html", work, section="partners",
        view=await view(request, staff, work, table, source), today=work.today,
        empty=not await rows.counts(work.session, work.school.id),
    )  # fmt: skip


# A POST: taking a list out of the house is written into the journal.
@router.post("/file", name="partners-file")
async def partners_file(request: Request, staff: Signed) -> Response:
    return await _file(request, staff)


async def _file(request: Request, staff: Staff) -> Response:
    return await download(request, staff, lambda work: built(work, request))


async def built(work: Work, request: Request) -> tuple[Table[Row], Source[Row]]:
    """The table and its rows; the archive is looked at only when it is asked for."""
    kinds = await directories.entries(work, Directory.PARTNER_KIND, everything=True)
    archived = request.query_params.get("state") == PartnerState.ARCHIVED
    found = await rows.of_school(work.session, work.school.id, archived=archived)
    names = {one.slug: one.name for one in kinds}
    known = work.settings.known_forms
    made = [
        Row(
            one,
            names.get(one.kind, raw(one.kind)),
            [work.settings.form_name(slug) for slug in one.forms if slug in known],
            sum(deed.kind == Deed.EVENT for deed in one.deeds),
            sum(deed.kind == Deed.OFFER for deed in one.deeds),
            one.state in WORKED_WITH and ending(one.agreement_until, work.today),
        )
        for one in found
    ]
    return _table(work, [(one.slug, one.name) for one in kinds]), Made(made)


def _table(work: Work, kinds: list[tuple[str, Text]]) -> Table[Row]:
    columns: list[Column[Row]] = [
        Column("name", "partner-name", _name, lambda row: row.partner.name),
        Column("kind", "partner-kind", lambda row: str(row.partner.kind), lambda row: row.kind),
        Column(
            "state", "partner-state", lambda row: str(row.partner.state),
            lambda row: Text(f"partner-state-{row.partner.state}"),
        ),
        Column("number", "partner-agreement-number", cell=lambda row: row.partner.agreement_number, hidden=True),
        Column("on", "partner-agreement-on", cell=lambda row: row.partner.agreement_on, hidden=True),
        Column(
            "until", "partner-agreement-until", lambda row: row.partner.agreement_until or FAR,
            lambda row: row.partner.agreement_until,
        ),
        Column("forms", "partner-forms", cell=lambda row: Many(row.forms)),
        Column("people", "partner-people", lambda row: len(row.partner.people), lambda row: len(row.partner.people)),
        Column("offers", "partner-offers", cell=lambda row: row.offers, hidden=True),
        Column("events", "partner-events", cell=lambda row: row.events, hidden=True),
        Column("contact", "partner-contact", cell=lambda row: row.partner.contact, hidden=True),
        Column("position", "partner-contact-position", cell=lambda row: row.partner.contact_position, hidden=True),
        Column("phone", "partner-phone", cell=lambda row: row.partner.phone, hidden=True),
        Column("email", "partner-email", cell=lambda row: row.partner.email, hidden=True),
    ]  # fmt: skip
    states = [(state.value, Text(f"partner-state-{state}")) for state in PartnerState]
    forms = [(slug, work.settings.form_name(slug)) for slug in work.settings.known_forms]
    return Table(
        "partners",
        "partner-title",
        columns,
        [
            Words("q", "partner-search", fits=Words.of(lambda row: f"{row.partner.name} {row.partner.contact}")),
            OneOf("kind", "partner-kind", fits=lambda row, value: row.partner.kind == value, options=kinds),
            OneOf("state", "partner-state", fits=lambda row, value: row.partner.state == value, options=states),
            OneOf(
                "form", "partner-forms", fits=lambda row, value: value in row.partner.forms, options=forms, more=True
            ),
            OneOf(
                "until", "partner-agreement", more=True,
                fits=lambda row, value: row.ending if value == "soon" else row.partner.agreement_until is None,
                options=[(one, Text(f"partner-until-{one}")) for one in UNTIL],
            ),
        ],
        usual="name",
    )  # fmt: skip


def _name(row: Row) -> str:
    return row.partner.name.casefold()
