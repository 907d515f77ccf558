"""Cards about pairs: suggested ones, those that nobody has answered, what is asked for in them."""

from __future__ import annotations

from collections.abc import Sequence

from actions import acceptance, announcing, pair_requests, pairs
from actions.desk.kinds import CardKind, Shown, Verb, named
from actions.work import Work
from program.acceptance import DISSOLVING
from program.pair_life import Wish
from program.roles import Side, StaffRole
from program.states import PairStatus
from program.text import Arg, Text
from storage import desk as rows
from storage import pair_requests as wishes
from storage import pairs as pair_rows
from storage.tables import Pair, User

CURATOR = frozenset({StaffRole.CURATOR})
MOST_REASONS = 2


async def _suggested(work: Work, account: User) -> Sequence[int]:
    return await rows.pairs(work.session, work.school.id, work.settings.year, PairStatus.SUGGESTED)


async def _show_suggested(work: Work, account: User, key: int) -> Shown | None:
    pair = await pair_rows.get(work.session, work.school.id, key)
    if pair is None or pair.status != PairStatus.SUGGESTED:
        return None
    texts = [Text.from_json(one) for one in pair.reasons.get("for", [])[:MOST_REASONS]]
    against = [Text.from_json(one) for one in pair.reasons.get("against", [])[:1]]
    args: dict[str, Arg] = {
        "mentees": who(pair, Side.MENTEE),
        "mentors": who(pair, Side.MENTOR),
        "score": pair.score or 0,
        "first": texts[0] if texts else "none",
        "second": texts[1] if len(texts) > 1 else "none",
        "against": against[0] if against else "none",
    }
    return Shown(Text("desk-pair", args), ("approve", "reject"))


async def _approve(work: Work, key: int, said: str) -> Text:
    return Text("desk-pair-approved", couple(await pairs.approve(work, key)))


async def _reject(work: Work, key: int, said: str) -> Text:
    return Text("desk-pair-rejected", couple(await pairs.reject(work, key, said)))


async def _pair_settled(work: Work, key: int) -> str:
    pair = await pair_rows.get(work.session, work.school.id, key)
    return pair.decided_by if pair is not None else ""


async def _approved(work: Work, account: User) -> Sequence[int]:
    """Those that can be announced now; what another one lacks is read in the admin."""
    return [pair.id for pair in (await announcing.preview_announcement(work)).pairs]


async def _show_approved(work: Work, account: User, key: int) -> Shown | None:
    seen = await announcing.preview_announcement(work, [key])
    if not seen.pairs:
        return None
    heard = len({one.person.id for one in seen.planned if not one.to_call})
    calls = len({one.person.id for one in seen.to_call})
    args = couple(seen.pairs[0]) | {"count": heard, "calls": calls, "delay": work.settings.announce_delay}
    return Shown(Text("desk-pair-approved-one", args), ("announce",))


async def _announce(work: Work, key: int, said: str) -> Text:
    pair = await pair_rows.get(work.session, work.school.id, key)
    args = couple(pair) if pair is not None else {}
    await pairs.announce(work, [key])
    return Text("desk-pair-announced", args)


async def _announced(work: Work, key: int) -> str:
    return await rows.last_actor(work.session, work.school.id, f"pair:{key}")


async def _offered(work: Work, account: User) -> Sequence[int]:
    year = work.settings.year
    return await rows.pairs(work.session, work.school.id, year, PairStatus.OFFERED, silent_at=work.now)


async def _show_offered(work: Work, account: User, key: int) -> Shown | None:
    pair = await pair_rows.get(work.session, work.school.id, key)
    if pair is None or pair.status != PairStatus.OFFERED:
        return None
    return Shown(Text("desk-offer", couple(pair)), ("start", "remind", "dissolve"))


async def _start(work: Work, key: int, said: str) -> Text:
    return Text("desk-offer-started", couple(await acceptance.start(work, key)))


async def _remind(work: Work, key: int, said: str) -> Text:
    told = await acceptance.remind(work, key)
    pair = await pair_rows.get(work.session, work.school.id, key)
    assert pair is not None
    return Text("desk-offer-reminded" if told else "desk-offer-reminded-none", couple(pair))


