"""What a renderer makes: a card, or a person's menu of commands."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from aiogram.filters.callback_data import CallbackData

from collective.forms import Form
from collective.outbox import Ids
from collective.people import Account
from collective.ports import Store
from collective.retention import Retention
from locales.words import Words

#: What stands between a press and the person whose card it is on.
WHOSE = "~"
#: Bits of the largest id a database keeps.
_WIDEST = 63


@dataclass(frozen=True, kw_only=True)
class Button:
    """One button: callback data of at most 64 bytes, a link, or a key that asks for a group."""

    label: str
    data: str | None = None
    url: str | None = None
    #: It lets her choose one of her groups in which I am; this number comes back with her choice.
    asks_group: int | None = None


class Press(CallbackData, prefix="-"):
    """What a button of a card carries. Anybody can write one, with any number and any name.

    Behind it may stand whose card it is (`owners.addressed`): no press is about that.
    """

    @classmethod
    def unpack(cls, value: str) -> Self:
        """Read one back; raise ValueError where a number is wider than any record's."""
        press = super().unpack(value.partition(WHOSE)[0])
        if any(type(each) is int and each.bit_length() > _WIDEST for _, each in press):
            raise ValueError("number")
        return press


#: Rows of buttons, from top to bottom.
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Media:
    """A file that comes with a card: by Telegram's id, by its bytes, or by both."""

    #: "photo", "voice" (OGG with Opus) or "document".
    kind: str
    #: What it is called where its bytes are sent.
    name: str
    content: bytes | None = field(default=None, repr=False)
    #: Tried first; another bot's id is refused, and then the bytes are sent.
    file_id: str | None = None
    #: The broadcast and the language whose record learns the id of what was sent by its bytes.
    version: tuple[int, str] | None = None
    #: The proposal that asks by it, whose record holds its bytes and learns their id.
    question: int | None = None
    #: The card says enough without it, where Telegram takes no such file in a chat.
    spare: bool = False


@dataclass(frozen=True, kw_only=True)
class Card:
    """A message ready to leave: HTML, rows of buttons, perhaps a file."""

    #: HTML, as `words` make it. With a file it is the caption: 1,024 characters at most.
    text: str
    buttons: Rows = ()
    media: Media | None = None
    silent: bool = False
    #: Its buttons are large keys in place of the letters; or such keys are folded away.
    large: bool = False
    folds: bool = False
    #: The person it is about. It is drawn in her chat only, and where several persons share the
    #: phone it says whose it is.
    owner: int | None = None
    #: The kind and ids under which a card is remembered, so that a typed answer finds it and an
    #: older copy gives up its buttons. None for messages that ask nothing.
    identity: tuple[str, Ids] | None = None
    #: What it asks beside what its record says, such as a question once more: kept with it.
    asks: str | None = None


@dataclass(frozen=True, kw_only=True)
class Menu:
    """The commands Telegram offers in one chat: (command, description), most useful first."""

    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Wipe:
    """A message of the chat that is taken away, or gets its veil back."""

    message_id: int
    #: What it says when Telegram no longer deletes it.
    instead: str
    #: The veil; None: the message goes.
    cover: Card | None = None


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a renderer may look at: the chat, the records, the forms, the moment, the words."""

    chat_id: int
    #: Whose private chat it is; None in a group, and for who has never written to the bot.
    account: Account | None = None
    store: Store
    forms: Mapping[str, Form]
    words: Words
    now: datetime
    #: How long the operator keeps what.
    keep: Retention
    #: The bot's name at Telegram, for links that lead into the private chat.
    username: str


async def still_there(collective_id: int, scene: Scene) -> bool:
    """Tell whether a group still belongs to the collective, or who is written to still does.

    She may have left it, or made a pause, since the message was queued.
    """
    if scene.chat_id > 0:
        return await scene.store.people.takes_part(scene.chat_id, collective_id, scene.now)
    owner = await scene.store.collectives.by_group(scene.chat_id)
    return owner is not None and owner.id == collective_id


#: A renderer returns None when its message no longer makes sense.
Renderer = Callable[[Ids, Scene], Awaitable[Card | Menu | Wipe | None]]
