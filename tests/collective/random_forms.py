"""Any form that the reader would accept, and answers to it."""

from hypothesis import strategies as st

from collective.forms import PASSED, TEXT, VOICE, Choice, Form, Kind, Question

CHOOSING = (Kind.SCALE, Kind.ONE, Kind.SEVERAL)


@st.composite
def questions(draw, key="q", kinds=CHOOSING, before=()):
    """A question, perhaps asked only after certain answers to those before it."""
    kind = draw(st.sampled_from(kinds))
    keys = draw(st.permutations("abcdefghi"))[: draw(st.integers(2, 9))]
    choices = tuple(
        Choice(key=each, label=each.title(), alone=kind is Kind.SEVERAL and draw(st.booleans()))
        for each in keys
    )
    choices = () if kind is Kind.WORDS else choices
    when = draw(conditions(before))
    return Question(key=key, kind=kind, text="?", help="!", choices=choices, when=when)


@st.composite
def conditions(draw, before):
    """None mostly; else one or two earlier questions, with the choices that let it be asked."""
    asked = [question for question in before if question.choices]
    if not asked or draw(st.booleans()):
        return {}
    on = draw(st.lists(st.sampled_from(asked), min_size=1, max_size=2, unique_by=lambda q: q.key))
    return {
        question.key: tuple(draw(st.sets(st.sampled_from(keys_of(question)), min_size=1)))
        for question in on
    }


@st.composite
def forms(draw):
    """One to five questions of every kind."""
    found: list[Question] = []
    for number in range(draw(st.integers(1, 5))):
        found.append(draw(questions(f"q{number}", tuple(Kind), tuple(found))))
    return Form(key="any", questions=tuple(found))


@st.composite
def forms_with_answers(draw):
    """A form, and answers in any order, some of them several times, some to what is not asked."""
    form = draw(forms())
    said = draw(st.lists(st.sampled_from(form.questions), max_size=12))
    return form, [(question.key, draw(values(question))) for question in said]


def values(question):
    """Every canonical value of a question."""
    if question.kind is Kind.WORDS:
        return st.sampled_from([PASSED, TEXT, VOICE])
    keys = keys_of(question)
    one = st.sampled_from([PASSED, *keys])
    together = [choice.key for choice in question.choices if not choice.alone]
    if question.kind is not Kind.SEVERAL or not together:
        return one
    several = st.sets(st.sampled_from(together), min_size=1)
    return one | several.map(lambda marked: ",".join(sorted(marked, key=keys.index)))


def keys_of(question):
    """The keys of its choices, as on the card."""
    return [choice.key for choice in question.choices]
