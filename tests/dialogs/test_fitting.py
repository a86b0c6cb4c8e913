"""What is cut says how much more there is; in parts nothing is lost; no part is too long."""

from hypothesis import given
from hypothesis import strategies as st

from dialogs.cards import fitting
from locales.words import Words

LINES = st.lists(st.text("ab<&😀 é", min_size=1, max_size=40).map(str.strip).filter(bool))


def escaped(lines):
    return [line.replace("&", "&amp;").replace("<", "&lt;") for line in lines]


@given(LINES, st.integers(min_value=80, max_value=200))
def test_parts_hold_every_line_in_order_and_fit(lines, space):
    found = fitting.parts(escaped(lines), space)
    assert "\n".join(found) == "\n".join(escaped(lines))
    assert all(fitting.length(part) <= space for part in found)


@given(LINES, st.integers(min_value=0, max_value=200))
def test_a_cut_list_says_how_many_more_there_are(lines, space):
    kept = fitting.cut(escaped(lines), space, Words("fr"))
    whole = kept == escaped(lines)
    assert whole or kept[-1] == f"… et {len(lines) - len(kept) + 1} de plus"
    assert fitting.length("\n".join(kept if whole else kept[:-1])) <= space


def test_markup_does_not_count_and_a_face_counts_twice():
    assert fitting.length("<b>a &lt; b</b> 😀") == 8
