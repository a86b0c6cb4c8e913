"""What becomes of a broadcast, for its author: live, at the end, and whom it did not reach."""

from collections.abc import Sequence

from collective.actions import broadcast_follow
from collective.actions.broadcasts import REPORT
from collective.broadcasts import Broadcast
from collective.deliveries import Again, Delivery, Missed
from collective.outbox import Ids, State
from collective.ports import Store
from dialogs.cards.card import Button, Card, Press, Rows, Scene
from locales.words import Words
from reports import reasons

#: What a press on the report does.
CANCEL, MISSED, SHOW, AGAIN, UNCLEAR = "c", "m", "s", "a", "u"
#: Which renderer lists whom it did not reach.
MISSED_PAGE = "broadcast_missed"
#: Lines on a page: what a phone shows without scrolling.
_LINES = 10


class DeliveryPress(Press, prefix="bD"):
    """A press on the report of a broadcast."""

    broadcast: int
    do: str
    page: int = 0


class HeardPress(Press, prefix="bH"):
    """A press that says: I have heard."""

    broadcast: int


def heard_button(broadcast: Broadcast, words: Words) -> Rows:
    """Return the button by which who gets it says that she has heard, if its author asks."""
    if not broadcast.asks_heard:
        return ()
    label = words.plain.pgettext("button", "I have heard")
    return ((Button(label=label, data=HeardPress(broadcast=broadcast.id).pack()),),)


def for_members(words: Words) -> str:
    """Say, over the chat, that it is not for everybody who is in a group."""
    return words.plain.pgettext("toast", "This button is for members of the collective.")


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Draw how it stands: under way with a way to stop it, or ended with what can be done."""
    broadcast = await scene.store.broadcasts.get(int(ids["broadcast"]))
    if broadcast is None or broadcast.author_id is None:
        return None
    delivery, text = await told(broadcast, scene.store, scene.words)
    ended = broadcast.counted is not None
    again = await scene.store.deliveries.again(broadcast.id) if ended else None
    return Card(
        text=text,
        buttons=_buttons(broadcast, delivery, again, scene.words),
        silent=not ended,
        owner=broadcast.author_id,
        identity=(REPORT, {"broadcast": broadcast.id}),
    )


async def told(broadcast: Broadcast, store: Store, words: Words) -> tuple[Delivery, str]:
    """Return how it stands, in numbers and said."""
    delivery = await store.deliveries.of(broadcast.id)
    heard = await store.deliveries.heard(broadcast.id) if broadcast.asks_heard else None
    return delivery, "\n".join(_lines(broadcast, delivery, heard, words))


async def draw_missed(ids: Ids, scene: Scene) -> Card | None:
    """List whom it did not reach and why, a page at a time."""
    broadcast = await scene.store.broadcasts.get(int(ids["broadcast"]))
    if broadcast is None or broadcast.author_id is None:
        return None
    found = await broadcast_follow.missed(scene.store, broadcast.id, by=broadcast.author_id)
    pages = max(1, -(-len(found) // _LINES))
    page = min(int(ids.get("page", 0)), pages - 1)
    shown = found[page * _LINES : (page + 1) * _LINES]
    lines = [await _why(each, scene) for each in shown]
    head = scene.words.gettext("It did not arrive:")
    return Card(
        text="\n".join([head, "", *lines]),
        buttons=(*_turning(broadcast.id, page, pages), _back(broadcast.id, scene.words)),
        owner=broadcast.author_id,
    )


def _lines(
    broadcast: Broadcast, delivery: Delivery, heard: int | None, words: Words
) -> Sequence[str]:
    if broadcast.cancelled_at is not None:
        head = words.gettext("Sending is stopped.")
    elif broadcast.counted is None:
        head = words.gettext("Your message is on its way.")
    else:
        head = words.gettext("Sending is finished.")
    lines = [head]
    if delivery.queued:
        lines.append(words.gettext("Queued: {count}", count=words.number(delivery.queued)))
    lines.append(words.gettext("Sent: {count}", count=words.number(delivery.sent)))
    if delivery.failed:
        lines.append(words.gettext("Failed: {count}", count=words.number(delivery.failed)))
    if delivery.unclear:
        many = words.number(delivery.unclear)
        lines.append(words.gettext("Failed, perhaps arrived: {count}", count=many))
    if delivery.blocked:
        lines.append(
            words.ngettext(
                "Blocked: {n}. This person no longer takes messages from me.",
                "Blocked: {n}. These people no longer take messages from me.",
                delivery.blocked,
            )
        )
    if delivery.dropped:
        many = words.number(delivery.dropped)
        lines.append(words.gettext("Not sent, they left or make a pause: {count}", count=many))
    if delivery.cancelled:
        many = words.number(delivery.cancelled)
        lines.append(words.gettext("Cancelled: {count}", count=many))
    if heard is not None:
        many = words.number(heard)
        lines.append(words.gettext("Pressed “I have heard”: {count}", count=many))
    return lines


def _buttons(broadcast: Broadcast, delivery: Delivery, again: Again | None, words: Words) -> Rows:
    plain, buttons = words.plain, []
    if again is None and broadcast.cancelled_at is None:
        buttons.append((plain.pgettext("button", "Stop sending"), CANCEL))
    if again is not None and delivery.missed:
        buttons.append((plain.pgettext("button", "Who did not get it"), MISSED))
    if again is not None and again.failed and broadcast.cancelled_at is None:
        buttons.append((plain.pgettext("button", "Resend to failed"), AGAIN))
    if again is not None and again.unclear and broadcast.cancelled_at is None:
        buttons.append((plain.pgettext("button", "Resend, perhaps twice"), UNCLEAR))
    if again is not None and broadcast.asks_heard:
        buttons.append((plain.pgettext("button", "Count again"), SHOW))
    return tuple((_button(broadcast.id, label, do),) for label, do in buttons)


def _button(broadcast_id: int, label: str, do: str, page: int = 0) -> Button:
    return Button(label=label, data=DeliveryPress(broadcast=broadcast_id, do=do, page=page).pack())


def _turning(broadcast_id: int, page: int, pages: int) -> Rows:
    if pages == 1:
        return ()
    back = _button(broadcast_id, "◀", MISSED, max(0, page - 1))
    on = _button(broadcast_id, "▶", MISSED, min(pages - 1, page + 1))
    return ((back, _button(broadcast_id, f"{page + 1}/{pages}", MISSED, page), on),)


def _back(broadcast_id: int, words: Words) -> tuple[Button]:
    return (_button(broadcast_id, words.plain.pgettext("button", "Back"), SHOW),)


async def _why(missed: Missed, scene: Scene) -> str:
    words = scene.words
    known = await scene.store.collectives.get(missed.collective) if missed.collective else None
    where = known.name if known else words.gettext("Without a collective")
    if missed.state is not State.BLOCKED:
        why = reasons.of_message(missed.reason, words)
    elif missed.group:
        why = reasons.of_group(missed.reason, words)
    elif missed.names:
        why = reasons.of_person(missed.reason, words)
    else:
        why = words.gettext("They take no messages from me.")
    if missed.group:
        group = words.gettext("{collective}, the group", collective=where)
        return words.gettext("<b>{name}</b>: {why}", name=group, why=why)
    if not missed.names:
        many = words.number(missed.many)
        return words.gettext("<b>{name}</b>: {many}. {why}", name=where, many=many, why=why)
    names = words.list_and(missed.names)
    if missed.state is State.BLOCKED:
        return f"<b>{names}</b> {why}"
    return words.gettext("<b>{name}</b>: {why}", name=names, why=why)
