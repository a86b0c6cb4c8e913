"""The command line, as an operator meets it: real processes, one sentence for each trouble."""

import asyncio
import os
import shutil
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

import bot
from bot import Settings
from collective.outbox import Lane, Parcel
from collective.schedules import Bell
from playground import Playground
from storage.database import open_database
from storage.keys import load_cipher
from storage.lock import only_one

BOT = Path(__file__).parents[1] / "bot.py"


@pytest.fixture
def command(tmp_path: Path):
    """Run bot.py in an empty home: (exit code, standard output, standard error)."""

    async def run(*words: str, **settings: str) -> tuple[int, str, str]:
        plain = {key: value for key, value in os.environ.items() if "LISANGA" not in key}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(BOT),
            *words,
            cwd=tmp_path,
            env=plain | {"LISANGA_HOME": str(tmp_path / "home")} | settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await asyncio.wait_for(process.communicate(), 30)
        return process.returncode or 0, out.decode(), err.decode()

    return run


async def test_run_without_a_token_says_so_in_one_sentence(command):
    code, _, said = await command("run")
    assert code == 2
    assert said.startswith("LISANGA_TOKEN is not set")
    assert said.count("\n") == 1


async def test_the_playground_refuses_a_token(command):
    code, _, said = await command("playground", LISANGA_TOKEN="1:abc")
    assert (code, said.count("\n")) == (2, 1)


async def test_an_invitation_needs_a_bot_to_name(command):
    code, out, said = await command("invite", "coordinator")
    assert (code, out) == (2, "")
    assert "LISANGA_TOKEN" in said


async def test_an_unreachable_telegram_is_told_without_the_token(command):
    settings = {"LISANGA_TOKEN": "1:secret", "LISANGA_API_URL": "http://127.0.0.1:9"}
    code, _, said = await command("invite", "coordinator", **settings)
    assert code == 2
    assert "secret" not in said


async def test_migrate_makes_the_tables_and_due_lists_nothing_yet(command):
    assert (await command("migrate"))[:2] == (0, "The database is up to date.\n")
    assert (await command("due"))[:2] == (0, "Nothing is due.\n")


async def test_due_lists_what_rings_and_what_is_sent_and_purge_what_went(
    command, tmp_path, sqlite_template, now
):
    (tmp_path / "home").mkdir()
    cipher = load_cipher(None, tmp_path / "home")
    shutil.copy(sqlite_template, tmp_path / "home" / "lisanga.db")
    database = open_database(f"sqlite:///{tmp_path / 'home' / 'lisanga.db'}", cipher)
    parcel = Parcel(chat_id=1, kind="home", ids={}, lane=Lane.REPLY, not_before=now)
    async with database.writing() as store:
        await store.schedules.add(Bell.CLOSE_ROUND, 7, now)
        await store.outbox.add([parcel, replace(parcel, chat_id=2)], now)
        await store.dead_updates.add(1, "message", "ValueError", now - timedelta(days=9000))
    await database.close()
    _, out, _ = await command("due")
    assert out.splitlines() == [
        "Thu 26 Nov 2026 17:00  close_round  7",
        "Thu 26 Nov 2026 17:00  send home  × 2",
    ]
    for words, left in ((["--dry-run"], 1), ([], 1), ([], 0)):
        code, out, _ = await command("purge", *words, LISANGA_KEEP_UPDATES="3999")
        assert (code, out.splitlines()[-1].split()[0]) == (0, str(left))
        assert "after 3999 days" in out


async def test_a_kind_that_is_not_kept_is_not_ignored(command):
    code, _, said = await command("purge", LISANGA_KEEP_VOISES="9")
    assert (code, said.count("\n")) == (2, 1)
    assert "LISANGA_KEEP: " in said
    assert "voises" in said


async def test_check_names_each_fault_and_how_to_mend_it(command):
    code, out, _ = await command("check", LISANGA_KEYS="1:short")
    assert code == 1
    assert "LISANGA_KEYS" in out
    assert "LISANGA_TOKEN is not set" in out


async def test_check_is_content_with_a_sound_installation(command):
    await command("migrate")
    code, out, _ = await command("check", LISANGA_TOKEN="1:abc")
    assert (code, out) == (0, "All is well.\n")


