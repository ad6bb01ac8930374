"""One check of one server, from its address to the report."""

import math
import secrets
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kling.check import (
    acceptances,
    callbacks,
    credentials,
    fuzz,
    refusals,
    stories,
    wrong_types,
)
from kling.check.asking import Server, UnreachableError
from kling.check.bodies import Bodies
from kling.check.exchanges import Ask
from kling.check.findings import InterruptedCheck, NotTried, Part, Report
from kling.check.guard import Place, Purse, address
from kling.check.identity import authorization, identity, keys_of, only_of
from kling.check.inquiry import Inquiry, StoppedError
from kling.check.replies import Replies
from kling.description import Spec, load, nearest, overruled

_PARTS: dict[str, Callable[[Inquiry], None]] = {
    "credentials": credentials.check,
    "refusals": refusals.check,
    # What costs least on a right server comes first.
    "stories": stories.check,
    "callbacks": callbacks.check,
    "types": wrong_types.check,
    "acceptances": acceptances.check,
    "fuzz": fuzz.check,
}
PARTS = (*_PARTS, "replies")
"""The parts of a check; replies looks at what the others get."""
USUAL = tuple(one for one in PARTS if one != "fuzz")
"""The parts that run unless others are named."""


def run(
    url: str,
    *,
    api_key: str | None = None,
    access_key: str | None = None,
    secret_key: str | None = None,
    webhook_secret: str | None = None,
    parts: Collection[str] = USUAL,
    spend: Decimal | int | str | None = None,
    seed: int = 0,
    dialect: str = "",
    only: Collection[str] = (),
    allow: Collection[str] = (),
    as_of: date | None = None,
    patience: float = 300.0,
    examples: int = 25,
    transport: Any = None,
    on_progress: Callable[[str, int], None] | None = None,
) -> Report:
    """Say how a server differs from Kling as it is described.

    Without `spend` nothing is created: only reads are sent, and what Kling is known to refuse. A
    mock of this project on this machine makes itself known, and needs no permission.

    Args:
        url: the address of the server; what the paths of the description are added to.
        api_key: the API key; by default KLING_API_KEY, or that of the mock.
        access_key: the access key of a key pair; by default KLING_ACCESS_KEY, or that of the mock.
        secret_key: its secret key; by default KLING_SECRET_KEY, or that of the mock.
        webhook_secret: what the server signs callbacks with; without it no signature is checked.
        parts: what to do, of `PARTS`; all but fuzz by default.
        spend: units of Kling's price list, of all packages together, that may be spent.
        seed: decides the order of the requests, and what is chosen by chance.
        dialect: a form of the description to hold the server to.
        only: families to look at, such as text_to_video; all by default.
        allow: rules that the server breaks on purpose, such as text-to-video.sound-models.
        as_of: the day for which retirements count; by default that of the mock, or today.
        patience: seconds that a task may take to end.
        examples: how many requests the part fuzz makes up for each operation.
        transport: an httpx transport in place of the network, such as that of a `KlingMock`. What
            answers through it is taken for a mock of this project only if it makes itself known.
        on_progress: is told the part, and how many requests were sent so far.

    Raises:
        ValueError: the address, a part, a family, a rule, the dialect, the budget or the secret is
            none, or credentials or schemathesis are missing.
        InterruptedCheck: the check was interrupted; its `report` says what was found and made.
    """
    spec = load(dialect)
    where = address(url)
    families = _families(spec, only)
    _refuse_unknown("part", parts, PARTS)
    allowed = overruled(allow, spec)
    if "fuzz" in parts:
        fuzz.refuse_missing()
    if webhook_secret:
        callbacks.key_of(spec, webhook_secret)
    if not math.isfinite(patience) or patience < 0:
        raise ValueError("patience is a number of seconds from 0 on")
    budget = None if spend is None else _units(spend)
    began = datetime.now(UTC)
    first = _first(spec)
    mock = identity(where, transport, first)
    keys = keys_of(api_key, access_key, secret_key, webhook_secret, mock)
    day = as_of or (date.fromisoformat(mock.as_of) if mock and mock.as_of else began.date())
    is_here = where.place is Place.HERE or transport is not None
    bodies = Bodies(spec, f"check-{secrets.token_hex(4)}", day)
    usual, mark = authorization(spec, keys), mock.nonce if mock else ""
    server = Server(where.url, usual, transport, is_here=is_here, mark=mark)
    if mock:
        server.seen.append(only_of(mock))
    inquiry = Inquiry(
        spec=spec,
        server=server,
        address=where,
        keys=keys,
        bodies=bodies,
        purse=Purse(spec, bodies, budget, is_mock=mock is not None),
        is_mock=mock is not None,
        is_here=is_here,
        is_in_process=transport is not None,
        examples=examples,
        families=families,
        allow=allowed,
        asked_for=() if parts is USUAL else parts,
        patience=patience,
        seed=seed,
        on_progress=on_progress or _tell_nobody,
    )
    replies = Replies(inquiry)
    if "replies" in parts:
        server.seen.append(replies)
    done: list[Part] = []
    unreachable, interrupt = "", None
    try:
        unreachable = _greeting(inquiry, first)
        wanted = () if unreachable else [name for name in _PARTS if name in parts]
        for name in wanted:
            _run_part(inquiry, name, done)
    except UnreachableError as error:
        unreachable = str(error)
    except KeyboardInterrupt as error:
        unreachable, interrupt = "it was interrupted", error
    finally:
        server.close()
    if "replies" in parts and not unreachable:
        done.append(Part("replies", 0, 0.0, families=dict(sum(inquiry.asked.values(), Counter()))))
    purse = inquiry.purse
    report = Report(
        url=where.url,
        server="a kling mock on this machine" if mock else where.place.value,
        dialect=dialect,
        seed=seed,
        started=began,
        parts=tuple(done),
        findings=inquiry.findings(),
        undecided=inquiry.undecided(),
        not_tried=(*_left_out(parts), *inquiry.not_tried()),
        created=purse.created,
        units=dict(purse.units),
        unpriced=purse.unpriced,
        unreachable=unreachable,
    )
    if interrupt:
        raise InterruptedCheck(report) from interrupt
    return report


