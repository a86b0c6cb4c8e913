"""Queries about accounts, persons and their roles."""

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, delete, select, update

from collective.people import Account, Consent, Person, Standing, speaker
from collective.pins import Pin
from storage import tables as t
from storage.prepared import Prepared
from storage.unit import Noun

_ACCOUNT = Prepared(select(t.accounts).where(t.accounts.c.id == bindparam("id")))
_ACCOUNT_OF = Prepared(select(t.accounts).where(t.accounts.c.telegram_id == bindparam("user")))
_PERSON = Prepared(select(t.persons).where(t.persons.c.id == bindparam("id")))
_PERSONS_OF = Prepared(
    select(t.persons).where(t.persons.c.account_id == bindparam("account")).order_by(t.persons.c.id)
)
_COORDINATES = Prepared(
    select(t.coordinators.c.person_id).where(t.coordinators.c.person_id == bindparam("person"))
)
_FACILITATES = Prepared(
    select(t.facilitators.c.collective_id).where(t.facilitators.c.person_id == bindparam("person"))
)
_MEMBER_OF = Prepared(
    select(t.members.c.collective_id).where(
        t.members.c.person_id == bindparam("person"), t.members.c.left_at.is_(None)
    )
)


def _takes_part() -> Prepared:
    """Find who is reached in a chat as a member that makes no pause, or as a facilitator."""
    of_collective: BindParameter[int] = bindparam("collective")
    found = (
        select(t.persons.c.id)
        .join(t.accounts, t.accounts.c.id == t.persons.c.account_id)
        .outerjoin(
            t.members,
            (t.members.c.person_id == t.persons.c.id)
            & (t.members.c.collective_id == of_collective)
            & t.members.c.left_at.is_(None),
        )
        .outerjoin(
            t.facilitators,
            (t.facilitators.c.person_id == t.persons.c.id)
            & (t.facilitators.c.collective_id == of_collective),
        )
        .where(t.accounts.c.telegram_id == bindparam("user"))
    )
    until = t.persons.c.paused_until
    present = t.members.c.id.is_not(None) & (until.is_(None) | (until <= bindparam("now")))
    return Prepared(found.where(present | t.facilitators.c.person_id.is_not(None)).limit(1))


_TAKES_PART = _takes_part()


