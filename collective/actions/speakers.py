"""Who answers on a phone of several persons."""

from datetime import datetime, timedelta

from collective.errors import Outdated, PinNeeded
from collective.people import SPEAKS_FOR, Account, Person
from collective.ports import Store

#: Activity moves on until when she speaks only when so much of it is used up: one write a minute.
_SPENT = timedelta(minutes=1)


async def choose(store: Store, account: Account, person_id: int, *, now: datetime) -> Person:
    """Make a person of the account the one who answers.

    Raises PinNeeded, and Outdated when she is none of it.
    """
    if (await _on(store, account, person_id)).closed(now):
        raise PinNeeded(person=person_id)
    return await stay(store, account, person_id, now=now)


async def stay(store: Store, account: Account, person_id: int, *, now: datetime) -> Person:
    """Let a person of the account answer who has shown that it is her."""
    await store.people.set_speaker(account.id, person_id, now + SPEAKS_FOR)
    return await _on(store, account, person_id)


async def choose_newcomer(store: Store, account: Account, *, now: datetime) -> None:
    """Let somebody use the account who is none of its persons, to come in."""
    await store.people.set_speaker(account.id, None, now + SPEAKS_FOR)


async def introduce(store: Store, account: Account, person: Person, *, now: datetime) -> None:
    """Let a person who has just come in answer, where the account carries others."""
    if len(await store.people.persons_of(account.id)) > 1:
        await store.people.set_speaker(account.id, person.id, now + SPEAKS_FOR)


async def send_away(store: Store, account: Account, *, now: datetime) -> None:
    """Let an account that a newcomer uses be its persons' again."""
    if account.newcomer(now):
        await store.people.set_speaker(account.id, None, now)


def wears_off(account: Account, person: Person | None, now: datetime) -> bool:
    """Tell whether a word or press of hers is worth keeping her the speaker for longer."""
    until = person.speaks_until if person else account.newcomer_until
    return until is not None and now < until < now + SPEAKS_FOR - _SPENT


async def keep(store: Store, account: Account, person: Person | None, *, now: datetime) -> None:
    """Keep the speaker, or the newcomer, for as long as after a choice."""
    await store.people.set_speaker(account.id, person.id if person else None, now + SPEAKS_FOR)


async def _on(store: Store, account: Account, person_id: int) -> Person:
    persons = await store.people.persons_of(account.id)
    found = next((person for person in persons if person.id == person_id), None)
    if found is None:
        raise Outdated
    return found
