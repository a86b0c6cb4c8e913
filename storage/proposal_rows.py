"""How rows become proposals: what the queries about them share."""

from typing import Any

from sqlalchemy import Row, Select, select

from collective.decisions import (
    Carried,
    Consulted,
    Meeting,
    Method,
    NextStep,
    Outcome,
    Secrecy,
    Stage,
)
from collective.own_words import VoiceNote
from collective.proposals import Proposal
from collective.terms import Announced, Terms
from storage import tables as t
from storage.prepared import Prepared
from storage.unit import Noun


class ProposalRows(Noun):
    """Base of the nouns that read proposals."""

    async def _found(self, chosen: Select[Any] | Prepared, **values: Any) -> list[Proposal]:
        rows = await self._all(chosen, **values)
        choices = [row.id for row in rows if row.method == Method.CHOICE.value]
        labels: dict[int, list[str]] = {}
        if choices:
            options = t.proposal_options
            named = select(options).where(options.c.proposal_id.in_(choices))
            for each in await self._all(named.order_by(options.c.proposal_id, options.c.number)):
                labels.setdefault(each.proposal_id, []).append(each.label)
        return [_proposal(row, tuple(labels.get(row.id, ()))) for row in rows]


def _terms(row: Row[Any], options: tuple[str, ...]) -> Terms:
    return Terms(
        question=row.question,
        voice=VoiceNote(file_id=row.voice, seconds=row.voice_seconds) if row.voice else None,
        method=Method(row.method) if row.method else None,
        options=options,
        concerned=row.concerned,
        consulted=Consulted(row.consulted) if row.consulted else None,
        secrecy=Secrecy(row.secrecy) if row.secrecy else None,
        quorum=row.quorum,
        closes_at=row.closes_at,
        announced=Announced(row.announced),
    )


def _proposal(row: Row[Any], options: tuple[str, ...]) -> Proposal:
    return Proposal(
        id=row.id,
        collective_id=row.collective_id,
        author_id=row.author_id,
        terms=_terms(row, options),
        stage=Stage(row.stage),
        created_at=row.created_at,
        opened_at=row.opened_at,
        reminds_at=row.reminds_at,
        closed_at=row.closed_at,
        extended=row.extended,
        outcome=Outcome(row.outcome) if row.outcome else None,
        winner=row.winner,
        counts=row.counts,
        entitled=row.entitled,
        turnout=row.turnout,
        next_step=NextStep(row.next_step) if row.next_step else None,
        meeting=Meeting(row.meeting) if row.meeting else None,
        met_at=row.met_at,
        withdrawn_because=row.withdrawn_because,
        follows_id=row.follows_id,
        sentence=row.sentence,
        review_on=row.review_on,
        carried=Carried(row.carried) if row.carried else None,
    )
