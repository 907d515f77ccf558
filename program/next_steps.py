"""What is due now about one person, in the order in which somebody should act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Due(StrEnum):
    """The words are the text `story-due-<value>`."""

    HELP = "help"  # asked for help and nobody has closed it
    GUARDIAN = "guardian"  # a parent has answered, the school has not confirmed the parent
    CONSENT = "consent"  # a required consent is missing
    LOST = "lost"  # no message arrives
    INVITE = "invite"  # has never come to any chat
    ADMIT = "admit"  # a mentor nobody has let in yet
    ANSWER = "answer"  # was asked whether the pair suits and is silent
    OUTCOME = "outcome"  # nobody said whether a meeting took place
    WORRY = "worry"  # the pair asks for somebody
    UNFINISHED = "unfinished"  # stopped in the middle of a questionnaire
    PAIR = "pair"  # has a place and no pair


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Args:
        about: id of the row that its page needs: a place, a pair, a meeting; 0: the person's own.
        more: for its words: a questionnaire's number of the question.
    """

    due: Due
    about: int = 0
    more: int = 0


@dataclass(frozen=True)
class Facts:
    """What is known of a person who takes part now.

    Args:
        consents: every required consent is given.
        reached: a message arrives; None: there is no address at all.
        unadmitted: places of a mentor nobody has let in.
        silent: offered pairs that wait for this person's word.
        unsettled: meetings of which nobody said whether they took place.
        worrying: pairs with an open reason that the reader may read.
        stopped: at which question of which questionnaire, in the order of `story`.
        searching: places without a pair.
    """

    help: bool = False
    guardians_waiting: int = 0
    consents: bool = True
    reached: bool | None = True
    unadmitted: Sequence[int] = ()
    silent: Sequence[int] = ()
    unsettled: Sequence[int] = ()
    worrying: Sequence[int] = ()
    stopped: Sequence[int] = ()
    searching: Sequence[int] = ()


def steps(facts: Facts) -> list[Step]:
    """What is due, the most pressing first; nothing: all is well.

    Who still has no consent is not asked about pairs: nothing can be done about them before.
    """
    found: list[Step] = []
    if facts.help:
        found.append(Step(Due.HELP))
    if facts.guardians_waiting:
        found.append(Step(Due.GUARDIAN))
    if not facts.consents:
        found.append(Step(Due.CONSENT))
    if facts.reached is None:
        found.append(Step(Due.INVITE))
    elif not facts.reached:
        found.append(Step(Due.LOST))
    found += [Step(Due.ANSWER, key) for key in facts.silent]
    found += [Step(Due.OUTCOME, key) for key in facts.unsettled]
    found += [Step(Due.WORRY, key) for key in facts.worrying]
    if facts.consents:
        found += [Step(Due.ADMIT, key) for key in facts.unadmitted]
        found += [Step(Due.PAIR, key) for key in facts.searching]
    found += [Step(Due.UNFINISHED, more=number) for number in facts.stopped]
    return found
