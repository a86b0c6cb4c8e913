"""The front door: builds everything by hand, and the command line.

Importing aiogram takes seconds and 180 MB, so every command imports what it needs itself.
"""

import asyncio
import gc
import json
import os
import re
import shutil
import signal
import socket
import sys
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Never, TypeVar
from zoneinfo import ZoneInfo, available_timezones

import typer
from pydantic import ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from collective.retention import Retention

if TYPE_CHECKING:
    from aiogram import Bot

    from collective.forms import Form
    from collective.ports import Clock
    from delivery.fetcher import Fetcher
    from delivery.progress import Progress
    from delivery.sender import Sender
    from handlers.intake import Intake
    from handlers.polling import Polling
    from handlers.webhook import Webhook
    from playground import Playground
    from scheduler.sweep import Sweep
    from storage.database import Database

T = TypeVar("T")

#: Seconds that what is under way may take once the bot was asked to stop, which ends it in ten.
#: What is cut then comes again: its update is not confirmed, its row not settled.
DRAIN = 8.0
#: Seconds after which the system ends what hangs even then: a name server, a disk. That is no worse
#: than a power cut.
END = 9.8
#: Seconds Telegram may take where nobody says otherwise: a wizard's page within a handler's ten.
PATIENCE = 4
#: Seconds between two looks at the timetable. A broadcast begins with ten collectives, which leave
#: in eight, and the next look lays out the others.
SWEEP = 5
#: Seconds between two tries to reach Telegram at start.
RETRY = 5.0
#: What the playground's page writes under a sample person's name.
_NOTES = {
    "member": {"fr": "membre", "ln": "mosangani", "en": "member"},
    "facilitator": {
        "fr": "animatrice",
        "ln": "mokambi",
        "en": "facilitator",
    },
    "coordinator": {
        "fr": "coordinatrice",
        "ln": "coordinatrice",
        "en": "coordinator",
    },
}


class Settings(BaseSettings):
    """Everything that can be set, from the environment or a file .env; .env.example explains."""

    model_config = SettingsConfigDict(
        env_prefix="LISANGA_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        # LISANGA_KEEP_CARDS is `keep.cards`.
        env_nested_delimiter="_",
        env_nested_max_split=1,
    )

    token: str | None = None
    api_url: str = "https://api.telegram.org"
    home: Path = Path("data")
    database_url: str | None = None
    keys: str | None = None
    clock_url: str | None = None
    health: str | None = None
    zone: str = "Africa/Lubumbashi"
    pace: int = 30
    keep: Retention = Retention()
    #: Before the address, whose check looks at it.
    webhook_secret: str | None = None
    webhook_url: str | None = None
    webhook_listen: str = "127.0.0.1:8082"

    @field_validator("keep", mode="before")
    @classmethod
    def keeps_what_there_is(cls, keep: Any) -> Any:
        """Refuse a kind that does not exist: what was meant would be kept for another time."""
        known = {kind for kind, _ in Retention.kinds()}
        if isinstance(keep, dict) and (strange := sorted(keep.keys() - known)):
            raise ValueError(f"there is no {', '.join(strange)}; .env.example lists all")
        return keep

    @field_validator("zone")
    @classmethod
    def zone_exists(cls, zone: str) -> str:
        """Refuse a zone nobody knows before somebody is offered it."""
        if zone not in available_timezones():
            raise ValueError(f"{zone} is no time zone; write one like Africa/Kinshasa")
        return zone

    @field_validator("health", "webhook_listen")
    @classmethod
    def address_has_a_port(cls, address: str | None) -> str | None:
        """Refuse where nothing could listen."""
        if address is not None and not re.fullmatch(r"[^\s/]*:\d{1,5}", address):
            raise ValueError(f"{address} is no address; write one like 127.0.0.1:8081")
        return address

    @field_validator("webhook_secret")
    @classmethod
    def secret_is_one_for_telegram(cls, secret: str | None) -> str | None:
        """Refuse what Telegram would not send in its header."""
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise ValueError("1 to 256 of A-Z, a-z, 0-9, _ and -")
        return secret

    @field_validator("webhook_url")
    @classmethod
    def webhook_has_a_secret(cls, url: str | None, info: ValidationInfo) -> str | None:
        """Refuse a webhook that would take updates from anybody."""
        if url and "webhook_secret" in info.data and not info.data["webhook_secret"]:
            raise ValueError("it needs LISANGA_WEBHOOK_SECRET")
        return url

    @property
    def database(self) -> str:
        """The database's address: the one given, else a file in the home."""
        return self.database_url or f"sqlite:///{self.home / 'lisanga.db'}"


