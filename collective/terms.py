"""The terms of a proposal: what its author says before anybody votes, and what makes it fit."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from collective import decisions
from collective.decisions import Consulted, Method, Secrecy
from collective.errors import (
    ClosingUnfit,
    OptionsUnfit,
    ProposalIncomplete,
    QuorumUnfit,
    TooFewForSecret,
)
from collective.own_words import VoiceNote, ensure_short
from collective.people import clean_text

#: Longest texts, in characters: a question, one option, who else is concerned.
QUESTION_LIMIT, OPTION_LIMIT, CONCERNED_LIMIT = 300, 60, 200


class Announced(StrEnum):
    """Where the opening and the outcome are told, beside the cards of those who can vote."""

    GROUP = "group"
    #: The Telegram group hears nothing of it.
    MEMBERS = "members"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is asked and how: everything its author says, and may still change while it is a draft.

    What is None has not been said yet; `dataclasses.replace` says it.
    """

    #: In words or in a voice note, one of both at least.
    question: str | None = None
    voice: VoiceNote | None = None
    method: Method | None = None
    #: Only of a choice.
    options: tuple[str, ...] = ()
    #: Who else is concerned, in words, and whether they were asked.
    concerned: str | None = None
    consulted: Consulted | None = None
    secrecy: Secrecy | None = None
    #: How many ballots; None: half of those who can vote, rounded up.
    quorum: int | None = None
    closes_at: datetime | None = None
    announced: Announced = Announced.GROUP

    @property
    def edition(self) -> str:
        """Return six hex digits of what a ballot answers: a button made for other terms is told."""
        voice = self.voice.file_id if self.voice else None
        asked = (self.question, voice, self.method, self.options, self.secrecy)
        return hashlib.sha256(repr(asked).encode()).hexdigest()[:6]

    def again(self) -> "Terms":
        """Return the same to be discussed anew; when it closes is said anew too."""
        return replace(self, closes_at=None)


def cleaned(terms: Terms) -> Terms:
    """Return the terms as they are kept; raise TextEmpty, TextTooLong, VoiceTooLong, OptionsUnfit.

    A draft may have gaps, but nothing in it is unfit.
    """
    if terms.voice is not None:
        ensure_short(terms.voice)
    options = tuple(clean_text(each, limit=OPTION_LIMIT) for each in terms.options)
    if len(options) > decisions.MOST_OPTIONS or len({o.casefold() for o in options}) < len(options):
        raise OptionsUnfit(least=decisions.FEWEST_OPTIONS, most=decisions.MOST_OPTIONS)
    return replace(
        terms,
        question=_cleaned(terms.question, QUESTION_LIMIT),
        concerned=_cleaned(terms.concerned, CONCERNED_LIMIT),
        options=options,
    )


def ensure_ready(terms: Terms, *, voters: int, now: datetime) -> None:
    """Raise what keeps a proposal from being voted on by so many.

    ProposalIncomplete names the first field that is missing; ClosingUnfit, OptionsUnfit,
    QuorumUnfit, TooFewForSecret.
    """
    ensure_asked(terms)
    for name in ("method", "consulted", "secrecy", "closes_at"):
        if getattr(terms, name) is None:
            raise ProposalIncomplete(missing=name)
    if terms.method is Method.CHOICE and len(terms.options) < decisions.FEWEST_OPTIONS:
        raise OptionsUnfit(least=decisions.FEWEST_OPTIONS, most=decisions.MOST_OPTIONS)
    ensure_votable(terms, voters=voters)
    ensure_closing(terms.closes_at or now, now)


def ensure_asked(terms: Terms) -> None:
    """Raise ProposalIncomplete where nothing is asked yet."""
    if terms.question is None and terms.voice is None:
        raise ProposalIncomplete(missing="question")


def ensure_votable(terms: Terms, *, voters: int) -> None:
    """Raise TooFewForSecret or QuorumUnfit where so many voters cannot decide like that."""
    secret = terms.secrecy is Secrecy.SECRET
    least = decisions.LEAST_SECRET if secret else 1
    if secret and voters < least:
        raise TooFewForSecret(least=least)
    if terms.quorum is not None and not least <= terms.quorum <= voters:
        raise QuorumUnfit(least=least, most=voters)


def ensure_closing(closes_at: datetime, now: datetime) -> datetime:
    """Return when a vote closes; raise ClosingUnfit for one shorter or longer than votes are."""
    if not now + decisions.SHORTEST <= closes_at <= now + decisions.LONGEST:
        raise ClosingUnfit
    return closes_at


def _cleaned(text: str | None, limit: int) -> str | None:
    return None if text is None else clean_text(text, limit=limit)
