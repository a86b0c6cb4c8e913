"""The world of one playground: who is there and what was said; every change is told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playground import states
from playground.bell import Bell
from playground.calls import Calls
from playground.clock import Clock
from playground.commands import Commands
from playground.events import Events
from playground.faults import Faults
from playground.files import Files
from playground.messages import Message
from playground.people import (
    ANONYMOUS,
    ANONYMOUS_ID,
    FIRST_GROUP_ID,
    FIRST_PERSON_ID,
    FIRST_SUPERGROUP_ID,
    BotAccount,
    Group,
    Person,
)
from playground.refusals import ControlError
from playground.reply_keys import ReplyKeys
from playground.updates import Updates
from playground.webhook import Webhook


@dataclass(frozen=True, kw_only=True)
class Press:
    """A tap on an inline button, for which the bot owes an answer."""

    person_id: int
    at: float
    answered: bool = False


class World:
    """State only: what people may do is in `acts`, what the bot may do in `methods`."""

    def __init__(self, bot: BotAccount, folder: Path, first_update: int) -> None:
        self.bot = bot
        self.bell = Bell()
        self.clock = Clock()
        self.events = Events(self.bell)
        self.faults = Faults()
        self.updates = Updates(self.clock, self.bell, self.faults, first_update)
        self.webhook = Webhook()
        self.files = Files(folder)
        self.commands = Commands()
        self.reply_keys = ReplyKeys()
        self.calls = Calls()
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.chats: dict[int, dict[int, Message]] = {}
        self.presses: dict[str, Press] = {}
        self.last_message = 0
        #: Of each supergroup; private chats and basic groups share the one above.
        self.last_message_in: dict[int, int] = {}
        self.last_press = 0

    # Who is there

    def person(self, number: int) -> Person:
        """Give that person; for control calls."""
        if number not in self.people:
            raise ControlError(404, f"there is no person {number}")
        return self.people[number]

    def group(self, number: int) -> Group:
        """Give that group; for control calls."""
        if number not in self.groups:
            raise ControlError(404, f"there is no group {number}")
        return self.groups[number]

    def free_person_id(self) -> int:
        """Give the next id for a new person."""
        return max(self.people, default=FIRST_PERSON_ID - 1) + 1

    def free_group_id(self, kind: str) -> int:
        """Give the next id for a new group or supergroup, downwards."""
        first = FIRST_GROUP_ID if kind == "group" else FIRST_SUPERGROUP_ID
        taken = (number for number, group in self.groups.items() if group.type == kind)
        return min(taken, default=first + 1) - 1

    def put_person(self, person: Person) -> None:
        """Add or change a person."""
        self.people[person.id] = person
        self.events.emit("person", person=states.of_person(self, person))

    def put_group(self, group: Group) -> None:
        """Add or change a group."""
        self.groups[group.id] = group
        self.events.emit("group", group=states.of_group(self, group))

    def user(self, number: int) -> dict[str, Any]:
        """Give the Bot API's User of a person, the bot, or whoever hides behind a group."""
        if number == ANONYMOUS_ID:
            return ANONYMOUS
        return self.bot.user() if number == self.bot.id else self.people[number].user()

    def chat(self, number: int) -> dict[str, Any]:
        """Give the Bot API's Chat."""
        return self.people[number].chat() if number > 0 else self.groups[number].chat()

    # What was said

    def message(self, chat_id: int, message_id: int) -> Message | None:
        """Give that message, unless it was deleted or never was."""
        return self.chats.get(chat_id, {}).get(message_id)

    def messages(self, chat_id: int) -> Iterable[Message]:
        """Give a chat, oldest first."""
        return self.chats.get(chat_id, {}).values()

    def say(self, chat_id: int, from_id: int, content: dict[str, Any], **more: Any) -> Message:
        """Add a message, dated now."""
        message = Message(
            chat_id=chat_id,
            message_id=self._next_message(chat_id),
            from_id=from_id,
            date=self.clock.stamp(),
            content=content,
            **more,
        )
        self.chats.setdefault(chat_id, {})[message.message_id] = message
        self.events.emit("message", record=self.record(message))
        if self.reply_keys.write(chat_id, from_id):
            self.tell_keys(chat_id)
        return message

    def was_said(self, chat_id: int, message_id: int) -> bool:
        """Whether there is or once was such a message, as far as the counters know."""
        counted = chat_id > 0 or self.groups[chat_id].type == "group"
        last = self.last_message if counted else self.last_message_in.get(chat_id, 0)
        return 0 < message_id <= last

    def _next_message(self, chat_id: int) -> int:
        """Count on: in a supergroup for itself, elsewhere all over this bot account."""
        if chat_id > 0 or self.groups[chat_id].type == "group":
            self.last_message += 1
            return self.last_message
        self.last_message_in[chat_id] = self.last_message_in.get(chat_id, 0) + 1
        return self.last_message_in[chat_id]

    def change(self, message: Message, **fields: Any) -> Message:
        """Edit a message; its edit date becomes now."""
        edited = replace(message, edit_date=self.clock.stamp(), **fields)
        self.chats[message.chat_id][message.message_id] = edited
        self.events.emit("edit", record=self.record(edited))
        return edited

    def react(self, message: Message, emoji: str | None) -> None:
        """Put the bot's reaction under a message, or take it away; that is no edit."""
        changed = replace(message, reaction=emoji)
        self.chats[message.chat_id][message.message_id] = changed
        self.events.emit("edit", record=self.record(changed))

    def erase(self, message: Message) -> None:
        """Delete a message for everyone."""
        del self.chats[message.chat_id][message.message_id]
        self.events.emit("delete", chat_id=message.chat_id, message_id=message.message_id)
        if self.reply_keys.erase(message.chat_id, message.message_id):
            self.tell_keys(message.chat_id)

    def shown(self, message: Message, *, with_reply: bool = True) -> dict[str, Any]:
        """Give the Bot API's Message; the one it replies to is shown without its own reply."""
        shown = {
            **message.shown(),
            "from": self.user(message.from_id),
            "chat": self.chat(message.chat_id),
        }
        if message.from_id == ANONYMOUS_ID:
            shown["sender_chat"] = shown["chat"]
        original = self.message(message.chat_id, message.reply_to or 0)
        if with_reply and original is not None:
            shown["reply_to_message"] = self.shown(original, with_reply=False)
        return shown

    def record(self, message: Message) -> dict[str, Any]:
        """Give the page's record of a message (README)."""
        return {
            **message.record(),
            "by_bot": message.from_id == self.bot.id,
            "message": self.shown(message),
        }

    def tell_keys(self, chat_id: int) -> None:
        """Let the page know of other reply keyboards in that chat."""
        if chat_id > 0:
            self.put_person(self.people[chat_id])
        else:
            self.put_group(self.groups[chat_id])
