"""Accounts, persons, their consents; coming in by invitation, and what stays of who left."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from collective.departures import Contact, Departure
from collective.invites import Invite
from collective.people import Account, Consent, Person, Role, Standing
from collective.pins import Pin
from collective.requests import JoinRequest


class People(Protocol):
    """Accounts, persons and the roles they hold."""

    async def account(self, telegram_id: int) -> Account | None:
        """Return the account of a Telegram user."""
        ...

    async def ensure_account(
        self, telegram_id: int, now: datetime, language: str | None = None
    ) -> Account:
        """Return the account, made now if the user is new; she is reachable again.

        `language` is what a new account is spoken to in until it chooses.
        """
        ...

    async def forget_account(self, account_id: int) -> None:
        """Forget an account that carries no person and asks for nothing."""
        ...

    async def set_language(self, account_id: int, language: str) -> None:
        """Keep the language an account chose."""
        ...

    async def set_discreet(self, account_id: int, *, discreet: bool) -> None:
        """Keep whether an account is in discreet mode."""
        ...

    async def set_large_buttons(self, account_id: int, *, large: bool) -> None:
        """Keep whether check-ins are answered with large keys."""
        ...

    async def set_unreachable(self, telegram_id: int, reason: str | None) -> None:
        """Keep why messages do not arrive, or None: they do again."""
        ...

    async def persons_of(self, account_id: int) -> list[Person]:
        """Return everyone on an account, who came in first before the others."""
        ...

    async def person_of(self, account_id: int, now: datetime) -> Person | None:
        """Return who answers on this account; None where nobody is, or she has to be asked."""
        ...

    async def set_speaker(self, account_id: int, person_id: int | None, until: datetime) -> None:
        """Keep who answers on an account until then; None: somebody who has not come in yet."""
        ...

    async def hold(self, account_id: int) -> None:
        """Let other units that hold this account wait until this one has ended."""
        ...

    async def chat_of(self, person_id: int) -> int | None:
        """Return the private chat she is reached in, None without Telegram."""
        ...

    async def set_pin(self, person_id: int, pin_hash: str | None) -> None:
        """Keep the hash of a person's code, no try made yet; None: she has none."""
        ...

    async def pin(self, person_id: int) -> Pin | None:
        """Return her code, None when she has none."""
        ...

    async def hold_pin(self, person_id: int) -> Pin | None:
        """Return her code; other units that hold it wait until this one has ended."""
        ...

    async def count_tries(self, person_id: int, tries: int, waits_until: datetime | None) -> None:
        """Keep how many wrong tries were made, and until when no further one is taken."""
        ...

    async def person(self, person_id: int) -> Person | None:
        """Return a person."""
        ...

    async def add_person(
        self, account_id: int | None, name: str, now: datetime, draft: str | None = None
    ) -> Person:
        """Add a person to an account, or to none; a draft becomes the same person again."""
        ...

    async def give_account(self, person_id: int, account_id: int, name: str) -> Person | None:
        """Put who had no account on one, by the name she chose; None when she has one."""
        ...

    async def add_consent(
        self, person_id: int, consent: Consent, text_version: int, now: datetime
    ) -> None:
        """Keep what a person agreed to, and which text she had before her the last time."""
        ...

    async def consents(self, person_id: int) -> frozenset[Consent]:
        """Return what a person agrees to at this moment."""
        ...

    async def remove_consent(self, person_id: int, consent: Consent) -> None:
        """Forget that a person agreed."""
        ...

    async def add_coordinator(self, person_id: int, now: datetime) -> None:
        """Make a person coordinator of the installation."""
        ...

    async def set_paused(self, person_id: int, until: datetime | None) -> None:
        """Keep until when she wants to be left alone, None: no longer."""
        ...

    async def takes_part(self, chat_id: int, collective_id: int, now: datetime) -> bool:
        """Tell whether a member who makes no pause, or a facilitator, is reached in this chat."""
        ...

    async def coordinators(self) -> list[int]:
        """Return the persons who coordinate the installation."""
        ...

    async def remove_coordinator(self, person_id: int) -> None:
        """Take the role from her."""
        ...

    async def standing(self, person_id: int) -> Standing:
        """Return the roles a person holds at this moment."""
        ...


