"""What people do reaches the bot as Telegram would tell it."""

import pytest

from playground import states
from playground.refusals import ControlError

BOT = "https://t.me/LisangaPlaygroundBot"


async def test_a_link_becomes_start_with_its_payload(api, playground):
    person = await playground.add_person("Mado")
    await playground.link(person, f"{BOT}?start=i_abc-1")
    [update] = await api.updates()
    assert update["message"]["text"] == "/start i_abc-1"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


@pytest.mark.parametrize("url", ["https://t.me/Other?start=x", "https://a.cd", f"{BOT}?start=a b"])
async def test_other_links_are_refused(playground, mado, url):
    with pytest.raises(ControlError, match="not a link to"):
        await playground.link(mado, url)


@pytest.mark.parametrize(
    "which", [{"button": "1"}, {"data": "m1"}, {"row": 0, "column": 0}, {"row": 0}]
)
async def test_a_tap_names_its_button_in_any_way(api, playground, mado, card, which):
    await playground.tap(mado, card["message_id"], **which)
    [update] = await api.updates()
    assert update["callback_query"]["data"] == "m1"
    assert update["callback_query"]["message"] == card


async def test_a_tap_on_a_link_follows_it(api, playground, mado, card):
    done = await playground.tap(mado, card["message_id"], button="Join")
    [update] = await api.updates()
    assert update["update_id"] == done["update_id"]
    assert update["message"]["text"] == "/start i_abc"


async def test_a_tap_on_another_link_only_tells_it(api, playground, mado):
    keys = {"inline_keyboard": [[{"text": "Map", "url": "https://a.cd/map"}]]}
    sent = await api("sendMessage", chat_id=mado, text="x", reply_markup=keys)
    done = await playground.tap(mado, sent["message_id"], button="Map")
    assert done == {"update_id": None, "url": "https://a.cd/map"}


async def test_a_button_that_is_not_there_is_said_with_those_that_are(playground, mado, card):
    with pytest.raises(ControlError, match="has “1”, “2”, “Join”"):
        await playground.tap(mado, card["message_id"], button="3")
    with pytest.raises(ControlError, match="there is no message 99"):
        await playground.tap(mado, 99, button="1")


async def test_an_edited_card_loses_its_old_buttons(api, playground, mado, card):
    await api("editMessageText", chat_id=mado, message_id=card["message_id"], text="Thanks")
    with pytest.raises(ControlError, match="no button at all"):
        await playground.tap(mado, card["message_id"], button="1")


async def test_a_reply_shows_what_it_answers(api, playground, mado, card):
    await playground.text(mado, "4", reply_to=card["message_id"])
    [update] = await api.updates()
    assert update["message"]["reply_to_message"]["text"] == "How are you?"


async def test_blocking_and_unblocking_is_told(api, playground, mado):
    await playground.block(mado)
    with pytest.raises(ControlError, match="has blocked the bot"):
        await playground.text(mado, "x")
    await playground.link(mado, f"{BOT}?start=i_abc")
    moves = [update["my_chat_member"] for update in await api("getUpdates", limit=2)]
    statuses = [move["new_chat_member"]["status"] for move in moves]
    assert statuses == ["kicked", "member"]


async def test_message_ids_are_shared_by_private_chats_and_groups(api, playground, mado, group):
    private = await api("sendMessage", chat_id=mado, text="x")
    public = await api("sendMessage", chat_id=group, text="x")
    assert public["message_id"] == private["message_id"] + 1


async def test_a_startgroup_link_brings_the_bot_in(api, playground, mado):
    number = await playground.add_group("Bana Mboka", mado)
    await playground.link(mado, f"{BOT}?startgroup=c_1", group_id=number)
    member, joined, start = await api.updates()
    assert member["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert joined["message"]["new_chat_members"][0]["username"] == "LisangaPlaygroundBot"
    assert joined["message"]["new_chat_participant"] == joined["message"]["new_chat_member"]
    assert start["message"]["text"] == "/start@LisangaPlaygroundBot c_1"
    assert start["message"]["chat"]["all_members_are_administrators"] is True


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("mbote", False),
        ("/resume", True),
        ("/resume@LisangaPlaygroundBot", True),
        ("/resume@AnotherBot", False),
        ("see /resume", False),
        ("@lisangaplaygroundbot mbote", True),
    ],
)
async def test_privacy_mode_lets_the_bot_hear_what_is_meant_for_it(
    playground, mado, group, words, heard
):
    done = await playground.text(mado, words, chat_id=group)
    assert (done["update_id"] is not None) is heard


