"""Every refusal in Telegram's own words."""

import pytest

from playground.refusals import NOT_MODIFIED

ENTITIES = "can't parse entities: "
BUTTON = "can't parse inline keyboard button: "


def keys(*buttons):
    return {"inline_keyboard": [list(buttons)]}


def key(**action):
    return keys({"text": "x", **action})


SEND = [
    ({"text": None}, "message text is empty"),
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "text must be non-empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "é" * 20000}, "text is too long"),
    ({"chat_id": None}, "chat_id is empty"),
    ({"chat_id": 5}, "chat not found"),
    ({"chat_id": -5}, "chat not found"),
    ({"chat_id": "@nobody"}, "chat not found"),
    ({"parse_mode": "INVALID"}, "unsupported parse_mode"),
    ({"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ({"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ({"reply_markup": "[]"}, "object expected as reply markup"),
    ({"reply_markup": {"inline_keyboard": 1}}, 'field "inline_keyboard" must be of type Array'),
    ({"reply_markup": key()}, BUTTON + "Text buttons are unallowed in the inline keyboard"),
    (
        {"reply_markup": key(callback_data="")},
        BUTTON + "Text buttons are unallowed in the inline keyboard",
    ),
    ({"reply_markup": key(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
    (
        {"reply_markup": key(url="ftp://example.org")},
        "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
    ),
    (
        {"reply_markup": key(url="not-a-url")},
        "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
    ),
]

HTML = [
    ("é <script>x</script>", 'Unsupported start tag "script" at byte offset 3'),
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    (
        "<b><i>test</b></i>",
        'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"',
    ),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("x <b", "Unclosed start tag at byte offset 2"),
]

EDIT = [
    ({"message_id": None, "chat_id": None}, "message identifier is not specified"),
    ({"chat_id": None}, "chat_id is empty"),
    ({"message_id": None}, "message to edit not found"),
    ({"message_id": 99}, "message to edit not found"),
    ({"message_id": 1}, "message can't be edited"),  # hers
    ({"text": "x" * 4097}, "MESSAGE_TOO_LONG"),
    ({"text": ""}, "message text is empty"),
]

COMMANDS = [
    ("{", "can't parse commands JSON object"),
    ([{"command": "", "description": "x"}], "command must be non-empty"),
    ([{"command": "a" * 33, "description": "x"}], "command length must not exceed 32"),
    ([{"command": "a", "description": " "}], "command description must be non-empty"),
    (
        [{"command": "a", "description": "x" * 257}],
        "command description length must not exceed 256",
    ),
    ([{"command": "a-b", "description": "x"}], "BOT_COMMAND_INVALID"),
]


async def refused(api, method, **params):
    kept = {name: value for name, value in params.items() if value is not None}
    body = await api.raw(method, **kept)
    assert not body["ok"]
    return body["error_code"], body["description"].removeprefix("Bad Request: ")


@pytest.mark.parametrize(("params", "words"), SEND)
async def test_a_message_is_refused_in_the_official_words(api, mado, params, words):
    params = {"chat_id": mado, "text": "Mbote", **params}
    assert await refused(api, "sendMessage", **params) == (400, words)


@pytest.mark.parametrize(("text", "words"), HTML)
async def test_broken_html_is_refused_with_its_byte_offset(api, mado, text, words):
    answer = await refused(api, "sendMessage", chat_id=mado, text=text, parse_mode="HTML")
    assert answer == (400, ENTITIES + words)


@pytest.mark.parametrize(("params", "words"), EDIT)
async def test_an_edit_is_refused_in_the_official_words(api, mado, card, params, words):
    params = {"chat_id": mado, "message_id": card["message_id"], "text": "now", **params}
    assert await refused(api, "editMessageText", **params) == (400, words)


async def test_an_edit_that_changes_nothing_is_refused(api, mado, card):
    same = {"chat_id": mado, "message_id": card["message_id"]}
    markup = card["reply_markup"]
    answer = await refused(api, "editMessageReplyMarkup", **same, reply_markup=markup)
    assert answer == (400, NOT_MODIFIED)
    text = await refused(api, "editMessageText", **same, text=" How are you? ", reply_markup=markup)
    assert text == (400, NOT_MODIFIED)


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(api, mado):
    sent = await api("sendMessage", chat_id=mado, text="x", reply_markup={"keyboard": [["A"]]})
    answer = await refused(
        api, "editMessageText", chat_id=mado, message_id=sent["message_id"], text="y"
    )
    assert answer == (400, "message can't be edited")


async def test_text_and_caption_are_not_each_other(api, mado, card):
    there = {"chat_id": mado, "message_id": card["message_id"]}
    caption = await refused(api, "editMessageCaption", **there, caption="x")
    assert caption == (400, "there is no caption in the message to edit")
    sent = await api.upload("sendDocument", {"document": ("a.csv", b"1")}, chat_id=str(mado))
    text = await refused(
        api, "editMessageText", chat_id=mado, message_id=sent["message_id"], text="x"
    )
    assert text == (400, "there is no text in the message to edit")


async def test_deleting_is_refused_in_the_official_words(api, playground, mado, group):
    there = {"chat_id": mado}
    assert await refused(api, "deleteMessage", **there) == (
        400,
        "message identifier is not specified",
    )
    gone = await refused(api, "deleteMessage", **there, message_id=99)
    assert gone == (400, "message to delete not found")
    hers = (await playground.messages(group))[-1]["message_id"]
    foreign = await refused(api, "deleteMessage", chat_id=group, message_id=hers)
    assert foreign == (400, "message can't be deleted")
    many = await refused(api, "deleteMessages", **there, message_ids=list(range(101)))
    assert many == (400, "too many message identifiers specified")


async def test_a_message_older_than_two_days_stays(api, playground, mado, card):
    await playground.move_clock(advance_seconds=49 * 3600)
    old = await refused(api, "deleteMessage", chat_id=mado, message_id=card["message_id"])
    assert old == (400, "message can't be deleted for everyone")


@pytest.mark.parametrize(("commands", "words"), COMMANDS)
async def test_a_menu_is_refused_in_the_official_words(api, commands, words):
    assert await refused(api, "setMyCommands", commands=commands) == (400, words)


async def test_more_than_a_hundred_commands_are_refused(api):
    many = [{"command": f"c{n}", "description": "x"} for n in range(101)]
    assert await refused(api, "setMyCommands", commands=many) == (400, "BOT_COMMANDS_TOO_MUCH")


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_missing_or_unknown_file_is_refused(api, mado, kind):
    method = f"send{kind.capitalize()}"
    missing = await refused(api, method, chat_id=mado)
    assert missing == (400, f"there is no {kind} in the request")
    unknown = await refused(api, method, chat_id=mado, **{kind: "AgACAgQAAx"})
    wrong = "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
    assert unknown == (400, wrong)


async def test_a_document_is_no_photo_and_no_picture(api, mado):
    sent = await api.upload("sendDocument", {"document": ("a.csv", b"1")}, chat_id=str(mado))
    number = sent["document"]["file_id"]
    answer = await refused(api, "sendPhoto", chat_id=mado, photo=number)
    assert answer == (400, "can't use file of type Document as Photo")
    assert await refused(api, "getFile", file_id="x") == (400, "invalid file_id")
    long = await refused(api, "sendDocument", chat_id=mado, document=number, caption="x" * 1025)
    assert long == (400, "message caption is too long")


async def test_a_tap_is_answered_once_and_in_time(api, playground, mado, card):
    old = "query is too old and response timeout expired or query ID is invalid"
    assert await refused(api, "answerCallbackQuery", callback_query_id="1") == (400, old)
    await playground.tap(mado, card["message_id"], button="1")
    [update] = await api("getUpdates")
    tap = {"callback_query_id": update["callback_query"]["id"]}
    long = await refused(api, "answerCallbackQuery", **tap, text="x" * 201)
    assert long == (400, "MESSAGE_TOO_LONG")
    assert await api("answerCallbackQuery", **tap, text="x" * 200) is True
    assert await refused(api, "answerCallbackQuery", **tap) == (400, old)


async def test_a_tap_is_too_old_after_150_seconds(api, playground, mado, card):
    await playground.tap(mado, card["message_id"], button="1")
    [update] = await api("getUpdates")
    await playground.move_clock(advance_seconds=151)
    number = update["callback_query"]["id"]
    code, words = await refused(api, "answerCallbackQuery", callback_query_id=number)
    assert (code, words.split(" and ")[0]) == (400, "query is too old")


async def test_somebody_who_blocked_the_bot_gets_nothing(api, playground, mado):
    await playground.block(mado)
    answer = await refused(api, "sendMessage", chat_id=mado, text="x")
    assert answer == (403, "Forbidden: bot was blocked by the user")


async def test_somebody_who_never_started_cannot_be_found(api, playground):
    stranger = await playground.add_person("Aimée")
    assert await refused(api, "sendMessage", chat_id=stranger, text="x") == (400, "chat not found")


@pytest.mark.parametrize(
    ("kind", "left", "words"),
    [
        ("group", False, "bot was kicked from the group chat"),
        ("group", True, "bot is not a member of the group chat"),
        ("supergroup", False, "bot was kicked from the supergroup chat"),
        ("supergroup", True, "bot is not a member of the supergroup chat"),
    ],
)
async def test_a_group_without_the_bot_is_forbidden(api, playground, mado, kind, left, words):
    number = await playground.add_group("Groupe", mado, type=kind)
    await playground.move_bot(number, present=True)
    if left:
        await api("leaveChat", chat_id=number)
    else:
        await playground.move_bot(number, present=False)
    assert await refused(api, "sendMessage", chat_id=number, text="x") == (
        403,
        f"Forbidden: {words}",
    )


async def test_small_methods_refuse_in_the_official_words(api, mado):
    action = await refused(api, "sendChatAction", chat_id=mado, action="dance")
    assert action == (400, "wrong parameter action in request")
    nobody = await refused(api, "getChatAdministrators", chat_id=mado)
    assert nobody == (400, "there are no administrators in the private chat")
    scope = await refused(api, "setMyCommands", commands=[], scope={"type": "chat", "chat_id": 5})
    assert scope == (400, "chat not found")
    language = await refused(api, "setMyCommands", commands=[], language_code="lingala")
    assert language == (400, "invalid language code specified")


SCOPES = [
    ({"scope": "{"}, "can't parse BotCommandScope JSON object"),
    ({"scope": {"type": "x"}}, "can't parse BotCommandScope: Unsupported type specified"),
    (
        {"scope": {"type": "chat_member", "chat_id": 7100000001, "user_id": 7100000001}},
        "can't use specified scope in private chats",
    ),
    ({"scope": {"type": "chat_member", "chat_id": 7100000001}}, "user not found"),
    ({"commands": 5}, "expected an Array of BotCommand"),
    ({"commands": [5]}, "can't parse BotCommand: expected an Object"),
]


@pytest.mark.parametrize(("params", "words"), SCOPES)
async def test_a_scope_is_refused_when_it_names_nothing(api, mado, params, words):
    assert await refused(api, "setMyCommands", **{"commands": [], **params}) == (400, words)


REST = [
    ("getChatMember", {"user_id": "x"}, "invalid user_id specified"),
    ("getChatMember", {"user_id": 5}, "user not found"),
    ("leaveChat", {}, "chat member status can't be changed in private chats"),
    ("getFile", {}, "file_id is empty"),
    ("setMyName", {"name": "x" * 65}, "bot name is too long"),
    ("deleteMessages", {}, "message identifiers are not specified"),
    ("deleteMessages", {"message_ids": "["}, "can't parse message identifiers JSON object"),
    ("deleteMessages", {"message_ids": "5"}, "can't parse message identifiers JSON object"),
    ("editMessageMedia", {"media": "{"}, "can't parse input media JSON object"),
    ("sendPhoto", {"photo": "https://a.cd/x.png"}, "failed to get HTTP URL content"),
    ("sendPhoto", {"reply_markup": "{"}, "there is no photo in the request"),
    ("sendMessage", {"text": "x", "entities": [5]}, "can't parse MessageEntity: Object expected"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "params", "words"), REST)
async def test_other_calls_are_refused_in_telegrams_manner(api, mado, method, params, words):
    assert await refused(api, method, chat_id=mado, **params) == (400, words)
