"""Habits that hold in every file: sentences come from the catalogs, log fields from the list."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from delivery.logs import ALLOWED

ROOT = Path(__file__).parents[2]
SPEAKING = ("dialogs", "handlers", "reports")
SILENT = ("collective", "delivery", "scheduler", "storage")


def files(*rooms: str) -> list[Path]:
    """Every Python file of these rooms."""
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


#: What makes a sentence a sentence of the catalogs, or a line for the log.
TAKES_SENTENCES = {"gettext", "ngettext", "pgettext", "npgettext", "N_", "NP_", "NNP_"}
LOGS = {"debug", "info", "warning", "error", "critical", "exception"}
#: Telegram's own words, by which an answer is recognised.
TELEGRAMS = {
    "message is not modified",
    "message to delete not found",
    "wrong remote file identifier",
    "wrong file identifier",
    "wrong file_id",
}


def name_of(call: ast.Call) -> str:
    """The last part of what is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def loose_sentences(tree: ast.AST) -> Iterator[str]:
    """Strings of several words that neither a catalog nor a docstring holds."""
    kept: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) in TAKES_SENTENCES:
            kept |= {id(each) for each in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            kept.add(id(node.value))
        if isinstance(node, ast.keyword) and node.arg in {"name", "preview_data"}:
            kept |= {id(each) for each in ast.walk(node)}
        if isinstance(node, ast.Call) and name_of(node) == "Router":
            kept |= {id(each) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in kept:
            words = re.sub(r"<[^>]+>|\{[^}]*\}", "", node.value)
            if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", words):
                yield node.value


@pytest.mark.parametrize("path", files(*SPEAKING), ids=lambda path: str(path.relative_to(ROOT)))
def test_what_people_read_comes_from_the_catalogs(path: Path):
    assert set(loose_sentences(ast.parse(path.read_text()))) <= TELEGRAMS


@pytest.mark.parametrize(
    "path",
    [*files(*SPEAKING, *SILENT), ROOT / "bot.py"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_log_lines_use_fields_of_the_list(path: Path):
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and name_of(node) in LOGS
        and getattr(getattr(node.func, "value", None), "id", "") == "log"
    ]
    assert {each.arg for call in calls for each in call.keywords} <= ALLOWED


#: What sends a message: each is wiped again where somebody asked for that.
SENDS = {"send_message", "send_photo", "send_document", "send_voice", "send_text"}
TIDIES = {"dialogs/sending.py", "dialogs/invites.py"}
#: The first is used by the screen alone, which remembers what it sent.
USES_SENDING = ["dialogs/poster.py"]


def test_every_message_the_bot_sends_can_be_wiped_again():
    sending = {
        str(path.relative_to(ROOT))
        for path in files("dialogs", "handlers", "delivery", "scheduler")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in SENDS
        and "bot" in ast.unparse(node.value)
    }
    assert sending == TIDIES


def test_only_the_screen_sends_cards():
    using = [
        str(path.relative_to(ROOT))
        for path in files("dialogs", "handlers", "delivery", "scheduler")
        if "dialogs.sending" in path.read_text()
    ]
    assert using == USES_SENDING
