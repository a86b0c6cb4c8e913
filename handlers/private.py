"""Commands in the private chat that open no wizard, and people who leave or come back."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus
from aiogram.filters import Command
from aiogram.types import ChatMemberUpdated, ChatShared, Message

from collective.actions import checkins, collectives
from collective.errors import NotAllowed
from collective.ports import Clock, Ledger
from dialogs import commands
from dialogs.screen import Screen
from handlers.filters import Private
from handlers.middlewares import Visitor, person_of


def build() -> Router:
    """Return the router of the private chat's plain commands."""
    router = Router(name="private")
    router.message.filter(Private())
    router.message.register(point, Command(*commands.names_of(commands.POINT)))
    router.message.register(my_answers, Command(*commands.names_of(commands.MY_ANSWERS)))
    router.message.register(group_chosen, F.chat_shared.as_("chat_shared"))
    router.my_chat_member.register(reachability_changed, Private())
    return router


async def point(
    message: Message, visitor: Visitor, ledger: Ledger, screen: Screen, clock: Clock
) -> None:
    """Show her open check-ins, the newest last; one that she stopped goes on."""
    open_ = []
    if visitor.person is not None:
        async with ledger.reading() as store:
            open_ = await store.checkins.open_for(visitor.person.id, clock.now())
    for checkin in open_:
        if checkin.stopped:
            async with ledger.writing() as store:
                await checkins.go_on(store, checkin.id, by=checkin.person_id, now=clock.now())
        await screen.reply(message.chat.id, checkins.CARD, {"checkin": checkin.id})
    if not open_:
        await screen.reply(message.chat.id, "no_checkin", {})


async def group_chosen(
    message: Message,
    chat_shared: ChatShared,
    visitor: Visitor,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
) -> None:
    """Link the group she chose to the collective whose key she pressed."""
    by = person_of(visitor).id
    async with ledger.writing() as store:
        collective = await collectives.link_group(
            store,
            chat_shared.request_id,
            chat_shared.chat_id,
            by=by,
            now=clock.now(),
        )
    await screen.reply(message.chat.id, "group_chosen", {"collective": collective.id})


async def my_answers(message: Message, visitor: Visitor, ledger: Ledger, screen: Screen) -> None:
    """Show a member her own line."""
    person = visitor.person
    async with ledger.reading() as store:
        standing = await store.people.standing(person.id) if person else None
    if person is None or standing is None or not standing.member_of:
        raise NotAllowed
    await screen.reply(message.chat.id, "own_line", {"person": person.id})


async def reachability_changed(event: ChatMemberUpdated, ledger: Ledger) -> None:
    """Note that she blocked me; that she is back is noted by any update of hers."""
    if event.new_chat_member.status == ChatMemberStatus.KICKED:
        async with ledger.writing() as store:
            await store.people.set_unreachable(event.chat.id, "blocked")
