"""Join tokens: random, counted at joining, expiring, revocable; the QR code."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from actions import invitations
from actions.work import Work
from program.errors import Refusal
from program.roles import PersonState, Side
from storage import people
from storage.tables import Person, School
from tests import build


@pytest.fixture
async def alice(work: Work) -> Person:
    alice = build.person(work.school)
    work.session.add(alice)
    await work.session.flush()
    return alice


async def test_tokens_are_random_and_fit_every_messenger(work: Work) -> None:
    made = await invitations.invite(work, Side.MENTOR, count=50, form="uch_uch")
    tokens = {invitation.token for invitation in made}
    assert len(tokens) == 50
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in tokens)
    assert {(i.purpose, i.form, i.uses_left) for i in made} == {("mentor", "uch_uch", 1)}


async def test_a_personal_one_is_used_up_by_joining_not_by_opening(work: Work, alice: Person) -> None:
    [card] = await invitations.invite(work, "any", person_id=alice.id)
    for _ in range(2):
        opened = await people.invitation(work.session, card.token)
        assert opened is not None
        assert people.usable(opened, work.now)
    assert await invitations.use(work, card.token)
    assert not await invitations.use(work, card.token)
    await work.session.refresh(card)
    assert card.uses_left == 0


async def test_a_class_joins_by_one_link(work: Work) -> None:
    [poster] = await invitations.invite(work, Side.MENTEE, class_name="8А")
    assert poster.uses_left >= 40
    assert [await invitations.use(work, poster.token) for _ in range(poster.uses_left + 1)].count(True) == 40


async def test_nobody_joins_by_a_late_revoked_or_unknown_link(work: Work) -> None:
    late, revoked = await invitations.invite(work, "any", count=2, days=1)
    await invitations.revoke(work, revoked.id)
    await invitations.revoke(work, revoked.id)
    assert not await invitations.use(replace(work, now=work.now + timedelta(days=1)), late.token)
    assert not await invitations.use(work, revoked.token)
    assert not await invitations.use(work, "nothing")
    assert not await invitations.use(work, "")
    assert await invitations.use(work, late.token)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"purpose": "boss"}, "invite-purpose"),
        ({"form": "none"}, "invite-form"),
        ({"count": 0}, "invite-number"),
        ({"count": 1_001}, "invite-number"),
        ({"uses": 0}, "invite-number"),
        ({"days": 0}, "invite-number"),
        ({"person_id": 12_345}, "invite-person"),
    ],
)
async def test_a_senseless_wish_gets_a_sentence(work: Work, wrong: dict[str, object], said: str) -> None:
    with pytest.raises(Refusal) as refused:
        await invitations.invite(work, **{"purpose": "any", **wrong})  # type: ignore[arg-type]
    assert refused.value.text.id == said


async def test_people_and_links_of_another_school_are_out_of_reach(work: Work) -> None:
    other = School(slug="b", name="Б", timezone=build.ZONE, created_at=work.now)
    work.session.add(other)
    await work.session.flush()
    stranger = build.person(other)
    work.session.add(stranger)
    await work.session.flush()
    [theirs] = await invitations.invite(replace(work, school=other), "any")
    with pytest.raises(Refusal, match="invite-person"):
        await invitations.invite(work, "any", person_id=stranger.id)
    with pytest.raises(Refusal, match="invite-unknown"):
        await invitations.revoke(work, theirs.id)
    assert not await invitations.use(work, theirs.token)


async def test_who_took_the_consent_back_is_not_invited(work: Work, alice: Person) -> None:
    alice.state = PersonState.FROZEN
    with pytest.raises(Refusal, match="invite-person"):
        await invitations.invite(work, "any", person_id=alice.id)


async def test_a_parent_gets_the_same_link_while_it_works(work: Work, alice: Person) -> None:
    first = await invitations.guardian_invitation(work, alice)
    assert (first.purpose, first.child_id, first.person_id) == ("guardian", alice.id, None)
    assert (await invitations.guardian_invitation(work, alice)).id == first.id
    later = replace(work, now=work.now + timedelta(days=31))
    second = await invitations.guardian_invitation(later, alice)
    assert second.token != first.token
    await invitations.revoke(later, second.id)
    assert (await invitations.guardian_invitation(later, alice)).id not in (first.id, second.id)


def test_the_qr_code_is_plain_svg() -> None:
    svg = invitations.qr_svg("https://school.example/join/" + "A" * 22)
    root = ElementTree.fromstring(svg)
    assert root.tag == "svg"
    assert "viewBox" in root.attrib
    for node in root.iter():
        assert node.tag in ("svg", "g", "path")
        assert not {"style", "onload", "class", "href"} & node.attrib.keys()
