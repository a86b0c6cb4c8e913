"""Every Bot API method the playground offers, by name."""

from collections.abc import Awaitable, Callable
from typing import Any

from playground.methods import (
    account,
    callbacks,
    chats,
    editing,
    menus,
    polling,
    reacting,
    sending,
    webhooks,
)
from playground.params import Params
from playground.world import World

Method = Callable[[World, Params], Any | Awaitable[Any]]

OFFERED: dict[str, Method] = {
    "getMe": account.get_me,
    "getMyName": account.get_my_name,
    "getMyDescription": account.get_my_description,
    "getMyShortDescription": account.get_my_short_description,
    "setMyName": account.set_my_name,
    "setMyDescription": account.set_my_description,
    "setMyShortDescription": account.set_my_short_description,
    "getUpdates": polling.get_updates,
    "setWebhook": webhooks.set_webhook,
    "deleteWebhook": webhooks.delete_webhook,
    "getWebhookInfo": webhooks.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendVoice": sending.send_voice,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "setMessageReaction": reacting.set_message_reaction,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": callbacks.answer_callback_query,
    "setMyCommands": menus.set_my_commands,
    "getMyCommands": menus.get_my_commands,
    "deleteMyCommands": menus.delete_my_commands,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "getFile": chats.get_file,
}

#: As they are looked up: method names are case-insensitive.
BY_NAME = {name.lower(): (name, method) for name, method in OFFERED.items()}
