"""Whom a broadcast is for and how many that is, as its author reads it."""

from collections.abc import Mapping, Sequence

from collective.audiences import Audience, Reach, Share
from collective.collectives import Collective
from locales.words import Words

#: Collectives that a page lists; a phone shows no more at once.
_LINES = 20


def said_reach(reach: Reach, audience: Audience, words: Words) -> str:
    """Say how many get it."""
    if not reach.anybody:
        return words.gettext(
            "Nobody would receive it like this: choose others, or invite the members with /inviter."
        )
    if audience.persons:
        return words.ngettext(
            "To {n} person whom you chose.", "To {n} people whom you chose.", reach.people
        )
    if audience.unanswered:
        return words.ngettext(
            "To {n} member who has not answered yet.",
            "To {n} members who have not answered yet.",
            reach.people,
        )
    if audience.one is None:
        return words.gettext(
            "People: {people}. Groups: {groups}.",
            people=words.number(reach.people),
            groups=words.number(reach.groups),
        )
    if not reach.groups:
        return words.ngettext("To {n} member.", "To {n} members.", reach.people)
    if not audience.roles:
        return words.gettext("To the group.")
    return words.ngettext(
        "To {n} member and to the group.", "To {n} members and to the group.", reach.people
    )


def said_shares(
    shares: Sequence[Share], collectives: Mapping[int, Collective], words: Words
) -> str:
    """List how many get it in each collective, by name; 👥 is its group."""
    named = (
        sorted((collectives[each.collective].name, each) for each in shares if each.collective)
        if shares
        else []
    )
    lines = [
        words.pgettext("list", "· {title}: {count}", title=name, count=words.number(share.people))
        + (" 👥" if share.group else "")
        for name, share in named[:_LINES]
    ]
    if len(named) > _LINES:
        more = len(named) - _LINES
        lines.append(words.ngettext("and {n} more", "and {n} more", more))
    return "\n".join(lines)
