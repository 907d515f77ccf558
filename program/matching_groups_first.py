"""A first answer to which groups to open, in steps; the search begins with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from program.matching_groups_fill import Found, Option, fill_or_drop, worth

EFFORT = 150_000  # cells of rows looked at in all tries together


def first_answer(options: Sequence[Option], least: int) -> Found:
    """Big groups first, then one group at a time opened instead of others as long as that is better."""
    chosen = _biggest(options, least)
    found = fill_or_drop([options[one] for one in sorted(chosen)], least)
    spent, better = 0, True
    while better and spent < EFFORT:
        better = False
        for one, option in enumerate(options):
            if one in chosen or spent > EFFORT:
                continue
            changed = {n for n in chosen if set(options[n].mentors).isdisjoint(option.mentors)} | {one}
            tried = fill_or_drop([options[n] for n in sorted(changed)], least)
            spent += sum(options[n].effort for n in changed)
            if worth(tried) > worth(found):
                chosen, found, better = changed, tried, True
    return found


def _biggest(options: Sequence[Option], least: int) -> set[int]:
    """A group at a time, each time the one that takes most of those still without one."""
    wanted = Counter(mentee for option in options for mentee in option.row)
    # Bit n is a mentee, those with the fewest chances first: they are taken first.
    order = sorted(wanted, key=lambda one: (wanted[one], one))
    bit = {mentee: 1 << n for n, mentee in enumerate(order)}
    masks = {n: sum(bit[one] for one in option.row) for n, option in enumerate(options)}
    left, chosen = (1 << len(order)) - 1, set()
    while masks:
        best = max(masks, key=lambda n: (min((masks[n] & left).bit_count(), options[n].room), -n))
        mine = masks[best] & left
        if mine.bit_count() < least:
            break
        chosen.add(best)
        for _ in range(min(options[best].room, mine.bit_count())):
            left ^= mine & -mine
            mine &= mine - 1
        busy = set(options[best].mentors)
        masks = {n: mask for n, mask in masks.items() if busy.isdisjoint(options[n].mentors)}
    return chosen
