"""A broadcast after it has left: heard, stopped, counted, sent again, and answered."""

from dataclasses import replace

import pytest
from sending import person, send

from collective.actions import broadcasts, composing
from collective.audiences import of_collectives
from collective.broadcasts import Kind, Version
from playground.attachments import PICTURE
from storage import tables as t
from tests.delivery.edge import until


@pytest.fixture
async def cast(stage):
    return await stage.found(("Aline", "ln"), ("Béatrice", "fr"), group=True)


async def test_a_picture_arrives_with_its_words_in_her_language_and_after_a_change_of_bot(
    stage, cast
):
    await cast["Nadine"].sends_photo(caption="pour tester")
    world = stage.playground.world
    [mine] = [m for m in world.messages(cast["Nadine"].chat) if "photo" in m.content]
    photo = mine.content["photo"][-1]["file_id"]
    french = Version(language="fr", kind=Kind.PHOTO, text="Le pagne bleu", file_id="another bot's")
    lingala = Version(language="ln", kind=Kind.PHOTO, text="Elamba ya langi", file_id=photo)
    author, now = await person(stage, cast["Nadine"]), stage.now
    number = await send(stage, cast, lingala, groups=False, persons=frozenset())
    await cast["Aline"].sees("📣 Nadine", "Elamba ya langi")
    async with stage.database.writing() as store:
        made = await composing.draft(
            store,
            replace(of_collectives([cast.collective.id]), groups=False),
            key="second",
            language="fr",
            by=author,
            now=now,
        )
        await composing.write(store, made.id, french, by=author, now=now)
        await store._unit.execute(
            t.broadcast_versions.update()
            .where(t.broadcast_versions.c.broadcast_id == made.id)
            .values(content=PICTURE, fetch_at=None)
        )
        await broadcasts.send(store, made.id, by=author, now=now)
    record = await cast["Béatrice"].sees("📣 Nadine", "Le pagne bleu")
    assert record["media"]["kind"] == "photo"
    await cast["Nadine"].saw("L’envoi est fini.", "Envoyés : 2")
    async with stage.database.reading() as store:
        [kept] = await store.broadcasts.versions(made.id)
    assert kept.file_id != "another bot's"
    assert number != made.id


async def test_a_group_of_both_languages_gets_both_files_each_with_its_words_and_button(
    stage, cast
):
    await cast["Nadine"].sends_photo(caption="un")
    await cast["Nadine"].sends_photo(caption="deux")
    world = stage.playground.world
    photos = [m for m in world.messages(cast["Nadine"].chat) if "photo" in m.content]
    [one, other] = [photo.content["photo"][-1]["file_id"] for photo in photos]
    french = Version(language="fr", kind=Kind.PHOTO, text="Le pagne bleu", file_id=one)
    lingala = Version(language="ln", kind=Kind.PHOTO, text="Elamba ya langi", file_id=other)
    await send(stage, cast, french, lingala, heard=True)
    group = await stage.in_group(cast["Aline"], cast.group)
    told = [await group.saw(words) for words in ("Elamba ya langi", "Le pagne bleu")]
    assert [bool(each["keyboard"]) for each in told] == [True, True]
    assert told[0]["media"] != told[1]["media"]
    await cast["Nadine"].saw("L’envoi est fini.", "Envoyés : 4")


async def test_i_have_heard_counts_each_member_once_in_private_and_in_the_group(stage, cast):
    stranger = await stage.person("Passante")
    stage.playground.world.put_group(
        replace(
            stage.playground.world.groups[cast.group],
            members=(*stage.playground.world.groups[cast.group].members, stranger.person),
        )
    )
    number = await send(stage, cast, heard=True)
    await cast["Béatrice"].sees("Réunion samedi")
    await cast["Béatrice"].taps("J’ai entendu")
    assert not (await cast["Béatrice"].sees("Réunion samedi"))["keyboard"]
    for who in ("Béatrice", "Béatrice", "Aline", "Joséphine"):
        group = await stage.in_group(cast[who], cast.group)
        await group.saw("Réunion samedi")
        await group.taps("Nayoki · J’ai entendu")
    await (await stage.in_group(stranger, cast.group)).taps("Nayoki · J’ai entendu")
    async with stage.database.reading() as store:
        assert await store.deliveries.heard(number) == 2
    toasts = [
        c["params"].get("text")
        for c in stage.playground.world.calls.after(0)
        if c["method"] == "answerCallbackQuery"
    ]
    assert toasts.count("Ce bouton est pour les membres du collectif.") == 2
    await cast["Nadine"].saw("L’envoi est fini.")
    await stage.settled()
    await cast["Nadine"].taps("Recompter")
    await cast["Nadine"].sees("Ont pressé « J’ai entendu » : 2")


