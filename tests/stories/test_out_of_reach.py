"""Who and which groups take no messages: the facilitator sees why, the way back is short."""

import pytest


@pytest.fixture
async def cast(stage):
    return await stage.found(("Aline", "ln"), ("Béatrice", "fr"), group=True)


async def restrict(stage, cast, *, may_write):
    """Telegram tells the bot that the group's administrator changed its rights."""
    me = {"id": stage.playground.world.bot.id, "is_bot": True, "first_name": "Lisanga"}
    rights = dict.fromkeys(
        [
            "can_send_messages",
            "can_send_audios",
            "can_send_documents",
            "can_send_photos",
            "can_send_videos",
            "can_send_video_notes",
            "can_send_voice_notes",
            "can_send_polls",
            "can_send_other_messages",
            "can_add_web_page_previews",
            "can_change_info",
            "can_invite_users",
            "can_pin_messages",
            "can_manage_topics",
            "can_edit_tag",
            "can_react_to_messages",
        ],
        may_write,
    )
    held = {"user": me, "status": "restricted", "is_member": True, "until_date": 0, **rights}
    change = {
        "chat": {"id": cast.group, "type": "supergroup", "title": "Tujenge"},
        "from": {"id": cast["Aline"].person, "is_bot": False, "first_name": "Aline"},
        "date": 1,
        "old_chat_member": {"user": me, "status": "member"},
        "new_chat_member": held,
    }
    await stage.playground.push({"my_chat_member": change}, wait=True)


async def page(cast):
    await cast["Nadine"].says("/collectif")
    return (await cast["Nadine"].sees("Tujenge", "2 membres"))["text"]


async def test_a_group_that_takes_the_bot_out_keeps_its_link_for_when_it_is_let_in_again(
    stage, cast
):
    group = await stage.in_group(cast["Aline"], cast.group)
    await stage.playground.move_bot(cast.group, present=False, by=cast["Aline"].person, wait=True)
    await cast["Nadine"].sees("Tujenge", "On m’a retirée du groupe. Ajoute-moi de nouveau")
    assert "On m’a retirée du groupe" in await page(cast)
    before = len(await group.records())
    await stage.playground.move_bot(cast.group, present=True, by=cast["Aline"].person, wait=True)
    assert "groupe." not in await page(cast)
    async with stage.database.reading() as store:
        assert (await store.collectives.by_group(cast.group)).name == "Tujenge"
    assert len(await group.records()) == before


async def test_a_group_in_which_the_bot_may_not_write_is_told_to_the_facilitator_once(stage, cast):
    for may_write in (False, False):
        await restrict(stage, cast, may_write=may_write)
    await cast["Nadine"].sees("Je n’ai pas le droit d’écrire dans le groupe.")
    told = [each for each in await cast["Nadine"].records() if "pas le droit" in each["text"]]
    assert len(told) == 1
    await restrict(stage, cast, may_write=True)
    assert "pas le droit" not in await page(cast)


async def test_a_message_that_arrives_shows_that_a_group_takes_messages_again(stage, cast):
    await restrict(stage, cast, may_write=False)
    group = await stage.in_group(cast["Aline"], cast.group)
    await group.says("/resume")
    await group.sees("Il n’y a pas encore de résumé")
    assert "pas le droit" not in await page(cast)


async def test_who_blocked_the_bot_is_named_with_what_helps_until_she_is_back(stage, cast):
    await stage.playground.block(cast["Aline"].person, wait=True)
    assert "🚫 1 membre n’est pas joignable." in await page(cast)
    await cast["Nadine"].taps("Qui je ne joins pas")
    await cast["Nadine"].sees(
        "Aline m’a bloquée. Quand elle m’écrira de nouveau, mes prochains messages lui arriveront."
    )
    await cast["Nadine"].taps("Retour")
    await cast["Nadine"].taps("Membres")
    assert "Aline 🚫" in await cast["Nadine"].buttons()
    await cast["Nadine"].taps("Aline 🚫")
    await cast["Nadine"].sees("Aline m’a bloquée.")
    await stage.playground.block(cast["Aline"].person, blocked=False, wait=True)
    assert "🚫" not in await page(cast)
    assert "Qui je ne joins pas" not in await cast["Nadine"].buttons()