def _tell_nobody(part: str, requests: int) -> None:
    del part, requests


def _run_part(inquiry: Inquiry, name: str, done: list[Part]) -> None:
    inquiry.part = name
    before, began, stopped = inquiry.server.requests, time.monotonic(), ""
    try:
        _PARTS[name](inquiry)
    except StoppedError as error:
        stopped = str(error)
    finally:
        # What was sent before an interrupt is told too.
        sent, seconds = inquiry.server.requests - before, time.monotonic() - began
        done.append(Part(name, sent, seconds, stopped, dict(inquiry.asked[name])))


def _left_out(parts: Collection[str]) -> Iterable[NotTried]:
    for name in PARTS:
        if name not in parts:
            reason = "It runs only when it is named." if name == "fuzz" else "It was not named."
            yield NotTried(name, "all of it", reason)


def _first(spec: Spec) -> Ask:
    lists = [one for one in spec.operations.values() if one.verb == "list"]
    return next((Ask(one) for one in lists if one.method == "GET"), Ask(lists[0], {}))


def _greeting(inquiry: Inquiry, first: Ask) -> str:
    """Return why the server cannot be asked; empty if it can."""
    reply = inquiry.server.ask(first)
    if reply.lost:
        return reply.lost
    row = inquiry.spec.errors.get(reply.code or 0)
    if row and row.kind == "authentication":
        return f"the server does not take the credentials: {reply}"
    return ""


def _families(spec: Spec, only: Collection[str]) -> frozenset[str]:
    wanted = frozenset(one.replace("-", "_") for one in only)
    _refuse_unknown("family", wanted, {one.family for one in spec.operations.values()})
    return wanted


def _refuse_unknown(what: str, given: Collection[str], known: Collection[str]) -> None:
    for name in given:
        if name not in known:
            near = nearest(name, set(known))
            hint = f"did you mean {near}?" if near else f"there are {', '.join(sorted(known))}"
            raise ValueError(f"there is no {what} {name}; {hint}")


def _units(spend: Decimal | int | str) -> Decimal:
    try:
        units = Decimal(spend)
    except ArithmeticError as error:
        raise ValueError("spend is a number of units, such as 20") from error
    if not units.is_finite() or units < 0:
        raise ValueError("spend is a number of units from 0 on")
    return units