async def test_the_report_names_whom_it_did_not_reach_and_sends_again_to_them_alone(stage, cast):
    await stage.playground.block(cast["Aline"].person, wait=True)
    await stage.playground.move_bot(cast.group, present=False, by=cast["Aline"].person, wait=True)
    await send(stage, cast)
    nadine = cast["Nadine"]
    await nadine.saw("L’envoi est fini.", "Envoyés : 1", "Bloqués : 2")
    await stage.settled()
    await nadine.taps("Qui ne l’a pas eu")
    await nadine.saw("Aline m’a bloquée.", "Tujenge, le groupe : On m’a retirée du groupe.")
    await nadine.taps("Retour")
    assert "Renvoyer aux échecs" not in await nadine.buttons()
    await stage.playground.block(cast["Aline"].person, blocked=False, wait=True)
    await nadine.taps("Qui ne l’a pas eu")
    await nadine.taps("Retour")
    report = await nadine.saw("L’envoi est fini.")
    again = [b for row in report["keyboard"] for b in row if b["text"] == "Renvoyer aux échecs"]
    for _ in range(2):
        await stage.press(nadine, report["message_id"], again[0]["data"])
    await cast["Aline"].sees("Réunion samedi")
    await nadine.sees("L’envoi est fini.", "Envoyés : 2", "Bloqué : 1")
    for who in ("Aline", "Béatrice"):
        found = [r for r in await cast[who].records() if "Réunion samedi" in r["text"]]
        assert len(found) == 1
    finished = [r for r in await nadine.records() if "L’envoi est fini." in r["text"]]
    assert len(finished) == 1
    # It can be looked up later too.
    await nadine.says("/diffusions")
    await nadine.taps("✅ 26/11/2026 · Réunion samedi")
    await nadine.sees("📣 Nadine", "Réunion samedi", "Envoyés : 2", "Bloqué : 1")
    await nadine.taps("Qui ne l’a pas eu")
    await nadine.saw("Ce n’est pas arrivé :")


async def test_the_report_names_her_of_whom_nobody_knows_whether_it_arrived(stage, cast):
    fault = {"kind": "timeout_after", "method": "sendMessage", "count": 2}
    stage.playground.world.faults.arm(fault | {"chat_id": cast["Aline"].chat})
    await send(stage, cast)
    nadine = cast["Nadine"]
    await nadine.saw("L’envoi est fini.", "Envoyés : 2", "Échecs, peut-être arrivés : 1")
    await stage.settled()
    assert "Renvoyer aux échecs" not in await nadine.buttons()
    assert "Renvoyer aux incertains" in await nadine.buttons()
    await nadine.taps("Qui ne l’a pas eu")
    await nadine.sees("Aline : Peut-être arrivé : Telegram n’a pas répondu.")


async def test_who_is_no_facilitator_any_more_gets_her_report_without_names(stage, cast):
    await stage.playground.block(cast["Aline"].person, wait=True)
    nadine = cast["Nadine"]
    await send(stage, cast)
    await nadine.saw("L’envoi est fini.", "Bloqué : 1")
    await stage.settled()
    async with stage.database.writing() as store:
        await store.collectives.remove_facilitator(
            cast.collective.id,
            (await store.collectives.facilitators(cast.collective.id))[0].person_id,
        )
    await nadine.taps("Qui ne l’a pas eu")
    await nadine.sees("Tujenge : 1.")
    await nadine.never_saw("Aline m’a bloquée.")


async def test_stopping_leaves_what_has_not_left_here_and_counts_it(stage, cast):
    nadine = cast["Nadine"]
    for name in ("Aline", "Béatrice"):
        fault = {"kind": "429", "method": "sendMessage", "retry_after": 40}
        stage.playground.world.faults.arm(fault | {"chat_id": cast[name].chat})
    await send(stage, cast)
    await nadine.sees("Ton message est en route.", "En attente : 2", "Envoyés : 1")
    await nadine.taps("Arrêter l’envoi")
    stopped = await nadine.sees("L’envoi est arrêté.", "Envoyés : 1", "Annulés : 2")
    assert not stopped["keyboard"]
    await cast["Aline"].never_saw("Réunion samedi")


async def test_after_a_crash_the_report_still_comes(stage, cast):
    number = await send(stage, cast)
    await cast["Nadine"].saw("L’envoi est fini.")
    async with stage.database.writing() as store:
        await store._unit.execute(t.broadcasts.update().values(counted=None))
    await stage.sleeps_through(minutes=1)
    await until(counted, stage, number)
    await cast["Nadine"].sees("L’envoi est fini.", "Envoyés : 3")


async def counted(stage, number):
    async with stage.database.reading() as store:
        return (await store.broadcasts.get(number)).counted is not None
