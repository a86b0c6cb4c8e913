"""Small messages about people: home, welcome, languages, who was reminded, the menu."""

from pydantic import field_validator

from collective.actions.checkins import next_opening
from collective.outbox import Ids
from collective.people import Role, Standing, speaker
from dialogs import names
from dialogs.cards import sheets, who
from dialogs.cards.card import Button, Card, Menu, Press, Scene
from dialogs.cards.requests import WAITS, draw_waiting
from dialogs.commands import commands_for
from locales.languages import languages
from locales.words import Words


class LanguagePress(Press, prefix="lA"):
    """A press on one of the languages."""

    lang: str

    @field_validator("lang")
    @classmethod
    def spoken(cls, lang: str) -> str:
        """Refuse a language that nobody offered."""
        if lang not in languages():
            raise ValueError("language")
        return lang


async def draw_no_checkin(_ids: Ids, scene: Scene) -> Card:
    """Say that none is open, and when the next one is."""
    account = scene.account
    persons = await scene.store.people.persons_of(account.id) if account else []
    person = speaker(account, persons, scene.now) if account else None
    lines = [scene.words.gettext("No check-in is open now.")]
    if person is not None:
        lines += await openings(await scene.store.people.standing(person.id), scene)
    return Card(text="\n\n".join(lines))


async def draw_stranger(_ids: Ids, scene: Scene) -> Card:
    """Ask somebody without a role for a code, or say what she waits for."""
    waiting = await draw_waiting(_ids, scene)
    if waiting is not None:
        return waiting
    text = scene.words.gettext(
        "Hello. I accompany groups of artisans. Have you got a code of six letters? Please write "
        "it to me. You have none: ask your facilitator for a code or a link."
    )
    newcomer = scene.account is not None and scene.account.newcomer(scene.now)
    back = who.not_me(scene.words) if newcomer else ()
    return sheets.sheet("home", text, (*_language_rows(), *back))


async def draw_welcome(ids: Ids, scene: Scene) -> Card | None:
    """Say where she has come in, and as what."""
    role = Role(str(ids["role"]))
    collective = await scene.store.collectives.get(int(ids.get("collective", 0)))
    words = scene.words
    if collective is None:
        lines = [words.gettext("Welcome. You are {role} now.", role=names.role(role, words))]
    else:
        lines = [
            words.gettext(
                "Welcome to {collective}. You come in as {role}.",
                collective=collective.name,
                role=names.role(role, words),
            )
        ]
        opens = await next_opening(scene.store, collective.id)
        if opens is not None and role is Role.MEMBER:
            moment = words.moment(opens, collective.zone)
            lines.append(words.gettext("Your next check-in opens {moment}.", moment=moment))
        if role is Role.MEMBER:
            lines.append(
                words.gettext(
                    "Do others use this phone too? /reglages has a discreet mode and a secret code."
                )
            )
    if role is Role.FACILITATOR:
        lines.append(words.gettext("1. /inviter gives you the link that brings in the members."))
        lines.append(words.gettext("2. Add me to your Telegram group: I post the summary there."))
    if role is not Role.MEMBER:
        lines.append(_command_list({role}, words))
    return Card(text="\n\n".join(lines), identity=WAITS)


async def draw_languages(_ids: Ids, scene: Scene) -> Card:
    """Offer every language by its own name."""
    text = scene.words.gettext("Which language shall I speak with you?")
    return sheets.sheet("languages", text, _language_rows())


async def draw_suggestion(ids: Ids, scene: Scene) -> Card:
    """Offer the command she may have meant."""
    command = str(ids["command"])
    button = Button(label=f"/{command}", data=sheets.CommandPress(command=command).pack())
    text = scene.words.gettext("I do not know this command. Perhaps you want this one:")
    return Card(text=text, buttons=((button,),))


async def draw_reminded(ids: Ids, scene: Scene) -> Card:
    """Tell a facilitator how many she has reminded."""
    many = int(ids["many"])
    if not many:
        return Card(text=scene.words.gettext("Everybody was reminded today already."))
    return Card(
        text=scene.words.ngettext(
            "{n} member is reminded. Nobody is reminded twice a day.",
            "{n} members are reminded. Nobody is reminded twice a day.",
            many,
        )
    )


async def draw_menu(_ids: Ids, scene: Scene) -> Menu | None:
    """Draw her command menu, in her language and for her roles, or those of all on her phone."""
    if scene.account is None:
        return None
    roles: set[Role] = set()
    for person in await scene.store.people.persons_of(scene.account.id):
        roles |= (await scene.store.people.standing(person.id)).roles
    return Menu(commands=commands_for(roles, scene.words.plain))


async def openings(standing: Standing, scene: Scene) -> list[str]:
    """Say of each collective she is in when its next check-in opens."""
    lines = []
    for collective_id in sorted(standing.member_of):
        collective = await scene.store.collectives.get(collective_id)
        opens = await next_opening(scene.store, collective_id)
        if collective is not None and opens is not None:
            lines.append(
                scene.words.gettext(
                    "{collective}: the next check-in opens {moment}.",
                    collective=collective.name,
                    moment=scene.words.moment(opens, collective.zone),
                )
            )
    return lines


def _command_list(roles: set[Role] | frozenset[Role], words: Words) -> str:
    listed = commands_for(roles, words)
    return "\n".join(f"/{command} · {description}" for command, description in listed)


def _language_rows() -> tuple[tuple[Button, ...], ...]:
    return tuple(
        (Button(label=Words(lang).name, data=LanguagePress(lang=lang).pack()),)
        for lang in languages()
    )