class Invites(Protocol):
    """Invitations by the hash of their token."""

    async def add(
        self,
        *,
        token_hash: bytes,
        role: Role,
        collective_id: int | None,
        created_by: int | None,
        expires_at: datetime,
        uses: int,
        now: datetime,
        person_id: int | None = None,
    ) -> None:
        """Keep a new invitation, perhaps to the record of one person."""
        ...

    async def get(self, invite_id: int) -> Invite | None:
        """Return an invitation."""
        ...

    async def by_hash(self, token_hash: bytes) -> Invite | None:
        """Return an invitation."""
        ...

    async def by_code(self, code_hashes: Iterable[bytes]) -> Invite | None:
        """Return the invitation whose human code has one of these hashes."""
        ...

    async def set_code(self, token_hash: bytes, code_hash: bytes, expires_at: datetime) -> bool:
        """Give an invitation a human code; False when another one has it."""
        ...

    async def consume(self, invite_id: int) -> bool:
        """Use it once; False when nothing was left to use."""
        ...

    async def revoke_others(self, token_hash: bytes, now: datetime) -> None:
        """End every other open invitation to the same: role, collective, and person if one."""
        ...

    async def revoke_of(self, person_id: int, now: datetime) -> None:
        """End every open invitation to the record of a person."""
        ...


class Requests(Protocol):
    """Requests to come in, and the tries of codes."""

    async def add(
        self,
        *,
        draft: str,
        invite_id: int,
        account_id: int,
        person_id: int | None,
        name: str | None,
        choices: Collection[Consent] | None,
        expires_at: datetime,
    ) -> JoinRequest | None:
        """Add a request; None when this draft already became one."""
        ...

    async def get(self, request_id: int) -> JoinRequest | None:
        """Return a request."""
        ...

    async def of_account(self, account_id: int) -> list[JoinRequest]:
        """Return what an account waits for, oldest first."""
        ...

    async def to_join(self, collective_id: int, role: Role) -> list[JoinRequest]:
        """Return who asks to come into a collective in this role, oldest first."""
        ...

    async def remove(self, request_id: int) -> bool:
        """Forget a request; False when somebody else did before."""
        ...

    async def tries(self, who: bytes) -> dict[int, datetime]:
        """Return when codes were tried, by the message they were in."""
        ...

    async def add_try(self, who: bytes, message_id: int, now: datetime) -> None:
        """Count a try."""
        ...

    async def forget_tries(self, until: datetime) -> None:
        """Forget every try made by then."""
        ...


class Departures(Protocol):
    """Who left which collective, and what she said about it."""

    async def add(self, member_id: int, now: datetime) -> Departure:
        """Keep that a member left; the same moment is the same departure again."""
        ...

    async def get(self, departure_id: int) -> Departure | None:
        """Return a departure."""
        ...

    async def of(self, person_id: int) -> list[Departure]:
        """Return her departures, the newest first."""
        ...

    async def settle(
        self,
        departure_id: int,
        contact: Contact,
        *,
        why: str | None = None,
        missed: str | None = None,
    ) -> None:
        """Keep who may stay in touch, and her words for them."""
        ...


class Traces(Protocol):
    """Everything that is kept about one person."""

    async def read(self, person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return her rows by table, as far as she is shown them."""
        ...

    async def uncounted_rounds(self, person_id: int) -> list[int]:
        """Return the rounds she was asked in that have not been counted yet."""
        ...

    async def erase(self, person_id: int, now: datetime) -> None:
        """Erase her. Her number stays in the audit trail and in an empty row."""
        ...

    async def erase_account(self, account: Account) -> None:
        """Erase an account in which nobody has come in; one that carries a person stays."""
        ...