@dataclass(frozen=True, kw_only=True)
class App:
    """A running bot, for whoever runs it inside a test."""

    database: "Database"
    intake: "Intake"
    sender: "Sender"
    progress: "Progress"
    fetcher: "Fetcher"
    sweep: "Sweep"

    async def catch_up(self) -> None:
        """Ring and send at once what a leap of the clock has made due."""
        await self.sweep.run()
        self.sender.look()


async def open_database(settings: Settings, *, upgrade: bool = True) -> "Database":
    """Open the database with its tables up to date. Imports nothing of Telegram.

    Without `upgrade` only an empty database gets tables: a look must not change them under a bot
    that runs. Raises DatabaseAway, DatabaseOld, KeysInvalid.
    """
    from storage import database, keys, migrate

    settings.home.mkdir(parents=True, exist_ok=True)
    await migrate.upgrade(settings.database, only_empty=not upgrade)
    return database.open_database(settings.database, keys.load_cipher(settings.keys, settings.home))


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[App]:
    """Run the bot inside the block; at its end let what is under way finish.

    Raises AlreadyRunning, DatabaseAway, KeysInvalid, FormInvalid.
    """
    forms = _forms()
    from delivery.lightly import import_aiogram

    import_aiogram()
    from delivery.logs import errors
    from scheduler import wind
    from scheduler.clock import MovedClock
    from scheduler.health import serve
    from storage.lock import only_one
    from storage.vigil import Vigil

    async with AsyncExitStack() as stack:
        settings.home.mkdir(parents=True, exist_ok=True)
        await stack.enter_async_context(only_one(settings.database))
        database = Vigil(await open_database(settings))
        stack.push_async_callback(database.close)
        bot = _bot(settings)
        stack.push_async_callback(bot.session.close)
        clock = await _clock(settings)
        async with database.writing() as store:
            await wind(store, zone=settings.zone, now=clock.now())
        app = await _build(settings, bot, database, clock, forms)
        if settings.health:
            health = await serve(
                settings.health,
                database,
                clock,
                updates_open=app.intake.open_count,
                faults=lambda: errors.many,
                ailment=lambda: database.ailment,
            )
            stack.push_async_callback(health.cleanup)
        source = await _source(settings, bot, app.intake, stack)
        with _ringing(app.sweep):
            async with asyncio.TaskGroup() as nursery:
                await app.sweep.run()
                jobs = [
                    nursery.create_task(each.run())
                    for each in (source, app.sender, app.progress, app.fetcher)
                ]
                others = [nursery.create_task(database.watch())]
                if isinstance(clock, MovedClock):
                    others.append(nursery.create_task(clock.follow(app.catch_up)))
                try:
                    yield app
                finally:
                    source.stop()
                    app.sender.stop()
                    app.progress.stop()
                    app.fetcher.stop()
                    await asyncio.wait(jobs, timeout=DRAIN)
                    for job in [*jobs, *others]:
                        job.cancel()


