"""Commands that open a wizard. They live under the router that carries the dialogs."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from aiogram import Router
from aiogram.dispatcher.event.handler import CallbackType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message
from aiogram_dialog import DialogManager

from collective import access
from collective.actions import joining, summaries
from collective.errors import InviteUnknown, NotAllowed
from collective.invites import PREFIX, ensure_usable
from collective.ports import Clock, Ledger
from dialogs import commands, doors
from dialogs.broadcast_draft import EVERYWHERE
from dialogs.cards import refusals
from dialogs.invites import show_invite
from dialogs.screen import Screen
from dialogs.states import Accompanying
from handlers.filters import Private
from handlers.middlewares import Visitor, person_of

#: What a person sets for herself and her phone.
_FOR_HERSELF = {
    commands.DISCREET: doors.open_discretion,
    commands.CODE: doors.open_code,
    commands.PHONE: doors.open_people,
}
#: Pages of a collective that she accompanies.
_OF_HERS: Mapping[str, Callable[..., Awaitable[None]]] = {
    commands.COLLECTIVE: doors.open_accompanying,
    commands.REMIND: partial(doors.open_accompanying, page=Accompanying.remind),
    commands.ENTER: partial(doors.open_accompanying, page=Accompanying.enter),
    commands.RHYTHM: doors.open_pacing,
    commands.LINK: doors.open_grouping,
}


def build() -> Router:
    """Return the router of commands that open a wizard."""
    router = Router(name="wizards")
    router.message.filter(Private())
    router.message.register(invited, CommandStart(deep_link=True))
    router.message.register(cancel, Command(*commands.names_of(commands.CANCEL)))
    for command, door in _FOR_HERSELF.items():
        router.message.register(_opens(door), Command(command))
    for command, opened in _OF_HERS.items():
        router.message.register(_of_hers(opened), Command(*commands.names_of(command)))
    router.message.register(new, Command(commands.NEW))
    router.message.register(invite, Command(commands.INVITE))
    router.message.register(oversee, Command(commands.COLLECTIVES))
    router.message.register(broadcast, Command(*commands.names_of(commands.BROADCAST)))
    router.message.register(broadcasts_sent, Command(*commands.names_of(commands.BROADCASTS)))
    router.message.register(summary, Command(*commands.names_of(commands.SUMMARY)))
    router.message.register(propose, Command(*commands.names_of(commands.PROPOSE)))
    router.message.register(crisis, Command(*commands.names_of(commands.CRISIS)))
    router.message.register(setback, Command(*commands.names_of(commands.SETBACK)))
    router.message.register(pair, Command(*commands.names_of(commands.PAIR)))
    router.message.register(plan, Command(*commands.names_of(commands.ACTIVITY)))
    return router


async def invited(
    message: Message,
    command: CommandObject,
    visitor: Visitor,
    dialog_manager: DialogManager,
    ledger: Ledger,
    clock: Clock,
) -> None:
    """Ask whether she will come in, and what she has not been asked before."""
    if not (command.args or "").startswith(PREFIX):
        raise InviteUnknown
    token = (command.args or "").removeprefix(PREFIX)
    person = visitor.person
    async with ledger.reading() as store:
        invite, _ = await joining.find(store, token)
        if person is not None:
            await joining.ensure_new(store, invite, person)
        ensure_usable(invite, clock.now())
        must_agree = await joining.must_agree(store, person, invite.role)
    await doors.open_joining(
        dialog_manager, token=token, known=person is not None, must_agree=must_agree
    )


async def cancel(message: Message, dialog_manager: DialogManager, screen: Screen) -> None:
    """Leave whatever wizard is open, and say so; else show what she can do."""
    if not dialog_manager.has_context():
        await screen.reply(message.chat.id, "home", {})
        return
    await dialog_manager.reset_stack()
    await screen.reply(message.chat.id, "refusal", {"refusal": refusals.LEFT})


def _opens(door: Callable[[DialogManager], Awaitable[None]]) -> CallbackType:
    """Return the handler that opens a dialog for whoever has come in."""

    async def opened(_message: Message, visitor: Visitor, dialog_manager: DialogManager) -> None:
        person_of(visitor)
        await door(dialog_manager)

    return opened


def _of_hers(door: Callable[..., Awaitable[None]]) -> CallbackType:
    """Return the handler that opens a page of a collective she accompanies.

    The page asks which one where there are several.
    """

    async def opened(
        _message: Message, visitor: Visitor, dialog_manager: DialogManager, ledger: Ledger
    ) -> None:
        facilitates = await _facilitates(ledger, visitor)
        await door(dialog_manager, collective=_only(facilitates))

    return opened


async def new(
    message: Message, visitor: Visitor, dialog_manager: DialogManager, ledger: Ledger
) -> None:
    """Open the wizard that creates a collective."""
    async with ledger.reading() as store:
        await access.ensure_coordinator(store, person_of(visitor).id)
    await doors.open_founding(dialog_manager)


async def invite(
    message: Message, visitor: Visitor, dialog_manager: DialogManager, ledger: Ledger
) -> None:
    """Give the facilitator her members' invitation; ask for which collective if need be."""
    facilitates = await _facilitates(ledger, visitor)
    if len(facilitates) > 1:
        await doors.open_inviting(dialog_manager)
    else:
        await show_invite(dialog_manager, facilitates[0])


