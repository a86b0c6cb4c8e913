"""Decisions of a collective in numbers, for summaries, figures and exports. They know no names."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from collective.decisions import Carried, Consulted, Stage
from collective.figures import FEWEST
from collective.proposals import Proposal


@dataclass(frozen=True, kw_only=True)
class DecisionFigures:
    """What was proposed and decided in some span of time, and what became of it."""

    #: Votes that closed with a result or without a quorum.
    votes: int = 0
    #: Summed over them: how many could vote, how many did.
    entitled: int = 0
    turnout: int = 0
    #: Votes by what their author said of consulting others.
    consulted: Mapping[Consulted, int] = field(default_factory=dict)
    #: Adopted ones, by the vote or at the meeting, and those of them by what became of them.
    adopted: int = 0
    carried: Mapping[Carried, int] = field(default_factory=dict)
    #: Proposals that were put to discussion or to the vote, by author; erased authors are missing,
    #: and one that is taken up again after a block counts once.
    by_author: Mapping[int, int] = field(default_factory=dict)

    @property
    def turnout_share(self) -> Decimal | None:
        """How many of those who could vote did, from 0 to 1; None under five who could."""
        return _share(self.turnout, self.entitled) if self.entitled >= FEWEST else None

    @property
    def consulted_share(self) -> Decimal | None:
        """In how many of the votes that concern others these were asked, from 0 to 1.

        None where no vote concerns others. That it is planned is not asked yet.
        """
        nobody = self.consulted.get(Consulted.NOBODY, 0)
        others = sum(self.consulted.values()) - nobody
        return _share(self.consulted.get(Consulted.YES, 0), others)

    @property
    def carried_share(self) -> Decimal | None:
        """How much of what was adopted is done, from 0 to 1; None where nothing was adopted.

        What is partly done, or of which nobody has said anything, is not done.
        """
        return _share(self.carried.get(Carried.DONE, 0), self.adopted)


def count(proposals: Collection[Proposal]) -> DecisionFigures:
    """Count proposals, those of any stage; drafts count for nothing."""
    put = [each for each in proposals if each.stage is not Stage.DRAFT]
    closed = [each for each in put if each.stage is Stage.CLOSED]
    adopted = [each for each in closed if each.adopted]
    authors = [each.author_id for each in put if each.follows_id is None]
    return DecisionFigures(
        votes=len(closed),
        entitled=sum(each.entitled or 0 for each in closed),
        turnout=sum(each.turnout or 0 for each in closed),
        consulted=Counter(each.terms.consulted for each in closed if each.terms.consulted),
        adopted=len(adopted),
        carried=Counter(each.carried for each in adopted if each.carried),
        by_author=Counter(author for author in authors if author is not None),
    )


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None