async def _build(
    settings: Settings,
    bot: "Bot",
    database: "Database",
    clock: "Clock",
    forms: "Mapping[str, Form]",
) -> App:
    """Put the rooms together by hand."""
    from collective.schedules import Bell
    from delivery.fetcher import Fetcher
    from delivery.pace import Limits, Pace
    from delivery.progress import Progress
    from delivery.sender import Sender
    from delivery.turnstile import Turnstile
    from dialogs import menus
    from dialogs.screen import Screen
    from handlers import dispatcher
    from handlers.intake import Intake
    from handlers.isolation import Isolation
    from scheduler import TIMETABLE, purge_bell
    from scheduler.sweep import Sweep
    from storage.conversation import ConversationStorage
    from storage.keys import load_cipher

    turnstile = Turnstile(Pace(Limits.of(settings.pace)))
    bot.session.middleware(turnstile)
    username = await _username(bot)
    screen = Screen(bot, database, clock, forms, settings.keep, username=username)
    dp = dispatcher(
        database,
        clock,
        storage=ConversationStorage(database, clock),
        isolation=Isolation(),
        screen=screen,
        forms=forms,
        zone=settings.zone,
        username=username,
        code_salts=load_cipher(settings.keys, settings.home).derived("codes of invitations"),
    )
    await dp.emit_startup(bot=bot, **dp.workflow_data)
    await menus.set_defaults(bot)
    progress = Progress(database, screen, clock)
    return App(
        database=database,
        intake=Intake(bot, dp, database, screen, clock),
        sender=Sender(database, screen, turnstile, clock, zone=settings.zone, moved=progress.moved),
        progress=progress,
        fetcher=Fetcher(database, bot, clock, forms),
        sweep=Sweep(database, clock, forms, {**TIMETABLE, Bell.PURGE: purge_bell(settings.keep)}),
    )


async def _source(
    settings: Settings, bot: "Bot", intake: "Intake", stack: AsyncExitStack
) -> "Polling | Webhook":
    """Choose where updates come from; Telegram hears of the webhook once it is listened to."""
    from handlers.polling import Polling
    from handlers.webhook import Webhook

    if not settings.webhook_url:
        return Polling(bot, intake)
    webhook = Webhook(bot, intake, url=settings.webhook_url, secret=settings.webhook_secret or "")
    server = await webhook.listen(settings.webhook_listen)
    stack.push_async_callback(server.cleanup)
    await _patiently(webhook.register)
    return webhook


def _forms() -> "Mapping[str, Form]":
    """Read every form; raise FormInvalid for one that breaks a rule or lacks a translation."""
    from collective.errors import FormInvalid
    from collective.forms import load_forms
    from locales.languages import lacking

    forms = load_forms()
    for form in forms.values():
        for question, context, msgid in form.sentences():
            if codes := lacking(context, msgid):
                place = f"{form.key}.toml, question {question}"
                raise FormInvalid(place, f"{context} {msgid!r} is missing in {', '.join(codes)}")
    return forms


@contextmanager
def _ringing(sweep: "Sweep") -> Iterator[None]:
    """Let APScheduler wake the sweep; which moments are due stands in our own rows."""
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    ring = AsyncIOScheduler(timezone=UTC)
    ring.add_job(sweep.run, "interval", seconds=SWEEP, misfire_grace_time=None)
    ring.start()
    try:
        yield
    finally:
        ring.shutdown(wait=False)


async def _clock(settings: Settings) -> "Clock":
    from scheduler.clock import MovedClock, SystemClock

    if not settings.clock_url:
        return SystemClock()
    clock = MovedClock(settings.clock_url)
    await clock.read()
    return clock


def _bot(settings: Settings) -> "Bot":
    from aiogram import Bot
    from aiogram.client.default import DefaultBotProperties
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.utils.token import TokenValidationError, validate_token

    from delivery.calls import Calls

    try:
        validate_token(settings.token or "")
    except TokenValidationError:
        _fail("LISANGA_TOKEN is no token: @BotFather's look like 123456:ABC…")
    return Bot(
        settings.token or "",
        session=Calls(api=TelegramAPIServer.from_base(settings.api_url), timeout=PATIENCE),
        default=DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True),
    )


async def _username(bot: "Bot") -> str:
    """Ask Telegram who we are."""
    return str((await _patiently(bot.me)).username)


