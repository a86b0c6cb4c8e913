"""One typed function for each dialog that can be opened."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import uuid4

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode

from dialogs import states
from dialogs.page_messages import pressed_stays
from dialogs.text import opener

#: Fields of an activity that are asked for one after the other, and where.
_ASKED = (
    ("kind", states.Planning.kind),
    ("title", states.Planning.title),
    ("day", states.Planning.day),
    ("place", states.Planning.place),
    ("open_to_others", states.Planning.open_to_others),
)


async def open_farewell(manager: DialogManager, *, departure: int) -> None:
    """Ask who has left why, what would have kept her, and who may stay in touch."""
    # The press showed her out: that page stays, with its way back.
    await _open(manager, states.Farewell.why, {"departure": departure}, beside=True)


async def open_joining(
    manager: DialogManager, *, token: str, known: bool, must_agree: bool
) -> None:
    """Ask a stranger her language, agreement and name; who is known, only what is new to her."""
    await _open(manager, _first_page(known=known, must_agree=must_agree), {"token": token})


async def open_asking(
    manager: DialogManager, *, invite: int, known: bool, must_agree: bool
) -> None:
    """Ask the same of who comes with the code of an invitation; then she waits for a yes."""
    data = {"invite": invite, "draft": uuid4().hex}
    await _open(manager, _first_page(known=known, must_agree=must_agree), data)


def _first_page(*, known: bool, must_agree: bool) -> State:
    if not known:
        return states.Joining.language
    return states.Joining.consent if must_agree else states.Joining.known


async def open_founding(manager: DialogManager) -> None:
    """Ask a coordinator about a new collective."""
    await _open(manager, states.Founding.name, {"draft": uuid4().hex})


async def open_inviting(manager: DialogManager) -> None:
    """Ask a facilitator which of her collectives to invite to."""
    await _open(manager, states.Inviting.collective, {})


async def open_accompanying(
    manager: DialogManager, *, collective: int | None, page: State = states.Accompanying.overview
) -> None:
    """Show a page of a facilitator's collective; first ask which collective if need be."""
    first = states.Accompanying.collective if collective is None else page
    await _open(manager, first, {"collective": collective, "page": page.state})


async def open_overseeing(manager: DialogManager) -> None:
    """Show a coordinator the list of collectives."""
    await _open(manager, states.Overseeing.collective, {})


async def open_broadcasting(
    manager: DialogManager, *, collective: int | None, coordinates: bool = False
) -> None:
    """Ask for a message; first to which collective when there are several.

    A coordinator may choose all of them instead.
    """
    state = states.Broadcasting.collective if collective is None else states.Broadcasting.text
    data = {"draft": uuid4().hex, "collective": collective, "coordinates": coordinates}
    await _open(manager, state, data)


async def open_wide_broadcasting(manager: DialogManager, *, everywhere: int) -> None:
    """Ask a coordinator who accompanies no collective to whom she writes."""
    data = {"draft": uuid4().hex, "collective": everywhere, "coordinates": True}
    await _open(manager, states.Broadcasting.wide, data)


async def open_draft(manager: DialogManager, *, broadcast: int) -> None:
    """Show a broadcast that is planned, or has become a draft again."""
    data = {"draft": "", "collective": None, "coordinates": False, "broadcast": broadcast}
    await _open(manager, states.Broadcasting.preview, data)


async def open_reviewing(manager: DialogManager) -> None:
    """Show her what she has sent and planned."""
    await _open(manager, states.Reviewing.broadcasts, {})


async def open_reading(manager: DialogManager, *, collective: int | None) -> None:
    """Show a summary; first ask whose when there are several."""
    state = states.Reading.collective if collective is None else states.Reading.summary
    await _open(manager, state, {"collective": collective})


async def open_grouping(manager: DialogManager, *, collective: int | None) -> None:
    """Show a collective's Telegram group; first ask whose when there are several."""
    state = states.Grouping.collective if collective is None else states.Grouping.home
    await _open(manager, state, {"collective": collective})


async def open_pacing(manager: DialogManager, *, collective: int | None) -> None:
    """Show a collective's rhythm; first ask whose when there are several."""
    state = states.Pacing.collective if collective is None else states.Pacing.home
    await _open(manager, state, {"collective": collective})


async def open_discretion(manager: DialogManager) -> None:
    """Explain discreet mode, and turn it on or off."""
    await _open(manager, states.Phone.discreet, {})


