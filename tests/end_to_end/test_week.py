"""The week of a collective, from the first link to the broadcast after the summary, over HTTP."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from house import House, opened

#: Who joins, in which language, and how she answers the first three questions.
MEMBERS = {
    "Aline": ("Lingala", ("Malamu", "Koteka", "Eloko te")),
    "Béatrice": ("Français", ("Bonne", "Vente", "Rien")),
    "Clarisse": ("Lingala", ("Malamu", "Koteka", "Toli")),
    "Dorcas": ("Français", ("Bonne", "Vente", "Conseil")),
    "Espérance": ("Lingala", ("Malamu", "Koteka", "Eloko te")),
}
AGREE = {"Lingala": "Nandimi", "Français": "Je suis d’accord"}
YES = {"Lingala": "Iyo", "Français": "Oui"}
DONE = {"Lingala": "Esili", "Français": "C’est tout"}


@pytest.fixture
async def house(tmp_path: Path, database_url: str):
    """The real bot on each engine."""
    async with opened(tmp_path, database_url) as house:
        yield house


async def test_a_week_goes_round_in_both_languages(house: House):
    people = await _everybody(house)
    await _collective(house, people)
    link = await _member_link(house, people["Nadine"])
    for name, (language, _) in MEMBERS.items():
        yes = YES[language]
        await house.joins(people[name], link, language, AGREE[language], yes, yes, name)
    group = await _group(house, people)
    await _round(house, people)
    await _vote(house, people, group)
    await _summary(house, people, group)
    await _outcome(house, people, group)
    await _broadcast(house, people, group)


async def _everybody(house: House) -> dict[str, int]:
    names = ["Joséphine", "Nadine", *MEMBERS]
    return {name: (await house.post("people", first_name=name))["id"] for name in names}


async def _collective(house: House, people: dict[str, int]) -> None:
    """The operator's link, the coordinator's wizard, the facilitator's link."""
    [link] = (await house.command("invite", "coordinator")).splitlines()
    josephine, nadine = people["Joséphine"], people["Nadine"]
    await house.joins(josephine, link, "Français", AGREE["Français"], "Joséphine")
    await house.says(josephine, "/nouveau")
    await house.says(josephine, "Tujenge")
    await house.taps(josephine, "Teinture")
    await house.says(josephine, "Bukavu")
    for label in ("Lubumbashi", "Chaque semaine", "Jeudi", "17:00", "Lingala et français", "Créer"):
        await house.taps(josephine, label)
    shown = await house.sees(josephine, "Lien pour l’animatrice de Tujenge")
    await house.joins(nadine, _link(shown), "Français", AGREE["Français"], "Nadine")
    await house.sees(nadine, "Bienvenue dans Tujenge. Tu es animatrice.")


async def _member_link(house: House, nadine: int) -> str:
    await house.says(nadine, "/inviter")
    return _link(await house.sees(nadine, "Lien pour les membres de Tujenge"))


async def _group(house: House, people: dict[str, int]) -> int:
    members = [people["Nadine"], *(people[name] for name in MEMBERS)]
    group = (await house.post("groups", title="Bana Tujenge", members=members))["id"]
    await house.post(f"groups/{group}/bot?wait=1", by=people["Nadine"], present=True)
    await house.sees(group, "Mbote na bino nyonso", "Bonjour à toutes et à tous")
    return group


async def _vote(house: House, people: dict[str, int], group: int) -> None:
    """Béatrice proposes; all vote in secret, Clarisse once she is reminded."""
    beatrice = people["Béatrice"]
    await house.says(beatrice, "/proposer")
    await house.says(beatrice, "On ouvre une caisse ?")
    for label in ("Oui ou non", "Personne d’autre", "Vote secret", "Ouvrir le vote"):
        await house.taps(beatrice, label)
    await house.sees(group, "likanisi", "On ouvre une caisse ?", "vote ya sekele", "vote secret")
    for name, (language, _) in MEMBERS.items():
        await house.sees(people[name], "🔒", "On ouvre une caisse ?")
        if name != "Clarisse":
            await house.taps(people[name], YES[language])
    await house.sees(people["Aline"], "Oponi.")
    await house.post("clock", advance_seconds=2 * 24 * 3600)
    await house.sees(people["Clarisse"], "Okoki nanu kovote awa.")
    await house.taps(people["Clarisse"], "Te")


