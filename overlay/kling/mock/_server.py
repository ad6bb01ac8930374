"""The mock as a server, which `kling mock` runs."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kling.description import load, overruled
from kling.mock._api import Keys, Routes, Settings
from kling.mock._engine import Engine
from kling.mock._exchange import RealClock
from kling.mock._samples import Samples
from kling.mock._serving import Visitors
from kling.mock._tasks import Balance, Package


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
    media: Iterable[str | Path] = (),
    state: Path | None = None,
    keep: int = 10_000,
    dialect: str = "",
    tls: bool = False,
) -> None:
    """Serve a mock until interrupted, as `kling mock` does. Needs the extra `cli`.

    Args:
        announce: receives each line of output, such as the URL of the mock and its credentials.
        host: the address to listen on.
        port: the port to listen on; 0 chooses a free one.
        as_of: see `KlingMock`.
        speed: see `KlingMock`.
        public_url: the http or https URL by which callers reach the mock; by default the Host of
            each request decides it.
        allow_hosts: further host names that URLs of the pages and controls below /_mock/ may have.
            IP addresses, localhost, `host` and the host of `public_url` are always allowed. The
            mock refuses other names, because the owner of a web page can point its host name at
            this machine (DNS rebinding).
        idle_timeout: seconds after which a connection is closed if its client does not complete
            the head of a request, or does not continue its body.
        exact: see `KlingMock`.
        lenient: see `KlingMock`.
        allow: see `KlingMock`.
        aliases: see `KlingMock`.
        plans: plans that are in force from the start, as for `KlingMock.plan`.
        packages: see `KlingMock`.
        balance: see `KlingMock`.
        requests_per_second: see `KlingMock`.
        callbacks_to: see `KlingMock`.
        webhook_secrets: see `KlingMock`.
        media: see `KlingMock`.
        state: a file that keeps the tasks from one run to the next; created if it does not exist.
        keep: how many tasks to keep if `state` is None.
        dialect: see `KlingMock`.
        tls: serve https instead of http, which needs the extra `tls`. The certificate is for
            localhost, 127.0.0.1, ::1, the hosts of the description and its dialects, `host`,
            `allow_hosts` and the host of `public_url`. `announce` receives instructions for
            trusting it.

    Raises:
        ModuleNotFoundError: a package of an extra is not installed.
        OSError: the mock cannot listen on the address, or cannot write the certificate.
        TypeError: `callbacks_to`, `allow_hosts` or `media` is a string instead of a list.
        ValueError: a plan, a package, the balance, a secret, an alias, a file of `media`, a host,
            the file of `state` or `public_url` is not valid, or a dialect or rule does not exist.
    """
    # Imported here, because the mock in the same process needs no server.
    from kling.mock._listening import identity, listen, run, trust_instructions

    if public_url and not re.match("https?://[^/?#]", public_url):
        example = "https://mock.example.org"
        raise ValueError(f"{public_url!r} is not a URL; a public URL looks like {example}")
    # Decides which requests may use the pages and controls below /_mock/.
    visitors = Visitors(host, allow_hosts, public_url)
    certificates = identity(visitors.names) if tls else None
    spec, aliases, samples = load(dialect), aliases or {}, Samples(media)
    if aliases:
        Routes(spec, aliases)  # checks the aliases before the port is taken
    with listen(host, port) as listener:
        netloc = f"[{host}]" if ":" in host else host
        url = f"{'https' if certificates else 'http'}://{netloc}:{listener.getsockname()[1]}"
        engine = Engine(
            spec,
            clock=RealClock(),
            keys=Keys(),
            settings=Settings(
                as_of, exact, lenient, requests_per_second, overruled(allow, spec), aliases or {}
            ),
            speed=speed,
            packages=packages,
            balance=balance,
            state=state,
            keep=keep,
            callbacks_to=callbacks_to,
            webhook_secrets=webhook_secrets,
            samples=samples,
            threads=True,
            base_url=(public_url or url).rstrip("/"),
        )
        engine.plans.add(plans)
        announce(f"Kling mock listening on {url}")
        announce(f"  API key     {engine.keys.api_key}")
        if not all(operation.needs_api_key for operation in spec.operations.values()):
            announce(f"  access key  {engine.keys.access_key}")
            announce(f"  secret key  {engine.keys.secret_key}")
        variables = f"KLING_BASE_URL={url}{spec.prefix} KLING_API_KEY={engine.keys.api_key}"
        announce(f"  {variables} are the variables with which programs use this mock")
        if certificates:
            for line in trust_instructions(certificates):
                announce(f"  {line}")
        for new, known in aliases.items():
            announce(f"  {new} is an alias of {known}; the rules of {known} do not apply to it")
        announce(f"  {url}/_mock/ shows tasks and requests, and has controls")
        certificate = certificates.server if certificates else None
        run(engine, visitors, listener, public_url, idle_timeout, certificate, announce)
