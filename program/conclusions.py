"""What numbers say, in one sentence: made from the numbers alone, modest where they are few, blaming nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from program.text import Arg, Text

FEW_MEETINGS = 10  # below it a month more or less is chance
FEW_MARKS = 30
CLEAR = 0.5  # points of ten by which a mean has to move to be named


def of_forms(counts: Mapping[str, int], names: Mapping[str, Text]) -> Text:
    """Which form has most pairs.

    Args:
        counts: form -> pairs and groups.
        names: words of every form.
    """
    whole = sum(counts.values())
    if not whole:
        return Text("reports-said-forms-none")
    most = max(counts.values())
    first = [form for form, count in counts.items() if count == most]
    args: dict[str, Arg] = {"count": most, "whole": whole, "form": names[first[0]]}
    if most == whole:
        return Text("reports-said-forms-one", args)
    if len(first) > 1:
        return Text("reports-said-forms-alike", {"count": most, "whole": whole})
    return Text("reports-said-forms", args)


def of_months(now: Sequence[int], past: Sequence[int], names: Sequence[str]) -> Text:
    """How many meetings there were, in which month most, and the same months a year earlier.

    Args:
        names: of the months, «в октябре».
    """
    whole, earlier = sum(now), sum(past)
    if not whole:
        return Text("reports-said-meetings-none")
    args: dict[str, Arg] = {"count": whole, "best": max(now), "month": names[list(now).index(max(now))]}
    if whole < FEW_MEETINGS:
        return Text("reports-said-meetings-few", args)
    if not earlier:
        return Text("reports-said-meetings", args)
    return Text("reports-said-meetings-past", args | {"past": earlier})


def of_stages(stages: tuple[int, int, int, int]) -> Text:
    """How far people have come."""
    known, base, paired, done = stages
    if not known:
        return Text("reports-said-stages-none")
    return Text("reports-said-stages", {"count": known, "base": base, "paired": paired, "done": done})


def of_marks(shown: int, good: int, mean: str) -> Text:
    """What the marks after meetings are like."""
    if not shown:
        return Text("reports-said-marks-none")
    few = "few" if shown < FEW_MARKS else "many"
    return Text("reports-said-marks", {"count": shown, "good": good, "mean": mean, "few": few})


def of_change(people: int, ups: Sequence[Text], downs: Sequence[Text], few: int) -> Text:
    """What has grown and what has fallen.

    Args:
        ups, downs: names of what moved by `CLEAR` or more, the farthest first.
        few: people below which it is an observation only.
    """
    args: dict[str, Arg] = {"people": people, "few": "few" if people < few else "many"}
    if ups:
        args["up"] = ups[0]
    if downs:
        args["down"] = downs[0]
    if ups and downs:
        return Text("reports-said-change-both", args)
    if ups:
        return Text("reports-said-change-up", args)
    return Text("reports-said-change-down" if downs else "reports-said-change-same", args)