async def _patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask Telegram what a start needs; wait for the network as long as it takes."""
    from aiogram.exceptions import (
        AiogramError,
        TelegramBadRequest,
        TelegramNotFound,
        TelegramRetryAfter,
        TelegramUnauthorizedError,
    )

    while True:
        pause = RETRY
        try:
            return await ask()
        except (TelegramUnauthorizedError, TelegramNotFound):
            _fail("Telegram does not accept LISANGA_TOKEN.")
        except TelegramBadRequest as fault:
            _fail(f"Telegram does not accept LISANGA_WEBHOOK_URL: {fault.message}.")
        except TelegramRetryAfter as fault:
            pause = fault.retry_after
        except AiogramError:
            pass
        _say(f"Telegram cannot be reached; trying again in {pause:.0f} s.")
        await asyncio.sleep(pause)


# The command line

cli = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Lisanga: a Telegram assistant for peer groups.",
)
invite = typer.Typer(help="Make a one-time invitation link.")
cli.add_typer(invite, name="invite")


@cli.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Without a command: run on Telegram when there is a token, else start the playground."""
    from delivery.logs import set_up

    set_up()
    if context.invoked_subcommand is not None:
        return
    if _settings().token:
        run()
    else:
        port = os.environ.get("PORT") or "8080"
        if not port.isdigit():
            _fail(f"PORT is a number, not {port}.")
        playground(host=os.environ.get("HOST") or "127.0.0.1", port=int(port))


@cli.command()
def run() -> None:
    """Bring the database up to date and run the bot until it is stopped."""
    settings = _settings()
    if not settings.token:
        _fail(
            "LISANGA_TOKEN is not set: ask @BotFather for one, or try `python bot.py playground`."
        )
    _until_done(_serve(settings))


@cli.command()
def migrate() -> None:
    """Bring the database's tables up to date."""

    async def work() -> None:
        await (await open_database(_settings())).close()

    _until_done(work())
    typer.echo("The database is up to date.")


@invite.command("coordinator")
def invite_coordinator() -> None:
    """Print the link that makes its user coordinator; it works once, also while the bot runs."""
    settings = _settings()
    if not settings.token:
        _fail("LISANGA_TOKEN is not set: the link names the bot.")
    address = f"{settings.api_url}/bot{settings.token}/getMe"
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - the operator's
            username = json.load(answer)["result"]["username"]
    except (OSError, HTTPException, ValueError, KeyError):
        _fail("Telegram does not answer: is LISANGA_TOKEN right, and is there a network?")

    typer.echo(_until_done(_coordinator_link(settings, username)))


@cli.command()
def due(limit: Annotated[int, typer.Option(help="How many lines.")] = 20) -> None:
    """List what rings and what is sent next."""
    settings = _settings()

    async def work() -> list[str]:
        database = await open_database(settings, upgrade=False)
        async with database.reading() as store:
            rings = await store.schedules.upcoming(limit)
            sends = await store.outbox.upcoming(limit)
        await database.close()
        zone = ZoneInfo(settings.zone)
        lines = [
            *((each.next_due, f"{each.bell}  {each.subject}") for each in rings),
            *((moment, f"send {kind}  × {rows}") for moment, kind, rows in sends),
        ]
        return [
            f"{moment.astimezone(zone):%a %d %b %Y %H:%M}  {what}"
            for moment, what in sorted(lines)[:limit]
        ]

    typer.echo("\n".join(_until_done(work())) or "Nothing is due.")


@cli.command()
def purge(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how much would go.")] = False,
) -> None:
    """Let go now what has been kept long enough, as the bot does every night."""
    settings = _settings()
    gone = _until_done(_purge(settings, dry_run=dry_run))
    for kind, what in settings.keep.kinds():
        typer.echo(f"{gone[kind]:>8}  {what}, after {getattr(settings.keep, kind)} days")


@cli.command()
def check() -> None:
    """Check settings, keys, database, catalogs and forms; a line for each fault, exit 1 if any."""
    faults = _faults(_settings())
    typer.echo("\n".join(faults) if faults else "All is well.")
    raise typer.Exit(1 if faults else 0)


@cli.command()
def playground(
    host: Annotated[str, typer.Option(envvar="HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT")] = 8080,
) -> None:
    """Run the bot against a local stand-in for Telegram, with a page that shows the phones."""
    settings = _settings()
    if settings.token:
        _fail("LISANGA_TOKEN is set: the playground would not use it. Unset it first.")
    _until_done(_play(settings, host, port))


async def _coordinator_link(settings: Settings, username: str) -> str:
    from collective import invites
    from collective.actions import invites as actions

    database = await open_database(settings, upgrade=False)
    async with database.writing() as store:
        token = await actions.invite_coordinator(store, now=datetime.now(UTC))  # noqa: TID251
    await database.close()
    return invites.link(username, token)


