"""A stateful stand-in for Kling, built from the description, for tests in any language.

In Python it needs no server:

    mock = KlingMock()
    client = Kling(api_key=mock.keys.api_key, transport=mock.transport)

With pytest the fixture `kling_mock` does that much for you; other languages run `kling mock`.

It is as strict as the description, remembers what was made, and goes wrong on demand. What it does
not imitate stands in LIMITS.
"""

import re
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kling.description import Document, Spec, load, overruled
from kling.mock._api import Keys, Manner, Routes
from kling.mock._callbacks import Delivery
from kling.mock._control import LIMITS, state
from kling.mock._engine import Engine
from kling.mock._exchange import ManualClock, RealClock, Transport
from kling.mock._faults import KINDS, Plans
from kling.mock._serving import App, Server, Visitors
from kling.mock._tasks import Balance, Package

__all__ = [
    "App",
    "Delivery",
    "Keys",
    "KlingMock",
    "LIMITS",
    "ManualClock",
    "Balance",
    "Package",
    "RealClock",
    "check_aliases",
    "check_plans",
    "fault_kinds",
    "serve",
]


def fault_kinds() -> dict[str, str]:
    """Return what can be planned to go wrong, and what each means, with the fields that it has."""
    return {name: kind.described() for name, kind in KINDS.items()}


def check_plans(plans: Iterable[Mapping[str, Any]], dialect: str = "") -> None:
    """Check plans as `serve` and `KlingMock.plan` do, without a mock.

    Raises:
        ValueError: what is wrong with one of them, and what would be right.
    """
    Plans(load(dialect)).add(plans)


def check_aliases(aliases: Mapping[str, str], dialect: str = "") -> None:
    """Check aliases as `serve` and `KlingMock` do, without a mock.

    Raises:
        ValueError: what is wrong with one of them; or there is no such dialect.
    """
    Routes(load(dialect), aliases)


