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
from kling.check.allowances import allowances
from kling.check.bodies import Bodies
from kling.check.exchanges import Request
from kling.check.findings import InterruptedCheck, NotTried, Part, Report
from kling.check.guard import CheckBudget, Place, address
from kling.check.identity import authorization, chosen_keys, identity, stop_at_other_servers
from kling.check.inquiry import Inquiry, StoppedError
from kling.check.replies import Replies
from kling.check.server import Server, UnreachableError
from kling.description import Spec, load, nearest

_PARTS: dict[str, Callable[[Inquiry], None]] = {
    "credentials": credentials.check,
    "refusals": refusals.check,
    # The parts from here on are in the order of their cost on a server that behaves like Kling.
    "stories": stories.check,
    "callbacks": callbacks.check,
    "types": wrong_types.check,
    "acceptances": acceptances.check,
    "fuzz": fuzz.check,
}
PARTS = (*_PARTS, "replies")
"""The parts of a check. `replies` sends nothing; it checks the replies that other parts get."""
USUAL = tuple(name for name in PARTS if name != "fuzz")
"""The parts that run by default."""


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
    """Compare a server with the description of Kling, and report the differences.

    Without `spend`, the check sends only reads, and create requests that Kling is known to refuse.
    A server that also refuses them creates no task. A server that accepts them creates at most two
    tasks, one in the part `refusals` and one in the part `types`, because each of these parts then
    ends. A mock of this project on this machine needs no `spend`, because the check
    recognizes it, and its tasks cost nothing.

    Args:
        url: the base URL of the server. The paths of the description are appended to it.
        api_key: the API key. The default is KLING_API_KEY, or the key of the mock.
        access_key: the access key. The default is KLING_ACCESS_KEY, or the key of the mock.
        secret_key: the secret key that belongs to `access_key`. The default is KLING_SECRET_KEY, or
            the key of the mock.
        webhook_secret: the secret with which the server signs callbacks. Without it, signatures are
            not checked.
        parts: the parts to run, from `PARTS`. The default is `USUAL`: all except fuzz.
        spend: how many units all tasks together may cost, by Kling's price list.
        seed: the seed for the order of the requests, and for random choices.
        dialect: the variant of the description to compare the server with, one of
            `kling.description.dialects()`. The default is the description itself.
        only: the families to check, such as text_to_video. The default is all.
        allow: differences that are intended, and are not to be reported. An entry is the id of a
            rule, such as text-to-video.sound-models; or the place with which a finding begins, such
            as "TaskReply: data.task_status"; or an operationId.
        as_of: the date that decides which models are retired. The default is the date of the mock,
            or today.
        patience: how many seconds to wait for a task to end.
        examples: how many requests the part fuzz generates for each operation.
        transport: an httpx transport to use instead of the network, such as `KlingMock.transport`.
            The server behind it counts as a mock only if it identifies itself as one.
        on_progress: called after each request, with the name of the part and the number of requests
            so far.

    Raises:
        ValueError: an argument is not valid, or the credentials are missing. Or the part fuzz was
            selected, and schemathesis is not installed.
        InterruptedCheck: the user interrupted the check. Its `report` has what was found and
            created before that.
    """
    spec = load(dialect)
    where = address(url)
    families = _families(spec, only)
    _refuse_unknown("part", parts, PARTS)
    allowed = allowances(allow, spec)
    if "fuzz" in parts:
        fuzz.require_schemathesis()
    if webhook_secret:
        callbacks.signing_key(spec, webhook_secret)
    if not math.isfinite(patience) or patience < 0:
        raise ValueError("patience must be a number of seconds, 0 or more")
    units = None if spend is None else _units(spend)
    began = datetime.now(UTC)
    probe = _probe(spec)
    mock = identity(where, transport, probe)
    keys = chosen_keys(api_key, access_key, secret_key, webhook_secret, mock)
    is_here = where.place is Place.HERE or transport is not None
    if as_of is None:
        as_of = date.fromisoformat(mock.as_of) if mock and mock.as_of else began.date()
    bodies = Bodies(spec, f"check-{secrets.token_hex(4)}", as_of)
    make_header = authorization(spec, keys)
    nonce = mock.nonce if mock else ""
    server = Server(where.url, make_header, transport, is_here=is_here, nonce=nonce)
    if mock:
        server.on_reply.append(stop_at_other_servers(mock))
    inquiry = Inquiry(
        spec=spec,
        server=server,
        address=where,
        keys=keys,
        bodies=bodies,
        budget=CheckBudget(spec, bodies, units, is_mock=mock is not None),
        is_mock=mock is not None,
        is_here=is_here,
        is_in_process=transport is not None,
        examples=examples,
        families=families,
        allow=allowed,
        named_parts=() if parts is USUAL else parts,  # the default names no part
        patience=patience,
        seed=seed,
        on_progress=on_progress or _ignore_progress,
    )
    replies = Replies(inquiry)
    if "replies" in parts:
        server.on_reply.append(replies)
    done: list[Part] = []
    why_unfinished, interrupt = "", None
    try:
        why_unfinished = _why_unreachable(inquiry, probe)
        for name in _PARTS:
            if name in parts and not why_unfinished:
                _run_part(inquiry, name, done)
    except UnreachableError as error:
        why_unfinished = str(error)
    except KeyboardInterrupt as error:
        why_unfinished, interrupt = "it was interrupted", error
    finally:
        server.close()
    if "replies" in parts and not why_unfinished:
        # This part has sent nothing itself. It checked the replies to what the others sent.
        sent = sum(inquiry.sent_by_part.values(), Counter[str]())
        done.append(Part("replies", 0, 0.0, families=dict(sent)))
    budget = inquiry.budget
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
        created=budget.created,
        units=dict(budget.units),
        unpriced=budget.unpriced,
        unreachable=why_unfinished,
    )
    if interrupt:
        raise InterruptedCheck(report) from interrupt
    return report


