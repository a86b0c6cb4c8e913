"""The commands of each role: the same names for everyone, descriptions in her language."""

from collections.abc import Iterable

from collective.people import Role
from locales.words import Words

POINT, LANGUAGE, HELP = "point", "langue", "aide"
INVITE, BROADCAST, SUMMARY = "inviter", "diffuser", "resume"
COLLECTIVE, REMIND, COLLECTIVES = "collectif", "relancer", "collectifs"
NEW = "nouveau"
CANCEL = "annuler"
LINK, UNLINK = "lier", "delier"

#: Other names people try, and Telegram's own three.
ALIASES = {
    POINT: ("bilan", "monpoint", "checkin"),
    LANGUAGE: ("language",),
    HELP: ("help",),
    BROADCAST: ("broadcast",),
    SUMMARY: ("summary",),
    CANCEL: ("cancel",),
}

_OF_ROLE = {
    Role.MEMBER: (POINT,),
    Role.FACILITATOR: (COLLECTIVE, REMIND, BROADCAST, INVITE, SUMMARY),
    Role.COORDINATOR: (COLLECTIVES, SUMMARY, NEW),
}
_OF_EVERYONE = (LANGUAGE, HELP)


def names_of(command: str) -> tuple[str, ...]:
    """Return every name a command answers to."""
    return (command, *ALIASES.get(command, ()))


def commands_for(roles: Iterable[Role], words: Words) -> tuple[tuple[str, str], ...]:
    """Return a person's menu: the union of her roles, then what everyone has."""
    held = set(roles)
    listed = [command for role in Role if role in held for command in _OF_ROLE[role]]
    wanted = dict.fromkeys([*listed, *_OF_EVERYONE])
    return tuple((command, _description(command, words)) for command in wanted)


def group_commands(words: Words) -> tuple[tuple[str, str], ...]:
    """Return the menu of a group chat."""
    return tuple((command, _description(command, words)) for command in (SUMMARY, HELP))


def _description(command: str, words: Words) -> str:
    return {
        POINT: words.pgettext("command", "My check-in"),
        LANGUAGE: words.pgettext("command", "Change language"),
        HELP: words.pgettext("command", "Help"),
        COLLECTIVE: words.pgettext("command", "My collective"),
        REMIND: words.pgettext("command", "Remind who has not answered"),
        COLLECTIVES: words.pgettext("command", "All collectives"),
        INVITE: words.pgettext("command", "Invite members"),
        BROADCAST: words.pgettext("command", "Write to the collective"),
        SUMMARY: words.pgettext("command", "How the collective is doing"),
        NEW: words.pgettext("command", "Create a collective"),
    }[command]
