"""A card's buttons as Telegram takes them: on the message, or large keys below the chat."""

from typing import Any

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    KeyboardButtonRequestChat,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from dialogs.cards.card import Button, Card

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


def markup(card: Card) -> Markup | None:
    """Return what stands under a card, None for nothing."""
    if card.folds:
        return ReplyKeyboardRemove()
    asks_group = any(button.asks_group is not None for row in card.buttons for button in row)
    return _large(card) if card.buttons and (card.large or asks_group) else inline(card)


def inline(card: Card) -> InlineKeyboardMarkup | None:
    """Return buttons on the message; only these can be changed later."""
    if not card.buttons:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text=button.label, callback_data=button.data, url=button.url)
                for button in row
            ]
            for row in card.buttons
        ]
    )


def written(card: Card) -> dict[str, Any] | None:
    """Return the same as it goes over the wire: aiogram's types cost a fifth of a press."""
    if not card.buttons:
        return None
    return {"inline_keyboard": [[_written(button) for button in row] for row in card.buttons]}


def _written(button: Button) -> dict[str, str]:
    does = {"callback_data": button.data, "url": button.url}
    return {"text": button.label, **{key: value for key, value in does.items() if value}}


def _large(card: Card) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(
        keyboard=[[_key(button) for button in row] for row in card.buttons],
        resize_keyboard=True,
        one_time_keyboard=True,
    )


def _key(button: Button) -> KeyboardButton:
    """Return a key that writes its label, or opens the list of her groups."""
    if button.asks_group is None:
        return KeyboardButton(text=button.label)
    asked = KeyboardButtonRequestChat(
        request_id=button.asks_group, chat_is_channel=False, bot_is_member=True
    )
    return KeyboardButton(text=button.label, request_chat=asked)
