"""What a summary says beside the check-in: acts, votes, hard times, openness. No one is named."""

from collections.abc import Sequence
from decimal import Decimal

from collective.actions.life import Life, Support
from collective.activities import Activity
from collective.figures import FEWEST, FollowUpFigures
from collective.openness import Openness
from collective.proposals import Proposal
from collective.signals import ALONE, TurnedInward
from locales.words import Words
from reports import activities, deciding, outcomes, setbacks

#: Lines under one title; a group may read them in two languages in one message.
_LINES = 3


def told(life: Life, zone: str, words: Words) -> list[str]:
    """Tell what everybody may read: what was held and decided, votes under way, what is next."""
    held = [_held(each, words) for each in life.held]
    decided = [_decided(each, words) for each in life.decided]
    voting = [_voting(each, zone, words) for each in life.voting]
    lines = _listed(words.gettext("Activities held:"), held, words)
    lines += _listed(words.gettext("Votes that are over:"), decided, words)
    lines += _listed(words.gettext("Votes under way:"), voting, words)
    if life.ahead is not None:
        ahead = [f"· {activities.line(life.ahead, words)}"]
        lines += _listed(words.gettext("Next activity:"), ahead, words)
    return lines


def support(found: Support, zone: str, words: Words) -> list[str]:
    """Tell who accompanies a collective, and coordinators, what calls for attention."""
    struck = [setbacks.struck(each, zone, words) for each in found.struck]
    lines = _listed(words.gettext("Hard times:"), struck, words)
    lines += _follow_ups(found.follow_ups, words)
    lines += _openness(found.openness, found.before, words)
    return lines if found.inward is None else [*lines, _inward(found.inward, words)]


def _held(activity: Activity, words: Words) -> str:
    line = activities.line(activity, words)
    if activity.attended is None:
        return f"· {line}"
    there = words.gettext(
        "there: {n} of {members}",
        n=words.number(activity.attended),
        members=words.number(activity.members or 0),
    )
    return f"· {line} · {there}"


def _decided(proposal: Proposal, words: Words) -> str:
    parts = [deciding.title(proposal, words), outcomes.short(proposal, words)]
    if proposal.unconsulted and proposal.adopted:
        parts.append(words.gettext("whom else it concerns was not asked"))
    return f"· {' · '.join(parts)}"


def _voting(proposal: Proposal, zone: str, words: Words) -> str:
    title, closes_at = deciding.title(proposal, words), proposal.terms.closes_at
    if closes_at is None:
        return f"· {title}"
    until = words.pgettext("vote", "closes {moment}", moment=words.moment(closes_at, zone))
    return f"· {title} · {until}"


def _follow_ups(found: FollowUpFigures, words: Words) -> list[str]:
    lines = []
    if found.waiting >= FEWEST:
        waiting = words.number(found.waiting)
        lines.append(words.gettext("{n} people wait to be seen or called.", n=waiting))
    elif found.waiting:
        lines.append(words.gettext("At least one person waits to be seen or called."))
    if found.due >= FEWEST:
        share = words.percent(Decimal(found.prompt) / found.due)
        lines.append(words.gettext("Seen or called within two weeks: {share}.", share=share))
    return lines


def _openness(now: Openness, before: Openness, words: Words) -> list[str]:
    lines = []
    if now.outward or now.inward:
        line = words.gettext(
            "This quarter: {outward} times with people outside, {inward} by themselves",
            outward=words.number(now.outward),
            inward=words.number(now.inward),
        )
        lines.append(line + _ratio(now, words))
    if before.outward or before.inward:
        line = words.gettext(
            "The quarter before: {outward} times with people outside, {inward} by themselves",
            outward=words.number(before.outward),
            inward=words.number(before.inward),
        )
        lines.append(line + _ratio(before, words))
    return lines


def _ratio(found: Openness, words: Words) -> str:
    # Beside counts of which one is nothing, or nearly, a ratio says no more.
    if found.ratio is None or not round(found.ratio, 1):
        return ""
    ratio = words.number(Decimal(found.ratio.numerator) / found.ratio.denominator, 1)
    said = words.gettext("{ratio} to 1", ratio=ratio)
    return f" ({said})"


def _inward(signal: TurnedInward, words: Words) -> str:
    return words.ngettext(
        "👀 For {weeks} weeks nothing with people outside, and {n} thing by themselves. "
        "An open day, an exchange or a visit could be next.",
        "👀 For {weeks} weeks nothing with people outside, and {n} things by themselves. "
        "An open day, an exchange or a visit could be next.",
        signal.inward,
        weeks=words.number(ALONE.days // 7),
    )


def _listed(title: str, lines: Sequence[str], words: Words) -> list[str]:
    if not lines:
        return []
    more = len(lines) - _LINES
    rest = [words.ngettext("and {n} more", "and {n} more", more)] if more > 0 else []
    return [f"<b>{title}</b>", *lines[:_LINES], *rest]