async def test_a_second_bot_on_the_same_database_says_so_and_leaves(command, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    async with only_one(f"sqlite:///{home / 'lisanga.db'}"):
        code, _, said = await command("run", LISANGA_TOKEN="1:abc")
    assert (code, said) == (
        1,
        "Another Lisanga already runs on this database, or a playground in this folder.\n",
    )


async def test_a_setting_that_cannot_be_read_is_named(command):
    code, _, said = await command("due", LISANGA_PACE="fast", LISANGA_ZONE="Africa/Nowhere")
    assert code == 2
    assert "LISANGA_PACE: " in said
    assert "Africa/Nowhere is no time zone" in said


@pytest.mark.parametrize(
    "address",
    ["sqlite:////proc/marker/none.db", "postgresql://lisanga:marker@127.0.0.1:9/lisanga"],
)
async def test_what_ends_the_process_is_told_without_quoting_it(command, address):
    settings = {"LISANGA_TOKEN": "1:marker", "LISANGA_DATABASE_URL": address}
    code, out, said = await command("run", **settings)
    assert code == 1
    assert said
    assert "marker" not in out + said


async def test_a_token_telegram_does_not_know_is_told_in_one_sentence(command):
    playground = await Playground.start()
    settings = {"LISANGA_TOKEN": "1:wrong", "LISANGA_API_URL": playground.base_url}
    code, _, said = await command("run", **settings)
    await playground.stop()
    assert (code, said) == (2, "Telegram does not accept LISANGA_TOKEN.\n")


async def test_sigterm_while_telegram_is_away_ends_the_process(tmp_path):
    settings = {"LISANGA_TOKEN": "1:abc", "LISANGA_API_URL": "http://127.0.0.1:9"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(BOT),
        "run",
        env=os.environ | {"LISANGA_HOME": str(tmp_path)} | settings,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    await asyncio.wait_for(process.stdout.readline(), 30)
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 5) == 0


async def test_a_second_playground_leaves_the_first_one_alone(command, tmp_path):
    home = tmp_path / "home"
    (home / "playground").mkdir(parents=True)
    (home / "playground" / "chats.json").write_text("{}")
    async with only_one(f"sqlite:///{home / 'playground'}"):
        code, _, _ = await command("playground", "--port", "0")
    assert code == 1
    assert (home / "playground" / "chats.json").exists()


async def test_a_port_that_is_taken_is_told_before_anything_is_emptied(command, tmp_path):
    playground = await Playground.start()
    port = playground.base_url.rpartition(":")[2]
    code, _, said = await command("playground", "--port", port)
    await playground.stop()
    assert code == 1
    assert said.startswith(f"Port {port} is taken")


async def test_what_is_no_token_is_told_in_one_sentence(command):
    code, _, said = await command("run", LISANGA_TOKEN="foo")
    assert code == 2
    assert said.startswith("LISANGA_TOKEN is no token")


@pytest.mark.parametrize(
    "settings",
    [
        {"webhook_url": "https://a.example/hook"},
        {"webhook_url": "https://a.example/hook", "webhook_secret": ""},
        {"webhook_url": "https://a.example/hook", "webhook_secret": "é"},
        {"webhook_url": "https://a.example/hook", "webhook_secret": "x" * 257},
        {"webhook_listen": "8082"},
    ],
)
def test_a_webhook_that_anybody_could_use_or_nobody_reach_is_refused(settings):
    with pytest.raises(ValidationError, match=r"1 to 256|LISANGA_WEBHOOK_SECRET|no address"):
        Settings(**settings)


#: A bot whose end hangs where no task can be cancelled.
_HANGING = """
import asyncio, contextlib, time, bot
@contextlib.asynccontextmanager
async def running(_settings):
    yield
    time.sleep(60)
bot.running, bot.END = running, 0.2
asyncio.run(bot._serve(None))
"""


async def test_whatever_hangs_when_it_is_stopped_the_process_is_gone_in_time():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _HANGING, cwd=BOT.parent, stdout=asyncio.subprocess.PIPE
    )
    assert b"Lisanga runs" in await process.stdout.readline()
    process.terminate()
    await process.communicate()
    assert process.returncode == -signal.SIGALRM
    assert bot.DRAIN < bot.END < 10


async def test_a_form_that_is_not_whole_stops_the_start_and_is_named_in_one_line(tmp_path):
    for room in BOT.parent.glob("*/__init__.py"):
        shutil.copytree(room.parent, tmp_path / room.parent.name)
    shutil.copy(BOT, tmp_path)
    form = tmp_path / "collective/forms/weekly.toml"
    form.write_text(form.read_text().replace("What do you need now?", "And what?"))
    away = {"LISANGA_TOKEN": f"1:{'a' * 35}", "LISANGA_API_URL": "http://127.0.0.1:9"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "bot.py",
        "run",
        cwd=tmp_path,
        env=os.environ | away | {"LISANGA_HOME": str(tmp_path / "home")},
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    assert process.returncode == 1
    assert said.decode() == (
        "A form cannot be used: weekly.toml, question need: "
        "question 'And what?' is missing in fr, ln.\n"
    )
