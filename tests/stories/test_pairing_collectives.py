"""A coordinator pairs two collectives for a visit: both hear of it, and one plans it."""

from dataclasses import replace

from stage import PLAN

from collective.actions import collectives, invites, joining


async def amani(stage, esther, riziki):
    """A second collective, with a facilitator and a member, and no group."""
    async with stage.database.writing() as store:
        account = await store.people.account(stage.people["Joséphine"].person)
        by = (await store.people.person_of(account.id, stage.now)).id
        plan = replace(PLAN, draft="amani", name="Amani", place="Goma")
        made = await collectives.create(store, plan, by=by, now=stage.now)
        token = await invites.invite_facilitator(store, made.id, by=by, now=stage.now)
        led = await join(store, stage, token, esther, "Esther", "fr")
        token = await invites.invite_members(store, made.id, by=led, now=stage.now)
        await join(store, stage, token, riziki, "Riziki", "ln")


async def join(store, stage, token, chat, name, lang):
    account = await store.people.ensure_account(chat.person, stage.now)
    await store.people.set_language(account.id, lang)
    came = await joining.join(store, token, account, name=name, agreed=True, now=stage.now)
    return came.person.id


async def test_a_coordinator_pairs_two_collectives_and_a_facilitator_plans_the_visit(stage):
    cast = await stage.found(("Aline", "ln"), group=True)
    esther, riziki = await stage.person("Esther"), await stage.person("Riziki", "ln")
    await amani(stage, esther, riziki)
    for chat in (esther, riziki):
        await chat.says("/start")
    josephine, nadine = cast["Joséphine"], cast["Nadine"]
    await josephine.says("/jumeler")
    await josephine.taps("Amani")
    await josephine.sees("Quel autre collectif Amani doit-il rencontrer ?")
    await josephine.taps("Tujenge")
    await josephine.sees("Amani et Tujenge se rendent visite ?")
    await josephine.taps("Oui, prévenir les deux")
    await josephine.sees("Je préviens les deux")
    await stage.settled()
    await nadine.saw("Tujenge et Amani (Goma) se rendent visite", "avec Esther, du collectif Amani")
    await esther.saw(
        "Amani et Tujenge (Bukavu) se rendent visite", "avec Nadine, du collectif Tujenge"
    )
    await riziki.saw("Basengi Amani akutana na Tujenge (Bukavu)")
    group = await stage.in_group(nadine, cast.group)
    await group.saw("Basengi bino bokutana na Amani (Goma)", "On vous propose une visite")
    await cast["Aline"].never_saw("Amani")
    await nadine.taps("Prévoir cette visite")
    await nadine.taps("Annuler")
    await nadine.taps("Prévoir cette visite")  # its card stays, with the name it gives
    await nadine.says("samedi 15h")
    await nadine.says("Goma")
    await nadine.taps("Non, seulement nous")
    await nadine.sees("Visite avec Amani", "Avec : Amani", "samedi 28 novembre à 15:00")
    await nadine.taps("Annoncer")
    await cast["Aline"].saw("Visite avec Amani")
    await josephine.says("/jumeler")
    await josephine.taps("Tujenge")
    await josephine.taps("Amani")
    await josephine.sees("ont été prévenus de cette visite le jeudi 26 novembre")
    assert await josephine.buttons() == ["Fermer"]  # nothing would be cancelled
    await nadine.says("/jumeler")
    await nadine.sees("Tu n’as pas accès à cela.")
    await finds_by_writing(stage, josephine)


async def finds_by_writing(stage, josephine):
    """Of many collectives she writes a part of the name; a short list leaves texts to cards."""
    await josephine.says("/jumeler")
    await josephine.says("tuj")
    await josephine.saw("Appuie sur un de ces boutons, s’il te plaît.")
    async with stage.database.writing() as store:
        account = await store.people.account(josephine.person)
        by = (await store.people.person_of(account.id, stage.now)).id
        for number in range(6):
            plan = replace(PLAN, draft=f"b{number}", name=f"Élan {number}")
            await collectives.create(store, plan, by=by, now=stage.now)
    await josephine.says("/jumeler")
    await josephine.sees("Quel collectif ?", "Ou écris son nom")
    assert (await josephine.buttons())[:2] == ["Amani", "Élan 0"]
    await josephine.says("<x>")
    await josephine.sees("Aucun ne s’appelle ainsi")
    await josephine.says("ELA")
    await josephine.sees("🔎 ELA")
    assert await josephine.buttons() == [f"Élan {number}" for number in range(6)] + [
        "Tout montrer",
        "Annuler",
    ]
    await josephine.taps("Élan 3")
    await josephine.says("amnai")
    await josephine.taps("Amani")
    await josephine.sees("Élan 3 et Amani se rendent visite ?")
    await josephine.taps("Oui, prévenir les deux")
    await josephine.sees("Personne du collectif Élan 3 ne l’apprendrait", "se rendent visite ?")
    await josephine.taps("Annuler")
