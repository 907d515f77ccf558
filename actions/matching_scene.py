"""The people of a form with the best answer, to ask questions about."""

from __future__ import annotations

from actions.matching_pool import Pool
from program.matching import Judge, Mentee, blocks
from program.matching_exchange import Exchange
from program.matching_plan import plan
from program.matching_rules import RuleBook


class Scene:
    """The pool with its best answer."""

    def __init__(self, seen: Pool, book: RuleBook) -> None:
        self.seen, self.book = seen, book
        self.mentees = {one.id: one for one in seen.mentees}
        self.mentors = {one.id: one for one in seen.mentors}
        self.plan = plan(seen.mentees, seen.mentors, book, seen.pins)

    def exchange(self) -> Exchange:
        return Exchange(self.plan.problem, self.plan.answer)

    def judge(self, mentee: Mentee) -> Judge:
        return Judge(mentee, self.book.of(mentee.role_model))

    def points(self, mentee: int, mentor: int | None) -> int | None:
        """Of a pair that no rule forbids, places aside."""
        if mentor is None or mentor not in self.mentors:
            return None
        one, other = self.mentees[mentee], self.mentors[mentor]
        if set(blocks(one, other, self.book.of(one.role_model))) - {"place"}:
            return None
        return self.judge(one).points(other)
