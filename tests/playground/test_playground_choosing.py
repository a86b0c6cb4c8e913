"""Keys that ask for a group or for people: what may be chosen, and what the bot then hears."""

import pytest

from playground.refusals import ControlError


@pytest.fixture
def ask(api, mado):
    """The bot asks Mado for a group (or for people, with `users`)."""

    async def send(users=None, **terms):
        request = {"request_chat": {"request_id": 7, "chat_is_channel": False, **terms}}
        if users is not None:
            request = {"request_users": {"request_id": 7, **users}}
        keys = {"keyboard": [[{"text": "Choose", **request}]]}
        await api("sendMessage", chat_id=mado, text="?", reply_markup=keys)

    return send


@pytest.fixture
async def home(playground, mado):
    """A group of Mado's without the bot."""
    return await playground.add_group("Tujenge", mado)


async def test_a_group_that_has_the_bot_is_shared_by_its_id(api, ask, playground, mado, group):
    await ask(bot_is_member=True, request_title=True)
    await playground.share(mado, 7, chat_id=group)
    [update] = await api.updates()
    shared = {"request_id": 7, "chat_id": group, "title": "Bana Mboka"}
    assert update["message"]["chat_shared"] == shared
    assert update["message"]["chat"]["type"] == "private"


async def test_the_app_adds_the_bot_where_it_must_be_a_member(api, ask, playground, mado, home):
    await ask(bot_is_member=True)
    await playground.share(mado, 7, chat_id=home)
    moved, joined, shared = await api.updates()
    assert moved["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert joined["message"]["new_chat_members"][0]["is_bot"]
    assert shared["message"]["chat_shared"] == {"request_id": 7, "chat_id": home}


async def test_the_app_makes_the_bot_an_administrator_where_asked(
    api, ask, playground, mado, group
):
    await ask(bot_administrator_rights={"can_manage_chat": True})
    await playground.share(mado, 7, chat_id=group)
    promoted, _ = await api.updates()
    assert promoted["my_chat_member"]["new_chat_member"]["can_manage_chat"]
    await playground.text(mado, "small talk", chat_id=group)
    [heard] = await api.updates()
    assert heard["message"]["text"] == "small talk"


async def test_without_such_terms_the_bot_may_learn_of_a_group_it_is_not_in(
    api, ask, playground, mado, home
):
    await ask()
    await playground.share(mado, 7, chat_id=home)
    [update] = await api.updates()
    assert update["message"]["chat_shared"]["chat_id"] == home
    assert (await api.raw("getChat", chat_id=home))["description"] == "Bad Request: chat not found"


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"chat_is_created": True}, "did not create"),
        ({"user_administrator_rights": {}, "bot_is_member": True}, None),
        ({"user_administrator_rights": {"can_manage_chat": True}}, "no administrator"),
        ({"chat_is_channel": True}, "no channels"),
        ({"chat_is_forum": True}, "topics"),
        ({"chat_has_username": True}, "username"),
    ],
)
async def test_only_what_fits_the_terms_can_be_chosen(ask, playground, mado, terms, words):
    aimee = await playground.add_person("Aimée")
    theirs = await playground.add_group("Théirs", aimee, mado)
    await ask(**terms)
    if words is None:
        await playground.share(mado, 7, chat_id=theirs)
        return
    with pytest.raises(ControlError, match=words):
        await playground.share(mado, 7, chat_id=theirs)


async def test_an_administrator_runs_a_group_as_its_creator_does(ask, http, playground, mado):
    aimee = await playground.add_person("Aimée")
    theirs = await playground.add_group("Theirs", aimee, mado)
    await ask(user_administrator_rights={"can_manage_chat": True})
    url = f"{playground.base_url}/playground/api"
    fitting = f"{url}/people/{mado}/choices?request_id=7"
    async with http.get(fitting) as answer:
        assert await answer.json() == {"chats": []}
    body = {"person": mado, "admin": True}
    async with http.post(f"{url}/groups/{theirs}/members", json=body) as answer:
        assert answer.status == 200
    async with http.get(fitting) as answer:
        assert await answer.json() == {"chats": [theirs]}
    await playground.share(mado, 7, chat_id=theirs)


async def test_people_are_shared_with_what_was_asked_for(api, ask, playground, mado):
    aimee = await playground.add_person("Aimée", last_name="K.", username="aimee")
    await ask(users={"request_name": True, "max_quantity": 2})
    await playground.share(mado, 7, people=[aimee])
    [update] = await api.updates()
    shared = [{"user_id": aimee, "first_name": "Aimée", "last_name": "K."}]
    assert update["message"]["users_shared"] == {"request_id": 7, "users": shared}
    with pytest.raises(ControlError, match="1 to 2"):
        await playground.share(mado, 7, people=[])


async def test_a_choice_without_its_key_is_refused(playground, mado, group):
    with pytest.raises(ControlError, match="no key with the request 7"):
        await playground.share(mado, 7, chat_id=group)


async def test_a_group_cannot_be_asked_for_a_choice(api, group):
    key = {"text": "x", "request_chat": {"request_id": 7, "chat_is_channel": False}}
    markup = {"keyboard": [[key]]}
    body = await api.raw("sendMessage", chat_id=group, text="x", reply_markup=markup)
    words = "Bad Request: chats can be requested in private chats only"
    assert body["description"] == words
