"""Whatever comes in: every update a playground sends, and any mutation of it, harms nothing."""

import asyncio
import copy
import json
import sys
from datetime import timedelta

import pytest

from collective.people import Role
from dialogs.commands import commands_for
from locales.words import Words
from storage import tables as t

pytestmark = pytest.mark.usefixtures("calm")

#: What takes the place of a value.
ODD = [
    None,
    True,
    0,
    -1,
    2**40,
    2**63,
    -(2**70),
    1.5,
    "",
    " ",
    "\0",
    "\ud83d",
    "\u202eمريم 😀",
    "/point",
    "/start i_" + "A" * 32,
    "x" * 4096,
    "4",
    "1970-01-01",
    [],
    {},
    [[]],
    {"id": 7},
]


@pytest.fixture
async def told(stage, now):
    """Every update of a busy evening, as it went over the wire; and the bot that has seen them."""
    seen, push = [], stage.playground.world.updates.push

    def listening(kind, body):
        number = push(kind, body)
        if number is not None:
            seen.append({"update_id": number, kind: copy.deepcopy(body)})
        return number

    stage.playground.world.updates.push = listening
    await evening(stage, now)
    return seen


async def evening(stage, now):
    """People come in, are asked, answer, write and leave."""
    cast = await stage.found(("Aline", "ln"), ("Béatrice", "fr"), group=True)
    aline, nadine, josephine = cast["Aline"], cast["Nadine"], cast["Joséphine"]
    await nadine.says("/inviter")
    newcomer = await stage.person("Mado", "ln")
    await newcomer.opens(await nadine.link())
    await newcomer.taps("Lingala")
    await stage.until(now.replace(minute=1))
    await aline.taps("3")
    await aline.says("1 3")
    await aline.says("Mbote", reply_to=(await aline.records())[-1]["message_id"])
    await nadine.says("/diffuser")
    await nadine.says("Réunion samedi.")
    await josephine.says("/nouveau")
    await josephine.says("Tumaini")
    await aline.says("/pont")
    for who in (aline, nadine):
        await who.speaks(3600)
        await who.sends_photo()
    await aline.sends_document("liste.csv")
    group = await stage.in_group(nadine, cast.group)
    for text in ("/lier", "/resume", "/aide"):
        await group.says(f"{text}@{stage.playground.world.bot.username}")
    await stage.playground.block(cast["Béatrice"].person, wait=True)
    await stage.playground.block(cast["Béatrice"].person, blocked=False, wait=True)


def places(value, way=()):
    """Every way to a value inside."""
    yield way
    inside = dict(enumerate(value)) if isinstance(value, list) else value
    for key, each in inside.items() if isinstance(inside, dict) else ():
        yield from places(each, (*way, key))


def mutate(luck, update, others):
    """Change one to three values, anywhere but the number of the update."""
    update = copy.deepcopy(update)
    for _ in range(luck.randint(1, 3)):
        ways = [way for way in places(update) if way and way[-1] != "update_id"]
        if not ways:
            break
        *way, key = luck.choice(ways)
        holder = update
        for each in way:
            holder = holder[each]
        if luck.random() < 0.2:
            del holder[key]
        else:
            holder[key] = another(luck, holder[key], others)
    return update


def another(luck, value, others):
    """What stands there instead: something odd, something like it, or something from elsewhere."""
    if isinstance(value, str) and luck.random() < 0.5:
        place = luck.randrange(len(value) + 1)
        return value[:place] + luck.choice(["\0", ":", "9" * 30, "x", "\x1d"]) + value[place + 1 :]
    if isinstance(value, int) and luck.random() < 0.3:
        return value + luck.choice([-1, 1])
    if luck.random() < 0.3:
        other = luck.choice(others)
        for each in luck.choice(list(places(other))):
            other = other[each]
        return copy.deepcopy(other)
    return copy.deepcopy(luck.choice(ODD))


async def test_no_mutation_of_an_update_is_put_on_record_as_dead(stage, told, luck):
    number = 10**9
    async with asyncio.TaskGroup() as nursery:
        for _ in range(150):
            number += 1
            update = mutate(luck, luck.choice(told), told) | {"update_id": number}
            await stage.app.intake.take(update, nursery)
            if await dead(stage):
                sys.stdout.write(json.dumps(update))
                break
    assert not await dead(stage)


COMMANDS = {command for role in Role for command, _ in commands_for([role], Words("fr"))}
WRITTEN = [*(f"/{each}" for each in sorted(COMMANDS)), "/annuler", "4", "1 3", "Mado", "x" * 4096]


async def test_people_who_press_and_write_at_random_break_nothing(stage, luck, now):
    cast = await stage.found(("Aline", "ln"), ("Béatrice", "fr"), group=True)
    people = [*cast.chats.values(), await stage.person("Mado", "ln")]
    await people[-1].says("/start")
    await stage.until(now + timedelta(minutes=1))
    for _ in range(100):
        who = luck.choice(people)
        done = await at_random(luck, who)
        sys.stdout.write(f"{who.person} {done[:60]!r}\n")
        assert not await dead(stage)


async def at_random(luck, who):
    """One press on something shown lately, or some words."""
    shown = [record for record in (await who.records())[-3:] if record["keyboard"]]
    keys = [(each, key.get("data")) for each in shown for row in each["keyboard"] for key in row]
    keys = [(record, data) for record, data in keys if data]
    if not keys or luck.random() < 0.3:
        done = luck.choice(WRITTEN)
        await who.says(done)
    else:
        record, done = luck.choice(keys)
        await who.stage.press(who, record["message_id"], done)
    return done


async def dead(stage):
    async with stage.database.reading() as store:
        return (await store._unit.execute(t.dead_updates.select())).all()
