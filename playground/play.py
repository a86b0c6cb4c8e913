"""What tests and bot.py do in the same process: the very acts the control API calls."""

from typing import Any

from playground import acts, control, gatherings
from playground.passage import Passage
from playground.refusals import ControlError
from playground.world import World


class Play:
    """Everything here is done at once; with `wait=` it returns when the bot has confirmed it."""

    def __init__(self, world: World, passage: Passage) -> None:
        self.world = world
        self._passage = passage

    async def add_person(self, first_name: str, **fields: Any) -> int:
        """Add a person; answers her id."""
        return gatherings.introduce(self.world, {"first_name": first_name, **fields}).id

    async def add_group(self, title: str, *people: int, **fields: Any) -> int:
        """Add a group without the bot; answers its id."""
        body = {"title": title, "members": people, **fields}
        return gatherings.found(self.world, body).id

    async def text(
        self, person: int, text: str, *, wait: bool = False, **where: Any
    ) -> dict[str, Any]:
        """She writes; `where` may name chat_id and reply_to."""
        return await self._act(person, "text", {"text": text, **where}, wait=wait)

    async def send(
        self, person: int, kind: str, *, wait: bool = False, **what: Any
    ) -> dict[str, Any]:
        """She sends a voice, photo or document: `what` as in README, bytes as base64 `data`."""
        return await self._act(person, kind, what, wait=wait)

    async def tap(
        self, person: int, message_id: int, *, wait: bool = False, **which: Any
    ) -> dict[str, Any]:
        """She presses a button: `which` is button=, data= or row= and column=, and chat_id=."""
        return await self._act(person, "tap", {"message_id": message_id, **which}, wait=wait)

    async def press(
        self, person: int, key: str, *, wait: bool = False, **where: Any
    ) -> dict[str, Any]:
        """She presses the key of her reply keyboard with that label; `where` may name chat_id."""
        return await self._act(person, "tap", {"key": key, **where}, wait=wait)

    async def share(
        self, person: int, request_id: int, *, wait: bool = False, **what: Any
    ) -> dict[str, Any]:
        """She answers a key that asks for a chat_id= or for people=."""
        return await self._act(person, "share", {"request_id": request_id, **what}, wait=wait)

    async def link(
        self, person: int, url: str, *, group_id: int | None = None, wait: bool = False
    ) -> dict[str, Any]:
        """She opens a link to the bot."""
        return await self._act(person, "link", {"url": url, "group_id": group_id}, wait=wait)

    async def block(
        self, person: int, *, blocked: bool = True, wait: bool = False
    ) -> dict[str, Any]:
        """She blocks the bot, or takes it back."""
        return await self._act(person, "block", {"blocked": blocked}, wait=wait)

    async def vanish(self, person: int) -> None:
        """She deletes her account."""
        await self._act(person, "vanish", {}, wait=False)

    async def set_privacy(self, *, on: bool) -> None:
        """Turn privacy mode on or off."""
        gatherings.set_privacy(self.world, on=on)

    async def move_bot(
        self,
        group: int,
        *,
        present: bool,
        by: int | None = None,
        admin: bool = False,
        wait: bool = False,
    ) -> int | None:
        """Bring the bot into a group, or send it away; answers the update's id."""
        found = self.world.group(group)
        by = by or found.members[0]
        update = gatherings.move_bot(self.world, found, by, present=present, admin=admin)
        if wait:
            await control.settle(self.world, update)
        return update

    async def move_person(
        self, group: int, person: int, *, present: bool, wait: bool = False
    ) -> int | None:
        """Let a person join or leave a group; answers the update's id."""
        found, mover = self.world.group(group), self.world.person(person)
        update = gatherings.move_person(self.world, found, mover, present=present)
        if wait:
            await control.settle(self.world, update)
        return update

    async def migrate(self, group: int, *, wait: bool = False) -> int:
        """Turn a group into a supergroup; answers its new id."""
        found = self.world.group(group)
        fresh, update = gatherings.migrate(self.world, found, found.members[0])
        if wait:
            await control.settle(self.world, update)
        return fresh.id

    async def push(self, update: dict[str, Any], *, wait: bool = False) -> int:
        """Send the bot an update of any form, as {kind: body}; answers its id."""
        number = self.world.updates.push_raw(update)
        if wait:
            await control.settle(self.world, number)
        return number

    async def push_again(self, update_id: int, *, wait: bool = False) -> None:
        """Send the bot an update of the latest thousand once more."""
        if not self.world.updates.push_again(update_id):
            raise ControlError(404, f"update {update_id} is none of the latest")
        if wait:
            await control.settle(self.world, update_id)

    async def messages(self, chat: int, after: int = 0) -> list[dict[str, Any]]:
        """Give the records of a chat, oldest first (README)."""
        found = [message for message in self.world.messages(chat) if message.message_id > after]
        return [self.world.record(message) for message in found]

    async def move_clock(self, **how: Any) -> dict[str, Any]:
        """As POST clock: advance_seconds=, to="next" or offset_seconds=."""
        return await self._passage.move(how)

    async def _act(
        self, person: int, act: str, body: dict[str, Any], *, wait: bool
    ) -> dict[str, Any]:
        done = acts.do(self.world, self.world.person(person), act, body)
        if wait:
            await control.settle(self.world, done["update_id"])
        return done
