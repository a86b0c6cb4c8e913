"""The Telegram group of a collective: which one it is, and what it is spoken to in."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, SwitchTo, Url
from aiogram_dialog.widgets.text import Format, Multi

from collective import access
from collective.actions import collectives
from collective.collectives import GroupLanguage
from dialogs import names
from dialogs.choices import choice_window, group_languages
from dialogs.pick import collective_of, facilitated, pick_window
from dialogs.states import Grouping
from dialogs.text import Label, T, Wizard, words_of
from locales.markers import N_, NP_


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        pick_window(Grouping.collective, facilitated, Grouping.home),
        Window(
            Multi(
                T(N_("<b>{collective}</b> has a Telegram group."), when="linked"),
                T(N_("<b>{collective}</b> has no Telegram group yet."), when="alone"),
                T(N_("Language of the group: {language}")),
            ),
            Button(Label(NP_("button", "Choose the group")), id="choose", on_click=choose),
            Url(Label(NP_("button", "Add me to a group")), Format("{link}"), id="add"),
            SwitchTo(Label(NP_("button", "Language of the group")), "say", Grouping.language),
            Cancel(Label(NP_("button", "Close"))),
            getter=shown,
            preview_data={
                "collective": "Tujenge",
                "linked": True,
                "language": "Lingala",
                "link": "https://t.me/LisangaBot?startgroup=lier",
            },
            state=Grouping.home,
        ),
        choice_window(
            Grouping.language,
            T(N_("Which language for its group?")),
            group_languages,
            _spoken,
            SwitchTo(Label(NP_("button", "Back")), "back", Grouping.home),
        ),
    )


async def shown(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say whether it has a group and in which language; raise NotAllowed to who may not."""
    data = dialog_manager.middleware_data
    async with data["ledger"].reading() as store:
        collective = await access.ensure_facilitates(
            store, data["visitor"].person.id, collective_of(dialog_manager)
        )
        group = await store.collectives.group(collective.id)
    return {
        "collective": collective.name,
        "linked": group is not None,
        "alone": group is None,
        "language": names.group_language(collective.language, words_of(dialog_manager).plain),
        # Whoever adds me is asked whose group it is; the word behind the sign means nothing.
        "link": f"https://t.me/{data['username']}?startgroup=lier",
    }


async def choose(query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Lay the key that opens the list of her groups."""
    ids = {"collective": collective_of(manager)}
    await manager.done()
    await manager.middleware_data["screen"].reply(query.from_user.id, "choose_group", ids)


async def _spoken(manager: DialogManager, language: str) -> None:
    data = manager.middleware_data
    async with data["ledger"].writing() as store:
        await collectives.set_language(
            store,
            collective_of(manager),
            GroupLanguage(language),
            by=data["visitor"].person.id,
            now=data["clock"].now(),
        )
    await manager.switch_to(Grouping.home)
