"""How it was to decide or to meet: two questions of one tap each, told by fives."""

from collections.abc import Mapping
from enum import StrEnum


class After(StrEnum):
    """What it was asked after."""

    VOTE = "vote"
    MEETING = "meeting"


class Question(StrEnum):
    """What is asked; two taps."""

    #: Could I say what I thought.
    SAID = "said"
    #: Was my view taken into account.
    HEARD = "heard"


class Felt(StrEnum):
    """An answer to one of the two."""

    YES = "yes"
    A_LITTLE = "a_little"
    NO = "no"


#: How many gave each answer, by question.
Feelings = Mapping[Question, Mapping[Felt, int]]
