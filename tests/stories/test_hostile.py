"""What it withstands: whatever is written or pressed, a short clear answer, and nothing breaks."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from collective.people import Role
from dialogs import commands
from handlers.raw import kind_of
from storage import tables as t

pytestmark = pytest.mark.usefixtures("calm")

NO = "Tu n’as pas accès à cela."
LONG = "é" * 4096
#: Texts that somebody may write anywhere.
TEXTS = [
    LONG,
    "\u202eمريم \U0001f9f5\u200d\U0001f469",
    "<b>&amp;</i>",
    "a\0b",
    "'; drop table answers; --",
]


async def rows(stage, table):
    """How many there are."""
    async with stage.database.reading() as store:
        return len((await store._unit.execute(table.select())).all())


async def answered(who, act):
    """What the bot says, new or anew, when this is done."""
    before = [(each["message_id"], each["text"]) for each in await who.records()]
    await act
    await who.stage.settled()
    after = [(each["message_id"], each["text"]) for each in await who.records()]
    return [text for message, text in after if (message, text) not in before]


def forbidden():
    """Every command of a role, with a role that does not have it."""
    theirs = commands._OF_ROLE
    everyones = {*commands._OF_EVERYONE, commands.POINT}
    for role in Role:
        hers = {*theirs[role], *commands._ALSO_OF_ROLE[role], *everyones}
        for command in sorted({each for held in theirs.values() for each in held}):
            if command not in hers:
                yield role, command


WHO = {Role.MEMBER: "Aline", Role.FACILITATOR: "Nadine", Role.COORDINATOR: "Joséphine"}


async def test_who_may_not_is_told_so_and_nothing_else(stage):
    cast = await stage.found(("Aline", "fr"), group=True)
    stranger = await stage.person("Mado", "fr")
    for role, command in forbidden():
        [said] = await answered(cast[WHO[role]], cast[WHO[role]].says(f"/{command}"))
        # Who may not ask everybody in a crisis may be in one herself.
        assert said.startswith("Seule l’ani" if command == commands.CRISIS else NO)
    for command in {command for _, command in forbidden()}:
        assert await answered(stranger, stranger.says(f"/{command}")) == [NO]
    group = await stage.in_group(cast["Aline"], cast.group)
    name = stage.playground.world.bot.username
    for command in (commands.LINK, commands.UNLINK):
        [said] = await answered(group, group.says(f"/{command}@{name}"))
        assert NO in said or "pas accès" in said


#: Where a text is asked: who, what opens the page, the presses that lead to it.
ASKED = [
    ("Joséphine", "/nouveau", []),
    ("Joséphine", "/nouveau", ["Tumaini", "Couture"]),
    ("Nadine", "/diffuser", []),
    ("Nadine", "/coupdur", ["Un vol", "3 · C’est très dur", "Hier"]),
]


async def test_any_text_anywhere_gets_an_answer(stage, now):
    cast = await stage.found(("Aline", "fr"))
    for name, command, steps in ASKED:
        who = cast[name]
        for text in TEXTS:
            await who.says(command)
            for step in steps:
                await (who.says(step) if step == "Tumaini" else who.taps(step))
            assert await answered(who, who.says(text))
    await cast["Nadine"].says("/annuler")
    await stage.until(now + timedelta(minutes=1))
    for text in TEXTS:
        assert await answered(cast["Aline"], cast["Aline"].says(text))
        assert await answered(cast["Aline"], cast["Aline"].says("/" + text[:4000]))
    assert await answered(cast["Aline"], cast["Aline"].speaks(3600))


#: What is written for a name, and what she is called; None: she is asked again.
NAMES = {
    "\u202e\u2066": None,
    "\U0001f9f5": "\U0001f9f5",
    "مريم": "مريم",
    "a\0\u202eb": "ab",
    " x  y ": "x y",
}


async def test_a_newcomer_of_any_name_comes_in(stage):
    nadine = (await stage.found(("Aline", "fr")))["Nadine"]
    await nadine.says("/inviter")
    link = await nadine.link()
    names = {
        "\u202e\u2066": None,
        "\U0001f9f5": "\U0001f9f5",
        "مريم": "مريم",
        "a\0\u202eb": "ab",
        " x  y ": "x y",
    }
    for number, (written, kept) in enumerate(names.items()):
        who = await stage.person(f"P{number}")
        await who.opens(link)
        for label in ("Français", "Je suis d’accord", "Oui", "Oui"):
            await who.taps(label)
        await who.says(written)
        if kept is None:
            await who.sees("Écris quelques mots")
            continue
        await who.saw("Bienvenue dans Tujenge")
        await who.says("/start")
        await who.sees(f"Bonjour {kept}.")


FORGED = [
    "cA:{theirs}:motivation:s:4",
    "cA:{theirs}:together:m:3",
    "cA:{mine}:motivation:s:99999999999999999999",
    "cA:{mine}:motivation:m:-ffffffffffffffff",
    "cA:{mine}:\0:s:4",
    "cA:{mine}:motivation:zz:4",
    "cA:{mine}:motivation:s",
    "cA:99999999999999999999:motivation:s:4",
    "cA:-9223372036854775808:motivation:s:4",
    "cA:x:motivation:s:4",
    "lA:xx",
    "lA:fr\0\0\0\0\0\0\0\0",
    "gA:1:-5",
    "gA:1:5",
    "gA:9223372036854775808:-5",
    "oA:nouveau",
    "oA:\u00e9t\u00e9",
    "zz:1",
    "",
    "\0",
    "Ab3Xy\x1dcreate",
    "\x1d",
    "\U0001f9f5" * 16,
]


async def test_buttons_anybody_could_write_do_nothing_and_are_answered(stage, now):
    cast = await stage.found(("Aline", "fr"), ("Béatrice", "fr"))
    aline = cast["Aline"]
    await stage.until(now + timedelta(minutes=1))
    card = await aline.sees("Comment est ta motivation")
    theirs = (await cast["Béatrice"].sees("Comment est"))["keyboard"][0][0]["data"].split(":")[1]
    mine = card["keyboard"][0][0]["data"].split(":")[1]
    for data in FORGED:
        shown = (await aline.records())[-1]["message_id"]
        said = await answered(
            aline, stage.press(aline, shown, data.format(mine=mine, theirs=theirs))
        )
        assert said, data
        assert len(said[-1]) < 400, data
    async with stage.database.reading() as store:
        assert await store.checkins.answers(int(theirs)) == {}
    assert await rows(stage, t.group_chats) == 0


async def test_five_presses_at_once_do_it_once(stage, now):
    cast = await stage.found(("Aline", "fr"))
    josephine, nadine, aline = cast["Joséphine"], cast["Nadine"], cast["Aline"]
    await nadine.says("/diffuser")
    await nadine.says("Samedi.")
    await five(stage, nadine, "Envoyer")
    await aline.saw("Samedi.")
    assert await rows(stage, t.broadcasts) == 1
    await josephine.says("/nouveau")
    await josephine.says("Tumaini")
    await five(stage, josephine, "Couture")
    await josephine.sees("Où est-il")
    await nadine.says("/inviter")
    newcomer = await stage.person("Mado")
    await newcomer.opens(await nadine.link())
    for label in ("Français", "Je suis d’accord"):
        await newcomer.taps(label)
    await five(stage, newcomer, "Oui")  # the page that follows has a button of the same name
    await newcomer.sees("étudier")
    await newcomer.taps("Non")
    await five(stage, newcomer, "Mado")
    await newcomer.saw("Bienvenue dans Tujenge")
    await stage.until(now + timedelta(minutes=1))
    await five(stage, aline, "4")
    await aline.sees("C’est noté")
    assert await rows(stage, t.answers) == 1


async def five(stage, who, label):
    """She presses a button five times before the bot sees the first one."""
    card = await who._keyboard()
    data = next(key["data"] for row in card["keyboard"] for key in row if label in key["text"])
    presses = [stage.press(who, card["message_id"], data) for _ in range(5)]
    await asyncio.gather(*presses)
    await who.never_saw("Cette page est ancienne")


async def test_two_in_the_same_instant_both_get_their_answer(stage, now):
    cast = await stage.found(("Aline", "fr"), ("Béatrice", "fr"))
    link = await stage.coordinator_link()
    first, second = await stage.person("Espérance"), await stage.person("Furaha")
    for who in (first, second):
        await who.opens(link)
        for label in ("Français", "Je suis d’accord"):
            await who.taps(label)
    await asyncio.gather(first.taps("Espérance"), second.taps("Furaha"))
    said = sorted([(await first.records())[-1]["text"], (await second.records())[-1]["text"]])
    assert ("déjà servi" in said[1], "coordinatrice" in said[0]) == (True, True)
    await stage.until(now + timedelta(minutes=1))
    await asyncio.gather(*(cast[name].taps("4") for name in ("Aline", "Béatrice")))
    for name in ("Aline", "Béatrice"):
        await cast[name].sees("C’est noté")


async def test_who_blocked_the_bot_while_her_words_were_on_their_way_breaks_nothing(stage, calm):
    nadine = (await stage.found(("Aline", "fr")))["Nadine"]
    world = stage.playground.world
    world.put_person(replace(world.person(nadine.person), blocked=True))
    async with asyncio.TaskGroup() as nursery:
        for number, text in enumerate(["/aide", "/diffuser", "Samedi.", "/x", "/annuler"]):
            update = {"update_id": number, "message": said_by(nadine, text)}
            stage.app.intake.take(update, nursery)
    assert {"reply_refused"} <= {each["event"] for each in calm}
    await stage.playground.block(nadine.person, blocked=False, wait=True)
    await nadine.says("/start")
    await nadine.sees("Bonjour Nadine")


async def test_the_same_update_twice_is_answered_once(stage, calm):
    aline = (await stage.found(("Aline", "fr")))["Aline"]
    seen = len(await aline.records())
    update = {"update_id": 5, "message": said_by(aline, "/aide")}
    async with asyncio.TaskGroup() as nursery:
        tasks = [stage.app.intake.take(update, nursery) for _ in range(2)]
        await asyncio.wait(tasks)
        assert stage.app.intake.take(update, nursery) is None
    assert len(await aline.records()) == seen + 1


PERSON = {"id": 7, "is_bot": False, "first_name": ""}
PRIVATE, CHANNEL = ({"id": 7, "type": kind, "title": ""} for kind in ("private", "channel"))
ODD_KINDS = [
    {"message": {"text": "/aide"}},
    {"hologram": {"id": 7, "from": PERSON}},
    {"message_reaction": {"chat": PRIVATE, "message_id": 1}},
    {"poll": {"id": "7"}},
    {"inline_query": {"id": "7", "query": "x", "offset": "", "from": PERSON}},
    {"channel_post": {"message_id": 7, "date": 7, "chat": CHANNEL}},
    {"business_message": {"message_id": 7, "date": 7, "chat": PRIVATE}},
]


@pytest.mark.parametrize("body", ODD_KINDS, ids=kind_of)
async def test_kinds_nobody_handles_leave_a_line_and_no_answer(stage, calm, body):
    async with asyncio.TaskGroup() as nursery:
        await stage.app.intake.take({"update_id": 5, **body, "new_field": [1]}, nursery)
    [line] = [each for each in calm if each["event"] in {"update_unreadable", "update_ignored"}]
    assert line["kind"] in {*body, "unknown"}


def said_by(who, text, **fields):
    """A message as Telegram tells it, with fields nobody knows and names nobody has to have."""
    person = {"id": who.person, "is_bot": False, "first_name": "", "new_field": {"x": 1}}
    chat = {"id": who.chat, "type": "private"}
    return {"message_id": 9**9, "date": 1, "from": person, "chat": chat, "text": text} | fields


async def test_somebody_without_any_name_is_answered(stage):
    ghost = await stage.person("Mado")
    await ghost.says("/start")
    async with asyncio.TaskGroup() as nursery:
        for number, text in enumerate(["/start", "/start i_x", "Mbote"], 5):
            message = said_by(ghost, text)
            await stage.app.intake.take({"update_id": number, "message": message}, nursery)
    assert len(await ghost.records()) == 4
