"""The commands of each role: the same names for everyone, descriptions in her language."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from collective.people import Role
from locales.words import Words

POINT, PAUSE, HELP = "point", "pause", "aide"
SETTINGS, LANGUAGE, PRIVACY = "reglages", "langue", "confidentialite"
MY_DATA, FORGET = "mesdonnees", "oublier"
DISCREET, CODE, PHONE = "discret", "code", "telephone"
STOP, BACK = "stop", "retour"
INVITE, SUMMARY, RHYTHM = "inviter", "resume", "rythme"
BROADCAST, BROADCASTS = "diffuser", "diffusions"
COLLECTIVE, REMIND, ENTER, COLLECTIVES = "collectif", "relancer", "saisie", "collectifs"
NEW = "nouveau"
DECISIONS, PROPOSE = "decisions", "proposer"
SETBACK, FOLLOW_UPS, CRISIS = "coupdur", "suivi", "crise"
AGENDA, ACTIVITY, PAIR = "agenda", "activite", "jumeler"
CANCEL = "annuler"
MY_ANSWERS = "mesreponses"
LINK, UNLINK = "lier", "delier"

#: Other names people try, and Telegram's own three.
ALIASES = {
    POINT: ("bilan", "monpoint", "checkin"),
    SETTINGS: ("settings",),
    LANGUAGE: ("language",),
    PRIVACY: ("privacy",),
    MY_DATA: ("mydata",),
    FORGET: ("forget",),
    HELP: ("help",),
    BROADCAST: ("broadcast",),
    BROADCASTS: ("broadcasts",),
    SUMMARY: ("summary",),
    RHYTHM: ("rhythm",),
    CANCEL: ("cancel",),
    MY_ANSWERS: ("myanswers",),
    DECISIONS: ("voter", "vote", "votes"),
    PROPOSE: ("decision", "propose"),
    SETBACK: ("setback",),
    CRISIS: ("crisis", "urgence", "sos"),
    AGENDA: ("activites", "activities"),
    PAIR: ("pair", "jumelage"),
    ACTIVITY: ("activity", "planifier"),
}

#: What a facilitator does in quiet times.
_ACCOMPANYING = (
    *(COLLECTIVE, FOLLOW_UPS, DECISIONS, AGENDA, ACTIVITY, REMIND, BROADCAST),
    *(INVITE, SUMMARY, RHYTHM, ENTER, SETBACK),
)
_OF_ROLE: Mapping[Role, Sequence[str]] = {
    Role.MEMBER: (POINT, DECISIONS, AGENDA, PAUSE),
    Role.FACILITATOR: (*_ACCOMPANYING, CRISIS),
    Role.COORDINATOR: (COLLECTIVES, BROADCAST, SUMMARY, NEW),
}
_OF_EVERYONE = (HELP,)
#: Buttons at home: a pause is found among the settings, her answers beside her check-in, and a
#: crisis is not what one meets every day.
_AT_HOME = {
    **_OF_ROLE,
    Role.MEMBER: (POINT, DECISIONS, AGENDA, MY_ANSWERS),
    Role.FACILITATOR: _ACCOMPANYING,
}
#: Known to whoever reads the help: a menu of everything would be none.
_ALSO_OF_ROLE: Mapping[Role, Sequence[str]] = {
    Role.MEMBER: (PROPOSE, ACTIVITY, SETBACK),
    Role.FACILITATOR: (PROPOSE, BROADCASTS),
    Role.COORDINATOR: (BROADCASTS, CRISIS, PAIR),
}
_IN_HELP = (
    MY_ANSWERS,
    SETTINGS,
    LANGUAGE,
    DISCREET,
    CODE,
    PHONE,
    PRIVACY,
    MY_DATA,
    FORGET,
    STOP,
    CANCEL,
)


def names_of(command: str) -> tuple[str, ...]:
    """Return every name a command answers to."""
    return (command, *ALIASES.get(command, ()))


def commands_for(roles: Iterable[Role], words: Words) -> tuple[tuple[str, str], ...]:
    """Return a person's menu: the union of her roles, then what everyone has."""
    return _described([*_held(roles), *_OF_EVERYONE], words)