def _ignore_progress(part: str, requests: int) -> None:
    del part, requests


def _run_part(inquiry: Inquiry, name: str, done: list[Part]) -> None:
    inquiry.part = name
    before, began, stopped = inquiry.server.requests, time.monotonic(), ""
    try:
        _PARTS[name](inquiry)
    except StoppedError as error:
        stopped = str(error)
    finally:
        # After an interrupt, the report still counts what this part has sent.
        sent, seconds = inquiry.server.requests - before, time.monotonic() - began
        done.append(Part(name, sent, seconds, stopped, dict(inquiry.sent_by_part[name])))


def _left_out(parts: Collection[str]) -> Iterable[NotTried]:
    for name in PARTS:
        if name not in parts:
            is_usual = name in USUAL
            reason = "It was not selected." if is_usual else "It runs only if you select it."
            yield NotTried(name, "the whole part", reason)


def _probe(spec: Spec) -> Request:
    """Return a request that creates nothing: it reads a list, with GET if a list allows that."""
    lists = [operation for operation in spec.operations.values() if operation.verb == "list"]
    for operation in lists:
        if operation.method == "GET":
            return Request(operation)
    return Request(lists[0], {})


def _why_unreachable(inquiry: Inquiry, probe: Request) -> str:
    """Return why the server cannot be checked; empty if it can."""
    reply = inquiry.server.send(probe)
    if reply.lost:
        return reply.lost
    row = inquiry.spec.errors.get(reply.code or 0)
    if row and row.kind == "authentication":
        return f"the server refuses the credentials: {reply}"
    return ""


def _families(spec: Spec, only: Collection[str]) -> frozenset[str]:
    wanted = frozenset(name.replace("-", "_") for name in only)
    _refuse_unknown("family", wanted, {operation.family for operation in spec.operations.values()})
    return wanted


def _refuse_unknown(what: str, given: Collection[str], known: Collection[str]) -> None:
    for name in given:
        if name not in known:
            near = nearest(name, set(known))
            hint = f"did you mean {near}?" if near else f"choose from {', '.join(sorted(known))}"
            raise ValueError(f"there is no {what} {name}; {hint}")


def _units(spend: Decimal | int | str) -> Decimal:
    try:
        units = Decimal(spend)
    except ArithmeticError as error:
        raise ValueError("spend must be a number of units, such as 20") from error
    if not units.is_finite() or units < 0:
        raise ValueError("spend must be a number of units, 0 or more")
    return units
