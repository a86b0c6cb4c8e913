"""What a facilitator reads about her collective: first steps, and who has answered."""

import html
from collections.abc import Sequence
from datetime import datetime

from collective.actions.accompanying import Participant, Participation, Progress, Start
from collective.actions.summaries import Overview
from collective.people import Member, is_paused
from locales.words import Words
from reports import reasons

#: How far each has come, before her name; the sentence above the list explains them.
_MARKS = {
    Progress.FINISHED: "✅",
    Progress.STARTED: "✍️",
    Progress.SILENT: "▫️",
    Progress.PAUSED: "⏸",
    Progress.NOT_ASKED: "·",
}
_NO_PHONE, _UNREACHED = "📵", "🚫"


def page(start: Start, found: Participation, now: datetime, words: Words) -> str:
    """Say who is in it, how far the round has come, and which first steps are left."""
    collective = found.collective
    lines = [f"<b>{html.escape(collective.name)}</b> · {html.escape(collective.place)}"]
    many = words.ngettext("{n} member", "{n} members", start.members)
    if start.roster:
        without = words.ngettext("{n} without Telegram", "{n} without Telegram", start.roster)
        many = f"{many}, {without}"
    lines += [many, _round(start, found, now, words)]
    if start.unreached:
        lines.append(
            words.ngettext(
                "🚫 {n} member cannot be reached.",
                "🚫 {n} members cannot be reached.",
                len(start.unreached),
            )
        )
    if start.group_lost is not None:
        lines.append(f"{_UNREACHED} {reasons.of_group(start.group_lost, words)}")
    steps = [] if start.done else ["", *_steps(start, collective.zone, words)]
    return "\n".join([*(line for line in lines if line), *steps])


def people(found: Participation, shown: Sequence[Participant], words: Words) -> str:
    """List how far everybody has come, with the motivation of who lets it be seen."""
    if found.round is None:
        return words.gettext("No check-in has opened yet.")
    day = found.round.opens_at.astimezone(found.collective.tzinfo).date()
    head = words.gettext(
        "Check-in of {day}: {answered} of {expected} have answered.",
        day=words.day(day),
        answered=found.answered,
        expected=found.expected,
    )
    key = words.gettext(
        "✅ finished · ✍️ begun · ▫️ nothing yet · ⏸ pause · 📵 no Telegram · 🚫 unreachable"
    )
    lines = [_line(each, words) for each in shown]
    return "\n".join([head, key, "", *lines])


def unreached(shown: Sequence[Member], words: Words) -> str:
    """List who cannot be reached, why, and what helps."""
    head = words.gettext("Nothing I send reaches them now:")
    return "\n".join([head, "", *(_why(each, words) for each in shown)])


def name(member: Member, now: datetime) -> str:
    """Write her name for a button, with what stands in the way of reaching her."""
    marks = [_NO_PHONE] if member.chat_id is None else []
    marks += [_UNREACHED] if member.unreachable is not None else []
    marks += ["⏸"] if is_paused(member, now) else []
    return " ".join([member.name, *marks])


def member(found: Member, zone: str, now: datetime, words: Words) -> str:
    """Say since when she is in, and whether she can be reached."""
    lines = [f"<b>{html.escape(found.name)}</b>"]
    lines.append(
        words.gettext("Member since {moment}.", moment=words.moment(found.joined_at, zone))
    )
    if found.chat_id is None:
        lines.append(words.gettext("She has no Telegram."))
    if found.unreachable is not None:
        lines.append(f"{_UNREACHED} {_why(found, words)}")
    if is_paused(found, now) and found.paused_until is not None:
        until = words.moment(found.paused_until, zone)
        lines.append(words.gettext("She makes a pause until {moment}.", moment=until))
    return "\n".join(lines)


def card_of_collective(
    found: Overview, members: int, facilitators: Sequence[Member], words: Words
) -> str:
    """Say to a coordinator who accompanies it and how many take part: counts, no members' names."""
    collective = found.collective
    lines = [
        f"<b>{html.escape(collective.name)}</b> · {html.escape(collective.place)}",
        words.ngettext("{n} member", "{n} members", members),
        words.gettext(
            "Facilitator: {names}", names=words.list_and(each.name for each in facilitators)
        )
        if facilitators
        else words.gettext("It has no facilitator."),
    ]
    if found.last is not None:
        answered, expected = found.last.figures.answered, found.last.figures.expected
        lines.append(
            words.gettext(
                "Last check-in: answers {answered} of {expected}.",
                answered=answered,
                expected=expected,
            )
        )
    return "\n".join(lines)


def _round(start: Start, found: Participation, now: datetime, words: Words) -> str:
    zone = found.collective.zone
    if found.round is not None and found.round.takes_answers(now):
        return words.gettext(
            "The check-in under way: answers {answered} of {expected}. It closes {moment}.",
            answered=found.answered,
            expected=found.expected,
            moment=words.moment(found.round.closes_at, zone),
        )
    if start.next_opens_at is not None:
        moment = words.moment(start.next_opens_at, zone)
        return words.gettext("The next check-in opens {moment}.", moment=moment)
    return ""


def _steps(start: Start, zone: str, words: Words) -> list[str]:
    steps = [
        (start.members > 0, words.gettext("Invite the members: /inviter")),
        (start.group, words.gettext("Add me to your Telegram group: I post the summary there")),
        (start.opened, words.gettext("First check-in: it opens by itself")),
    ]
    title = words.gettext("To begin well:")
    return [title, *(f"{'✅' if done else '⬜'} {step}" for done, step in steps)]


def _line(each: Participant, words: Words) -> str:
    parts = [_MARKS[each.progress], html.escape(each.member.name)]
    if each.member.chat_id is None:
        parts.append(_NO_PHONE)
    if each.member.unreachable is not None:
        parts.append(_UNREACHED)
    if each.motivation is not None:
        parts.append(words.gettext("· motivation {digit}", digit=each.motivation))
    return " ".join(parts)


def _why(member: Member, words: Words) -> str:
    name = html.escape(member.name)
    return f"<b>{name}</b> {reasons.of_person(member.unreachable or '', words)}"