def help_for(roles: Iterable[Role], words: Words) -> tuple[tuple[str, str], ...]:
    """Return everything she can write, the menu first."""
    held = set(roles)
    return _described([*_held(held), *_OF_EVERYONE, *_held(held, _ALSO_OF_ROLE), *_IN_HELP], words)


def at_home(roles: Iterable[Role]) -> Sequence[str]:
    """Return the commands that are buttons at home."""
    return _held(roles, _AT_HOME)


def nearest(written: str, roles: Iterable[Role]) -> str | None:
    """Return the command of hers that looks most like what she wrote, None when none does."""
    held = set(roles)
    known = (*_held(held), *_OF_EVERYONE, *_held(held, _ALSO_OF_ROLE), *_IN_HELP)
    names = {name: each for each in known for name in names_of(each)}
    found = get_close_matches(written.casefold(), names, n=1)
    return names[found[0]] if found else None


def group_commands(words: Words) -> tuple[tuple[str, str], ...]:
    """Return the menu of a group chat."""
    return _described((SUMMARY, AGENDA, DECISIONS, HELP), words)


def description(command: str, words: Words) -> str:
    """Say what a command does, short enough for a button."""
    return {
        POINT: words.pgettext("command", "My check-in"),
        PAUSE: words.pgettext("command", "Make a pause"),
        MY_ANSWERS: words.pgettext("command", "My answers"),
        HELP: words.pgettext("command", "Help"),
        SETTINGS: words.pgettext("command", "Settings"),
        LANGUAGE: words.pgettext("command", "Change language"),
        PRIVACY: words.pgettext("command", "What I keep, who sees it"),
        MY_DATA: words.pgettext("command", "My data"),
        FORGET: words.pgettext("command", "Erase everything"),
        DISCREET: words.pgettext("command", "Discreet mode"),
        CODE: words.pgettext("command", "Secret code"),
        PHONE: words.pgettext("command", "Who uses this phone"),
        STOP: words.pgettext("command", "Stop, or leave"),
        CANCEL: words.pgettext("command", "Close an open question"),
        COLLECTIVE: words.pgettext("command", "My collective"),
        REMIND: words.pgettext("command", "Remind gently"),
        ENTER: words.pgettext("command", "Answer for a member"),
        COLLECTIVES: words.pgettext("command", "All collectives"),
        INVITE: words.pgettext("command", "Invite members"),
        BROADCAST: words.pgettext("command", "Write to members"),
        BROADCASTS: words.pgettext("command", "My messages to many"),
        SUMMARY: words.pgettext("command", "How it is going"),
        RHYTHM: words.pgettext("command", "When the check-in opens"),
        NEW: words.pgettext("command", "Create a collective"),
        DECISIONS: words.pgettext("command", "Vote, see decisions"),
        PROPOSE: words.pgettext("command", "Propose something"),
        FOLLOW_UPS: words.pgettext("command", "Whom to see or call"),
        CRISIS: words.pgettext("command", "Are all of us safe?"),
        SETBACK: words.pgettext("command", "Tell of a setback"),
        AGENDA: words.pgettext("command", "What is planned"),
        ACTIVITY: words.pgettext("command", "Plan an activity"),
        PAIR: words.pgettext("command", "Pair for a visit"),
    }[command]


def _held(
    roles: Iterable[Role], each_has: Mapping[Role, Sequence[str]] = _OF_ROLE
) -> Sequence[str]:
    held = set(roles)
    return list(
        dict.fromkeys(each for role in Role if role in held for each in each_has.get(role, ()))
    )


def _described(listed: Iterable[str], words: Words) -> tuple[tuple[str, str], ...]:
    return tuple((command, description(command, words)) for command in listed)