def serve(
    *,
    announce: Callable[[str], None],
    host: str = "127.0.0.1",
    port: int = 8000,
    as_of: date | None = None,
    speed: float = 1.0,
    public_url: str | None = None,
    allow_hosts: Collection[str] = (),
    idle_timeout: int = 20,
    exact: bool = False,
    lenient: bool = False,
    allow: Collection[str] = (),
    aliases: Mapping[str, str] | None = None,
    plans: Iterable[Mapping[str, Any]] = (),
    packages: Sequence[Package] = (),
    balance: Balance | None = None,
    requests_per_second: float | None = None,
    callbacks_to: Collection[str] = (),
    webhook_secrets: Sequence[str] = (),
    state: Path | None = None,
    keep: int = 10_000,
    dialect: str = "",
) -> None:
    """Serve a mock until interrupted; what `kling mock` does. Needs the extra `cli`.

    Args:
        announce: is told, line by line, where it listens and which credentials it takes.
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        as_of: see `KlingMock`.
        speed: see `KlingMock`.
        public_url: where callers reach it, an http or https URL; by default the Host of each
            request.
        allow_hosts: names by which what is below /_mock/ may be reached, beside addresses,
            localhost, `host` and that of `public_url`. By others it may not, lest a web page that
            leads its own name here can use it.
        idle_timeout: seconds after which a connection is closed whose client owes something: the
            head of a request, or the next piece of a body.
        exact: see `KlingMock`.
        lenient: see `KlingMock`.
        allow: see `KlingMock`.
        aliases: see `KlingMock`.
        plans: what is to happen from the beginning, as for `KlingMock.plan`.
        packages: see `KlingMock`.
        balance: see `KlingMock`.
        requests_per_second: see `KlingMock`.
        callbacks_to: see `KlingMock`.
        webhook_secrets: see `KlingMock`.
        state: a file that keeps the tasks from one run to the next; made if there is none.
        keep: how many tasks to keep without such a file.
        dialect: see `KlingMock`.

    Raises:
        OSError: the address cannot be listened on.
        TypeError: `callbacks_to` or `allow_hosts` is a text.
        ValueError: a plan, a package, the balance, a secret, an alias, a host, the file or
            `public_url` is not what it should be, or there is no such dialect or rule.
    """
    # Only here, for the mock in process needs no server.
    from kling.mock._listening import listen, run

    if public_url and not re.match("https?://[^/?#]", public_url):
        raise ValueError(f"{public_url} is no URL; write one such as https://mock.example.org")
    visitors = Visitors(host, allow_hosts, public_url)
    spec, aliases = load(dialect), aliases or {}
    if aliases:
        check_aliases(aliases, dialect)
    with listen(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        url = f"http://{name}:{listener.getsockname()[1]}"
        engine = Engine(
            spec,
            clock=RealClock(),
            keys=Keys(),
            manner=Manner(
                as_of, exact, lenient, requests_per_second, overruled(allow, spec), aliases or {}
            ),
            speed=speed,
            packages=packages,
            balance=balance,
            state=state,
            keep=keep,
            callbacks_to=callbacks_to,
            webhook_secrets=webhook_secrets,
            threads=True,
            base_url=(public_url or url).rstrip("/"),
        )
        engine.plans.add(plans)
        announce(f"Kling mock listening on {url}")
        announce(f"  API key     {engine.keys.api_key}")
        if not all(operation.needs_api_key for operation in spec.operations.values()):
            announce(f"  access key  {engine.keys.access_key}")
            announce(f"  secret key  {engine.keys.secret_key}")
        way = f"KLING_BASE_URL={url}{spec.prefix} KLING_API_KEY={engine.keys.api_key}"
        announce(f"  {way} lead programs here")
        for new, known in aliases.items():
            announce(f"  {new} stands for {known}, without its rules")
        announce(f"  {url}/_mock/ shows what happens, and lets you meddle")
        run(engine, visitors, listener, public_url, idle_timeout, announce)


class KlingMock:
    """A mock to use in process.

    Its time stands still until a client sleeps or `clock.advance` is called, so that waiting for a
    task takes no real time. Callbacks are sent while whoever moves the clock waits; to a receiver
    in the same event loop they cannot come, and `deliveries` has what it would have got.

    Args:
        as_of: behave as Kling did on that day, as far as retired models go; today if None.
        speed: how many times faster than life tasks go.
        exact: refuse a value of another type, null, and "" where it is no value. Otherwise they are
            read as Kling reads them, and the response header x-kling-mock-notes says how.
        lenient: let unknown fields pass, as Kling does; x-kling-mock-notes names them.
        allow: ids of rules, such as "text-to-video.sound-models", whose breach is not refused: the
            task fails later, as where Kling sees at last that it cannot be done. After
            "unknown-field" it succeeds, because Kling ignores such a field.
        aliases: paths that nobody has described, and the described ones that they stand for, such
            as {"/text-to-video/kling-4.0": "/text-to-video/kling-3.0"}; or a segment for a segment
            of any path, such as {"kling-4.0": "kling-3.0"}. Tasks, replies, quotas and credentials
            are those of the described path. Of a body nothing is checked, which
            x-kling-mock-notes says, and what has another form than there is ignored.
        packages: what the account has bought; over their concurrency a create is refused with
            1303, and with 1102 where what is left cannot pay for it. Without any there are no
            quotas.
        balance: money of the account, which pays where no package can; 1102 where it is too little.
        requests_per_second: refuse with 1302 what comes faster; None for any number.
        callbacks_to: hosts that callbacks may go to beside loopback addresses; "*" for all.
        webhook_secrets: what callbacks are signed with, "whsec_" and base64; with several, as
            while a new one replaces the old one, each callback has a signature of each.
        document: a bundled description to build from; the one of this version if None.
        dialect: a form of that one, such as "current-only"; `kling spec --help` names them all.
        now: where the clock starts, in Unix seconds; at real time if None.

    Raises:
        TypeError: `callbacks_to` is a text.
        ValueError: there is no such type of package, currency, dialect or rule, a secret or an
            alias is none, or both a document and a dialect are given.
    """

    def __init__(
        self,
        *,
        as_of: date | None = None,
        speed: float = 1.0,
        exact: bool = False,
        lenient: bool = False,
        allow: Collection[str] = (),
        aliases: Mapping[str, str] | None = None,
        packages: Sequence[Package] = (),
        balance: Balance | None = None,
        requests_per_second: float | None = None,
        callbacks_to: Collection[str] = (),
        webhook_secrets: Sequence[str] = (),
        document: Document | None = None,
        dialect: str = "",
        now: float | None = None,
    ) -> None:
        if document is not None and dialect:
            raise ValueError("a dialect is one of this version's own description, not of another")
        self.keys = Keys()
        """The credentials that it takes."""
        self.clock = ManualClock(time.time() if now is None else now)
        """Its time; `clock.advance(seconds)` moves it."""
        spec = load(dialect) if document is None else Spec(document)
        self._engine = Engine(
            spec,
            clock=self.clock,
            keys=self.keys,
            manner=Manner(
                as_of, exact, lenient, requests_per_second, overruled(allow, spec), aliases or {}
            ),
            speed=speed,
            packages=packages,
            balance=balance,
            callbacks_to=callbacks_to,
            webhook_secrets=webhook_secrets,
        )
        handle = Server(self._engine).handle
        self.transport = Transport(handle, self.clock)
        """Give it to a client; no network is used."""
        self.app = App(handle, self.clock)
        """The same mock as an ASGI application."""

    def plan(self, *statuses: str, **fields: Any) -> None:
        """Lay down the life of the next task, or a fault.

            mock.plan("submitted", "processing", "failed", message="Image pixel is invalid")
            mock.plan(fault="refuse", code=1303, times=3)
            mock.plan(fault="stall", seconds=90, when="after")
            mock.plan(fault="cut", bytes=1000, on="download")

        `fault_kinds()` says which faults there are. Each affects the next create, once, unless
        `on` (a verb such as get, an operationId, download, callback or any), `times` (None for
        always) or `share` (of the calls, by chance) say otherwise; `when` is "before" or "after"
        the call was carried out.

        Args:
            statuses: what the task goes through, in order, in the words of either standard; the
                last one stays.
            fields: `message`, why it failed, and `begins`, the seconds at which each status
                begins; or `fault` and what belongs to it.

        Raises:
            ValueError: what is wrong with it, and what would be right; then nothing is planned.
        """
        self._engine.plans.add([{**fields, **({"statuses": statuses} if statuses else {})}])

    def change(self, task_id: str, status: str, message: str = "") -> None:
        """Let a task succeed or fail now.

        Args:
            task_id: Kling's id of it.
            status: what it becomes, in the words of either standard.
            message: why it failed, if it does.

        Raises:
            ValueError: there is no such task or status, or the task has ended already.
        """
        task = self._engine.tasks.by_id(task_id)
        if task is None:
            raise ValueError(f"there is no task {task_id}")
        self._engine.change(task, status, message)

    def set_webhook_secrets(self, webhook_secrets: Sequence[str]) -> None:
        """Sign callbacks with these from now on; with none of them not at all.

        Raises:
            ValueError: one of them is no secret.
        """
        self._engine.signer.set(webhook_secrets)

    def state(self) -> dict[str, Any]:
        """Return tasks, requests, plans and quotas as JSON, newest first, for assertions.

            assert mock.state()["requests"][0]["body"]["duration"] == "8"

        Of texts over 4096 characters that are no URLs, such as media, only the length is kept.
        `peak` is how many tasks were in flight at once at most, by package and model, and
        `refusals` how many there were, by code; both since the start, or since a reset.
        """
        return state(self._engine)

    @property
    def deliveries(self) -> list[Delivery]:
        """The callbacks that were sent, or were to be sent, oldest first.

        They need no receiver: a callback_url such as http://localhost:9/ will do.
        """
        return list(self._engine.callbacks.deliveries)
