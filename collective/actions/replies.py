"""Replies to a broadcast reach its author, and what she answers reaches who replied."""

from datetime import datetime

from collective.broadcasts import Reply, Version, clean_version
from collective.errors import NotAllowed, NotReached, Outdated, OwnMessage
from collective.outbox import Lane, Parcel
from collective.ports import Store

#: Which renderers hand a reply over, and tell who replied that it did not arrive.
REPLY = "broadcast_reply"
LOST = "broadcast_reply_lost"


async def reply(
    store: Store,
    broadcast_id: int,
    said: Version,
    *,
    chat_id: int,
    key: str,
    by: int,
    now: datetime,
) -> int:
    """Hand what she says to the author; return who gets it.

    In a group only who belongs to its collective is heard, and coordinators. The same key is the
    same reply. Raises NotAllowed, Outdated, OwnMessage, TextEmpty, TextTooLong, NotReached.
    """
    if chat_id < 0:
        await _ensure_of_group(store, chat_id, by)
    broadcast = await store.broadcasts.get(broadcast_id)
    if broadcast is None or broadcast.author_id is None:
        raise Outdated
    if broadcast.author_id == by:
        raise OwnMessage
    return await _hand_over(
        store, broadcast_id, None, said, to=broadcast.author_id, key=key, by=by, now=now
    )


async def answer(
    store: Store, reply_id: int, said: Version, *, key: str, by: int, now: datetime
) -> int:
    """Hand an answer to who replied; who got the reply may. Return who gets it. As `reply`.

    Raises NotAllowed too.
    """
    answered = await store.replies.get(reply_id)
    if answered is None:
        raise Outdated
    if await addressee(store, answered) != by:
        raise NotAllowed
    return await _hand_over(
        store,
        answered.broadcast_id,
        reply_id,
        said,
        to=answered.person_id,
        key=key,
        by=by,
        now=now,
    )


async def lose(store: Store, reply_id: int, *, now: datetime) -> None:
    """Tell who replied that it did not arrive after all: she was told that it is passed on."""
    lost = await store.replies.get(reply_id)
    chat_id = await store.people.chat_of(lost.person_id) if lost else None
    to = await addressee(store, lost) if lost else None
    if lost is None or chat_id is None or to is None:
        return
    broadcast = await store.broadcasts.get(lost.broadcast_id)
    told = Parcel(
        chat_id=chat_id,
        kind=LOST,
        ids={"reply": reply_id},
        lane=Lane.REMINDER,
        not_before=now,
        collective=broadcast.collective_id if broadcast else None,
        person=lost.person_id,
        key=f"lost:{reply_id}",
    )
    await store.outbox.add([told], now)


async def addressee(store: Store, of: Reply) -> int | None:
    """Return whom a reply is for: who said what it answers."""
    if of.answers is not None:
        answered = await store.replies.get(of.answers)
        return answered.person_id if answered else None
    broadcast = await store.broadcasts.get(of.broadcast_id)
    return broadcast.author_id if broadcast else None


async def _ensure_of_group(store: Store, chat_id: int, by: int) -> None:
    collective = await store.collectives.by_group(chat_id)
    standing = await store.people.standing(by)
    there = standing.member_of | standing.facilitates
    if not standing.coordinator and (collective is None or collective.id not in there):
        raise NotAllowed


async def _hand_over(
    store: Store,
    broadcast_id: int,
    answers: int | None,
    said: Version,
    *,
    to: int,
    key: str,
    by: int,
    now: datetime,
) -> int:
    said = clean_version(said)
    chat_id = await store.people.chat_of(to)
    account = await store.people.account(chat_id) if chat_id else None
    if chat_id is None or account is None or account.unreachable is not None:
        person = await store.people.person(to)
        raise NotReached(name=person.name if person else "")
    broadcast = await store.broadcasts.get(broadcast_id)
    kept = await store.replies.add(
        Reply(
            id=0,
            broadcast_id=broadcast_id,
            person_id=by,
            answers=answers,
            kind=said.kind,
            text=said.text,
            file_id=said.file_id,
        ),
        key,
        now,
    )
    told = Parcel(
        chat_id=chat_id,
        kind=REPLY,
        ids={"reply": kept.id},
        # A person starts it: within the allowed hours, under a veil where others look.
        lane=Lane.BROADCAST,
        not_before=now,
        collective=broadcast.collective_id if broadcast else None,
        person=to,
        key=f"reply:{kept.id}",
    )
    await store.outbox.add([told], now)
    return to
