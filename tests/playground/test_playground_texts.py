"""Text as Telegram takes it in: trimmed, marked up, its entities counted in UTF-16 units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import text
from playground.params import Params
from playground.refusals import RefusalError


def html(source):
    done = text.of_message(Params(texts={"text": source, "parse_mode": "HTML"}))
    return done.text, [(e["type"], e["offset"], e["length"]) for e in done.entities]


def typed(source):
    return [(e["type"], e["offset"], e["length"]) for e in text.plain(source).entities]


@pytest.mark.parametrize(
    ("source", "shown", "entities"),
    [
        ("<b>Mbote</b>", "Mbote", [("bold", 0, 5)]),
        ("😀 <i>é</i>", "😀 é", [("italic", 3, 1)]),
        ("  <b> a </b> ", "a", [("bold", 0, 1)]),
        ("<b><i>a</i>b</b>", "ab", [("bold", 0, 2), ("italic", 0, 1)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><s>b</s>", "ab", [("underline", 0, 1), ("strikethrough", 1, 1)]),
        ("<code>/a</code>", "/a", [("code", 0, 2)]),
        ("a &lt;b&gt; &amp; &#233; &eacute;", "a <b> & é &eacute;", []),
        ("<b></b>a", "a", []),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<B>a</b>", "a", [("bold", 0, 1)]),
    ],
)
def test_html_becomes_text_and_entities(source, shown, entities):
    assert html(source) == (shown, entities)


def test_a_link_keeps_its_address():
    done = text.of_message(
        Params(texts={"text": '<a href="https://a.cd/?x=1&amp;y=2">a</a>', "parse_mode": "html"})
    )
    link = {"type": "text_link", "offset": 0, "length": 1, "url": "https://a.cd/?x=1&y=2"}
    assert done.entities == [link]


@pytest.mark.parametrize(
    ("source", "entities"),
    [
        ("/start", [("bot_command", 0, 6)]),
        ("/start@LisangaPlaygroundBot c_1", [("bot_command", 0, 27)]),
        ("😀 /point", [("bot_command", 3, 6)]),
        ("1/2 a/b //c", []),
        ("see https://t.me/x?start=a.", [("url", 4, 22)]),
        ("lisanga.org and 3.5 points", [("url", 0, 11)]),
        ("@mado #lisanga a@b.cd", [("mention", 0, 5), ("hashtag", 6, 8), ("email", 15, 6)]),
        ("https://a.cd/#x @ no #1", [("url", 0, 15)]),
    ],
)
def test_commands_links_and_names_are_found(source, entities):
    assert typed(source) == entities


def test_entities_counted_by_the_sender_move_with_the_trimming():
    entities = '[{"type": "bold", "offset": 3, "length": 1}]'
    done = text.of_message(Params(texts={"text": " 😀a ", "entities": entities}))
    assert (done.text, done.entities) == ("😀a", [{"type": "bold", "offset": 2, "length": 1}])


def test_length_counts_characters_and_not_markup():
    caption = Params(texts={"caption": f"<b>{'😀' * 1024}</b>", "parse_mode": "HTML"})
    assert len(text.of_caption(caption).text) == 1024


@given(st.text(alphabet="ab<>/&;=\"' \n\tbi#😀é"))
def test_any_html_is_read_or_refused(source):
    try:
        done = text.of_caption(Params(texts={"caption": source, "parse_mode": "HTML"}))
    except RefusalError:
        return
    units = len(done.text.encode("utf-16-le")) // 2
    assert all(0 <= e["offset"] <= units - e["length"] for e in done.entities)
    assert done.text == done.text.strip()


@given(st.text(max_size=200))
def test_what_a_person_types_keeps_its_words(source):
    assert text.plain(source).text == source.strip()