async def _purge(settings: Settings, *, dry_run: bool) -> Counter[str]:
    from collective.actions import purging

    database = await open_database(settings, upgrade=False)
    now, forms = (await _clock(settings)).now(), _forms()
    gone: Counter[str] = Counter()
    if dry_run:
        async with database.reading() as store:
            gone.update(await purging.count(store, settings.keep, now=now))
    while not dry_run:
        async with database.writing() as store:
            batch = await purging.purge(store, forms, settings.keep, now=now)
        gone.update(batch)
        if not batch:
            break
    await database.close()
    return gone


def _settings() -> Settings:
    """Read the settings; say in a line each what cannot be read."""
    try:
        return Settings()
    except ValidationError as fault:
        lines = [
            f"LISANGA_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}." for e in fault.errors()
        ]
        _fail("\n".join(lines))


async def _serve(settings: Settings) -> None:
    # As shipped the collector looks at every 700 new objects; nearly all go without it.
    gc.set_threshold(10_000)
    _on_signals(_this_task().cancel)
    async with running(settings):
        stop = asyncio.Event()
        _on_signals(partial(_stop, stop))
        # What was made at the start stays to the end: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        _say("Lisanga runs. Stop it with Ctrl-C.")
        await stop.wait()
    _say("Lisanga has stopped.")


def _stop(stop: asyncio.Event) -> None:
    stop.set()
    signal.setitimer(signal.ITIMER_REAL, END)


async def _play(settings: Settings, host: str, port: int) -> None:
    """Start the stand-in, fill it with the sample, and run the bot as a process of its own."""
    from storage.lock import only_one

    home = settings.home / "playground"
    settings.home.mkdir(parents=True, exist_ok=True)
    _ensure_free(host, port)
    forms = _forms()
    # Held before anything is emptied: another playground may live here on another port.
    async with only_one(f"sqlite:///{home}"):
        keep = os.environ.get("KEEP") == "1"
        if not keep:
            shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True, exist_ok=True)
        settings = settings.model_copy(update={"home": home, "database_url": None})
        await _stand_in(settings, forms, host, port, fill=not keep)


async def _stand_in(
    settings: Settings, forms: "Mapping[str, Form]", host: str, port: int, *, fill: bool
) -> None:
    from playground import Playground

    stop = asyncio.Event()
    _on_signals(stop.set)
    health = f"127.0.0.1:{_free_port()}"
    path = settings.home / "chats.json"
    server = await Playground.start(host=host, port=port, health_url=f"http://{health}/", path=path)
    told = [f"The playground is ready: {server.address}"]
    if fill and os.environ.get("SAMPLE") == "0":
        link = await _coordinator_link(settings, server.world.bot.username)
        told.append(f"Nobody is in it yet. The coordinator's link: {link}")
    elif fill:
        await _fill(server, settings, forms)
    log_path = settings.home / "bot.log"
    with log_path.open("a") as log:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            __file__,
            "run",
            env=os.environ | _for_the_bot(server, settings, health),
            stdout=log,
            stderr=log,
        )
    ended = asyncio.ensure_future(child.wait())
    await _answering(health, ended)
    _say("\n".join([*told, f"The bot's log: {log_path}"]))
    stopped = asyncio.ensure_future(stop.wait())
    await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if not ended.done():
        child.terminate()
    code = await ended
    stopped.cancel()
    await server.stop()
    if code and not stop.is_set():
        _fail(f"The bot ended with code {code}; its last words are in {log_path}.", code=1)


def _for_the_bot(server: "Playground", settings: Settings, health: str) -> dict[str, str]:
    """Settings that make a bot live on the stand-in."""
    return {
        "LISANGA_TOKEN": server.token,
        "LISANGA_API_URL": server.base_url,
        "LISANGA_HOME": str(settings.home),
        "LISANGA_DATABASE_URL": settings.database,
        "LISANGA_CLOCK_URL": f"{server.base_url}/playground/api/clock",
        "LISANGA_HEALTH": health,
        "LISANGA_PACE": os.environ.get("LISANGA_PACE", "0"),
    }