async def test_a_reply_to_the_bot_is_heard_in_a_group(api, playground, mado, group):
    sent = await api("sendMessage", chat_id=group, text="Mbote na bino")
    done = await playground.text(mado, "mbote", chat_id=group, reply_to=sent["message_id"])
    assert done["update_id"] is not None


async def test_coming_and_going_is_told(api, playground, group):
    person = await playground.add_person("Aimée")
    await playground.move_person(group, person, present=True)
    await playground.move_person(group, person, present=False)
    came, went = [update["message"] for update in await api.updates()]
    assert [user["first_name"] for user in came["new_chat_members"]] == ["Aimée"]
    assert went["left_chat_member"] == went["left_chat_participant"]


async def test_a_stranger_cannot_write_in_a_group(playground, group):
    stranger = await playground.add_person("Aimée")
    with pytest.raises(ControlError, match="not in that group"):
        await playground.text(stranger, "/resume", chat_id=group)


async def test_who_is_in_a_group_is_answered(api, playground, mado, group):
    assert await api("getChatMemberCount", chat_id=group) == 3
    [creator] = await api("getChatAdministrators", chat_id=group)
    assert (creator["status"], creator["user"]["id"]) == ("creator", mado)
    stranger = await playground.add_person("Aimée")
    outside = await api("getChatMember", chat_id=group, user_id=stranger)
    assert outside["status"] == "left"


MENU = [{"command": "point", "description": "x"}]


@pytest.mark.parametrize(
    ("scope", "language", "seen"),
    [
        ({"type": "default"}, "", True),
        ({"type": "default"}, "ln", True),
        ({"type": "default"}, "fr", False),
        ({"type": "all_private_chats"}, "", True),
        ({"type": "all_group_chats"}, "", False),
        ({"type": "chat", "chat_id": 7100000001}, "", True),
    ],
)
async def test_a_person_sees_the_menu_of_her_scope_and_language(
    api, playground, mado, scope, language, seen
):
    await api("setMyCommands", commands=MENU, scope=scope, language_code=language)
    state = states.of_person(playground.world, playground.world.people[mado])
    assert state["commands"] == (MENU if seen else [])


async def test_the_narrower_menu_wins_and_its_deletion_shows_the_wider(
    api, playground, mado, group
):
    narrow = [{"command": "lier", "description": "y"}]
    scope = {"type": "chat_administrators", "chat_id": group}
    await api("setMyCommands", commands=MENU, scope={"type": "all_group_chats"})
    await api("setMyCommands", commands=narrow, scope=scope)
    shown = states.of_group(playground.world, playground.world.groups[group])["commands"]
    assert shown == {str(mado): narrow, str(mado + 1): MENU}
    await api("deleteMyCommands", scope=scope)
    shown = states.of_group(playground.world, playground.world.groups[group])["commands"]
    assert shown[str(mado)] == MENU


async def test_who_has_deleted_her_account_has_no_name_and_cannot_be_written_to(
    api, playground, mado, group
):
    await playground.vanish(mado)
    assert await api.updates() == []
    body = await api.raw("sendMessage", chat_id=mado, text="x")
    assert (body["error_code"], body["description"]) == (403, "Forbidden: user is deactivated")
    member = await api("getChatMember", chat_id=group, user_id=mado)
    assert member["user"] == {"id": mado, "is_bot": False, "first_name": ""}
    with pytest.raises(ControlError, match="deleted her account"):
        await playground.text(mado, "x")


async def test_a_reaction_is_put_replaced_and_taken_away(api, playground, mado):
    said = await playground.text(mado, "x")
    number = {"chat_id": mado, "message_id": said["message_id"]}

    async def shown():
        return [record["reaction"] for record in await playground.messages(mado)][-1]

    for emoji in ("👍", "🎉"):
        assert await api(
            "setMessageReaction", **number, reaction=[{"type": "emoji", "emoji": emoji}]
        )
        assert await shown() == emoji
    assert await api("setMessageReaction", **number)
    assert await shown() is None
    [*_, record] = await playground.messages(mado)
    assert record["edit_date"] is None


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"reaction": [{"type": "emoji", "emoji": "🥔"}]}, "REACTION_INVALID"),
        ({"reaction": "[broken"}, "can't parse reaction types JSON object"),
        ({"message_id": 99}, "message to react not found"),
    ],
)
async def test_a_reaction_that_cannot_be_is_refused(api, mado, card, fields, error):
    number = {"chat_id": mado, "message_id": card["message_id"]}
    body = await api.raw("setMessageReaction", **{**number, **fields})
    assert body["description"] == f"Bad Request: {error}"
