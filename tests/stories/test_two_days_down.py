"""The bot was down for two days, across the closing of one round and the opening of another."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from stage import PLAN

from collective.actions import collectives
from collective.collectives import Rhythm


@pytest.fixture
async def cast(stage):
    """Tujenge checks in on Thursdays; Amani, in which Béatrice is, on Sundays."""
    cast = await stage.found(("Aline", "fr"), group=True)
    beatrice, now = await stage.person("Béatrice"), stage.now
    plan = replace(PLAN, draft="amani", name="Amani", rhythm=Rhythm(weekday=6, at=time(17, 30)))
    async with stage.database.writing() as store:
        [jo] = await store.people.coordinators()
        made = await collectives.create(store, plan, by=jo, now=now)
        account = await store.people.ensure_account(beatrice.person, now, "fr")
        person = await store.people.add_person(account.id, "Béatrice", now)
        await store.collectives.add_member(made.id, person.id, now)
    await beatrice.says("/start")
    return cast


async def test_the_round_closes_once_the_next_opens_once_and_no_old_reminder_comes(
    stage, cast, now
):
    await stage.until(now + timedelta(days=2, hours=-1))  # Saturday, 16:00: Aline was reminded once
    await stage.sleeps_through(hours=48)
    group = await stage.in_group(cast["Nadine"], cast.group)
    assert await said(group, "votre semaine") == 1
    assert await said(cast["Aline"], "encore ouvert") == 1
    assert await said(stage.people["Béatrice"], "motivation") == 1
    await stage.sleeps_through(hours=1)
    assert await said(group, "votre semaine") == 1
    assert await said(stage.people["Béatrice"], "motivation") == 1


async def test_a_check_in_that_could_not_open_is_told_to_who_accompanies_it(stage, cast, now):
    await stage.until(now + timedelta(days=6, hours=20))
    asked = await said(cast["Aline"], "motivation")
    await stage.sleeps_through(hours=30)
    await cast["Nadine"].sees(
        "Tujenge : le point du jeudi 3 décembre ne s’est pas ouvert",
        "Le prochain s’ouvre jeudi 10 décembre",
    )
    assert await said(cast["Aline"], "motivation") == asked


async def said(chat, words):
    """Count the bot's messages that hold these words."""
    return sum(words in record["text"] for record in await chat.records())
