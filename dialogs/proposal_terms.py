"""The pages that change a line of a proposal: secrecy, quorum, closing, who is told, the ballot."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import ChatEvent, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Group, ManagedCalendar, Select, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective import decisions
from collective.calendar import Hours, local_day, local_moment
from collective.decisions import Secrecy, usual_secrecy
from collective.terms import Announced, ensure_closing
from dialogs.choices import Choices, choice_window, whole_hours
from dialogs.days import Days
from dialogs.doors import Proposing
from dialogs.proposed import draft_of, onward, say, secrecy
from dialogs.text import Label, T, words_of
from locales.markers import N_, NP_
from locales.words import Words
from reports import deciding

#: In how many days a vote may close without looking at a calendar.
_DAYS = (1, 2, 3, 7)
#: Shares of those who can vote, as (numerator, denominator); the first is the usual one.
_SHARES = ((1, 2), (2, 3), (3, 4), (1, 1))


def windows() -> tuple[Window, ...]:
    """Return the pages."""
    return (
        Window(
            T(N_("Is it an election, or about a person? Then a secret vote is better.")),
            Format("\n{label}"),
            Button(Label(NP_("button", "🔒 Secret vote")), "yes", on_click=secret, when="offered"),
            Button(Label(NP_("button", "👁 Open vote")), "no", on_click=open_),
            getter=labels,
            preview_data={"label": "…", "offered": True},
            state=Proposing.secrecy,
        ),
        Window(
            T(N_("How many have to vote for the result to count?")),
            Group(
                Select(
                    Format("{item[1]}"),
                    id="least",
                    item_id_getter=lambda item: item[0],
                    items="shares",
                    on_click=least,
                ),
                width=1,
            ),
            _back(),
            getter=shares,
            preview_data={"shares": [("0", "5 / 9")]},
            state=Proposing.quorum,
        ),
        choice_window(
            Proposing.closing,
            T(N_("When does the vote close?")),
            days,
            in_days,
            SwitchTo(Label(NP_("button", "Another day")), id="other", state=Proposing.day),
            _back(),
            width=2,
        ),
        Window(
            T(N_("On which day does the vote close?")),
            Days(id="day", on_click=on_day),
            _back(),
            getter=first_day,
            preview_data={"first_day": date(2026, 11, 26)},
            state=Proposing.day,
        ),
        choice_window(
            Proposing.hour, T(N_("At what time does it close?")), hours, at_hour, _back(), width=4
        ),
        choice_window(
            Proposing.announced, T(N_("Who is told of the vote?")), told, announced, _back()
        ),
        Window(
            T(N_("The members will see:")),
            Format("\n{ballot}"),
            _back(),
            getter=ballot,
            preview_data={"ballot": "…"},
            state=Proposing.card,
        ),
    )


async def labels(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say what each means, or why it cannot be secret."""
    draft, words = await draft_of(dialog_manager), words_of(dialog_manager)
    if not draft.may_be_secret:
        return {"label": secrecy(draft, words), "offered": False}
    both = [deciding.label(each, words) for each in (Secrecy.SECRET, Secrecy.OPEN)]
    return {"label": "\n\n".join(both), "offered": True}


async def secret(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Make it secret."""
    kept = usual_secrecy(about_a_person=True)
    await say(manager, lambda terms: replace(terms, secrecy=kept, quorum=None))
    await onward(manager)


async def open_(_query: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Make it open."""
    kept = usual_secrecy(about_a_person=False)
    await say(manager, lambda terms: replace(terms, secrecy=kept))
    await onward(manager)


async def shares(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Offer half of those who can vote, and more."""
    draft, words = await draft_of(dialog_manager), words_of(dialog_manager).plain
    least = decisions.needed(
        None, entitled=draft.voters, secrecy=draft.terms.secrecy or Secrecy.OPEN
    )
    wanted = {max(least, -(-draft.voters * top // bottom)) for top, bottom in _SHARES[1:]}
    usual = words.pgettext("button", "Half of us: {n}", n=words.number(least))
    some = [
        (str(n), words.pgettext("button", "{n} of us", n=words.number(n)))
        for n in sorted(wanted - {least, draft.voters})
        if n <= draft.voters
    ]
    every = words.pgettext("button", "All of us: {n}", n=words.number(draft.voters))
    return {"shares": [("0", usual), *some, (str(draft.voters), every)]}


async def least(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Keep how many have to vote; 0 is the usual half, whoever comes or goes."""
    await say(manager, lambda terms: replace(terms, quorum=int(item) or None))
    await onward(manager)


async def in_days(manager: DialogManager, item: str) -> None:
    """Let it close in some days, at this hour."""
    now: datetime = manager.middleware_data["clock"].now()
    await _close(manager, now + timedelta(days=int(item)))


async def on_day(
    _event: ChatEvent, _widget: ManagedCalendar, manager: DialogManager, day: date
) -> None:
    """Keep the day and ask for the hour, one at which the others may be told what came out."""
    allowed = (await draft_of(manager)).collective.hours
    kept = {"day": day.isoformat(), "first": f"{allowed.first}", "last": f"{allowed.last}"}
    manager.dialog_data.update(kept)
    await manager.switch_to(Proposing.hour)


async def at_hour(manager: DialogManager, item: str) -> None:
    """Let it close on the chosen day at that hour, or the next one allowed; raise ClosingUnfit."""
    day = date.fromisoformat(manager.dialog_data["day"])
    zone = (await draft_of(manager)).collective.zone
    await _close(manager, local_moment(day, time.fromisoformat(item), zone))


async def announced(manager: DialogManager, item: str) -> None:
    """Keep who is told."""
    await say(manager, lambda terms: replace(terms, announced=Announced(item)))
    await onward(manager)


async def first_day(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Say from which day on a vote can close."""
    draft, now = await draft_of(dialog_manager), dialog_manager.middleware_data["clock"].now()
    return {"first_day": local_day(now, draft.collective.zone)}


async def ballot(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    """Show the question and the answers as they will be asked."""
    draft, words = await draft_of(dialog_manager), words_of(dialog_manager)
    visitor = dialog_manager.middleware_data["visitor"]
    proposal = draft.proposal
    lines = [
        deciding.asks(visitor.person.name, words),
        deciding.question(proposal.terms, words),
        deciding.label(proposal.terms.secrecy, words),
        deciding.consulted(proposal.terms, words),
        *(f"▫️ {deciding.numbered(proposal, each, words)}" for each in proposal.choices),
    ]
    return {"ballot": "\n".join(lines)}


def days(_manager: DialogManager, words: Words) -> Choices:
    """Offer when it closes."""
    return [(str(n), words.npgettext("button", "In {n} day", "In {n} days", n)) for n in _DAYS]


def hours(manager: DialogManager, words: Words) -> Choices:
    """Offer the hours of a day."""
    first, last = (time.fromisoformat(manager.dialog_data[end]) for end in ("first", "last"))
    return whole_hours(Hours(first=first, last=last), words)


def told(_manager: DialogManager, words: Words) -> Choices:
    """Offer who hears of it."""
    return [
        (Announced.GROUP.value, words.pgettext("button", "Each of us and the group")),
        (Announced.MEMBERS.value, words.pgettext("button", "Each of us only")),
    ]


async def _close(manager: DialogManager, moment: datetime) -> None:
    now = manager.middleware_data["clock"].now()
    kept = ensure_closing(moment, now)
    await say(manager, lambda terms: replace(terms, closes_at=kept))
    await onward(manager)


def _back() -> SwitchTo:
    return SwitchTo(Label(NP_("button", "Back")), id="back", state=Proposing.review)
