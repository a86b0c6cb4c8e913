"""Group chats: added, removed, linked; short answers, no wizards."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.filters import Command
from aiogram.types import ChatMemberUnion, ChatMemberUpdated, Message

from collective.actions import collectives, reaching
from collective.errors import NotAllowed
from collective.ports import Clock, Ledger
from dialogs import commands
from dialogs.cards import refusals
from dialogs.cards.agenda import GROUP_AGENDA
from dialogs.screen import Screen
from handlers.middlewares import Visitor

_GROUP = F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})
_IN = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED}


def build() -> Router:
    """Return the router of everything that happens in groups."""
    router = Router(name="groups")
    router.message.filter(_GROUP)
    router.my_chat_member.register(membership_changed, _GROUP)
    router.message.register(moved, F.migrate_to_chat_id | F.migrate_from_chat_id)
    router.message.register(anonymous, Command(commands.LINK, commands.UNLINK), F.sender_chat)
    router.message.register(link, Command(commands.LINK))
    router.message.register(unlink, Command(commands.UNLINK))
    router.message.register(summary, Command(*commands.names_of(commands.SUMMARY)))
    router.message.register(planned, Command(*commands.names_of(commands.AGENDA)))
    router.message.register(decisions, Command(*commands.names_of(commands.DECISIONS)))
    router.message.register(help_, Command(*commands.names_of(commands.HELP)))
    router.message.register(others)
    return router


async def membership_changed(
    event: ChatMemberUpdated,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
    visitor: Visitor | None = None,
) -> None:
    """Link a group its facilitator added me to; note where I may not write, and where again."""
    chat_id, now = event.chat.id, clock.now()
    lost = _lost(event.new_chat_member)
    async with ledger.writing() as store:
        if lost is None:
            await reaching.find_again(store, chat_id, now=now)
        else:
            await reaching.lose(store, chat_id, lost, now=now)
    if _inside(event.new_chat_member) and not _inside(event.old_chat_member):
        await _link(chat_id, visitor, ledger, screen, clock)


def _lost(me: ChatMemberUnion) -> str | None:
    """Return why I cannot write in a group, in the words of delivery/outcomes.py; None: I can."""
    if not _inside(me):
        return "kicked" if me.status == ChatMemberStatus.KICKED else "not_a_member"
    return None if getattr(me, "can_send_messages", None) is not False else "no_rights"


def _inside(me: ChatMemberUnion) -> bool:
    """Tell whether I am in a group; who is restricted may be or not."""
    return me.status in _IN and getattr(me, "is_member", True)


async def moved(message: Message, ledger: Ledger) -> None:
    """Follow a group that became a supergroup; it is told in both, in either order."""
    old, new = message.migrate_from_chat_id or message.chat.id, message.chat.id
    async with ledger.writing() as store:
        await collectives.follow_group(store, old, message.migrate_to_chat_id or new)


async def anonymous(message: Message, screen: Screen) -> None:
    """Ask for a name where an administrator writes as the group."""
    await screen.reply(message.chat.id, "refusal", {"refusal": refusals.ANONYMOUS})


async def link(
    message: Message,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
    visitor: Visitor | None = None,
) -> None:
    """Link this group to its facilitator's collective."""
    await _link(message.chat.id, visitor, ledger, screen, clock, asked=True)


async def unlink(
    message: Message,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
    visitor: Visitor | None = None,
) -> None:
    """Forget this group, when its facilitator asks."""
    if visitor is None or visitor.person is None:
        raise NotAllowed
    async with ledger.writing() as store:
        await collectives.unlink_group(
            store, message.chat.id, by=visitor.person.id, now=clock.now()
        )
    await screen.reply(message.chat.id, "refusal", {"refusal": refusals.NO_GROUP})


async def summary(message: Message, ledger: Ledger, screen: Screen) -> None:
    """Show the last summary to the group."""
    await _of_group(message, "overview", ledger, screen)


async def decisions(message: Message, ledger: Ledger, screen: Screen) -> None:
    """Show the group what it votes on and has decided."""
    await _of_group(message, "group_decisions", ledger, screen)


async def planned(message: Message, ledger: Ledger, screen: Screen) -> None:
    """Show the group what is ahead."""
    await _of_group(message, GROUP_AGENDA, ledger, screen)


async def help_(message: Message, screen: Screen) -> None:
    """Say what I do in a group."""
    await screen.reply(message.chat.id, "group_help", {})


async def others(message: Message) -> None:
    """Leave everything else unread: what people write to each other is theirs."""


async def _of_group(message: Message, kind: str, ledger: Ledger, screen: Screen) -> None:
    async with ledger.reading() as store:
        collective = await store.collectives.by_group(message.chat.id)
    if collective is None:
        await screen.reply(message.chat.id, "refusal", {"refusal": refusals.NO_GROUP})
    else:
        await screen.reply(message.chat.id, kind, {"collective": collective.id})


async def _link(
    chat_id: int,
    visitor: Visitor | None,
    ledger: Ledger,
    screen: Screen,
    clock: Clock,
    *,
    asked: bool = False,
) -> None:
    person = visitor.person if visitor else None
    async with ledger.reading() as store:
        standing = await store.people.standing(person.id) if person else None
        linked = await store.collectives.by_group(chat_id)
    facilitates = sorted(standing.facilitates) if standing else []
    if linked is not None and (linked.id in facilitates or not asked):
        if asked:
            await screen.reply(chat_id, "group_linked", {"collective": linked.id})
        return
    if person is None or not facilitates:
        which = "NotAllowed" if asked else refusals.NO_GROUP
        await screen.reply(chat_id, "refusal", {"refusal": which})
    elif len(facilitates) == 1:
        async with ledger.writing() as store:
            await collectives.link_group(
                store, facilitates[0], chat_id, by=person.id, now=clock.now()
            )
    else:
        # Their names are nothing for the group to read.
        mine = visitor.account.telegram_id if visitor else chat_id
        await screen.reply(mine, "whose_group", {"person": person.id, "chat": chat_id})