async def _dissolve(work: Work, key: int, said: str) -> Text:
    pair = await pair_rows.get(work.session, work.school.id, key)
    args = couple(pair) if pair is not None else {}
    await acceptance.dissolve(work, key, said)
    return Text("desk-offer-dissolved", args)


async def _asked(work: Work, account: User) -> Sequence[int]:
    return [one.id for one in await wishes.ready(work.session, work.school.id)]


async def _show_asked(work: Work, account: User, key: int) -> Shown | None:
    one = await wishes.get(work.session, work.school.id, key)
    if one is None or one.state not in wishes.OPEN:
        return None
    pair = await pair_rows.get(work.session, work.school.id, one.pair_id)
    assert pair is not None
    args = couple(pair) | {
        "what": Text(f"pairs-wish-{one.kind}"),
        "part": Text(f"pairs-part-{one.side}"),
        # The reason may be somebody's health: it is read in the admin.
        "why": "there" if one.reason else "none",
        "until": f"{one.until:%d.%m.%Y}" if one.until else "none",
    }
    ends = one.kind == Wish.END and not pair.is_group
    return Shown(Text("desk-ask", args), ("complete", "stop", "keep") if ends else ("grant", "keep"))


async def _grant(work: Work, key: int, said: str) -> Text:
    return Text("desk-ask-granted", couple(await pair_requests.grant(work, key)))


async def _complete(work: Work, key: int, said: str) -> Text:
    pair = await pair_requests.grant(work, key, status=PairStatus.COMPLETED)
    return Text("desk-ask-ended", couple(pair))


async def _stop(work: Work, key: int, said: str) -> Text:
    pair = await pair_requests.grant(work, key, status=PairStatus.STOPPED)
    return Text("desk-ask-ended", couple(pair))


async def _keep(work: Work, key: int, said: str) -> Text:
    return Text("desk-ask-kept", couple(await pair_requests.keep(work, key)))


async def _ask_settled(work: Work, key: int) -> str:
    one = await wishes.get(work.session, work.school.id, key)
    return one.closed_by if one is not None else ""


def who(pair: Pair, side: Side) -> str:
    """Members of a side, of a pair that is over as well."""
    return "; ".join(named(one.person) for one in pair.members if one.side == side)


def couple(pair: Pair) -> dict[str, Arg]:
    return {"mentees": who(pair, Side.MENTEE), "mentors": who(pair, Side.MENTOR)}


_WHY_NOT = tuple((code, Text(f"admin-reject-{code}")) for code in pairs.WHY_REJECTED)
_WHY_OVER = tuple((code, Text(f"pairs-because-{code}")) for code in DISSOLVING)

KINDS = (
    CardKind(
        "p",
        "suggested",
        _suggested,
        _show_suggested,
        (
            Verb("approve", "matching-approve", CURATOR, _approve),
            Verb("reject", "matching-reject", CURATOR, _reject, _WHY_NOT),
        ),
        _pair_settled,
    ),
    CardKind(
        "n",
        "approved",
        _approved,
        _show_approved,
        (Verb("announce", "announce-send", CURATOR, _announce),),
        _announced,
    ),
    CardKind(
        "o",
        "answers",
        _offered,
        _show_offered,
        (
            Verb("start", "pair-start", CURATOR, _start),
            Verb("remind", "pair-remind", CURATOR, _remind),
            Verb("dissolve", "pair-dissolve", CURATOR, _dissolve, _WHY_OVER),
        ),
        _pair_settled,
    ),
    CardKind(
        "a",
        "requests",
        _asked,
        _show_asked,
        (
            Verb("grant", "pair-wish-grant", CURATOR, _grant),
            Verb("complete", "pair-wish-grant", CURATOR, _complete),
            Verb("stop", "pair-wish-grant", CURATOR, _stop),
            Verb("keep", "pair-wish-keep", CURATOR, _keep),
        ),
        _ask_settled,
    ),
)
