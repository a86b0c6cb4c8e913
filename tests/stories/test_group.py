"""The Telegram group of a collective."""

from dataclasses import replace
from datetime import timedelta

import pytest
from stage import PLAN

from collective.actions import collectives, invites, joining


@pytest.fixture
async def cast(stage):
    """A collective whose facilitator has added the bot to the group."""
    return await stage.found(("Aline", "ln"), group=True)


async def second_collective(stage, cast):
    """Nadine accompanies another collective too."""
    async with stage.database.writing() as store:
        jo, nadine = [await person(store, cast[name]) for name in ("Joséphine", "Nadine")]
        plan = replace(PLAN, draft="second", name="Amani")
        made = await collectives.create(store, plan, by=jo.id, now=stage.now)
        token = await invites.invite_facilitator(store, made.id, by=jo.id, now=stage.now)
        account = await store.people.account(cast["Nadine"].person)
        await joining.join(store, token, account, name=None, agreed=True, now=stage.now)
    return nadine


async def person(store, chat):
    account = await store.people.account(chat.person)
    [known] = await store.people.persons_of(account.id)
    return known


async def test_the_group_is_greeted_in_both_languages(stage, cast):
    group = await stage.in_group(cast["Aline"], cast.group)
    greeting = await group.sees("Mbote na bino nyonso", "Bonjour à toutes et à tous")
    assert greeting["text"].index("Mbote") < greeting["text"].index("Bonjour")


async def test_a_group_somebody_else_adds_the_bot_to_is_not_linked(stage):
    cast = await stage.found(("Aline", "ln"))
    other = await stage.group("Famille", cast["Aline"])
    await stage.playground.move_bot(other, present=True, by=cast["Aline"].person, wait=True)
    await (await stage.in_group(cast["Aline"], other)).sees("Son animatrice peut écrire /lier ici")
    async with stage.database.reading() as store:
        assert await store.collectives.by_group(other) is None


async def test_what_people_write_to_each_other_is_left_alone(stage, cast):
    aline = await stage.in_group(cast["Aline"], cast.group)
    before = len(await aline.records())
    await aline.says("Mbote bandeko")
    await cast["Aline"].says("/aide")
    assert len(await aline.records()) == before


async def test_resume_in_the_group_shows_the_last_summary(stage, cast):
    aline = await stage.in_group(cast["Aline"], cast.group)
    await aline.says("/resume")
    await aline.sees("Il n’y a pas encore de résumé")


async def test_a_facilitator_of_two_collectives_says_in_private_whose_group_it_is(stage, cast):
    await second_collective(stage, cast)
    other = await stage.group("Bana Amani", cast["Nadine"], cast["Aline"])
    await stage.playground.move_bot(other, present=True, by=cast["Nadine"].person, wait=True)
    await cast["Nadine"].sees("Je suis dans un nouveau groupe.")
    await cast["Nadine"].taps("Amani")
    await (await stage.in_group(cast["Aline"], other)).sees("Bonjour à toutes et à tous", "Amani")


async def test_the_group_does_not_learn_what_else_she_accompanies(stage, cast):
    await second_collective(stage, cast)
    other = await stage.group("Famille", cast["Nadine"], cast["Aline"])
    await stage.playground.move_bot(other, present=True, by=cast["Nadine"].person, wait=True)
    await cast["Nadine"].sees("Je suis dans un nouveau groupe.")
    assert await (await stage.in_group(cast["Aline"], other)).records() == []


async def test_nobody_else_can_answer_that_question(stage, cast):
    await second_collective(stage, cast)
    other = await stage.group("Bana Amani", cast["Nadine"], cast["Aline"])
    await stage.playground.move_bot(other, present=True, by=cast["Nadine"].person, wait=True)
    card = await cast["Nadine"].sees("Je suis dans un nouveau groupe.")
    hers = await cast["Aline"].sees("Mbote Aline")
    await stage.press(cast["Aline"], hers["message_id"], card["keyboard"][0][0]["data"])
    await cast["Aline"].sees("Ozali na ndingisa")


async def test_what_waits_for_a_group_does_not_reach_it_once_it_is_taken_back(stage, cast, now):
    await stage.until(now + timedelta(hours=4))
    await cast["Nadine"].says("/diffuser")
    await cast["Nadine"].says("Pour nous seules.")
    await cast["Nadine"].taps("Envoyer")
    nadine = await stage.in_group(cast["Nadine"], cast.group)
    await nadine.says("/delier")
    await stage.until(now + timedelta(hours=14, minutes=1))
    await cast["Aline"].saw("Pour nous seules.")
    await nadine.never_saw("Pour nous seules.")


async def test_a_group_that_becomes_a_supergroup_keeps_its_link(stage, cast):
    fresh = await stage.migrate(cast.group)
    async with stage.database.reading() as store:
        assert (await store.collectives.by_group(fresh)).name == "Tujenge"
    await (await stage.in_group(cast["Aline"], fresh)).never_saw("n’est lié à aucun collectif")


async def test_her_facilitator_takes_the_group_back_and_links_it_again(stage, cast):
    nadine = await stage.in_group(cast["Nadine"], cast.group)
    await nadine.says("/delier")
    await nadine.sees("n’est lié à aucun collectif")
    async with stage.database.reading() as store:
        assert await store.collectives.by_group(cast.group) is None
    await nadine.says("/lier")
    async with stage.database.reading() as store:
        assert (await store.collectives.by_group(cast.group)).name == "Tujenge"


async def test_help_in_the_group_says_what_happens_where(stage, cast):
    aline = await stage.in_group(cast["Aline"], cast.group)
    await aline.says("/aide")
    await aline.sees("/resume le montre encore")
