"""The part that receives callbacks from the server, and compares them with the description."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from kling.check.bodies import Case
from kling.check.exchanges import Request
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.judging import UNKNOWN_FIELD, problem_in_words
from kling.check.receiver import Delivery, Receiver, receiving
from kling.check.stories import cheapest_case, needs_state
from kling.check.task_lists import SUCCEEDED, CreatedTask, TaskEndpoints, TaskView
from kling.check.task_results import wait_for, why_unfinished
from kling.description import Operation, Rules, Spec

_ID, _TIMESTAMP, _SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
# Seconds to wait for a callback after the task has ended.
_LONGEST_WAIT = 5.0
_PAUSE = 0.1


def check(inquiry: Inquiry) -> None:
    """Create tasks with a callback_url on this machine, and check the callbacks."""
    if not inquiry.is_here:
        reason = "A server on another machine cannot reach this one."
        inquiry.skip("the whole part", reason)
        return
    if not inquiry.keys.webhook_secrets:
        inquiry.skip("signatures", "No webhook secret was given.")
    with receiving() as receiver:
        for case in _one_for_each_form(inquiry):
            _check_callbacks_of_task(inquiry, case, receiver)


def _one_for_each_form(inquiry: Inquiry) -> list[Case]:
    """Return one body for each form of callback.

    The form depends on the operation that queries the task, and on whether Kling calls back only at
    the end. A body that needs no earlier request is preferred.
    """
    chosen: dict[tuple[str, bool], Case] = {}
    for create in inquiry.operations:
        query = inquiry.spec.query_of(create)
        case = cheapest_case(inquiry, create) if query and create.node.get("callbacks") else None
        if case and query:
            # In /v1, each family has its own query, but all have the same form of callback.
            shared_query = query.id if "{id}" not in query.path else ""
            form = (shared_query, create.calls_back_at_end)
            is_better = form in chosen and needs_state(chosen[form]) and not needs_state(case)
            if form not in chosen or is_better:
                chosen[form] = case
    return list(chosen.values())


def _check_callbacks_of_task(inquiry: Inquiry, case: Case, receiver: Receiver) -> None:
    """Create a task with a callback_url, wait until it has ended, and check its callbacks."""
    create = case.operation
    body = inquiry.bodies.with_new_id(create, deepcopy(case.body), add=True)
    # The callback_url belongs to the same object as the external_task_id: the body, or `options`.
    holder = body
    if inquiry.bodies.id_holder(create):
        holder = body.setdefault(inquiry.bodies.id_holder(create), {})
    holder["callback_url"] = receiver.url(create.id)
    request = Request(create, body)
    reply = inquiry.create(request)
    if reply is None:
        inquiry.skip(create.id, inquiry.budget.why_not_sent)
        return
    shown = TaskView(reply.data if isinstance(reply.data, dict) else {})
    if not reply.is_success or not shown.id:
        inquiry.skip(create.id, f"The reply to the create has no task: {reply}.")
        return
    made = CreatedTask(request, shown.id, inquiry.bodies.own_id(create, body))
    task = wait_for(inquiry, TaskEndpoints(inquiry.spec, create), made)
    if task is None or not task.has_ended:
        inquiry.skip(create.id, why_unfinished(inquiry, task))
        return
    deliveries = _wait_for_callbacks(inquiry, receiver, create.id)
    if deliveries:
        _check_deliveries(inquiry, made, deliveries)
    elif inquiry.is_mock or "callbacks" in inquiry.named_parts:
        place = f"{create.id}: callbacks"
        inquiry.add_finding(Kind.CALLBACK, request, "a callback when the task ends", "none", place)
    else:
        reason = (
            "No callback came. Perhaps the server cannot reach this machine; to report "
            "a missing callback as a finding, select this part by name."
        )
        inquiry.skip(create.id, reason)


def _wait_for_callbacks(inquiry: Inquiry, receiver: Receiver, name: str) -> list[Delivery]:
    """Wait a few seconds for a callback that reports the end of a task; return all callbacks."""
    left = _LONGEST_WAIT
    while left > 0:
        if _has_end(receiver.received(name)):
            break
        inquiry.server.clock.sleep(_PAUSE)
        left -= _PAUSE
    return receiver.received(name)


def _has_end(deliveries: list[Delivery]) -> bool:
    """Whether one of the callbacks reports the end of its task."""
    return any(TaskView(_json_object(delivery)).has_ended for delivery in deliveries)


def _check_deliveries(inquiry: Inquiry, made: CreatedTask, deliveries: list[Delivery]) -> None:
    """Compare the callbacks of a task with the description, and with the task."""
    assert made.request is not None  # this check has created the task
    create, request = made.request.operation, made.request

    def add_finding(expected: str, got: str, what: str) -> None:
        inquiry.add_finding(Kind.CALLBACK, request, expected, got, f"{create.id}: {what}")

    rules = _rules(inquiry.spec, create)
    keys = [signing_key(inquiry.spec, secret) for secret in inquiry.keys.webhook_secrets]
    for delivery in deliveries:
        body = _json_object(delivery)
        if not body:
            add_finding("a task in JSON", "something else", "the body of a callback")
            continue
        for problem in rules.problems(body):
            if problem.rule != UNKNOWN_FIELD:  # additional fields do no harm
                add_finding(*problem_in_words(problem), f"callback: {problem.field}")
        task = TaskView(body)
        if task.id != made.id:
            add_finding(f"the task {made.id}", f"the task {task.id}", "the id in a callback")
        if task.own_id != made.own_id:
            got = task.own_id or "no external_task_id"
            add_finding(
                made.own_id or "no external_task_id", got, "the external_task_id in a callback"
            )
        if task.status == SUCCEEDED and not task.outputs:
            add_finding("the results of the task", "none", "the results in a callback")
        if keys and not _is_signed(inquiry.spec, delivery, keys):
            got = "another signature" if _SIGNATURE in delivery.headers else "no signature"
            add_finding("a signature with the secret", got, "the signature of a callback")
    if not _has_end(deliveries):
        add_finding("a callback when the task ends", "only earlier callbacks", "callbacks")


def _json_object(delivery: Delivery) -> Mapping[str, Any]:
    """Return the JSON object in a callback; empty if its body is not a JSON object."""
    try:
        found = json.loads(delivery.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _rules(spec: Spec, create: Operation) -> Rules:
    """Return the rules for the callbacks of a create."""
    # A create has one callback, and a callback has one address.
    [node] = create.node["callbacks"].values()
    [methods] = spec.resolve(node).values()
    return Rules(spec, methods["post"]["requestBody"]["content"]["application/json"]["schema"])


def signing_key(spec: Spec, secret: str) -> bytes:
    """Return the signing key in a webhook secret.

    Raises:
        ValueError: the text is not a webhook secret.
    """
    prefix = _signature_form(spec)["prefix"]
    text = secret.strip().removeprefix(prefix)
    try:
        # The = at the end of base64 may be missing.
        key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key or not secret.strip().startswith(prefix):
        raise ValueError(f'a webhook secret must be "{prefix}" followed by base64')
    return key


def _is_signed(spec: Spec, delivery: Delivery, keys: list[bytes]) -> bool:
    """Whether one of the signatures in the headers is right for one of the keys."""
    message_id, timestamp = delivery.headers.get(_ID, ""), delivery.headers.get(_TIMESTAMP, "")
    if not message_id or not timestamp:
        return False
    signed = f"{message_id}.{timestamp}.".encode() + delivery.body
    version = _signature_form(spec)["version"]
    given = delivery.headers.get(_SIGNATURE, "").split()
    for key in keys:
        digest = hmac.digest(key, signed, hashlib.sha256)
        if f"{version},{base64.b64encode(digest).decode()}" in given:
            return True
    return False


def _signature_form(spec: Spec) -> Mapping[str, Any]:
    parameter = spec.document["components"]["parameters"]["WebhookSignature"]
    form: Mapping[str, Any] = parameter["x-kling-signature"]
    return form
