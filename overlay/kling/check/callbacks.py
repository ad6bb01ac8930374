"""The part that lets the server call back, and looks at what comes."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from kling.check.bodies import Case
from kling.check.endings import wait_for
from kling.check.exchanges import Ask
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.receiver import Delivery, Receiver, receiving
from kling.check.stories import choose, needs_state
from kling.check.task_lists import SUCCEEDED, Made, Shelf, Shown
from kling.description import Operation, Rules, Spec

_ID, _TIMESTAMP, _SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
# Seconds that a callback may come after the task has ended.
_LATE, _PAUSE = 5.0, 0.1


def check(inquiry: Inquiry) -> None:
    """Create a task of each kind with a callback_url of this machine, and see what comes."""
    if not inquiry.is_here:
        reason = "A server elsewhere cannot reach this machine."
        inquiry.skip("all of it", reason)
        return
    if not inquiry.keys.webhook_secrets:
        inquiry.skip("signatures", "No webhook secret was given.")
    with receiving() as receiver:
        for case in _one_of_each_kind(inquiry):
            _follow(inquiry, case, receiver)


def _one_of_each_kind(inquiry: Inquiry) -> list[Case]:
    """Return a body for each form that callbacks have, one that names nothing made earlier."""
    chosen: dict[tuple[str, bool], Case] = {}
    for create in inquiry.operations:
        query = inquiry.spec.query_of(create)
        case = choose(inquiry, create) if query and create.node.get("callbacks") else None
        if case and query:
            shared = query.id if "{id}" not in query.path else ""
            kind = (shared, create.calls_back_at_end)
            if kind not in chosen or needs_state(chosen[kind]) > needs_state(case):
                chosen[kind] = case
    return list(chosen.values())


def _follow(inquiry: Inquiry, case: Case, receiver: Receiver) -> None:
    create = case.operation
    body = inquiry.bodies.with_own_id(create, deepcopy(case.body), add=True)
    holder = body
    if inquiry.bodies.id_holder(create):
        holder = body.setdefault(inquiry.bodies.id_holder(create), {})
    holder["callback_url"] = receiver.url(create.id)
    ask = Ask(create, body)
    reply = inquiry.create(ask)
    if reply is None:
        inquiry.skip(create.id, inquiry.purse.reason)
        return
    shown = Shown(reply.data if isinstance(reply.data, dict) else {})
    if not reply.is_success or not shown.id:
        inquiry.skip(create.id, f"Its create got {reply}.")
        return
    made = Made(ask, shown.id, inquiry.bodies.own_id(create, body))
    if wait_for(inquiry, Shelf(inquiry.spec, create), made) is None:
        inquiry.skip(create.id, f"Its task had not ended after {inquiry.patience:g} s.")
        return
    deliveries = _came(inquiry, receiver, create.id)
    if deliveries:
        _judge(inquiry, made, deliveries)
    elif inquiry.is_mock or "callbacks" in inquiry.asked_for:
        place = f"{create.id}: callbacks"
        inquiry.wrong(Kind.CALLBACK, ask, "a callback when the task ends", "none", place)
    else:
        reason = (
            "No callback came; the server may not reach this machine. Name the part to be sure."
        )
        inquiry.skip(create.id, reason)


def _came(inquiry: Inquiry, receiver: Receiver, name: str) -> list[Delivery]:
    """Return what came, once something tells of the end, or the time is over."""
    left = _LATE
    while left > 0:
        told = [Shown(_json(one)) for one in receiver.came(name)]
        if any(one.has_ended for one in told):
            break
        inquiry.server.clock.sleep(_PAUSE)
        left -= _PAUSE
    return receiver.came(name)


def _judge(inquiry: Inquiry, made: Made, deliveries: list[Delivery]) -> None:
    assert made.ask is not None  # it was created here
    create, ask = made.ask.operation, made.ask

    def wrong(expected: str, got: str, what: str) -> None:
        inquiry.wrong(Kind.CALLBACK, ask, expected, got, f"{create.id}: {what}")

    rules = _rules(inquiry.spec, create)
    keys = [key_of(inquiry.spec, secret) for secret in inquiry.keys.webhook_secrets]
    for one in deliveries:
        body = _json(one)
        if not body:
            wrong("a task in JSON", "something else", "the body of a callback")
            continue
        for problem in rules.problems(body):
            if problem.rule != "unknown-field":
                wrong(problem.message[:300], problem.rule, f"callback: {problem.field}")
        task = Shown(body)
        if task.id != made.id:
            wrong(f"the task {made.id}", f"the task {task.id}", "the id in a callback")
        if task.own_id != made.own_id:
            got = task.own_id or "no external_task_id"
            wrong(made.own_id or "no external_task_id", got, "the external_task_id in a callback")
        if task.status == SUCCEEDED and not task.outputs:
            wrong("the results of the task", "none", "the results in a callback")
        if keys and not _is_signed(inquiry.spec, one, keys):
            got = "another one" if _SIGNATURE in one.headers else "none"
            wrong("a signature with the secret", got, "the signature of a callback")
    if not any(Shown(_json(one)).has_ended for one in deliveries):
        wrong("a callback when the task ends", "only earlier ones", "callbacks")


def _json(delivery: Delivery) -> Mapping[str, Any]:
    try:
        found = json.loads(delivery.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _rules(spec: Spec, create: Operation) -> Rules:
    [described] = [spec.resolve(one) for one in create.node["callbacks"].values()]
    [methods] = described.values()
    return Rules(spec, methods["post"]["requestBody"]["content"]["application/json"]["schema"])


def key_of(spec: Spec, secret: str) -> bytes:
    """Return the key that a webhook secret holds.

    Raises:
        ValueError: it is no webhook secret.
    """
    prefix = _form(spec)["prefix"]
    text = secret.strip().removeprefix(prefix)
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key or not secret.strip().startswith(prefix):
        raise ValueError(f'a webhook secret is "{prefix}" and base64 text; this is not one')
    return key


def _is_signed(spec: Spec, one: Delivery, keys: list[bytes]) -> bool:
    parts = [one.headers.get(_ID, ""), one.headers.get(_TIMESTAMP, "")]
    if not all(parts):
        return False
    signed = b".".join((*(part.encode() for part in parts), one.body))
    version = _form(spec)["version"]
    right = {
        f"{version},{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"
        for key in keys
    }
    return bool(right & set(one.headers.get(_SIGNATURE, "").split()))


def _form(spec: Spec) -> Mapping[str, Any]:
    parameter = spec.document["components"]["parameters"]["WebhookSignature"]
    form: Mapping[str, Any] = parameter["x-kling-signature"]
    return form
