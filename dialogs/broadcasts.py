"""The composer: to whom, the message, a preview as it arrives, and it leaves."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.api.entities import MediaAttachment, MediaId
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Row, Select, SwitchTo
from aiogram_dialog.widgets.media import DynamicMedia
from aiogram_dialog.widgets.text import Format, Multi

from collective.actions import broadcasts, composing
from collective.broadcasts import AHEAD, Stage, Version
from collective.calendar import ensure_ahead
from dialogs import broadcast_audience, broadcast_draft, broadcast_moment, broadcast_options, doors
from dialogs.broadcast_content import MEDIA, read
from dialogs.broadcast_draft import EVERYWHERE, HERS, Discard, Page, look
from dialogs.broadcast_options import ASKED
from dialogs.cards import refusals
from dialogs.cards.broadcasts import message as broadcast_message
from dialogs.pick import facilitated, pick_window
from dialogs.states import Broadcasting
from dialogs.text import Label, T, Wizard, words_of
from locales.languages import find
from locales.markers import N_, NP_
from reports.addressing import said_reach

#: The button that sends it at the moment the page names.
PLAN = "plan"


def build() -> Wizard:
    """Return the dialog."""
    return Wizard(
        pick_window(
            Broadcasting.collective,
            facilitated,
            _picked,
            Button(
                Label(NP_("button", "All my collectives")),
                "hers",
                on_click=_to_hers,
                when="several",
            ),
            Button(
                Label(NP_("button", "Everywhere")),
                "everywhere",
                on_click=_to_all,
                when="coordinates",
            ),
        ),
        Window(
            T(N_("Write your message to {collective}."), when="collective"),
            T(N_("Write your message."), when="several"),
            T(N_("Write it in {language}."), when="language"),
            T(N_("A photo, a voice message or a file will do too.")),
            MessageInput(received, content_types=ContentType.ANY),
            Button(Label(NP_("button", "Sent and planned")), "sent", on_click=_to_sent),
            Discard(),
            getter=addressed,
            preview_data={"collective": "Tujenge", "several": True, "language": "Lingala"},
            state=Broadcasting.text,
        ),
        _preview(),
        *broadcast_options.windows(),
        *broadcast_moment.windows(),
        *broadcast_audience.windows(),
    )


def _preview() -> Window:
    return Window(
        DynamicMedia("media", when="media"),
        Multi(
            Format("{shown}"),
            T(N_("This file is too heavy for me to keep. Telegram has it."), when="only_there"),
            Format("{reach}"),
            T(ASKED, when="asks"),
            Format("{when}", when="when"),
            sep="\n\n",
        ),
        Row(
            Select(
                Format("{item[1]}"),
                id="tongue",
                item_id_getter=lambda item: item[0],
                items="tongues",
                on_click=_turned,
                when="tongues",
            )
        ),
        Button(Label(NP_("button", "Send")), id="send", on_click=send, when="now"),
        Button(Label(NP_("button", "Send at that time")), id=PLAN, on_click=send, when="later"),
        SwitchTo(Label(NP_("button", "Change the text")), id="again", state=Broadcasting.text),
        SwitchTo(Label(NP_("button", "Options")), id="options", state=Broadcasting.options),
        Discard(),
        getter=preview,
        preview_data={
            "media": None,
            "shown": "…",
            "only_there": True,
            "reach": "…",
            "asks": True,
            "when": "",
            "tongues": [("fr", "Français"), ("ln", "▸ Lingala")],
            "now": True,
            "later": True,
        },
        state=Broadcasting.preview,
    )


async def addressed(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say to whom it is written, and in which language where she has chosen one."""
    page = await look(dialog_manager)
    chosen = dialog_manager.dialog_data.get("language")
    return {
        "collective": page.collective.name if page.collective else None,
        "several": page.collective is None,
        "language": find(chosen).name if chosen else None,
    }


