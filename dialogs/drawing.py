"""Drawing: from a kind and ids to what one chat may see of it, in its languages."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from collective.actions.checkins import CARD
from collective.outbox import Ids, Row
from collective.people import DEFAULT_LANGUAGE, Account
from collective.ports import Store
from dialogs.cards import RENDER, Button, Card, Menu, Scene, Wipe, owners, veil
from locales.words import Words

Drawing = Card | Menu | Wipe


async def draw(
    store: Store,
    set_scene: Callable[..., Scene],
    chat_id: int,
    kind: str,
    ids: Ids,
    *,
    row: Row | None = None,
    tongues: Sequence[Words] = (),
) -> Drawing | None:
    """Make the message; None when it no longer makes sense, or is not this chat's to see.

    `set_scene` knows what is the same for every message: the forms, the moment. What the outbox
    brings (`row`) may be drawn as a veil over it. `tongues`: in these languages instead.
    """
    account = await store.people.account(chat_id) if chat_id > 0 else None
    drawn = []
    for words in tongues or await _tongues(store, chat_id, account):
        scene = set_scene(store=store, chat_id=chat_id, account=account, words=words)
        seen = await _seen(await RENDER[kind](ids, scene), row, scene)
        drawn.append(_larger(seen, account) if isinstance(seen, Card) else seen)
    return _in_one([each for each in drawn if each is not None])


async def _seen(drawing: Drawing | None, row: Row | None, scene: Scene) -> Drawing | None:
    if not isinstance(drawing, Card):
        return drawing
    if row is None:
        return await owners.addressed(drawing, scene)
    mine = replace(drawing, owner=drawing.owner or row.person)
    card = await owners.addressed(mine, scene)
    return await veil.over(card, row, scene) if card else None


def _larger(card: Card, account: Account | None) -> Card:
    """Give a check-in large keys where she chose them; a veil over it has a button of its own."""
    asks = card.identity is not None and card.identity[0] == CARD
    return replace(card, large=True) if asks and account and account.large_buttons else card


async def _tongues(store: Store, chat_id: int, account: Account | None) -> Sequence[Words]:
    """Return what a chat is spoken to in: her language, or the one or two of a group."""
    if chat_id < 0:
        collective = await store.collectives.by_group(chat_id)
        codes = collective.language.languages if collective else (DEFAULT_LANGUAGE,)
        return [Words(code) for code in codes]
    return [Words((account.language if account else None) or DEFAULT_LANGUAGE)]


def _in_one(drawn: Sequence[Drawing]) -> Drawing | None:
    cards = [card for card in drawn if isinstance(card, Card)]
    if not cards:
        return drawn[0] if drawn else None
    texts = dict.fromkeys(card.text for card in cards)
    rows = [_labelled(row) for row in zip(*(card.buttons for card in cards), strict=True)]
    # One may say it in a picture, the other in words alone; of two files each has its message.
    media = next((card.media for card in cards if card.media), None)
    return replace(cards[0], text="\n\n".join(texts), buttons=tuple(rows), media=media)


def _labelled(rows: Sequence[tuple[Button, ...]]) -> tuple[Button, ...]:
    """Return one row of buttons for the same row in each language."""
    return tuple(
        replace(same[0], label=" · ".join(dict.fromkeys(each.label for each in same)))
        for same in zip(*rows, strict=True)
    )
