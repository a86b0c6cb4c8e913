"""What happens on the pages of coming in: by a link at once, by a code after somebody's yes."""

from collections.abc import Mapping
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import ManagedTextInput
from aiogram_dialog.widgets.kbd import Button

from collective.actions import codes, joining, requests, rhythms
from collective.actions.joining import Said
from collective.calendar import Cadence
from collective.collectives import CADENCES, Collective
from collective.errors import AlreadyJoined
from collective.invites import Invite
from collective.outbox import Ids
from collective.people import CHOICES, Account, Consent, Role
from dialogs.cards import refusals
from dialogs.screen import Screen
from dialogs.states import Joining
from locales.languages import languages
from locales.words import Words


async def language_choices(**_data: Any) -> dict[str, Any]:
    """List the languages by their own names."""
    return {"languages": [(lang, Words(lang).name) for lang in languages()]}


async def language_chosen(
    _query: CallbackQuery, _widget: Any, manager: DialogManager, lang: str
) -> None:
    """Speak it from the next window on."""
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        await store.people.set_language(data["visitor"].account.id, lang)
    data["words"] = Words(lang)
    await manager.switch_to(Joining.consent)


async def invitation(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say what the invitation is to; raise InviteExpired and the like when it is over."""
    invite, collective, cadence = await _look_at(dialog_manager)
    member = invite.role is Role.MEMBER
    return {
        "collective": collective.name if collective else "",
        "helper": not member,
        **{each.value: member and each is cadence for each in CADENCES},
        "own": invite.person_id is not None,
        "waits": _start(dialog_manager, "invite") is not None,
        **{role.value: role is invite.role for role in Role},
    }


async def agreed(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Go on to what members choose, others to the name."""
    manager.dialog_data["agreed"] = True
    if (await invitation(manager))["member"]:
        await manager.switch_to(Joining.naming)
    else:
        await name_or_in(manager)


async def declined(query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Keep nothing about a stranger and say so; who is known stays what she is."""
    data = manager.middleware_data
    if data["visitor"].person is not None:
        await stay_out(query, button, manager)
        return
    await manager.done()
    await data["screen"].reply(query.from_user.id, "refusal", {"refusal": refusals.DECLINED})
    async with data["ledger"].writing() as store:
        await joining.decline(store, data["visitor"].account, now=data["clock"].now())


async def come_in(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Bring in who is known already."""
    await _come_in(manager, None)


async def stay_out(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Change nothing."""
    await manager.done()
    await manager.middleware_data["screen"].reply(query.from_user.id, "home", {})


async def first_name(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Offer the name under which she was written down, else the one she has on Telegram."""
    data = dialog_manager.middleware_data
    invite, _, _ = await _look_at(dialog_manager)
    async with data["ledger"].reading() as store:
        known = await store.people.person(invite.person_id or 0)
    user = data.get("event_from_user")
    return {"first_name": known.name if known else user.first_name[:24] if user else ""}


async def own_name(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Take the name that was offered."""
    await _come_in(manager, (await first_name(manager))["first_name"])


async def named(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, name: str
) -> None:
    """Take the name she wrote."""
    await _come_in(manager, name)


async def name_or_in(manager: DialogManager) -> None:
    """Ask a stranger her name; who is known has said everything."""
    if manager.middleware_data["visitor"].person is None:
        await manager.switch_to(Joining.name)
    else:
        await _come_in(manager, None)


async def _come_in(manager: DialogManager, name: str | None) -> None:
    account = manager.middleware_data["visitor"].account
    said = Said(
        name=name, agreed=bool(manager.dialog_data.get("agreed")), choices=_choices(manager)
    )
    try:
        come = _by_link if _start(manager, "invite") is None else _by_code
        told = await come(manager, account, said)
    except AlreadyJoined:
        # An earlier try of this very press brought her in and was cut short.
        told = {"home": {}}
    await manager.done()
    screen: Screen = manager.middleware_data["screen"]
    for kind, ids in told.items():
        await screen.reply(account.telegram_id, kind, ids)


async def _by_link(manager: DialogManager, account: Account, said: Said) -> Mapping[str, Ids]:
    """Bring her in; return what she is told, by kind."""
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        came = await joining.join(
            store,
            str(_start(manager, "token")),
            account,
            name=said.name,
            agreed=said.agreed,
            choices=said.choices,
            now=data["clock"].now(),
        )
    return joining.greeting(came, said)


async def _by_code(manager: DialogManager, account: Account, said: Said) -> Mapping[str, Ids]:
    """Ask for her; she is told that she waits."""
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        await requests.ask(
            store,
            int(_start(manager, "invite") or 0),
            account,
            said,
            draft=str(_start(manager, "draft")),
            now=data["clock"].now(),
        )
    return {requests.WAITING: {}}


async def _look_at(manager: DialogManager) -> tuple[Invite, Collective | None, Cadence | None]:
    data = manager.middleware_data
    number, now = _start(manager, "invite"), data["clock"].now()
    async with data["ledger"].reading() as store:
        if number is not None:
            invite, collective = await codes.look_at(store, int(number), now=now)
        else:
            invite, collective = await joining.look_at(
                store, str(_start(manager, "token")), now=now
            )
        cadence = await rhythms.cadence(store, collective.id) if collective else None
    return invite, collective, cadence


def _choices(manager: DialogManager) -> set[Consent] | None:
    asked = {each: manager.dialog_data.get(each.value) for each in CHOICES}
    if None in asked.values():
        return None
    return {each for each, yes in asked.items() if yes}


def _start(manager: DialogManager, key: str) -> str | int | None:
    start: Any = manager.start_data
    value: str | int | None = start.get(key)
    return value