async def received(message: Message, _widget: MessageInput, manager: DialogManager) -> None:
    """Keep what she sent for the preview; raise TextEmpty, TextTooLong, TogetherTooLong."""
    data = manager.middleware_data
    taken = read(message, broadcast_draft.language(manager))
    if taken is None or message.media_group_id is not None:
        await _refuse(message, manager)
        return
    version, size = taken
    by, now = data["visitor"].person.id, data["clock"].now()
    async with data["ledger"].writing() as store:
        number = await broadcast_draft.begun(manager, store)
        await composing.write(store, number, version, size=size, by=by, now=now)
    await manager.switch_to(Broadcasting.preview)


async def preview(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Show what arrives, whom it reaches and when it leaves."""
    words, page = words_of(dialog_manager), await look(dialog_manager)
    version = page.version or Version(language=words.lang)
    author = dialog_manager.middleware_data["visitor"].person.name
    media = None
    if version.file_id is not None:
        media = MediaAttachment(MEDIA[version.kind], file_id=MediaId(version.file_id))
    tongues = [(each.language, _tongue(each, version)) for each in page.versions]
    when, reached = said_moment(page, dialog_manager), page.reach.anybody and bool(page.version)
    return {
        "media": media,
        "shown": broadcast_message(author, version.text or ""),
        "only_there": version.only_there,
        "reach": said_reach(page.reach, page.audience, words),
        "asks": page.broadcast is not None and page.broadcast.asks_heard,
        "when": when,
        "tongues": tongues if len(tongues) > 1 else [],
        "now": reached and not when,
        "later": reached and bool(when),
    }


def said_moment(page: Page, manager: DialogManager) -> str:
    """Say when it leaves, unless that is now."""
    words, now = words_of(manager), manager.middleware_data["clock"].now()
    if page.reach.leaves_at <= now:
        return ""
    zone = page.clocks.zone if page.clocks else "UTC"
    leaves = words.moment(page.reach.leaves_at, zone)
    if page.reach.leaves_at == page.at:
        return words.gettext("It leaves {moment}.", moment=leaves)
    return words.gettext("Nobody is woken: it leaves {moment}.", moment=leaves)


async def send(query: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Send it, or plan it; pressing twice does it once.

    Raises MomentPast where the page was open until the moment on its button had passed.
    """
    data = manager.middleware_data
    by, now = data["visitor"].person.id, data["clock"].now()
    at = (await look(manager)).at
    if button.widget_id == PLAN and at is not None:
        ensure_ahead(at, now, AHEAD)
    async with data["ledger"].writing() as store:
        number = await broadcast_draft.begun(manager, store)
        sent = await broadcasts.send(store, number, at=at, by=by, now=now)
    await manager.done()
    if sent is not None and sent.stage is Stage.WAITING:
        await data["screen"].reply(query.from_user.id, "broadcast_planned", {"broadcast": number})


async def _refuse(message: Message, manager: DialogManager) -> None:
    """Say what can be passed on; of an album, once."""
    kept, album = manager.dialog_data, message.media_group_id
    if album is None or kept.get("album") != album:
        kept["album"] = album
        screen = manager.middleware_data["screen"]
        await screen.reply(message.chat.id, "refusal", {"refusal": refusals.NOT_SENDABLE})
    manager.show_mode = ShowMode.NO_UPDATE


def _tongue(each: Version, looked_at: Version) -> str:
    name = find(each.language).name
    return f"▸ {name}" if each.language == looked_at.language else name


async def _turned(
    _query: CallbackQuery, _widget: Any, manager: DialogManager, language: str
) -> None:
    manager.dialog_data["language"] = language


async def _picked(manager: DialogManager, collective_id: int) -> None:
    manager.dialog_data["collective"] = collective_id
    await manager.switch_to(Broadcasting.text)


async def _to_hers(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _picked(manager, HERS)


async def _to_sent(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await doors.open_reviewing(manager)


async def _to_all(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    manager.dialog_data["collective"] = EVERYWHERE
    await manager.switch_to(Broadcasting.wide)
