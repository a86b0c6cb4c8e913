"""One way a card reaches a chat: in place while it is the last message, else anew."""

from time import monotonic

import pytest
from structlog.testing import capture_logs

from collective.actions import checkins, rounds
from collective.forms import load_forms
from collective.retention import Retention
from dialogs.cards import RENDER, Scene, refusals
from locales.words import Words
from tests.delivery.edge import found_collective


@pytest.fixture
async def card(side, mado):
    """Mado's check-in as she was sent it: (its ids, its message)."""
    now = side.clock.now()
    made, _ = await found_collective(side.database, now, facilitator=2, members=[mado])
    async with side.database.writing() as store:
        await rounds.open_round(store, load_forms(), made.id, due=now, now=now)
        [row] = [
            row
            for row in await store.outbox.claim(await store.outbox.due(now, 9))
            if row.chat_id == mado
        ]
    shown = await side.screen.send(mado, checkins.CARD, row.ids)
    return row.ids, shown.message_id


async def keyboards(side, chat):
    """Which messages of a chat have buttons."""
    records = await side.playground.messages(chat)
    return [record["message_id"] for record in records if record["keyboard"]]


async def test_who_is_told_that_nothing_is_saved_hides_no_fault_of_ours(side, mado, monkeypatch):
    def broken():
        raise KeyError

    with monkeypatch.context() as patch, capture_logs() as lines:
        patch.setattr(side.screen._ledger, "reading", broken)
        await side.screen.tell(mado, refusals.NOT_SAVED)
    assert "Nakoki kobomba eloko te" in (await side.said(mado))[-1]
    assert [(each["event"], each["log_level"]) for each in lines] == [("language_unread", "error")]


async def test_the_last_card_is_drawn_in_place(side, mado, card):
    ids, message = card
    before = await side.said(mado)
    await side.screen.redraw(mado, message, checkins.CARD, {**ids, "marks": 0})
    async with side.database.writing() as store:
        [mine] = await store.checkins.open_for(
            (await store.checkins.get(ids["checkin"])).person_id, side.clock.now()
        )
        await store.checkins.put_answer(mine, "motivation", "4", side.clock.now())
    await side.screen.redraw(mado, message, checkins.CARD, ids)
    after = await side.said(mado)
    assert len(after) == len(before)
    assert after != before


async def test_a_card_that_did_not_change_is_no_error(side, mado, card):
    ids, message = card
    await side.screen.redraw(mado, message, checkins.CARD, ids)
    [edit] = side.calls("editMessageText")
    assert "message is not modified" in edit["description"]
    assert len(await side.said(mado)) == 1


async def test_a_card_under_other_messages_comes_anew_and_gives_up_its_buttons(side, mado, card):
    ids, message = card
    await side.screen.send(mado, "thanks", {})
    await side.screen.redraw(mado, message, checkins.CARD, ids)
    [shown] = await keyboards(side, mado)
    assert shown > message
    assert len(await side.said(mado)) == 3


async def test_a_card_sent_again_takes_the_buttons_off_its_older_copy(side, mado, card):
    ids, message = card
    again = await side.screen.send(mado, checkins.REMINDER, ids)
    assert await keyboards(side, mado) == [again.message_id]
    assert again.message_id > message


async def test_a_copy_that_is_put_on_record_late_leaves_the_newer_one_its_buttons(side, mado, card):
    ids, _ = card
    drawing = await side.screen.draw(mado, checkins.CARD, ids)
    slow = await side.screen.hand_over(mado, drawing)
    newer = await side.screen.send(mado, checkins.CARD, ids)
    async with side.database.writing() as store:
        older = await side.screen.remember(store, mado, slow)
    await side.screen.clear(mado, older)
    assert await keyboards(side, mado) == [newer.message_id]


async def test_a_reply_that_meets_a_pause_is_queued_and_not_waited_for(side, mado):
    side.playground.world.faults.arm({"kind": "429", "method": "sendMessage", "retry_after": 60})
    began = monotonic()
    await side.screen.reply(mado, "home", {})
    await side.screen.reply(mado, "languages", {})
    assert monotonic() - began < 5
    assert [(row.kind, row.state) for row in await side.rows()] == [
        ("home", "queued"),
        ("languages", "queued"),
    ]
    assert len(side.calls("sendMessage")) == 1


async def test_an_edit_that_meets_a_pause_is_queued(side, mado, card):
    ids, message = card
    side.playground.world.faults.arm({"kind": "429", "method": "editMessageText"})
    await side.screen.redraw(mado, message, checkins.CARD, ids)
    assert [row.kind for row in await side.rows() if row.state == "queued"] == [checkins.CARD]


async def test_a_group_of_two_languages_reads_lingala_then_french_in_one_message(side, mado):
    made, leads = await found_collective(
        side.database, side.clock.now(), facilitator=mado, members=[]
    )
    group = await side.group(mado)
    async with side.database.writing() as store:
        await store.collectives.link_group(made.id, group, leads, side.clock.now())
    await side.screen.send(group, "overview", {"collective": made.id})
    assert await side.said(group) == [
        "\n\n".join([await drawn(side, made, lang) for lang in ("ln", "fr")])
    ]


async def drawn(side, collective, lang):
    """What the group would read in one language."""
    async with side.database.reading() as store:
        scene = Scene(
            chat_id=0,
            store=store,
            forms={},
            words=Words(lang).plain,
            now=side.clock.now(),
            keep=Retention(),
            username="lisanga_bot",
        )
        return (await RENDER["overview"]({"collective": collective.id}, scene)).text