async def _answering(address: str, ended: "asyncio.Future[int]") -> None:
    """Wait until the bot answers how it is, or has ended."""
    host, _, port = address.rpartition(":")
    while not ended.done():
        try:
            _, writer = await asyncio.open_connection(host, int(port))
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return


async def _fill(server: "Playground", settings: Settings, forms: "Mapping[str, Form]") -> None:
    """Put the sample collective into the stand-in and, by the same actions, into the database."""
    from collective import sample

    now = sample.starts_at(server.world.clock.now())
    server.world.clock.offset_seconds = server.world.clock.offset_at(now)
    chats = {
        name: await server.add_person(name, language_code=lang, sample=True, note=_NOTES[role])
        for name, (lang, role) in sample.PEOPLE.items()
    }
    members = [chats[name] for name in sample.PEOPLE if name != sample.NEIGHBOUR]
    group = await server.add_group(sample.NAME, *members, sample=True)
    database = await open_database(settings)
    await sample.fill(database, forms, chats=chats, group=group, now=now)
    await database.close()
    for chat in chats.values():
        await server.link(chat, f"https://t.me/{server.world.bot.username}?start=")
    await server.move_bot(group, present=True, by=chats[sample.FACILITATOR])


def _faults(settings: Settings) -> list[str]:
    """Say what is wrong and how to mend it, a line each."""
    from collective.errors import FormInvalid
    from locales import catalogs
    from storage import keys, migrate

    faults = []
    if not settings.token:
        faults.append("LISANGA_TOKEN is not set: ask @BotFather for a token.")
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        keys.load_cipher(settings.keys, settings.home)
    except (keys.KeysInvalid, OSError) as fault:
        faults.append(f"LISANGA_KEYS or {settings.home / 'keys'}: {fault}.")
    try:
        _forms()
    except FormInvalid as fault:
        faults.append(f"Form {fault.place}: {fault.fault}.")
    try:
        found, newest = asyncio.run(migrate.current(settings.database))
        if found not in {None, newest}:
            faults.append("The database is not up to date: run `python bot.py migrate`.")
    except Exception as fault:  # noqa: BLE001 - whatever a driver raises is the answer here
        faults.append(f"The database does not open ({type(fault).__name__}): see .env.example.")
    return [*faults, *catalogs.check()]


def _until_done(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; turn what an operator can mend into one sentence and an exit code."""
    from collective.errors import FormInvalid
    from storage.keys import KeysInvalid
    from storage.lock import AlreadyRunning
    from storage.migrate import DatabaseAway, DatabaseOld
    from storage.vigil import why

    try:
        return asyncio.run(work)
    except asyncio.CancelledError:
        _say("Stopped before it ran.")
        raise typer.Exit from None
    except DatabaseAway as fault:
        _fail(f"The database does not open ({fault}): see LISANGA_DATABASE_URL.", code=1)
    except DatabaseOld:
        _fail("The database is not up to date: run `python bot.py migrate`.", code=1)
    except AlreadyRunning:
        _fail(
            "Another Lisanga already runs on this database, or a playground in this folder.", code=1
        )
    except KeysInvalid as fault:
        _fail(f"The keys for stored text cannot be used: {fault}.")
    except FormInvalid as fault:
        _fail(f"A form cannot be used: {fault}.", code=1)
    except OSError as fault:
        _fail(f"{fault.strerror or type(fault).__name__}.", code=1)
    except Exception as fault:
        reason = why(fault)
        if reason is None:
            raise
        _fail(f"The database cannot be written ({reason}): see docs/operating.md.", code=1)


def _on_signals(do: Callable[[], object]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, do)


def _this_task() -> "asyncio.Task[Any]":
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("only called inside a task")
    return task


def _ensure_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            _fail(
                f"Port {port} is taken: is another playground running? "
                f"Try another one: make run PORT={port + 1}",
                code=1,
            )


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _say(text: str) -> None:
    typer.echo(text, err=False)
    sys.stdout.flush()


def _fail(sentence: str, code: int = 2) -> Never:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


if __name__ == "__main__":
    cli()
