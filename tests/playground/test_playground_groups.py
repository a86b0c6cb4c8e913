"""Groups that change: administrators, supergroups, who hides behind a group."""

import pytest

from playground.refusals import ControlError


@pytest.fixture
async def migrated(api, playground, group):
    """The group's new id, and what the bot heard of the change."""
    fresh = await playground.migrate(group)
    return fresh, await api.updates()


async def test_both_groups_tell_the_bot_of_the_change(migrated, group, mado):
    fresh, (parting, joined, arrival) = migrated
    assert str(fresh).startswith("-100")
    assert parting["message"]["chat"]["id"] == group
    assert parting["message"]["migrate_to_chat_id"] == fresh
    assert parting["message"]["from"]["id"] == mado
    assert joined["my_chat_member"]["chat"] == {
        "id": fresh, "title": "Bana Mboka", "type": "supergroup",
    }  # fmt: skip
    assert arrival["message"]["migrate_from_chat_id"] == group
    assert arrival["message"]["from"]["username"] == "GroupAnonymousBot"
    assert arrival["message"]["sender_chat"]["id"] == fresh


async def test_the_new_group_counts_its_messages_from_one(api, migrated):
    fresh, (*_, arrival) = migrated
    assert arrival["message"]["message_id"] == 1
    assert (await api("sendMessage", chat_id=fresh, text="x"))["message_id"] == 2


@pytest.mark.parametrize("method", ["sendMessage", "getChat", "leaveChat"])
async def test_the_old_id_names_the_new_one(api, migrated, group, method):
    body = await api.raw(method, chat_id=group, text="x")
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    assert (body["error_code"], body["description"]) == (400, words)
    assert body["parameters"] == {"migrate_to_chat_id": migrated[0]}


async def test_people_write_in_the_new_group_only(playground, migrated, group, mado):
    with pytest.raises(ControlError, match=str(migrated[0])):
        await playground.text(mado, "x", chat_id=group)
    await playground.text(mado, "x", chat_id=migrated[0])
    with pytest.raises(ControlError, match="already"):
        await playground.migrate(migrated[0])


async def test_a_group_without_the_bot_changes_silently(api, playground, mado):
    quiet = await playground.add_group("Tujenge", mado)
    await playground.migrate(quiet)
    assert await api.updates() == []


async def test_supergroups_have_ids_and_numbers_of_their_own(playground, mado):
    first, second = [await playground.add_group("S", mado, type="supergroup") for _ in "12"]
    assert (first, second) == (-1002000000001, -1002000000002)
    said = [
        (await playground.text(mado, "x", chat_id=each))["message_id"] for each in (first, second)
    ]
    assert said == [1, 1]


async def test_own_messages_go_at_any_age_in_a_supergroup(api, playground, migrated):
    sent = await api("sendMessage", chat_id=migrated[0], text="x")
    await playground.move_clock(advance_seconds=3 * 24 * 3600)
    assert await api("deleteMessage", chat_id=migrated[0], message_id=sent["message_id"])


async def test_an_administrator_bot_deletes_what_others_wrote(api, playground, group, mado):
    number = {"chat_id": group, "message_id": 0}
    number["message_id"] = (await playground.text(mado, "x", chat_id=group))["message_id"]
    refused = await api.raw("deleteMessage", **number)
    assert refused["description"] == "Bad Request: message can't be deleted"
    await playground.move_bot(group, present=True, admin=True)
    assert await api("deleteMessage", **number)
    administrators = await api("getChatAdministrators", chat_id=group)
    assert [each["status"] for each in administrators] == ["creator", "administrator"]


async def test_an_administrator_can_hide_in_a_supergroup_only(
    api, playground, migrated, group, mado
):
    fresh = migrated[0]
    await playground.text(mado, "/resume", chat_id=fresh, anonymous=True)
    [update] = await api.updates()
    assert update["message"]["from"]["id"] == 1087968824
    assert update["message"]["sender_chat"] == update["message"]["chat"]
    with pytest.raises(ControlError, match="only an administrator"):
        await playground.text(mado + 1, "/resume", chat_id=fresh, anonymous=True)
    with pytest.raises(ControlError, match="only an administrator"):
        await playground.text(mado, "/resume", anonymous=True)


async def test_a_bot_sent_away_as_administrator_was_one(api, playground, group):
    await playground.move_bot(group, present=True, admin=True)
    await playground.move_bot(group, present=False)
    _, update, _ = await api.updates()
    assert update["my_chat_member"]["old_chat_member"]["status"] == "administrator"


async def test_privacy_mode_is_a_switch_the_bot_can_see(api, http, playground, group, mado):
    assert not (await api("getMe"))["can_read_all_group_messages"]
    assert (await playground.text(mado, "small talk", chat_id=group))["update_id"] is None
    url = f"{playground.base_url}/playground/api/bot"
    async with http.post(url, json={"privacy": False}) as answer:
        assert (await answer.json())["privacy"] is False
    assert (await api("getMe"))["can_read_all_group_messages"]
    assert (await playground.text(mado, "small talk", chat_id=group))["update_id"]
    await playground.set_privacy(on=True)
    assert not (await api("getMe"))["can_read_all_group_messages"]
