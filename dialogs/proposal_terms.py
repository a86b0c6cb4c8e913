"""The pages that change a line of a proposal: secrecy, quorum, who is told, the ballot."""

from dataclasses import replace
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Format

from collective import decisions
from collective.decisions import Secrecy, usual_secrecy
from collective.terms import Announced
from dialogs import proposal_closing
from dialogs.choices import Choices, buttons, choice_window
from dialogs.proposed import draft_of, onward, say, secrecy
from dialogs.states import Proposing
from dialogs.text import Label, T, words_of
from locales.markers import N_, NP_
from locales.words import Words
from reports import deciding

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
            Format("\n{floor}", when="floor"),
            buttons("shares", least, name="least"),
            _back(),
            getter=shares,
            preview_data={"shares": [("0", "5 / 9")], "floor": "…"},
            state=Proposing.quorum,
        ),
        *proposal_closing.windows(),
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
    """Offer half of those who can vote, and more; in a secret vote never fewer than five."""
    draft, words = await draft_of(dialog_manager), words_of(dialog_manager).plain
    least = decisions.needed(
        None, entitled=draft.voters, secrecy=draft.terms.secrecy or Secrecy.OPEN
    )
    wanted = {max(least, -(-draft.voters * top // bottom)) for top, bottom in _SHARES[1:]}
    floor, usual = "", words.pgettext("button", "Half of us: {n}", n=words.number(least))
    if draft.terms.secrecy is Secrecy.SECRET:
        few = words.number(decisions.LEAST_SECRET)
        floor = words.gettext("In a secret vote, {least} or more have to vote.", least=few)
    if least > -(-draft.voters // 2):
        usual = words.pgettext("button", "{n} of us", n=words.number(least))
    some = [
        (str(n), words.pgettext("button", "{n} of us", n=words.number(n)))
        for n in sorted(wanted - {least, draft.voters})
        if n <= draft.voters
    ]
    every = words.pgettext("button", "All of us: {n}", n=words.number(draft.voters))
    return {"shares": [("0", usual), *some, (str(draft.voters), every)], "floor": floor}


async def least(_query: CallbackQuery, _widget: Any, manager: DialogManager, item: str) -> None:
    """Keep how many have to vote; 0 is the usual half, whoever comes or goes."""
    await say(manager, lambda terms: replace(terms, quorum=int(item) or None))
    await onward(manager)


async def announced(manager: DialogManager, item: str) -> None:
    """Keep who is told."""
    await say(manager, lambda terms: replace(terms, announced=Announced(item)))
    await onward(manager)


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


def told(_manager: DialogManager, words: Words) -> Choices:
    """Offer who hears of it."""
    return [
        (Announced.GROUP.value, words.pgettext("button", "Each of us and the group")),
        (Announced.MEMBERS.value, words.pgettext("button", "Each of us only")),
    ]


def _back() -> SwitchTo:
    return SwitchTo(Label(NP_("button", "Back")), id="back", state=Proposing.review)
