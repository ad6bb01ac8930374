"""The commands about the account and the connection: `kling account` and `kling doctor`."""

import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import click
from kling_api import models as requests

from kling._cli.options import json_option
from kling._cli.output import print_json, print_lines, print_message
from kling._client import Kling
from kling._http import Response
from kling._requests import private_host
from kling._tasks import Account, ResourcePackage
from kling.description import load
from kling.errors import APIConnectionError, APIError, AuthenticationError, KlingError

# In seconds. A reply takes time to arrive, and its date has no fractions of a second.
_CLOCK_TOLERANCE = 5


@dataclass(frozen=True)
class Finding:
    """The result of one check of `kling doctor`; the names of the fields are those of --json."""

    level: str
    """`ok`; `wrong`; or `note` for something unusual that may be intended."""
    about: str
    """What was checked, such as `clock`."""
    said: str
    """What the check found."""


@click.command()
@json_option
def account(as_json: bool) -> None:
    """Show the resource packages of the account, with their remaining units and expiry dates.

    This costs nothing. The remaining units may be out of date; the command says by how much.

    \b
    Example: kling account
    """
    with Kling() as client:
        result = client.account()
    if as_json:
        print_json([_package_fields(package) for package in result.packages])
        return
    for package in result.packages:
        print_lines(f"{package.status or 'unknown':10}  {_package_line(package)}")
    if not result.packages:
        print_message("no resource packages")
    hours = result.lag.total_seconds() / 3600
    print_message(f"The remaining units may be {hours:g} hours out of date.")


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Check credentials, host, clock and account, and show what to correct.

    The command only reads, so it costs nothing. It never shows a secret. The exit code is 1 if
    something is wrong.

    \b
    Example: kling doctor
    """
    findings = []
    for finding in _findings():
        findings.append(finding)
        if not as_json:
            print_lines(f"{finding.level:5}  {finding.about:16}  {finding.said}")
    if as_json:
        print_json([asdict(finding) for finding in findings])
    sys.exit(1 if any(finding.level == "wrong" for finding in findings) else 0)


def _findings() -> Iterator[Finding]:
    """Yield the results of the checks, until a failure makes further checks useless."""
    try:
        client = Kling()
    except KlingError as error:
        yield Finding("wrong", "credentials", str(error))
        return
    except ValueError as error:
        # The client raises this for a wrong base URL or proxy.
        yield Finding("wrong", "environment", str(error))
        return
    with client:
        yield _credentials(client)
        yield _host(client)
        # The check of the clock needs the date of a reply.
        replies: list[Response] = []
        client._http.event_hooks["response"].append(replies.append)
        began = time.monotonic()
        try:
            # Report a failure at once instead of retrying.
            client = client.with_options(max_retries=0)
            account_now = client.account()
        except APIConnectionError as error:
            yield Finding("wrong", "connection", str(error))
            return
        except AuthenticationError as error:
            yield _connected(began)
            yield _clock(replies)
            # All further requests would fail in the same way.
            yield Finding("wrong", "credentials", str(error))
            return
        except APIError as error:
            yield _connected(began)
            yield _clock(replies)
            yield Finding("wrong", "account", str(error))
        else:
            yield _connected(began)
            yield _clock(replies)
            yield from _packages(account_now)
        yield _answers("/v1 standard", client, requests.TextToVideoRequest)
        if client._has_api_key:
            yield _answers("current standard", client, requests.ListTasksRequest(limit=1))
        else:
            yield Finding(
                "note",
                "current standard",
                "needs an API key; an access key pair is not accepted there",
            )


def _credentials(client: Kling) -> Finding:
    if client._has_api_key:
        return Finding("ok", "credentials", "an API key")
    return Finding("ok", "credentials", "an access key pair, which signs tokens")


def _host(client: Kling) -> Finding:
    url, hosts = client._http.base_url, load().hosts
    if url.host in hosts:
        return Finding("ok", "host", f"{url}, a host of Kling")
    if private_host(str(url)):
        return Finding(
            "note", "host", f"{url} is on this machine or its network, so it is not Kling"
        )
    return Finding(
        "note", "host", f"{url} is not a host of Kling; its hosts are {', '.join(hosts)}"
    )


def _connected(began: float) -> Finding:
    return Finding("ok", "connection", f"answered in {time.monotonic() - began:.2f} s")


def _clock(replies: list[Response]) -> Finding:
    try:
        server_time = parsedate_to_datetime(replies[-1].headers["date"]).timestamp()
    except (IndexError, KeyError, TypeError, ValueError, OverflowError):
        return Finding("note", "clock", "the replies of the server have no date to compare with")
    seconds = round(time.time() - server_time)
    if abs(seconds) <= _CLOCK_TOLERANCE:
        return Finding("ok", "clock", "agrees with the clock of the server")
    direction = "ahead of" if seconds > 0 else "behind"
    problem = f"{abs(seconds)} s {direction} the clock of the server; set the clock of this machine"
    return Finding("wrong", "clock", problem)


def _packages(account_now: Account) -> Iterator[Finding]:
    for package in account_now.usable:
        yield Finding("ok", "package", _package_line(package))
    if not account_now.usable:
        count = len(account_now.packages)
        problem = (
            f"none of the {count} packages has the status online"
            if count
            else "no resource package"
        )
        yield Finding(
            "note",
            "package",
            f"{problem}; Kling charges the balance, or refuses new tasks with code 1102",
        )


def _answers(about: str, client: Kling, request: Any) -> Finding:
    """Check that Kling answers a list query of one standard, `about`."""
    try:
        next(client.list(request, page_size=1), None)
    except APIError as error:
        return Finding("wrong", about, str(error))
    return Finding("ok", about, "answers")


def _package_line(package: ResourcePackage) -> str:
    left = f"{package.left.value:f}" if package.left else "?"
    total = f"{package.total.value:f}" if package.total else "?"
    until = f"{package.usable_until:%Y-%m-%d}" if package.usable_until else "?"
    return f"{left} of {total} units left until {until}  {package.name}"


def _package_fields(package: ResourcePackage) -> dict[str, Any]:
    return {
        "name": package.name,
        "status": package.status,
        "left": package.left and package.left.value,
        "total": package.total and package.total.value,
        "usable_from": package.usable_from,
        "usable_until": package.usable_until,
    }
