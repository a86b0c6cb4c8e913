"""What is said about setbacks: what struck, how heavily, recovery, what was learned."""

import html
from collections.abc import Sequence
from datetime import date

from collective.actions.setbacks import Page, Struck
from collective.calendar import local_day
from collective.setbacks import Kind, Lesson, NotYet, Recovered, Recovery, Setback
from locales.words import Words


def kind(key: Kind, words: Words) -> str:
    """Name what struck, short enough for a button."""
    return {
        Kind.DEPARTURE: words.pgettext("setback", "Members have left"),
        Kind.POLITICS: words.pgettext("setback", "Used for politics"),
        Kind.CONFLICT: words.pgettext("setback", "A conflict"),
        Kind.THEFT: words.pgettext("setback", "A theft"),
        Kind.MARKET: words.pgettext("setback", "Market or order lost"),
        Kind.INSECURITY: words.pgettext("setback", "Insecurity, flight"),
        Kind.ILLNESS: words.pgettext("setback", "Illness or death"),
        Kind.FUNDING: words.pgettext("setback", "Funding has ended"),
        Kind.OTHER: words.pgettext("setback", "Something else"),
    }[key]


def weight(digit: int, words: Words) -> str:
    """Say how heavy a setback weighs, short enough for a button."""
    said = {
        1: words.pgettext("setback", "We can bear it"),
        2: words.pgettext("setback", "It is hard"),
        3: words.pgettext("setback", "It is very hard"),
        4: words.pgettext("setback", "It stops our work"),
        5: words.pgettext("setback", "Everything may end"),
    }[digit]
    return f"{words.number(digit)} · {said}"


def short(setback: Setback, where: str, words: Words) -> str:
    """Name a setback on one line, perhaps with its collective."""
    parts = (words.date(setback.happened_on), kind(setback.kind, words), html.escape(where))
    return " · ".join(part for part in parts if part)


def page(found: Page, words: Words) -> str:
    """Say everything about a setback to who may read it, as HTML."""
    setback = found.setback
    lines = [
        f"<b>{kind(setback.kind, words)}</b> · {html.escape(found.collective.name, quote=False)}",
        f"{words.day(setback.happened_on)} · {weight(setback.weight, words)}",
    ]
    if found.author is not None:
        lines.append(words.gettext("Told by {name}.", name=found.author))
    blocks = ["\n".join(lines)]
    if setback.text is not None:
        blocks.append(f"<blockquote>{html.escape(setback.text, quote=False)}</blockquote>")
    blocks.append(recovery(found.recovery, setback.happened_on, found.collective.zone, words))
    blocks.append(_lessons(words.gettext("What was learned:"), found.lessons, words))
    title = words.gettext("Learned from such setbacks before:")
    blocks.append(_lessons(title, found.earlier, words))
    return "\n\n".join(block for block in blocks if block)


def struck(found: Struck, zone: str, words: Words) -> str:
    """Say in a summary what struck, when, and how the collective recovers; without its words."""
    told = recovery(found.recovery, found.happened_on, zone, words)
    return f"· {words.date(found.happened_on)} · {kind(found.kind, words)}. {told}"


def recovery(found: Recovery, happened_on: date, zone: str, words: Words) -> str:
    """Say whether the collective has recovered, as far as check-ins can tell."""
    match found:
        case Recovered(at=at):
            days = (local_day(at, zone) - happened_on).days
            return words.ngettext(
                "Recovered: after {n} day participation and motivation were back.",
                "Recovered: after {n} days participation and motivation were back.",
                days,
            )
        case NotYet(rounds=0):
            return words.gettext("Recovery: no check-in has opened and closed since.")
        case NotYet(rounds=rounds):
            return words.ngettext(
                "Not yet recovered, {n} check-in after it.",
                "Not yet recovered, {n} check-ins after it.",
                rounds,
            )
    return words.gettext("Recovery: too few check-ins or answers to tell.")


def _lessons(title: str, lessons: Sequence[Lesson], words: Words) -> str:
    if not lessons:
        return ""
    said = [f"· {html.escape(each.text, quote=False)}" for each in lessons]
    return "\n".join([title, *said])
