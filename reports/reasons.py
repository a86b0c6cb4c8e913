"""Why a message did not arrive, in plain words, and what helps."""

from collections.abc import Mapping

from locales.markers import N_
from locales.words import Words

#: What stands in the way of every message to a person, by the reason kept with her account.
_PEOPLE: Mapping[str, str] = {
    "blocked": N_("has blocked me. Once she writes to me again, my next messages reach her."),
    "deactivated": N_("has deleted her Telegram account. Invite her with her new one."),
    "never_started": N_("has not begun with me. Let her open her invitation link."),
    "chat_not_found": N_("has not begun with me. Let her open her invitation link."),
    "forbidden": N_("takes no messages from me now. Let her write to me."),
}
#: What stands in the way of every message to a group.
_GROUPS: Mapping[str, str] = {
    "kicked": N_("I was taken out of the group. Add me again: the link is kept."),
    "not_a_member": N_("I am no longer in the group. Add me again: the link is kept."),
    "deleted": N_("The group was deleted. /lier gives me another one."),
    "chat_not_found": N_("I do not find the group. Add me again, or give me another one: /lier"),
    "no_rights": N_("I may not write in the group. Let its administrator allow me to."),
    "forbidden": N_("The group takes no messages from me. Let its administrator allow me to."),
}
#: What stood in the way of one message.
_MESSAGES: Mapping[str, str] = {
    "unclear": N_("Perhaps it arrived: Telegram did not answer."),
    "senseless": N_("It was no longer for them: they left, or make a pause."),
    "no_media": N_("The group takes no pictures, voice notes or files from me."),
    "no_voice": N_("They take no voice messages."),
    "file_gone": N_("The file is no longer at Telegram. Send it to me anew."),
}
_OTHER = N_("Telegram did not take it.")


def of_person(reason: str, words: Words) -> str:
    """Say after a name why nothing reaches her."""
    return words.gettext(_PEOPLE.get(reason, _PEOPLE["forbidden"]))


def of_group(reason: str, words: Words) -> str:
    """Say why nothing reaches a group."""
    return words.gettext(_GROUPS.get(reason, _GROUPS["forbidden"]))


def of_message(reason: str, words: Words) -> str:
    """Say why one message did not arrive."""
    return words.gettext(_MESSAGES.get(reason, _OTHER))