async def _outcome(house: House, people: dict[str, int], group: int) -> None:
    """What came out reaches the group and everyone; nobody is named."""
    told = await house.sees(group, "Endimami.", "Adoptée.", "Oui 4", "Non 1")
    assert not [name for name in MEMBERS if name != "Béatrice" and name in told["text"]]
    await house.taps(people["Aline"], "Iyo")
    await house.taps(people["Aline"], "Mwa moke")
    await house.sees(people["Aline"], "Endimami.", "Matondi.")


async def _round(house: House, people: dict[str, int]) -> None:
    """It opens at its hour; four answer, one is reminded and then answers by typing."""
    clock = await house.post("clock", to="next")
    assert datetime.fromisoformat(clock["now"]).weekday() == 3
    for name, (language, answers) in list(MEMBERS.items())[:4]:
        motivation, together, need = answers
        for label in (motivation + "$", together, DONE[language], need):
            await _press(house, people[name], label)
        await _skip_the_rest(house, people[name])
    await house.sees(people["Aline"], "Osilisi mituna ya mposo")
    await house.sees(people["Béatrice"], "Ton point est fini")
    await house.post("clock", to="next")
    esperance = people["Espérance"]
    await house.sees(esperance, "Okoki koyanola mituna ya mposo")
    assert not [each for each in await house.chat(people["Béatrice"]) if "encore" in each["text"]]
    for typed in ("4", "2", "1"):
        await house.says(esperance, typed)
    await _skip_the_rest(house, esperance)
    await house.sees(esperance, "Osilisi mituna ya mposo")


async def _summary(house: House, people: dict[str, int], group: int) -> None:
    await house.post("clock", advance_seconds=3 * 24 * 3600)
    posted = await house.sees(group, "Tujenge: mposo oyo", "Tujenge : votre semaine")
    assert "5 membres sur 5 ont répondu" in posted["text"]
    assert "Motivation : ▓▓▓▓░ 4,0" in posted["text"]
    assert not [name for name in MEMBERS if name in posted["text"]]
    await house.says(people["Joséphine"], "/resume")
    await house.sees(people["Joséphine"], "Tujenge, semaine du jeudi", "▓▓▓▓░ 4,0", "· Conseil 2")


async def _broadcast(house: House, people: dict[str, int], group: int) -> None:
    nadine = people["Nadine"]
    await house.says(nadine, "/diffuser")
    await house.says(nadine, "Merci à toutes. Réunion samedi.")
    await house.taps(nadine, "Envoyer")
    await house.post("clock", advance_seconds=24 * 3600)
    for chat in (group, people["Aline"], people["Dorcas"]):
        await house.sees(chat, "Merci à toutes. Réunion samedi.")
    await house.sees(nadine, "L’envoi est fini.", "Envoyés : 6")


async def _skip_the_rest(house: House, person: int) -> None:
    """Press "skip" for as long as the card has it."""
    while "⏭" in str((await _newest(house, person))["keyboard"]):
        await _press(house, person, "⏭")


async def _newest(house: House, person: int) -> dict[str, Any]:
    return next(each for each in reversed(await house.chat(person)) if each["keyboard"])


async def _press(house: House, person: int, label: str) -> None:
    """Press the button whose label ends, or else contains, these words."""
    newest = await _newest(house, person)
    labels = [button["text"] for row in newest["keyboard"] for button in row]
    wanted = [
        each
        for each in labels
        if (each.endswith(label[:-1]) if label.endswith("$") else label in each)
    ]
    body = {"message_id": newest["message_id"], "button": wanted[0]}
    await house.post(f"people/{person}/tap?wait=1", **body)


def _link(message: dict[str, str]) -> str:
    return next(word for word in message["text"].split() if word.startswith("https://"))
