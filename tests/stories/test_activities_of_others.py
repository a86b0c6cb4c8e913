"""Activities on a phone shared by two, on one that others look at, and of two collectives."""

from dataclasses import replace
from datetime import timedelta

from stage import PLAN
from test_discreet import go_discreet
from test_planning_together import plans
from test_shared_phone import second

from collective.actions import collectives
from storage import tables as t


async def keys_of(chat, *words):
    """The data of the buttons of the newest message with these words, by label, and its number."""
    record = await chat.saw(*words)
    keys = {key["text"]: key["data"] for row in record["keyboard"] for key in row}
    return record["message_id"], keys


async def forgotten(stage, chat):
    """The bot died between sending and recording: of what the chat shows nothing is on record."""
    async with stage.database.writing() as store:
        await store._unit.execute(t.shown.delete().where(t.shown.c.chat_id == chat.chat))


async def test_on_a_phone_of_two_each_says_for_herself_whether_she_comes(stage, now):
    cast = await stage.found(("Aline", "fr"), ("Dorcas", "fr"))
    phone, dorcas = cast["Aline"], cast["Dorcas"]
    await second(stage, cast, phone, "Béatrice")
    await plans(dorcas, "Coudre ensemble", kind="Production")
    await dorcas.taps("Annoncer")
    await stage.settled()
    alines, keys = await keys_of(phone, "Pour Aline", "Coudre ensemble")
    await stage.press(phone, alines, keys["👍 Je viens"])
    number, hers = await keys_of(phone, "Pour Béatrice", "Coudre ensemble")
    await stage.press(phone, number, hers["🤔 Peut-être"])
    await phone.saw("Pour Béatrice", "Ta réponse : Peut-être")
    await phone.says("non")  # Béatrice pressed last
    await phone.saw("Pour Béatrice", "Ta réponse : Je ne viens pas")
    await forgotten(stage, phone)
    await stage.press(phone, alines, keys["👍 Je viens"])
    await dorcas.says("/agenda")
    await dorcas.taps("1")
    await dorcas.sees("👍 1 · Aline", "👎 1 · Béatrice")
    await stage.until(now + timedelta(days=1, hours=1))
    reminded = [each["text"] for each in await phone.records() if "🔔" in each["text"]]
    assert [each.partition("\n")[0] for each in reminded] == ["Pour Aline"]
    # A link in the group leads there too, once it is known who follows it.
    for link, words in (("a_1", "Ta réponse : Je viens"), ("agenda", "Ce qui est prévu")):
        await stage.later(minutes=16)
        await phone.opens(f"https://t.me/{stage.playground.world.bot.username}?start={link}")
        await phone.sees("Qui répond ?")
        await phone.taps("Aline")
        await phone.sees("Pour Aline", words)


async def test_on_a_discreet_phone_what_is_planned_shows_after_a_tap_and_goes_again(stage, now):
    cast = await stage.found(("Aline", "fr"), ("Dorcas", "fr"))
    aline, dorcas = cast["Aline"], cast["Dorcas"]
    await go_discreet(aline)
    await plans(dorcas, "Réunion sur le conflit")
    await dorcas.taps("Annoncer")
    await aline.sees("Un petit mot pour toi")
    await aline.never_saw("conflit")
    await aline.taps("Ouvrir")
    await aline.taps("Je viens")
    await aline.sees("conflit", "Ta réponse : Je viens")
    await aline.taps("Dans mon agenda")
    await aline.sees("Ouvre ce fichier")
    await dorcas.taps("Reporter")
    await dorcas.says("dimanche 10h")
    await dorcas.taps("Enregistrer")
    await aline.sees("Un petit mot pour toi")
    await aline.taps("Ouvrir")
    await aline.sees("Ce n’est plus samedi 28 novembre", "conflit")
    await stage.until(now + timedelta(days=2, hours=1))
    await aline.never_saw("conflit", "Ouvre ce fichier")
    # An older copy may have given up its button.
    veils = [each for each in await aline.records() if "Un petit mot" in each["text"]]
    for veil in [each for each in veils if each["keyboard"]]:
        await stage.press(aline, veil["message_id"], veil["keyboard"][0][0]["data"])
    await aline.saw("conflit", "Ta réponse : Je viens")


async def test_in_two_collectives_each_activity_says_whose_it_is(stage, now):
    cast = await stage.found(("Aline", "fr"), ("Dorcas", "fr"))
    aline = cast["Aline"]
    async with stage.database.writing() as store:
        [jo] = await store.people.coordinators()
        made = await collectives.create(
            store, replace(PLAN, draft="amani", name="Amani"), by=jo, now=now
        )
        account = await store.people.account(aline.person)
        [her] = await store.people.persons_of(account.id)
        await store.collectives.add_member(made.id, her.id, now)
    await aline.says("/activite")
    await aline.taps("Amani")
    await aline.taps("Réunion")
    await aline.says("Bilan du mois")
    await aline.says("samedi 9h")
    await aline.says("Kadutu")
    await aline.taps("Non, seulement nous")
    await aline.sees("Pour Amani")
    await aline.taps("Annoncer")
    await aline.sees("Amani", "Bilan du mois")
    await plans(cast["Dorcas"], "Vente de pagnes", kind="Vente", when="dimanche 9h")
    await cast["Dorcas"].taps("Annoncer")
    await aline.saw("Tujenge", "Vente de pagnes", "Tu viens ?")
    await aline.says("/agenda")
    await aline.sees("Bilan du mois · Amani", "Vente de pagnes · Tujenge")
    await cast["Dorcas"].never_saw("Bilan du mois")
    await stage.until(now + timedelta(days=2, hours=2))
    await aline.saw("Amani", "Comment c’était ?")
    await aline.taps("Tout le monde")
    await aline.taps("C’est tout")
    await aline.taps("Passer")
    await aline.taps("Passer")
    await aline.taps("Terminer")
    await aline.saw("Amani", "Merci à toutes celles")
    await aline.saw("Amani", "As-tu pu dire")
    async with stage.database.writing() as store:
        late = await store.people.add_person(account.id, "Furaha", stage.now)
        await store.collectives.add_member(made.id, late.id, stage.now)
    number, keys = await keys_of(aline, "tout le monde est remercié")
    await stage.press(aline, number, keys["👥 Qui était là"])
    # What was counted stays, whoever comes in or goes afterwards.
    await aline.saw("Qui était là ?", "👥 1 sur 1")
