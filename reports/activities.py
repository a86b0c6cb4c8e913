"""What is said of an activity: what, when and where; that it changes; that it was."""

import html
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from collective.activities import Activity, Coming, Details, Kind
from collective.calendar import Cadence, local_moment
from locales.words import Words

#: Where a kind is also a choice of the weekly check-in it has the same face there.
_FACES: Mapping[Kind, str] = {
    Kind.PRODUCTION: "🧵",
    Kind.SALE: "🛍",
    Kind.MEETING: "👥",
    Kind.TRAINING: "📚",
    Kind.REFRESHER: "📖",
    Kind.EXCHANGE: "💬",
    Kind.VISIT: "🚶",
    Kind.OPEN_DAY: "🚪",
    Kind.WORKSHOP: "💡",
    Kind.MUTUAL_HELP: "🤝",
}
#: What of a title stands in a list.
_SHORT = 40


def kind_name(kind: Kind, words: Words) -> str:
    """Name a kind, for a button."""
    return {
        Kind.PRODUCTION: words.pgettext("activity kind", "Production"),
        Kind.SALE: words.pgettext("activity kind", "Sale or market"),
        Kind.MEETING: words.pgettext("activity kind", "Meeting"),
        Kind.TRAINING: words.pgettext("activity kind", "Training"),
        Kind.REFRESHER: words.pgettext("activity kind", "Refresher training"),
        Kind.EXCHANGE: words.pgettext("activity kind", "Exchange of experience"),
        Kind.VISIT: words.pgettext("activity kind", "Visit"),
        Kind.OPEN_DAY: words.pgettext("activity kind", "Open day"),
        Kind.WORKSHOP: words.pgettext("activity kind", "Reflection workshop"),
        Kind.MUTUAL_HELP: words.pgettext("activity kind", "Mutual help"),
    }[kind]


def kind(key: Kind, words: Words) -> str:
    """The same with its face."""
    return f"{_FACES[key]} {kind_name(key, words)}"


def coming_name(coming: Coming, words: Words) -> str:
    """Name what a member says before it, for a button."""
    return {
        Coming.YES: words.pgettext("coming", "I come"),
        Coming.MAYBE: words.pgettext("coming", "Maybe"),
        Coming.NO: words.pgettext("coming", "I do not come"),
    }[coming]


def repeats(cadence: Cadence | None, words: Words) -> str:
    """Say how often it comes, in a sentence; nothing for one that comes once."""
    if cadence is None:
        return ""
    return {
        Cadence.WEEKLY: words.gettext("It comes every week."),
        Cadence.FORTNIGHTLY: words.gettext("It comes every two weeks."),
        Cadence.MONTHLY: words.gettext("It comes once a month."),
    }[cadence]


def title(activity: Activity) -> str:
    """Return its face and its title, as HTML."""
    return _named(activity.details)


def line(activity: Activity, words: Words) -> str:
    """Say it in a list: day, hour, face, the beginning of its title; as HTML."""
    details = activity.details
    text = details.title
    if len(text) > _SHORT:
        text = text[: _SHORT - 1].rstrip() + "…"
    weekday = words.weekday_short(details.day.weekday())
    when = f"{weekday} {words.date(details.day)} {words.time(details.at)}"
    return f"{when} · {_FACES[details.kind]} {html.escape(text, quote=False)}"


def label(activity: Activity, words: Words) -> str:
    """Name it on a button, which is not HTML: its face, its day, its title."""
    details = activity.details
    weekday = words.weekday_short(details.day.weekday())
    return f"{_FACES[details.kind]} {weekday} {details.title}"


def told(activity: Activity, zone: str, in_charge: str | None, words: Words) -> str:
    """Say all that there is to know before it, line by line, as HTML."""
    return described(activity.details, zone, in_charge, words)


def described(details: Details, zone: str, in_charge: str | None, words: Words) -> str:
    """The same of what may become one."""
    lines = [
        _named(details),
        kind_name(details.kind, words),
        words.moment(local_moment(details.day, details.at, zone), zone),
    ]
    if details.place:
        lines.append(words.gettext("Place: {place}", place=details.place))
    if details.with_whom:
        lines.append(words.gettext("With: {who}", who=details.with_whom))
    if details.open_to_others:
        lines.append(words.gettext("People from outside may come too."))
    if in_charge is not None:
        lines.append(words.gettext("In charge: {name}", name=in_charge))
    lines.append(repeats(details.repeats, words))
    return "\n".join(each for each in lines if each)


def planned(author: str | None, words: Words) -> str:
    """Say above it that it is new; `author` plans it, None: a series goes on."""
    if author is None:
        return words.gettext("📅 It comes again:")
    return words.gettext("📅 {name} plans:", name=author)


def group_planned(words: Words) -> str:
    """Say to the group that it is planned, and where one says whether one comes."""
    return words.pgettext("group", "📅 Planned for you. Say with the button whether you come:")


def changed(activity: Activity, zone: str, words: Words) -> str:
    """Say above it that it begins at another hour, or is at another place."""
    if activity.was_at is None:
        return words.gettext("🔁 The place has changed:")
    was = words.moment(activity.was_at, zone)
    return words.gettext("🔁 Not {was} any more. The new day, hour and place:", was=was)


def cancelled(words: Words, *, over: bool = False) -> str:
    """Say above it that it does not take place, or did not."""
    if over:
        return words.gettext("❌ This did not take place:")
    return words.gettext("❌ This does not take place:")


def reminder(activity: Activity, zone: str, now: datetime, words: Words) -> str:
    """Say above it when it is, by the day on which she reads it."""
    tz = ZoneInfo(zone)
    days = (activity.starts_at.astimezone(tz).date() - now.astimezone(tz).date()) / timedelta(1)
    if days == 0:
        return words.gettext("🔔 Today:")
    if days == 1:
        return words.gettext("🔔 Tomorrow:")
    return words.gettext("🔔 Soon:")


def counts(given: Mapping[Coming, int], words: Words) -> str:
    """Say how many come, as long as anybody has said anything."""
    if not any(given.values()):
        return ""
    return words.gettext(
        "Coming: {yes}. Maybe: {maybe}. Not coming: {no}.",
        yes=words.number(given.get(Coming.YES, 0)),
        maybe=words.number(given.get(Coming.MAYBE, 0)),
        no=words.number(given.get(Coming.NO, 0)),
    )


def thanks(activity: Activity, words: Words, *, group: bool = False) -> str:
    """Thank for it with how many were there and what was learned in words, as HTML."""
    attended, members = activity.attended or 0, activity.members or 0
    lines = [
        words.pgettext("group", "Thank you for this:")
        if group
        else words.gettext("It is over. Thanks to all who were there:"),
        title(activity),
        words.ngettext(
            "{n} of {members} members was there.",
            "{n} of {members} members were there.",
            attended,
            members=words.number(members),
        ),
        learned(activity, words),
    ]
    return "\n".join(each for each in lines if each)


def learned(activity: Activity, words: Words) -> str:
    """Say what was learned, as HTML; nothing where nobody wrote it."""
    if activity.learned is None:
        return ""
    return words.gettext("What we learned: {text}", text=activity.learned)


def _named(details: Details) -> str:
    return f"{_FACES[details.kind]} <b>{html.escape(details.title, quote=False)}</b>"