class SqlPeople(Noun):
    """Accounts, persons and the roles they hold."""

    async def account(self, telegram_id: int) -> Account | None:
        """Return the account of a Telegram user."""
        row = await self._first(_ACCOUNT_OF, user=telegram_id)
        return _account(row) if row else None

    async def ensure_account(
        self, telegram_id: int, now: datetime, language: str | None = None
    ) -> Account:
        """Return the account, made now if the user is new; she is reachable again."""
        known = await self.account(telegram_id)
        if known is not None and known.unreachable is None:
            return known
        made = (
            self._insert(t.accounts)
            .values(telegram_id=telegram_id, language=language, started_at=now)
            .on_conflict_do_update(index_elements=["telegram_id"], set_={"unreachable": None})
            .returning(t.accounts)
        )
        return _account((await self._run(made)).one())

    async def forget_account(self, account_id: int) -> None:
        """Forget an account that carries no person and asks for nothing."""
        carried = select(t.persons.c.id).where(t.persons.c.account_id == account_id).exists()
        asked = select(t.join_requests.c.id).where(t.join_requests.c.account_id == account_id)
        await self._run(
            delete(t.accounts).where(t.accounts.c.id == account_id, ~carried, ~asked.exists())
        )

    async def hold(self, account_id: int) -> None:
        """Let other units that hold this account wait until this one has ended."""
        held = select(t.accounts.c.id).where(t.accounts.c.id == account_id)
        await self._run(held.with_for_update(key_share=True))

    async def set_language(self, account_id: int, language: str) -> None:
        """Keep the language an account chose."""
        await self._run(
            update(t.accounts).where(t.accounts.c.id == account_id).values(language=language)
        )

    async def set_discreet(self, account_id: int, *, discreet: bool) -> None:
        """Keep whether an account is in discreet mode."""
        await self._run(
            update(t.accounts).where(t.accounts.c.id == account_id).values(discreet=discreet)
        )

    async def set_large_buttons(self, account_id: int, *, large: bool) -> None:
        """Keep whether check-ins are answered with large keys."""
        await self._run(
            update(t.accounts).where(t.accounts.c.id == account_id).values(large_buttons=large)
        )

    async def set_unreachable(self, telegram_id: int, reason: str | None) -> None:
        """Keep why messages do not arrive, or None: they do again."""
        await self._run(
            update(t.accounts)
            .where(t.accounts.c.telegram_id == telegram_id)
            .values(unreachable=reason)
        )

    async def persons_of(self, account_id: int) -> list[Person]:
        """Return everyone on an account, who came in first before the others."""
        rows = await self._all(_PERSONS_OF, account=account_id)
        return [_person(row) for row in rows]

    async def person_of(self, account_id: int, now: datetime) -> Person | None:
        """Return who answers on this account; None where nobody is, or she has to be asked."""
        row = await self._first(_ACCOUNT, id=account_id)
        return speaker(_account(row), await self.persons_of(account_id), now) if row else None

    async def set_speaker(self, account_id: int, person_id: int | None, until: datetime) -> None:
        """Keep who answers on an account until then; None: somebody who has not come in yet."""
        await self._run(
            update(t.accounts)
            .where(t.accounts.c.id == account_id)
            .values(newcomer_until=None if person_id else until)
        )
        others = update(t.persons).where(t.persons.c.account_id == account_id)
        await self._run(others.values(speaks_until=None))
        if person_id:
            await self._run(others.where(t.persons.c.id == person_id).values(speaks_until=until))

    async def chat_of(self, person_id: int) -> int | None:
        """Return the private chat she is reached in, None without Telegram."""
        row = await self._first(
            select(t.accounts.c.telegram_id)
            .join(t.persons, t.persons.c.account_id == t.accounts.c.id)
            .where(t.persons.c.id == person_id)
        )
        return row.telegram_id if row else None

    async def set_pin(self, person_id: int, pin_hash: str | None) -> None:
        """Keep the hash of a person's code, no try made yet; None: she has none."""
        kept = {"pin_hash": pin_hash, "pin_tries": 0, "pin_waits_until": None}
        await self._run(update(t.persons).where(t.persons.c.id == person_id).values(kept))

    async def pin(self, person_id: int) -> Pin | None:
        """Return her code, None when she has none."""
        return _pin(await self._first(_with_pin(person_id)))

    async def hold_pin(self, person_id: int) -> Pin | None:
        """Return her code; other units that hold it wait until this one has ended."""
        return _pin(await self._first(_with_pin(person_id).with_for_update()))

    async def count_tries(self, person_id: int, tries: int, waits_until: datetime | None) -> None:
        """Keep how many wrong tries were made, and until when no further one is taken."""
        counted = {"pin_tries": tries, "pin_waits_until": waits_until}
        await self._run(update(t.persons).where(t.persons.c.id == person_id).values(counted))

    async def person(self, person_id: int) -> Person | None:
        """Return a person."""
        row = await self._first(_PERSON, id=person_id)
        return _person(row) if row else None

    async def add_person(
        self, account_id: int | None, name: str, now: datetime, draft: str | None = None
    ) -> Person:
        """Add a person to an account, or to none; a draft becomes the same person again."""
        made = (
            self._insert(t.persons)
            .values(account_id=account_id, name=name, created_at=now, draft=draft)
            .on_conflict_do_update(index_elements=["draft"], set_={"draft": draft})
            .returning(t.persons)
        )
        return _person((await self._run(made)).one())

    async def give_account(self, person_id: int, account_id: int, name: str) -> Person | None:
        """Put who had no account on one, by the name she chose; None when she has one."""
        given = (
            update(t.persons)
            .where(t.persons.c.id == person_id, t.persons.c.account_id.is_(None))
            .values(account_id=account_id, name=name)
            .returning(t.persons)
        )
        row = await self._first(given)
        return _person(row) if row else None

    async def add_consent(
        self, person_id: int, consent: Consent, text_version: int, now: datetime
    ) -> None:
        """Keep what a person agreed to, and which text she had before her the last time."""
        given = {"text_version": text_version, "given_at": now}
        await self._run(
            self._insert(t.consents)
            .values(person_id=person_id, consent=consent.value, **given)
            .on_conflict_do_update(index_elements=["person_id", "consent"], set_=given)
        )

    async def consents(self, person_id: int) -> frozenset[Consent]:
        """Return what a person agrees to at this moment."""
        rows = await self._all(
            select(t.consents.c.consent).where(t.consents.c.person_id == person_id)
        )
        return frozenset(Consent(row.consent) for row in rows)

    async def remove_consent(self, person_id: int, consent: Consent) -> None:
        """Forget that a person agreed."""
        await self._run(
            delete(t.consents).where(
                t.consents.c.person_id == person_id, t.consents.c.consent == consent.value
            )
        )

    async def add_coordinator(self, person_id: int, now: datetime) -> None:
        """Make a person coordinator of the installation."""
        await self._run(
            self._insert(t.coordinators)
            .values(person_id=person_id, since=now)
            .on_conflict_do_nothing()
        )

    async def set_paused(self, person_id: int, until: datetime | None) -> None:
        """Keep until when she wants to be left alone, None: no longer."""
        await self._run(
            update(t.persons).where(t.persons.c.id == person_id).values(paused_until=until)
        )

    async def takes_part(self, chat_id: int, collective_id: int, now: datetime) -> bool:
        """Tell whether a member who makes no pause, or a facilitator, is reached in this chat."""
        row = await self._first(_TAKES_PART, user=chat_id, collective=collective_id, now=now)
        return row is not None

    async def coordinators(self) -> list[int]:
        """Return the persons who coordinate the installation."""
        rows = await self._all(select(t.coordinators.c.person_id))
        return [row.person_id for row in rows]

    async def remove_coordinator(self, person_id: int) -> None:
        """Take the role from her."""
        await self._run(delete(t.coordinators).where(t.coordinators.c.person_id == person_id))

    async def standing(self, person_id: int) -> Standing:
        """Return the roles a person holds at this moment."""
        coordinator = await self._first(_COORDINATES, person=person_id)
        facilitates = await self._all(_FACILITATES, person=person_id)
        member_of = await self._all(_MEMBER_OF, person=person_id)
        return Standing(
            person_id=person_id,
            coordinator=coordinator is not None,
            facilitates=frozenset(row.collective_id for row in facilitates),
            member_of=frozenset(row.collective_id for row in member_of),
        )


def _account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        telegram_id=row.telegram_id,
        language=row.language,
        unreachable=row.unreachable,
        discreet=row.discreet,
        newcomer_until=row.newcomer_until,
        large_buttons=row.large_buttons,
    )


def _person(row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        account_id=row.account_id,
        name=row.name,
        paused_until=row.paused_until,
        speaks_until=row.speaks_until,
        has_pin=row.pin_hash is not None,
    )


def _with_pin(person_id: int) -> Select[Any]:
    return select(t.persons).where(t.persons.c.id == person_id, t.persons.c.pin_hash.is_not(None))


def _pin(row: Row[Any] | None) -> Pin | None:
    if row is None:
        return None
    return Pin(hash=row.pin_hash, tries=row.pin_tries or 0, waits_until=row.pin_waits_until)
