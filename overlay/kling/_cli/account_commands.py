"""The commands that ask about the account and the connection: `kling account`, `kling doctor`."""

import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import click
from kling_api import models as requests

from kling._cli.options import json_option
from kling._cli.output import print_json, say, show
from kling._client import Kling
from kling._http import Response
from kling._requests import private_host
from kling._tasks import Account, ResourcePackage
from kling.description import load
from kling.errors import APIConnectionError, APIError, AuthenticationError, KlingError

# Seconds that are no fault of a clock: a reply is on its way for a while, and says whole seconds.
_CLOCKS_AGREE = 5


@dataclass(frozen=True)
class Finding:
    """What one check of `kling doctor` found."""

    level: str
    """ok; note for what may be meant so; or wrong."""
    about: str
    said: str


@click.command()
@json_option
def account(as_json: bool) -> None:
    """Show the resource packages of the account, what is left of them, and until when.

    It is free. What is left lags behind, by up to the time that is shown.

    \b
    Example: kling account
    """
    with Kling() as client:
        found = client.account()
    if as_json:
        print_json([_plain(one) for one in found.packages])
        return
    for package in found.packages:
        show(f"{package.status or 'unknown':10}  {_line(package)}")
    if not found.packages:
        say("no resource packages")
    say(f"What is left may be {found.lag.total_seconds() / 3600:g} hours old.")


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Check credentials, host, clock and account, and say what is wrong and what to do.

    It only reads, so it is free. It exits with 1 if something is wrong. No secret is shown.

    \b
    Example: kling doctor
    """
    findings = []
    for finding in _findings():
        findings.append(finding)
        if not as_json:
            show(f"{finding.level:5}  {finding.about:16}  {finding.said}")
    if as_json:
        print_json([asdict(one) for one in findings])
    sys.exit(1 if any(one.level == "wrong" for one in findings) else 0)


def _findings() -> Iterator[Finding]:
    try:
        client = Kling()
    except KlingError as error:
        yield Finding("wrong", "credentials", str(error))
        return
    except ValueError as error:
        # What is left is of the base url, and of proxies.
        yield Finding("wrong", "environment", str(error))
        return
    with client:
        yield _credentials(client)
        yield _host(client)
        replies: list[Response] = []
        client._http.event_hooks["response"].append(replies.append)
        began = time.monotonic()
        try:
            # Who asks what is wrong does not want to wait until it is right.
            client = client.with_options(max_retries=0)
            found = client.account()
        except APIConnectionError as error:
            yield Finding("wrong", "connection", str(error))
            return
        except AuthenticationError as error:
            yield _connected(began)
            yield _clock(replies)
            # Both standards would say the same.
            yield Finding("wrong", "credentials", str(error))
            return
        except APIError as error:
            yield _connected(began)
            yield _clock(replies)
            yield Finding("wrong", "account", str(error))
        else:
            yield _connected(began)
            yield _clock(replies)
            yield from _packages(found)
        yield _answers("/v1 standard", client, requests.TextToVideoRequest)
        if client._has_api_key:
            yield _answers("current standard", client, requests.ListTasksRequest(limit=1))
        else:
            yield Finding("note", "current standard", "takes API keys only, no access key pairs")


def _credentials(client: Kling) -> Finding:
    if client._has_api_key:
        return Finding("ok", "credentials", "an API key")
    return Finding("ok", "credentials", "an access key pair, of which tokens are signed")


def _host(client: Kling) -> Finding:
    url, hosts = client._http.base_url, load().hosts
    if url.host in hosts:
        return Finding("ok", "host", f"{url}, a host of Kling's")
    if private_host(str(url)):
        return Finding("note", "host", f"{url}, in this machine or its network: no Kling")
    return Finding("note", "host", f"{url} is not one of Kling's hosts, {', '.join(hosts)}")


def _connected(began: float) -> Finding:
    return Finding("ok", "connection", f"answered in {time.monotonic() - began:.2f} s")


def _clock(replies: list[Response]) -> Finding:
    try:
        theirs = parsedate_to_datetime(replies[-1].headers["date"]).timestamp()
    except (IndexError, KeyError, TypeError, ValueError, OverflowError):
        return Finding("note", "clock", "the server does not say what time it is")
    seconds = round(time.time() - theirs)
    if abs(seconds) <= _CLOCKS_AGREE:
        return Finding("ok", "clock", "agrees with the server's")
    which = "ahead of" if seconds > 0 else "behind"
    said = f"{abs(seconds)} s {which} the server's; set the clock of this machine"
    return Finding("wrong", "clock", said)


def _packages(found: Account) -> Iterator[Finding]:
    for package in found.usable:
        yield Finding("ok", "package", _line(package))
    if not found.usable:
        said = f"{len(found.packages)} packages, none online" if found.packages else "none"
        yield Finding(
            "note",
            "package",
            f"{said}; without one, creates are paid from the balance or refused (1102)",
        )


def _answers(about: str, client: Kling, request: Any) -> Finding:
    try:
        next(client.list(request, page_size=1), None)
    except APIError as error:
        return Finding("wrong", about, str(error))
    return Finding("ok", about, "answers")


def _line(package: ResourcePackage) -> str:
    left = f"{package.left.value:f}" if package.left else "?"
    total = f"{package.total.value:f}" if package.total else "?"
    until = f"{package.usable_until:%Y-%m-%d}" if package.usable_until else "?"
    return f"{left} of {total} units left until {until}  {package.name}"


def _plain(package: ResourcePackage) -> dict[str, Any]:
    return {
        "name": package.name,
        "status": package.status,
        "left": package.left and package.left.value,
        "total": package.total and package.total.value,
        "usable_from": package.usable_from,
        "usable_until": package.usable_until,
    }
