"""What a typed text means on a card: a choice by number, face or word, or a button by its label.

People write as they speak, so every language we have is understood, whichever the card is in.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from aiogram.types import CallbackQuery, Message

from collective import checkins, decisions
from collective.decisions import Choice as Vote
from collective.forms import Question
from collective.letters import fold
from collective.proposals import Proposal
from locales.languages import SOURCE, languages
from locales.markers import NP_
from locales.words import Words
from reports import deciding

#: Other words for a choice, by its key; a catalog lists them with commas between.
_OTHERWISE: Mapping[str, tuple[str, str]] = {
    # Translators: words by which people say yes, no and a little when they type an answer.
    "yes": NP_("typed", "yes, yeah"),
    "no": NP_("typed", "no, nope"),
    "a_little": NP_("typed", "a little, a bit"),
}
#: People say yes and no to a proposal too, whatever its buttons are called.
_AS_SAID: Mapping[str, str] = {Vote.AGREE: "yes", Vote.DISAGREE: "no"}
#: The id of a press that was written: Telegram knows nothing of it.
WRITTEN = "written"
#: A label with its number, folded.
NUMBERED = re.compile(r"(\d+) (.+)")
#: What makes a face wide or dark; the face is the same.
_SHADES = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")


def answer(question: Question, text: str) -> str | None:
    """Return the answer that a text stands for, None where it stands for none."""
    digits = checkins.read_typed(question, text)
    return digits or spoken(question, text)


def spoken(question: Question, text: str) -> str | None:
    """The same without digits, which every question has: faces and words only."""
    for parts in ([text], _parts(text)):
        keys = [_choice(question, part) for part in parts]
        found = [key for key in keys if key is not None]
        if len(found) == len(keys):
            return checkins.together(question, found)
    return None


def ballot(proposal: Proposal, text: str) -> str | None:
    """Return the choice that a text stands for in a vote: its number, its words, or both."""
    options = proposal.terms.options
    number = decisions.read_typed(proposal.method, len(options), text)
    if number is not None:
        return number
    said = fold(text)
    for place, choice in enumerate(proposal.choices, 1):
        found = {fold(deciding.choice_name(choice, options, words)) for words in tongues()}
        key = _AS_SAID.get(choice, choice)
        if key in _OTHERWISE:
            found |= {fold(w) for s in tongues() for w in s.pgettext(*_OTHERWISE[key]).split(",")}
        if said and said.removeprefix(f"{place} ") in found:
            return choice
    return None


def agrees(text: str) -> bool | None:
    """Return whether a text says yes or no, None where it says neither."""
    said = fold(text)
    for key in ("yes", "no"):
        if said in {fold(w) for s in tongues() for w in s.pgettext(*_OTHERWISE[key]).split(",")}:
            return key == "yes"
    return None


def button(buttons: Iterable[tuple[str, str | None]], text: str) -> str | None:
    """Return the data of the button whose label the text is, or its number, or what follows it.

    `buttons` are labels with their data.
    """
    said = fold(text)
    for label, data in buttons:
        numbered = NUMBERED.fullmatch(fold(label))
        if said and data and said in {fold(label), *(numbered.groups() if numbered else ())}:
            return data
    return None


def among(names: Iterable[tuple[int, str]], text: str) -> list[tuple[int, str]]:
    """Return those whose name holds a text; none does: those of which a word looks like it.

    `names` are numbers with their names, and stay in their order.
    """
    said, known = fold(text), [(number, name, fold(name)) for number, name in names]
    held = [(number, name) for number, name, folded in known if said and said in folded]
    if held:
        return held
    words = {word for _, _, folded in known for word in (folded, *folded.split())}
    near = set(get_close_matches(said, words, n=len(words) or 1))
    return [(number, name) for number, name, folded in known if near & {folded, *folded.split()}]


def as_pressed(message: Message, card: int, data: str) -> CallbackQuery:
    """Return what a written label stands for: a press on that card. Nothing spins that waits."""
    # "from" is no name that Python takes.
    sender: dict[str, Any] = {"from": message.from_user}
    return CallbackQuery(
        id=WRITTEN,
        **sender,
        chat_instance=WRITTEN,
        message=message.model_copy(update={"message_id": card}),
        data=data,
    ).as_(message.bot)


def _choice(question: Question, text: str) -> str | None:
    said, face = fold(text), _SHADES.sub("", text.strip())
    for place, choice in enumerate(question.choices, 1):
        if face and face == _SHADES.sub("", choice.face):
            return choice.key
        if said and said.removeprefix(f"{place} ") in _words(choice.key, choice.label):
            return choice.key
    return None


def _parts(text: str) -> list[str]:
    return [part for part in re.split(_joints(), text, flags=re.IGNORECASE) if part.strip()]


@cache
def _words(key: str, label: str) -> frozenset[str]:
    """Every way to say a choice, in every language, folded."""
    found = []
    for words in tongues():
        found.append(words.pgettext("choice", label))
        if key in _OTHERWISE:
            found += words.pgettext(*_OTHERWISE[key]).split(",")
    return frozenset(fold(each) for each in found)


@cache
def _joints() -> str:
    """What stands between the members of a list: signs, and each language's word for "and"."""
    ands = {re.escape(words.list_and("ab")[1:-1].strip()) for words in tongues()}
    return rf"[,;+&/\n]|\b(?:{'|'.join(sorted(ands))})\b"


@cache
def tongues() -> tuple[Words, ...]:
    """Return the plain words of every language, the source's too."""
    return tuple(Words(lang).plain for lang in (*languages(), SOURCE))
