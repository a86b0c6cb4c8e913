"""The commands of each role: the same names for everyone, descriptions in her language."""

from collections.abc import Iterable
from difflib import get_close_matches

from collective.people import Role
from locales.words import Words

POINT, LANGUAGE, HELP = "point", "langue", "aide"
INVITE, BROADCAST, SUMMARY, RHYTHM = "inviter", "diffuser", "resume", "rythme"
COLLECTIVE, REMIND, ENTER, COLLECTIVES = "collectif", "relancer", "saisie", "collectifs"
NEW = "nouveau"
CANCEL = "annuler"
SETTINGS, MY_ANSWERS = "reglages", "mesreponses"
LINK, UNLINK = "lier", "delier"

#: Other names people try, and Telegram's own three.
ALIASES = {
    POINT: ("bilan", "monpoint", "checkin"),
    LANGUAGE: ("language",),
    HELP: ("help",),
    BROADCAST: ("broadcast",),
    SUMMARY: ("summary",),
    RHYTHM: ("rhythm",),
    CANCEL: ("cancel",),
    SETTINGS: ("settings",),
    MY_ANSWERS: ("myanswers",),
}

_OF_ROLE = {
    Role.MEMBER: (POINT,),
    Role.FACILITATOR: (COLLECTIVE, REMIND, BROADCAST, INVITE, SUMMARY, RHYTHM, ENTER),
    Role.COORDINATOR: (COLLECTIVES, SUMMARY, NEW),
}
_OF_EVERYONE = (LANGUAGE, HELP)


def names_of(command: str) -> tuple[str, ...]:
    """Return every name a command answers to."""
    return (command, *ALIASES.get(command, ()))


def commands_for(roles: Iterable[Role], words: Words) -> tuple[tuple[str, str], ...]:
    """Return a person's menu: the union of her roles, then what everyone has."""
    return tuple((command, _description(command, words)) for command in _offered(roles))


def nearest(written: str, roles: Iterable[Role]) -> str | None:
    """Return the command of hers that looks most like what she wrote, None when none does."""
    names = {name: each for each in (*_offered(roles), CANCEL) for name in names_of(each)}
    found = get_close_matches(written.casefold(), names, n=1)
    return names[found[0]] if found else None


def group_commands(words: Words) -> tuple[tuple[str, str], ...]:
    """Return the menu of a group chat."""
    return tuple((command, _description(command, words)) for command in (SUMMARY, HELP))


def _offered(roles: Iterable[Role]) -> Iterable[str]:
    held = set(roles)
    listed = [command for role in Role if role in held for command in _OF_ROLE[role]]
    return dict.fromkeys([*listed, *_OF_EVERYONE])


def _description(command: str, words: Words) -> str:
    return {
        POINT: words.pgettext("command", "My check-in"),
        LANGUAGE: words.pgettext("command", "Change language"),
        HELP: words.pgettext("command", "Help"),
        COLLECTIVE: words.pgettext("command", "My collective"),
        REMIND: words.pgettext("command", "Remind who has not answered"),
        ENTER: words.pgettext("command", "Enter answers for a member"),
        COLLECTIVES: words.pgettext("command", "All collectives"),
        INVITE: words.pgettext("command", "Invite members"),
        BROADCAST: words.pgettext("command", "Write to the collective"),
        SUMMARY: words.pgettext("command", "How the collective is doing"),
        RHYTHM: words.pgettext("command", "When the check-in opens"),
        NEW: words.pgettext("command", "Create a collective"),
    }[command]
