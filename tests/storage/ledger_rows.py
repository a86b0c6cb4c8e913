"""The smallest records that others hang on, written through the Store."""

from datetime import timedelta

from sqlalchemy import select

from collective.audiences import of_collectives
from collective.broadcasts import Version
from collective.collectives import GroupLanguage, Trade
from collective.outbox import Lane, Parcel
from collective.rounds import WINDOW


async def person(store, now, *, chat=1, name="Mado"):
    account = await store.people.ensure_account(chat, now)
    return await store.people.add_person(account.id, name, now)


async def collective(store, now, *, draft="d1", name="Tujenge"):
    return await store.collectives.add(
        draft=draft,
        name=name,
        trade=Trade.SEWING,
        place="Goma",
        zone="Africa/Lubumbashi",
        language=GroupLanguage.LINGALA,
        created_by=None,
        now=now,
    )


async def member(store, now, made, *, chat=1, name="Mado"):
    who = await person(store, now, chat=chat, name=name)
    return await store.collectives.add_member(made.id, who.id, now)


async def round_of(store, made, opens_at, *, window=WINDOW):
    return await store.rounds.add(
        collective_id=made.id, form="weekly", opens_at=opens_at, closes_at=opens_at + window
    )


def parcel(chat=1, *, at, lane=Lane.REPLY, key=None, batch=None, minutes=0):
    return Parcel(
        chat_id=chat,
        kind="home",
        ids={"chat": chat},
        lane=lane,
        not_before=at + timedelta(minutes=minutes),
        key=key,
        batch=batch,
    )


async def take(store, now, limit, busy=()):
    """Claim rows that are due, as the sender does in two units."""
    return await store.outbox.claim(await store.outbox.due(now, limit, busy))


async def rows(store, table):
    """Return every row of a table, in the order of its key."""
    return (await store._unit.execute(select(table).order_by(*table.primary_key))).all()


async def broadcast(store, now, author, made, *, text="Mbote", draft="d"):
    """A draft of one text, to one collective."""
    begun = await store.broadcasts.add(
        draft=draft,
        author_id=author.id,
        language="fr",
        audience=of_collectives([made.id]),
        now=now,
    )
    await store.broadcasts.put_version(begun.id, Version(language="fr", text=text), None, now)
    return begun
