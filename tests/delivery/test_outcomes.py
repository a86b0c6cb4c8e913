"""Every way a send can end has a meaning, and nothing that may have arrived is taken as lost."""

import aiogram.exceptions as aio
import pytest
from aiogram.methods import SendMessage
from aiohttp import ClientConnectorError, ServerDisconnectedError
from aiohttp.client_reqrep import ConnectionKey

from delivery import outcomes
from delivery.outcomes import SHORT_PAUSE, Outcome, verdict
from reports import reasons

METHOD = SendMessage(chat_id=1, text="x")
HOST = ConnectionKey("localhost", 1, False, True, None, None, None)


def api(kind, message):
    return kind(method=METHOD, message=message)


def network(cause):
    error = api(aio.TelegramNetworkError, "HTTP Client says")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outcome", "reason"),
    [
        (api(aio.TelegramAPIError, "Too Many Requests"), Outcome.WAIT, "slow_down"),
        (api(aio.TelegramAPIError, "Misdirected Request"), Outcome.UNCLEAR, "unclear"),
        (
            api(aio.TelegramBadRequest, "Bad Request: chat not found"),
            Outcome.BLOCKED,
            "chat_not_found",
        ),
        (
            api(aio.TelegramBadRequest, "Bad Request: message is too long"),
            Outcome.REFUSED,
            "too_long",
        ),
        (
            api(aio.TelegramBadRequest, "Bad Request: can't parse entities: Unsupported start tag"),
            Outcome.REFUSED,
            "bad_html",
        ),
        (
            api(aio.TelegramBadRequest, "Bad Request: not enough rights to send text messages"),
            Outcome.BLOCKED,
            "no_rights",
        ),
        (
            api(aio.TelegramBadRequest, "Bad Request: not enough rights to send photos"),
            Outcome.REFUSED,
            "no_media",
        ),
        (
            api(aio.TelegramBadRequest, "Bad Request: VOICE_MESSAGES_FORBIDDEN"),
            Outcome.REFUSED,
            "no_voice",
        ),
        (
            api(aio.TelegramBadRequest, "Bad Request: wrong remote file identifier specified: x"),
            Outcome.REFUSED,
            "file_gone",
        ),
        (
            api(aio.TelegramBadRequest, "Bad Request: have no write access to the chat"),
            Outcome.BLOCKED,
            "no_rights",
        ),
        (
            api(aio.TelegramBadRequest, "Bad Request: BUTTON_DATA_INVALID"),
            Outcome.REFUSED,
            "refused",
        ),
        (api(aio.TelegramNotFound, "Not Found"), Outcome.REFUSED, "refused"),
        (api(aio.TelegramEntityTooLarge, "Request Entity Too Large"), Outcome.REFUSED, "too_large"),
        (api(aio.TelegramUnauthorizedError, "Unauthorized"), Outcome.UNSENT, "unauthorized"),
        (api(aio.TelegramConflictError, "Conflict: terminated"), Outcome.UNCLEAR, "unclear"),
        (api(aio.TelegramServerError, "Bad Gateway"), Outcome.UNCLEAR, "unclear"),
        (api(aio.RestartingTelegram, "Internal Server Error: restart"), Outcome.UNCLEAR, "unclear"),
        (
            network(ClientConnectorError(HOST, OSError(111, "refused"))),
            Outcome.UNSENT,
            "no_connection",
        ),
        (network(ServerDisconnectedError()), Outcome.UNCLEAR, "unclear"),
        (network(TimeoutError()), Outcome.UNCLEAR, "unclear"),
        (network(None), Outcome.UNCLEAR, "unclear"),
        (
            aio.ClientDecodeError("Failed to decode object", ValueError(), "<html>502</html>"),
            Outcome.UNCLEAR,
            "unclear",
        ),
        (aio.AiogramError(), Outcome.UNCLEAR, "unclear"),
        *(
            (api(aio.TelegramForbiddenError, f"Forbidden: {words}"), Outcome.BLOCKED, reason)
            for words, reason in {
                "bot was blocked by the user": "blocked",
                "user is deactivated": "deactivated",
                "bot can't initiate conversation with a user": "never_started",
                "bot was kicked from the group chat": "kicked",
                "bot was kicked from the supergroup chat": "kicked",
                "bot is not a member of the group chat": "not_a_member",
                "bot is not a member of the supergroup chat": "not_a_member",
                "the group chat was deleted": "deleted",
                "something new": "forbidden",
            }.items()
        ),
    ],
    ids=lambda value: str(value)[:60] if isinstance(value, Exception) else None,
)
def test_each_failure_means(error, outcome, reason):
    judged = verdict(error)
    assert (judged.outcome, judged.reason) == (outcome, reason)


def test_a_pause_says_how_long():
    asked = aio.TelegramRetryAfter(METHOD, "Too Many Requests", retry_after=7)
    assert verdict(asked).seconds == 7
    assert verdict(api(aio.TelegramAPIError, "Too Many Requests")).seconds == SHORT_PAUSE


def test_a_group_that_became_a_supergroup_says_its_new_id():
    judged = verdict(aio.TelegramMigrateToChat(METHOD, "upgraded", migrate_to_chat_id=-1001))
    assert (judged.outcome, judged.chat_id) == (Outcome.MOVED, -1001)


def test_no_exception_of_aiogram_is_left_out_of_the_table():
    ours = {aio.TelegramRetryAfter, aio.TelegramMigrateToChat}
    marks = test_each_failure_means.pytestmark[0].args[1]
    known = {type(error) for error, _, _ in marks} | ours
    every = {
        kind
        for kind in vars(aio).values()
        if isinstance(kind, type) and issubclass(kind, aio.TelegramAPIError | aio.ClientDecodeError)
    }
    assert every <= known


def test_every_reason_of_a_refusal_has_words():
    known = {*reasons._PEOPLE, *reasons._GROUPS, *reasons._MESSAGES}
    told = {*outcomes._CLOSED.values(), *outcomes._REFUSED.values()}
    # These are faults of ours; whoever reads the report cannot mend them.
    assert told - known == {"too_long", "bad_html", "too_large"}
