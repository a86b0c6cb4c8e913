"""Who there is: accounts, persons, members, and the roles a person holds."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from collective.errors import TextEmpty, TextTooLong

#: What emoji and some scripts are joined with; on their own they are nothing.
_JOINERS = "\u200c\u200d"
#: The longest name she may want to be called, in characters: it fits a button and a greeting.
NAME_LIMIT = 40

#: On a phone of several, how long who answered last is taken to be the one who answers: each word
#: and press of hers begins it anew.
SPEAKS_FOR = timedelta(minutes=15)

#: Whom nobody knows yet is spoken to in the language of the country's offices.
DEFAULT_LANGUAGE = "fr"


class Role(StrEnum):
    """What a person may be. A person's menu is the union of her roles."""

    MEMBER = "member"
    FACILITATOR = "facilitator"
    COORDINATOR = "coordinator"


#: How long a pause may last, in weeks: a journey, mourning, a birth.
PAUSES = (1, 2, 4)

#: Which wording of the joining texts people agree to; a change of meaning counts it up.
CONSENT_TEXT = 2


class Consent(StrEnum):
    """What a person can agree to, each asked apart."""

    #: That anything is kept about her. It ends by erasing, not by a switch.
    KEEP = "keep"
    #: That her facilitator sees her motivation with her name.
    NAMING = "naming"
    #: That her answers, without her name, go into studies.
    EXPORT = "export"


#: What members are free to choose, and may choose anew at any time.
CHOICES = (Consent.NAMING, Consent.EXPORT)


@dataclass(frozen=True, kw_only=True)
class Account:
    """A Telegram user. One account carries one or more persons."""

    id: int
    #: Telegram's user id, which is also the id of the private chat.
    telegram_id: int
    #: The language chosen, before that the app's where we have it; None: not known.
    language: str | None
    #: Why messages do not arrive ("blocked", "deactivated"), None while they do, and again as soon
    #: as she writes, presses or takes her block back.
    unreachable: str | None
    #: Whether notifications say nothing and the chat empties itself.
    discreet: bool = False
    #: Whether check-ins are answered with large keys, which write their label.
    large_buttons: bool = False
    #: Until when who uses it is somebody who has not come in yet, though it carries persons.
    newcomer_until: datetime | None = None

    def newcomer(self, now: datetime) -> bool:
        """Tell whether somebody who is none of its persons uses it."""
        return self.newcomer_until is not None and self.newcomer_until > now


@dataclass(frozen=True, kw_only=True)
class Person:
    """A human being the collective knows by the name she chose."""

    id: int
    account_id: int | None
    name: str
    #: Until when she has asked not to be written to; it may lie in the past.
    paused_until: datetime | None = None
    #: Until when she is the one who answers on an account of several, or has entered her code.
    speaks_until: datetime | None = None
    #: Whether a code closes what is hers.
    has_pin: bool = False

    def speaks(self, now: datetime) -> bool:
        """Tell whether she said that it is her, and was not silent for long since."""
        return self.speaks_until is not None and self.speaks_until > now

    def closed(self, now: datetime) -> bool:
        """Tell whether her code has to be entered before anything of hers is shown."""
        return self.has_pin and not self.speaks(now)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person in a collective."""

    id: int
    collective_id: int
    person_id: int
    name: str
    #: The private chat she is reached in, None without Telegram.
    chat_id: int | None
    joined_at: datetime
    #: As in `Person`.
    paused_until: datetime | None = None
    has_pin: bool = False
    #: As in `Account`.
    unreachable: str | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The roles a person holds at this moment, read inside the action that needs them."""

    person_id: int
    coordinator: bool
    #: Ids of the collectives she accompanies, and of those she is a member of.
    facilitates: frozenset[int]
    member_of: frozenset[int]

    @property
    def roles(self) -> frozenset[Role]:
        """The union that decides her menu."""
        held = {
            Role.COORDINATOR: self.coordinator,
            Role.FACILITATOR: bool(self.facilitates),
            Role.MEMBER: bool(self.member_of),
        }
        return frozenset(role for role, holds in held.items() if holds)


def is_paused(who: Person | Member, now: datetime) -> bool:
    """Tell whether the bot starts nothing with her now, and does not miss her."""
    return who.paused_until is not None and now < who.paused_until


def speaker(account: Account, persons: Sequence[Person], now: datetime) -> Person | None:
    """Return who answers on an account: who said so, else its only person if no code closes her.

    None: ask.
    """
    if account.newcomer(now):
        return None
    alone = persons[0] if len(persons) == 1 and not persons[0].has_pin else None
    return next((person for person in persons if person.speaks(now)), alone)


def clean_name(text: str) -> str:
    """Fold white space; raise TextEmpty or TextTooLong."""
    return clean_text(text, limit=NAME_LIMIT)


def clean_text(text: str, *, limit: int) -> str:
    """One line without double spaces, at most `limit` characters, nothing hidden in it."""
    folded = " ".join("".join(each for each in text if not _hidden(each)).split())
    if not folded.strip(_JOINERS):
        raise TextEmpty
    if len(folded) > limit:
        raise TextTooLong(limit=limit, length=len(folded))
    return folded


def _hidden(character: str) -> bool:
    """Tell what nobody sees and what turns the text around it, such as a change of direction."""
    kept = character.isspace() or character in _JOINERS
    return not kept and unicodedata.category(character) in {"Cc", "Cf"}
