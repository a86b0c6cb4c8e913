"""What a form is: questions, the choices of each, and when it is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from collective.follow_ups import Reason

#: The answer of a person who was asked and would rather not say. Silence is no answer at all.
PASSED = "passed"
#: The answers to a question of words: what was said is kept apart from the answers, encrypted.
TEXT, VOICE = "text", "voice"


class Kind(StrEnum):
    """How a question is answered."""

    #: Digits in order, low to high; figures take their mean.
    SCALE = "scale"
    ONE = "one"
    SEVERAL = "several"
    #: A typed text or a voice note.
    WORDS = "words"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing a person can answer."""

    key: str
    #: English source of the button's word; a face never stands without it.
    label: str
    face: str = ""
    #: In a question of several choices: chosen alone or not at all ("nothing").
    alone: bool = False
    #: Whoever chooses it asks for her facilitator, who is told her name, and why.
    calls: Reason | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a form. Form, key and language will name its recorded voice prompt."""

    key: str
    kind: Kind
    #: English source of the sentence.
    text: str
    #: English source of what the help button says.
    help: str
    choices: tuple[Choice, ...] = ()
    #: Asked only if each question named here was answered by one of these choices.
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def choice(self, key: str) -> Choice | None:
        """The choice of that key, None where there is none."""
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A questionnaire: questions in the order they are asked."""

    key: str
    questions: tuple[Question, ...]
    #: Questions that take turns: each round asks one of them, after all others.
    rotation: tuple[Question, ...] = ()

    def question(self, key: str) -> Question | None:
        """The question of that key, None where the form has none."""
        return next((question for question in self.questions if question.key == key), None)

    def asking(self, rotating: str | None) -> "Form":
        """The form as one round asks it: with the rotating question whose turn it was."""
        turn = [question for question in self.rotation if question.key == rotating]
        return replace(self, questions=(*self.questions, *turn)) if turn else self

    def sentences(self) -> Iterator[tuple[str, str, str]]:
        """Yield what the catalogs must say: question key, context, message id."""
        for question in (*self.questions, *self.rotation):
            yield question.key, "question", question.text
            yield question.key, "help", question.help
            for choice in question.choices:
                yield question.key, "choice", choice.label
