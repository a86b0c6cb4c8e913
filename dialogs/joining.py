"""Coming in: language, what is kept and who sees it, the name she wants to be called."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import Button, Column, Select
from aiogram_dialog.widgets.text import Format, Multi

from collective.actions import joining
from collective.actions.joining import Welcome
from collective.errors import AlreadyJoined
from collective.people import CHOICES, Consent, Role
from dialogs.cards import refusals
from dialogs.doors import Joining
from dialogs.screen import Screen
from dialogs.text import Label, T, Wizard
from locales.languages import languages
from locales.markers import N_, NP_
from locales.words import Words


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        Window(
            Multi(
                T(N_("Hello. I am Lisanga. I accompany groups of artisans.")),
                T(N_("Which language shall I speak with you?")),
                sep="\n\n",
            ),
            Column(
                Select(
                    Format("{item[1]}"),
                    id="lang",
                    item_id_getter=lambda item: item[0],
                    items="languages",
                    on_click=language_chosen,
                )
            ),
            getter=language_choices,
            preview_data={"languages": [("fr", "Français")]},
            state=Joining.language,
        ),
        Window(
            Multi(
                *_what_she_is_invited_to(),
                *_what_is_kept(),
                T(N_("Do you agree? You are free to say no.")),
                sep="\n\n",
            ),
            Column(
                Button(Label(NP_("button", "I agree")), id="yes", on_click=agreed),
                Button(Label(NP_("button", "No, thank you")), id="no", on_click=declined),
            ),
            getter=invitation,
            preview_data={"collective": "Tujenge", "member": True},
            state=Joining.consent,
        ),
        _choice(
            Consent.NAMING,
            N_("May your facilitator see your motivation with your name?"),
            N_("If not, she sees it in totals only."),
        ),
        _choice(
            Consent.EXPORT,
            N_("May your answers, without your name, help studies of groups like yours?"),
            N_("What you write or say in your own words is never part of them."),
        ),
        Window(
            T(N_("What shall I call you? Write your first name or another name you like.")),
            Column(
                Button(Format("{first_name}"), id="own", on_click=own_name, when="first_name"),
            ),
            TextInput(id="name", on_success=named),
            getter=first_name,
            preview_data={"first_name": "Aline"},
            state=Joining.name,
        ),
        Window(
            Multi(*_what_she_is_invited_to(), T(N_("Do you want to come in?")), sep="\n\n"),
            Column(
                Button(Label(NP_("button", "Come in")), id="in", on_click=come_in),
                Button(Label(NP_("button", "No, thank you")), id="out", on_click=stay_out),
            ),
            getter=invitation,
            preview_data={"collective": "Tujenge", "member": True},
            state=Joining.known,
        ),
    )


def _what_she_is_invited_to() -> list[T]:
    return [
        T(N_("You are invited to {collective}."), when="member"),
        T(N_("Each week I ask you a few short questions."), when="member"),
        T(N_("You are invited to accompany {collective} as its facilitator."), when="facilitator"),
        T(N_("You are invited to coordinate."), when="coordinator"),
    ]


def _what_is_kept() -> list[T]:
    return [
        T(N_("I keep your name, your Telegram account, your answers and their hour."), "member"),
        T(
            N_(
                "The group and the coordinators see totals, never who said what. The facilitator "
                "sees who has answered, and your name when you ask to talk to her."
            ),
            "member",
        ),
        T(N_("I keep your name, your Telegram account and what you do here."), "helper"),
        T(N_("Your name stands above what you write to a collective."), "facilitator"),
        T(N_("To stop: /stop. To see what I keep: /mesdonnees. To erase it: /oublier.")),
    ]


def _choice(consent: Consent, question: str, explained: str) -> Window:
    """Ask what a member may choose, apart from everything else."""

    async def chosen(_query: CallbackQuery, button: Button, manager: DialogManager) -> None:
        manager.dialog_data[consent.value] = button.widget_id == "yes"
        if consent is Consent.NAMING:
            await manager.switch_to(Joining.export)
        else:
            await _name_or_in(manager)

    return Window(
        Multi(
            T(question),
            Multi(T(explained), T(N_("You can change this later in /reglages."))),
            sep="\n\n",
        ),
        Column(
            Button(Label(NP_("button", "Yes")), id="yes", on_click=chosen),
            Button(Label(NP_("button", "No")), id="no", on_click=chosen),
        ),
        state={Consent.NAMING: Joining.naming, Consent.EXPORT: Joining.export}[consent],
    )


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
    data = dialog_manager.middleware_data
    async with data["ledger"].reading() as store:
        invite, collective = await joining.look_at(
            store, _token(dialog_manager), now=data["clock"].now()
        )
    roles = {role.value: role is invite.role for role in Role}
    helper = invite.role is not Role.MEMBER
    return {"collective": collective.name if collective else "", "helper": helper, **roles}


async def agreed(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Go on to what members choose, others to the name."""
    manager.dialog_data["agreed"] = True
    if (await invitation(manager))["member"]:
        await manager.switch_to(Joining.naming)
    else:
        await _name_or_in(manager)


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
    """Offer the name she has on Telegram."""
    user = dialog_manager.middleware_data.get("event_from_user")
    return {"first_name": user.first_name[:24] if user else ""}


async def own_name(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Take the name she has on Telegram."""
    await _come_in(manager, query.from_user.first_name[:24])


async def named(
    _message: Message, _widget: ManagedTextInput[str], manager: DialogManager, name: str
) -> None:
    """Take the name she wrote."""
    await _come_in(manager, name)


async def welcome(screen: Screen, chat_id: int, came: Welcome) -> None:
    """Greet her where she has come in, with the menu of her roles."""
    collective = came.collective.id if came.collective else 0
    await screen.reply(chat_id, "menu", {})
    ids: dict[str, int | str] = {"role": came.role.value, "collective": collective}
    await screen.reply(chat_id, "welcome", ids)


async def _name_or_in(manager: DialogManager) -> None:
    if manager.middleware_data["visitor"].person is None:
        await manager.switch_to(Joining.name)
    else:
        await _come_in(manager, None)


async def _come_in(manager: DialogManager, name: str | None) -> None:
    data = manager.middleware_data
    account = data["visitor"].account
    try:
        async with data["ledger"].writing() as store:
            came = await joining.join(
                store,
                _token(manager),
                account,
                name=name,
                agreed=bool(manager.dialog_data.get("agreed")),
                choices=_choices(manager),
                now=data["clock"].now(),
            )
    except AlreadyJoined:
        # An earlier try of this very press brought her in and was cut short.
        await manager.done()
        await data["screen"].reply(account.telegram_id, "home", {})
        return
    await manager.done()
    await welcome(data["screen"], account.telegram_id, came)


def _choices(manager: DialogManager) -> set[Consent] | None:
    asked = {each: manager.dialog_data.get(each.value) for each in CHOICES}
    if None in asked.values():
        return None
    return {each for each, yes in asked.items() if yes}


def _token(manager: DialogManager) -> str:
    start: Any = manager.start_data
    return str(start["token"])
