"""The pages of coming in: language, what is kept and who sees it, choices, name."""

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import TextInput
from aiogram_dialog.widgets.kbd import Button, Column
from aiogram_dialog.widgets.text import Format, Multi

from collective.people import Consent
from dialogs import arrival
from dialogs.choices import buttons
from dialogs.states import Joining
from dialogs.text import Label, T, Wizard
from locales.markers import N_, NP_


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        Window(
            Multi(
                T(N_("Hello. I am Lisanga. I accompany groups of artisans.")),
                T(N_("Which language shall I speak with you?")),
                sep="\n\n",
            ),
            buttons("languages", arrival.language_chosen, name="lang"),
            getter=arrival.language_choices,
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
                Button(Label(NP_("button", "I agree")), id="yes", on_click=arrival.agreed),
                Button(Label(NP_("button", "No, thank you")), id="no", on_click=arrival.declined),
            ),
            getter=arrival.invitation,
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
                Button(
                    Format("{first_name}"), id="own", on_click=arrival.own_name, when="first_name"
                ),
            ),
            TextInput(id="name", on_success=arrival.named),
            getter=arrival.first_name,
            preview_data={"first_name": "Aline"},
            state=Joining.name,
        ),
        Window(
            Multi(*_what_she_is_invited_to(), T(N_("Do you want to come in?")), sep="\n\n"),
            Column(
                Button(Label(NP_("button", "Come in")), id="in", on_click=arrival.come_in),
                Button(Label(NP_("button", "No, thank you")), id="out", on_click=arrival.stay_out),
            ),
            getter=arrival.invitation,
            preview_data={"collective": "Tujenge", "member": True},
            state=Joining.known,
        ),
    )


def _what_she_is_invited_to() -> list[T]:
    return [
        T(N_("You are invited to {collective}."), when="member"),
        T(
            N_("Your facilitator has noted answers of yours until now: they become yours."),
            when="own",
        ),
        T(N_("Each week I ask you a few short questions."), when="weekly"),
        T(N_("Every two weeks I ask you a few short questions."), when="fortnightly"),
        T(N_("Once a month I ask you a few short questions."), when="monthly"),
        T(N_("You are invited to accompany {collective} as its facilitator."), when="facilitator"),
        T(N_("You are invited to coordinate."), when="coordinator"),
        T(N_("You come with a code: who gave it to you lets you in."), when="waits"),
    ]


def _what_is_kept() -> list[T]:
    return [
        T(N_("I keep your name, your Telegram account, your answers and their hour."), "member"),
        T(
            N_(
                "The group and the coordinators see totals, never who said what. The facilitator "
                "sees who has answered. When you ask to talk to her, she gets your name and what "
                "you write or say."
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
            await arrival.name_or_in(manager)

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
