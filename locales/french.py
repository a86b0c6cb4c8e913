"""What a machine can check in a French text: apostrophes, and spaces before ? ! ; : and in « »."""

import html
import re

from babel.messages.catalog import Message

from locales.languages import texts

#: The narrow no-break space: a sign never begins a line of its own on a narrow screen.
THIN = "\u202f"

_MARKUP = re.compile(r"<[^>]*>|\{[^}]*\}")
# A colon counts where a space or the end follows: not in 17:00 nor in an address.
_TIGHT = re.compile(rf"(?:[^{THIN}?!…]|^)(?:[?!;]|:(?=\s|$))|«(?!{THIN})|(?<!{THIN})»")


def problems(message: Message) -> list[str]:
    """Say what is wrong with the typography of an entry, a line for each fault."""
    found = []
    for text in texts(message.string):
        # A placeholder stands for a word: what follows it is still set like French.
        bare = html.unescape(_MARKUP.sub(lambda tag: "x" * tag[0].startswith("{"), text))
        if "'" in bare:
            found.append(f"straight apostrophe, write ’: {text}")
        if sign := _TIGHT.search(bare):
            found.append(f"no U+202F at {sign[0].strip()!r}: {text}")
    return found
