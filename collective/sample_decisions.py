"""Decisions of the sample collective: three that are over, and one that waits for votes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from collective.actions import ballots, carrying_out, closing, proposals
from collective.decisions import Carried, Consulted, Method, Secrecy
from collective.ports import Ledger
from collective.terms import Announced, Terms


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One proposal with what was voted, and what became of it."""

    author: str
    terms: Terms
    #: How long before now it was put to the vote, and how long the vote lasted.
    before: timedelta
    lasts: timedelta = timedelta(days=3)
    #: What each voted, by her name.
    votes: Mapping[str, str]
    sentence: str | None = None
    carried: Carried | None = None


#: Oldest first.
DECISIONS = (
    Decided(
        author="Béatrice",
        terms=Terms(
            question="On achète une machine à broder ensemble ?",
            method=Method.MAJORITY,
            consulted=Consulted.NOBODY,
            secrecy=Secrecy.OPEN,
        ),
        before=timedelta(weeks=9),
        votes=dict.fromkeys(("Aline", "Béatrice", "Clarisse", "Espérance", "Gloria"), "yes")
        | {"Dorcas": "no"},
        sentence="On achète une machine d’occasion, chacune met 10 dollars.",
        carried=Carried.DONE,
    ),
    Decided(
        author="Espérance",
        terms=Terms(
            question="Qui tient la caisse jusqu’en mars ?",
            method=Method.CHOICE,
            options=("Clarisse", "Dorcas"),
            consulted=Consulted.NOBODY,
            secrecy=Secrecy.SECRET,
        ),
        before=timedelta(weeks=5),
        votes=dict.fromkeys(("Aline", "Béatrice", "Clarisse", "Furaha"), "1")
        | dict.fromkeys(("Dorcas", "Gloria"), "2"),
    ),
    Decided(
        author="Aline",
        terms=Terms(
            question="Tokoteka na zando ya Kadutu mokolo mwa mposo?",
            method=Method.CONSENT,
            concerned="bateki ya zando",
            consulted=Consulted.NO,
            secrecy=Secrecy.OPEN,
        ),
        before=timedelta(weeks=3),
        votes=dict.fromkeys(("Aline", "Béatrice", "Clarisse", "Dorcas"), "agree")
        | {"Furaha": "abstain"},
        sentence="Tokoteka na Kadutu mokolo mwa mposo nyonso.",
        carried=Carried.PARTLY,
    ),
    Decided(
        author="Dorcas",
        terms=Terms(
            question="On accueille deux apprenties en janvier ?",
            method=Method.MAJORITY,
            concerned="les familles des apprenties",
            consulted=Consulted.PLANNED,
            secrecy=Secrecy.SECRET,
            announced=Announced.MEMBERS,
        ),
        before=timedelta(days=1),
        votes={"Dorcas": "yes", "Furaha": "yes", "Gloria": "no"},
    ),
)


async def fill(
    ledger: Ledger, collective_id: int, persons: Mapping[str, int], *, now: datetime
) -> None:
    """Propose, vote and close as people would have; `persons` are their numbers by name."""
    for place, decided in enumerate(DECISIONS):
        opened = now - decided.before
        number = await _vote(ledger, collective_id, persons, decided, f"sample:{place}", opened)
        closes = opened + decided.lasts
        if closes <= now:
            async with ledger.writing() as store:
                await closing.close(store, number, now=closes)
        if decided.sentence is not None:
            await _carry_out(ledger, number, persons[decided.author], decided, now)


async def _vote(
    ledger: Ledger,
    collective_id: int,
    persons: Mapping[str, int],
    decided: Decided,
    draft: str,
    opened: datetime,
) -> int:
    by = persons[decided.author]
    terms = replace(decided.terms, closes_at=opened + decided.lasts)
    async with ledger.writing() as store:
        made = await proposals.draft(store, collective_id, terms, draft=draft, by=by, now=opened)
        await proposals.open_vote(store, made.id, by=by, now=opened)
    for name, choice in decided.votes.items():
        async with ledger.writing() as store:
            await ballots.cast(store, made.id, choice, by=persons[name], now=opened)
    return made.id


async def _carry_out(ledger: Ledger, number: int, by: int, decided: Decided, now: datetime) -> None:
    async with ledger.writing() as store:
        await carrying_out.conclude(store, number, decided.sentence or "", by=by, now=now)
        if decided.carried is not None:
            await carrying_out.judge(store, number, decided.carried, by=by, now=now)
