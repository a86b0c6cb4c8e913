"""A broadcast sent from a story, without the composer's pages."""

from dataclasses import replace

from collective.actions import broadcasts, composing
from collective.audiences import of_collectives
from collective.broadcasts import Version

TEXT = Version(language="fr", text="Réunion samedi à 9 h.")


async def person(stage, chat):
    async with stage.database.reading() as store:
        account = await store.people.account(chat.person)
        return (await store.people.persons_of(account.id))[0].id


async def send(stage, cast, *versions, heard=False, by="Nadine", **audience):
    """She sends these versions to everyone in her collective, or as `audience` says."""
    author, now = await person(stage, cast[by]), stage.now
    to = replace(of_collectives([cast.collective.id]), **audience)
    async with stage.database.writing() as store:
        made = await composing.draft(store, to, key=str(now), language="fr", by=author, now=now)
        for version in versions or (TEXT,):
            await composing.write(store, made.id, version, by=author, now=now)
        await composing.ask_heard(store, made.id, asks=heard, by=author)
        await broadcasts.send(store, made.id, by=author, now=now)
    stage.app.sender.look()
    return made.id


async def message_of(chat, *words):
    return (await chat.saw(*words))["message_id"]