async def open_people(manager: DialogManager) -> None:
    """Say who uses this phone, and how somebody else comes in on it."""
    await _open(manager, states.Phone.people, {})


async def open_code(manager: DialogManager) -> None:
    """Show what a secret code does, and let her choose, change or remove hers."""
    await _open(manager, states.Code.page, {})


async def open_proposing(manager: DialogManager, *, collective: int | None) -> None:
    """Ask a member what she proposes; first to which collective when there are several."""
    state = states.Proposing.collective if collective is None else states.Proposing.question
    await _open(manager, state, {"draft": uuid4().hex, "collective": collective})


async def open_amending(manager: DialogManager, *, proposal: int) -> None:
    """Show its author a proposal that she may still change."""
    await _open(manager, states.Proposing.review, {"proposal": proposal})


async def open_saying(manager: DialogManager, *, proposal: int, page: State) -> None:
    """Ask for words about a proposal."""
    await _open(manager, page, {"proposal": proposal})


async def open_entrusting(manager: DialogManager, *, proposal: int) -> None:
    """Ask a facilitator for whom she votes."""
    await _open(manager, states.Entrusting.member, {"proposal": proposal})


async def open_concluding(
    manager: DialogManager,
    *,
    proposal: int,
    page: State = states.Concluding.home,
    beside: bool = False,
) -> None:
    """Show what was decided and who does what, or another page of it.

    `beside`: below the card that was pressed, which asks how the vote was.
    """
    await _open(manager, page, {"proposal": proposal}, beside=beside)


async def open_planning(
    manager: DialogManager, *, collective: int | None, said: Mapping[str, str] | None = None
) -> None:
    """Ask what is planned; first for which collective when there are several.

    `said` are fields of its details that are known already.
    """
    state = states.Planning.collective if collective is None else asked_first(said or {})
    data = {"draft": uuid4().hex, "collective": collective, "said": dict(said or {})}
    # A card that says something of it stays: it has more to say, and is the way back here.
    await _open(manager, state, data, beside=said is not None)


def asked_first(said: Collection[str]) -> State:
    """Return the first page whose answer is missing; `said` are the fields that are known."""
    return next((page for key, page in _ASKED if key not in said), states.Planning.review)


async def open_changing(
    manager: DialogManager, *, activity: int, page: State = states.Planning.review
) -> None:
    """Show who leads an activity a page on which she changes it."""
    await _open(manager, page, {"activity": activity})


async def open_setback(
    manager: DialogManager, *, collective: int | None, kind: str | None = None
) -> None:
    """Ask what has happened; first to which collective when there are several."""
    state = states.Setbacks.kind if kind is None else states.Setbacks.weight
    data = {"draft": uuid4().hex, "collective": collective, "kind": kind}
    await _open(manager, states.Setbacks.collective if collective is None else state, data)


async def open_lesson(manager: DialogManager, *, setback: int) -> None:
    """Ask what was learned from a setback."""
    await _open(manager, states.Setbacks.lesson, {"setback": setback})


async def open_handing_over(
    manager: DialogManager, *, proposal: int, task: int | None = None
) -> None:
    """Ask who does a task now; first which one where none is named."""
    state = states.HandingOver.task if task is None else states.HandingOver.whom
    await _open(manager, state, {"proposal": proposal, "task": task})


async def open_pairing(manager: DialogManager) -> None:
    """Ask a coordinator which two collectives are to visit each other."""
    await _open(manager, states.Pairing.collective, {"draft": uuid4().hex})


async def open_crisis(manager: DialogManager, *, collective: int | None) -> None:
    """Show how a crisis check-in goes, or offer to open one; first whose if there are several."""
    state = states.Crisis.collective if collective is None else states.Crisis.page
    await _open(manager, state, {"collective": collective})


async def _open(
    manager: DialogManager, state: State, data: dict[str, Any], *, beside: bool = False
) -> None:
    # Dialogs are opened one at a time: what was open before is left. A command gets a new message,
    # a button turns its page, unless that stays as it is, with its buttons.
    turned = isinstance(manager.event, CallbackQuery) and not beside
    show_mode = ShowMode.EDIT if turned else ShowMode.SEND
    keeps = pressed_stays.set(beside)
    try:
        await manager.start(
            state, data | opener(manager), mode=StartMode.RESET_STACK, show_mode=show_mode
        )
    finally:
        pressed_stays.reset(keeps)
