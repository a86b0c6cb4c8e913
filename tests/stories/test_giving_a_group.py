"""A collective is given its Telegram group, and the language it is spoken to in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from stage import PLAN

from collective.actions import collectives


@pytest.fixture
async def cast(stage):
    return await stage.found(("Aline", "ln"))


async def with_bot(stage, cast, title="Bana Tujenge"):
    """A group of Nadine's to which somebody else has added the bot."""
    group = await stage.group(title, cast["Aline"], cast["Nadine"])
    await stage.playground.move_bot(group, present=True, by=cast["Aline"].person, wait=True)
    await (await stage.in_group(cast["Aline"], group)).sees("n’est lié à aucun collectif")
    return group


async def owner(stage, group):
    async with stage.database.reading() as store:
        found = await store.collectives.by_group(group)
    return found.name if found else None


async def test_she_chooses_one_of_her_groups_in_which_i_am(stage, cast):
    nadine, group = cast["Nadine"], await with_bot(stage, cast)
    await nadine.says("/lier")
    await nadine.sees("Tujenge n’a pas encore de groupe Telegram.", "Lingala et français")
    await nadine.taps("Choisir le groupe")
    await nadine.sees("Appuie sur la grande touche", "ajoute-moi d’abord")
    assert nadine.keys() == ["Choisir le groupe"]
    await nadine.shares(cast.collective.id, group)
    await nadine.sees("C’est maintenant le groupe de Tujenge.")
    assert nadine.keys() == []
    await (await stage.in_group(cast["Aline"], group)).saw("Bonjour à toutes et à tous")
    await nadine.says("/lier")
    await nadine.sees("Tujenge a un groupe Telegram.")


async def test_a_group_of_another_collective_is_not_given_away(stage, cast):
    group = await with_bot(stage, cast)
    async with stage.database.writing() as store:
        jo = await store.people.account(cast["Joséphine"].person)
        by = (await store.people.persons_of(jo.id))[0].id
        plan = replace(PLAN, draft="second", name="Amani")
        other = await collectives.create(store, plan, by=by, now=stage.now)
        await store.collectives.link_group(other.id, group, None, stage.now)
    await cast["Nadine"].says("/lier")
    await cast["Nadine"].taps("Choisir le groupe")
    await cast["Nadine"].shares(cast.collective.id, group)
    await cast["Nadine"].sees("Ce groupe est déjà")
    assert await owner(stage, group) == "Amani"


async def test_a_key_of_a_collective_she_no_longer_accompanies_opens_nothing(stage, cast):
    nadine, group = cast["Nadine"], await with_bot(stage, cast)
    await nadine.says("/lier")
    await nadine.taps("Choisir le groupe")
    async with stage.database.writing() as store:
        [her] = await store.collectives.facilitators(cast.collective.id)
        await store.collectives.remove_facilitator(cast.collective.id, her.person_id)
    await nadine.shares(cast.collective.id, group)
    await nadine.sees("Tu n’as pas accès à cela.")
    assert await owner(stage, group) is None


async def test_who_accompanies_no_collective_gives_none_a_group(cast):
    await cast["Aline"].says("/lier")
    await cast["Aline"].sees("Ozali na ndingisa")


async def test_adding_me_by_the_button_links_the_group(stage, cast):
    nadine = cast["Nadine"]
    group = await stage.group("Bana Tujenge", nadine, cast["Aline"])
    await nadine.says("/lier")
    [link] = [
        button["url"]
        for row in (await nadine.sees("n’a pas encore de groupe"))["keyboard"]
        for button in row
        if button["text"] == "M’ajouter à un groupe"
    ]
    await stage.playground.link(nadine.person, link, group_id=group, wait=True)
    await (await stage.in_group(nadine, group)).saw("Bonjour à toutes et à tous")
    assert await owner(stage, group) == "Tujenge"


async def test_the_group_is_spoken_to_in_the_language_she_says(stage, cast):
    nadine, group = cast["Nadine"], await with_bot(stage, cast)
    await nadine.says("/lier")
    await nadine.taps("Langue du groupe")
    await nadine.taps("Français")
    await nadine.sees("Langue du groupe : Français")
    seen = await stage.in_group(nadine, group)
    await seen.says("/lier")
    greeting = await seen.sees("Bonjour à toutes et à tous")
    assert "Mbote" not in greeting["text"]
    await nadine.taps("Langue du groupe")
    await nadine.taps("Lingala et français")
    await seen.says("/resume")
    await seen.sees("Mituna ya mposo esili nanu te", "Il n’y a pas encore de résumé")


async def test_what_waits_for_a_group_reaches_the_supergroup_it_becomes(stage, cast, now):
    nadine, group = cast["Nadine"], await with_bot(stage, cast)
    await (await stage.in_group(nadine, group)).says("/lier")
    await stage.until(now + timedelta(hours=4))
    await nadine.says("/diffuser")
    await nadine.says("Réunion samedi.")
    await nadine.taps("Envoyer")
    larger = await stage.migrate(group)
    await stage.until(now + timedelta(hours=14, minutes=1))
    await (await stage.in_group(nadine, larger)).saw("Réunion samedi.")
    assert await owner(stage, larger) == "Tujenge"