async def oversee(
    message: Message, visitor: Visitor, dialog_manager: DialogManager, ledger: Ledger
) -> None:
    """Show a coordinator the collectives."""
    async with ledger.reading() as store:
        await access.ensure_coordinator(store, person_of(visitor).id)
    await doors.open_overseeing(dialog_manager)


async def broadcast(
    message: Message, visitor: Visitor, dialog_manager: DialogManager, ledger: Ledger
) -> None:
    """Open the composer; who coordinates may write to all collectives."""
    async with ledger.reading() as store:
        standing = await store.people.standing(person_of(visitor).id)
    if not standing.facilitates and not standing.coordinator:
        raise NotAllowed
    if not standing.facilitates:
        await doors.open_wide_broadcasting(dialog_manager, everywhere=EVERYWHERE)
        return
    only = None if standing.coordinator else _only(sorted(standing.facilitates))
    await doors.open_broadcasting(dialog_manager, collective=only, coordinates=standing.coordinator)


async def broadcasts_sent(
    message: Message, visitor: Visitor, dialog_manager: DialogManager
) -> None:
    """Show what she has sent and planned."""
    person_of(visitor)
    await doors.open_reviewing(dialog_manager)


async def summary(
    message: Message, visitor: Visitor, dialog_manager: DialogManager, ledger: Ledger
) -> None:
    """Show how a collective is doing; ask which one when there are several."""
    async with ledger.reading() as store:
        readable = await summaries.readable(store, by=person_of(visitor).id)
    if not readable:
        raise NotAllowed
    await doors.open_reading(dialog_manager, collective=_only([each.id for each in readable]))


async def crisis(
    message: Message,
    visitor: Visitor,
    dialog_manager: DialogManager,
    ledger: Ledger,
    screen: Screen,
) -> None:
    """Offer to ask a collective whether its members are safe; first which one if need be.

    A member who writes it may be in need herself: she is told what she can do.
    """
    async with ledger.reading() as store:
        readable = await summaries.readable(store, by=person_of(visitor).id)
    if not readable:
        await _belongs(ledger, visitor)
        said = {"refusal": refusals.CRISIS_OF_OTHERS}
        await screen.reply(message.chat.id, "refusal", said)
        return
    await doors.open_crisis(dialog_manager, collective=_only([each.id for each in readable]))


async def propose(
    message: Message, visitor: Visitor, dialog_manager: DialogManager, ledger: Ledger
) -> None:
    """Ask what she proposes; first to which collective when there are several."""
    await doors.open_proposing(dialog_manager, collective=_only(await _belongs(ledger, visitor)))


async def setback(
    message: Message, visitor: Visitor, dialog_manager: DialogManager, ledger: Ledger
) -> None:
    """Ask what has happened; first to which collective when there are several."""
    await doors.open_setback(dialog_manager, collective=_only(await _belongs(ledger, visitor)))


async def plan(
    message: Message, visitor: Visitor, dialog_manager: DialogManager, ledger: Ledger
) -> None:
    """Ask what is planned; first for which collective when there are several."""
    await doors.open_planning(dialog_manager, collective=_only(await _belongs(ledger, visitor)))


async def pair(
    message: Message, visitor: Visitor, dialog_manager: DialogManager, ledger: Ledger
) -> None:
    """Ask a coordinator which two collectives are to visit each other."""
    async with ledger.reading() as store:
        await access.ensure_coordinator(store, person_of(visitor).id)
    await doors.open_pairing(dialog_manager)


async def _belongs(ledger: Ledger, visitor: Visitor) -> list[int]:
    """Return the collectives that she belongs to; raise NotAllowed where there are none."""
    async with ledger.reading() as store:
        standing = await store.people.standing(person_of(visitor).id)
    if not standing.member_of | standing.facilitates:
        raise NotAllowed
    return sorted(standing.member_of | standing.facilitates)


async def _facilitates(ledger: Ledger, visitor: Visitor) -> list[int]:
    async with ledger.reading() as store:
        standing = await store.people.standing(person_of(visitor).id)
    if not standing.facilitates:
        raise NotAllowed
    return sorted(standing.facilitates)


def _only(collectives: list[int]) -> int | None:
    """Return the one collective there is, None when she has to choose."""
    return collectives[0] if len(collectives) == 1 else None
