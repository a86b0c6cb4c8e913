"""Who is there: people, groups and the bot, and how the Bot API shows them."""

from dataclasses import dataclass, field
from typing import Any

#: Private users' ids outgrew 32 bits long ago; ours do too, so nothing may squeeze them.
FIRST_PERSON_ID = 7_100_000_001
FIRST_GROUP_ID = -4_000_000_001
FIRST_SUPERGROUP_ID = -1_002_000_000_001
BOT_ID = 8_000_000_001

#: Who speaks when an administrator hides, or when a group speaks for itself.
ANONYMOUS = {
    "id": 1_087_968_824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
ANONYMOUS_ID = 1_087_968_824

NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with a phone."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    #: She wrote to the bot at least once; before that the bot cannot find her.
    started: bool = False
    blocked: bool = False
    #: She has deleted her account: others see no name any more.
    deleted: bool = False
    #: Marks of whoever made her (sample, note …), shown by the page, unknown to the bot.
    extra: dict[str, Any] = field(default_factory=dict)

    def names(self) -> dict[str, Any]:
        """Her name fields, as users and private chats share them."""
        if self.deleted:
            return {"first_name": ""}
        known = {
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
        }
        return {key: value for key, value in known.items() if value}

    def user(self) -> dict[str, Any]:
        """Give the Bot API's User."""
        user = {"id": self.id, "is_bot": False, **self.names()}
        if self.language_code and not self.deleted:
            user["language_code"] = self.language_code
        return user

    def chat(self) -> dict[str, Any]:
        """Give the Bot API's Chat: her private chat with the bot."""
        return {"id": self.id, **self.names(), "type": "private"}


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group; its first member is its creator."""

    id: int
    title: str
    type: str = "group"
    members: tuple[int, ...] = ()
    #: Administrators beside the creator.
    admins: tuple[int, ...] = ()
    #: Whether it has topics; a supergroup may.
    forum: bool = False
    #: absent (never was there), member, administrator, left (by itself) or kicked.
    bot: str = "absent"
    #: The supergroup it became; it is then dead itself.
    migrated_to: int | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def bot_present(self) -> bool:
        """Whether the bot is in the group, as a member or more."""
        return self.bot in {"member", "administrator"}

    def is_admin(self, user: int) -> bool:
        """Whether a person runs the group: its creator or an administrator."""
        return user in self.members and (user == self.members[0] or user in self.admins)

    def chat(self) -> dict[str, Any]:
        """Give the Bot API's Chat, with the legacy fields that basic groups still carry."""
        chat = {"id": self.id, "title": self.title, "type": self.type}
        if self.type != "group":
            return {**chat, "is_forum": True} if self.forum else chat
        return {**chat, "all_members_are_administrators": True, "accepted_gift_types": NO_GIFTS}


@dataclass(frozen=True, kw_only=True)
class BotAccount:
    """The one bot; texts by language code, "" for everybody else."""

    id: int
    token: str
    username: str
    names: dict[str, str]
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    #: Privacy mode: in groups it hears only what is meant for it.
    privacy: bool = True

    def user(self) -> dict[str, Any]:
        """Give the Bot API's User, as others see the bot."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.names[""],
            "username": self.username,
        }

    def state(self) -> dict[str, Any]:
        """Give what the page shows; never the token."""
        return {
            "id": self.id,
            "first_name": self.names[""],
            "username": self.username,
            "description": self.descriptions.get("", ""),
            "short_description": self.short_descriptions.get("", ""),
            "privacy": self.privacy,
        }
