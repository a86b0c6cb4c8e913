"""Whatever comes in: every update a playground sends, and any mutation of it, harms nothing."""

import asyncio
import copy
import json
import sys

import pytest

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


async def dead(stage):
    async with stage.database.reading() as store:
        return (await store._unit.execute(t.dead_updates.select())).all()
