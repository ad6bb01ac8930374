"""The state of the mock as JSON; its page and other programs read it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from kling.mock._callbacks import Delivery
from kling.mock._control.limits import LIMITS
from kling.mock._engine import Engine, without_secrets
from kling.mock._faults import kinds
from kling.mock._tasks import MockTask, Wallet, format_amount, slots_of

# How many tasks, and how many requests, a page of the state has.
_TASKS, _REQUESTS = 100, 200
# The fields of a request that contain a prompt, or a text to speak.
_TEXT_FIELDS = ("prompt", "text")


def state(engine: Engine, page: int = 1) -> dict[str, Any]:
    """Return the newest tasks and requests, the plans, and the quotas.

    Args:
        engine: the engine of the mock. Its lock is held only while its data are read.
        page: the page of tasks (100 on each) and of requests (200 on each); page 1 has the newest.
    """
    now = engine.clock.time()
    day = engine.settings.as_of or datetime.fromtimestamp(now, UTC).date()
    deliveries = defaultdict(list)
    for delivery in list(engine.callbacks.deliveries):
        deliveries[delivery.task].append(delivery)
    with engine.lock:
        tasks = engine.tasks.newest(_TASKS, page)
        left = [*engine.quotas.left(now)]
        balance = _balance(engine.wallet)
        slots = engine.quotas.occupied(now)
        peak = engine.quotas.peak()
        refusals = engine.history.refusals()
    return {
        "now": int(now * 1000),
        "speed": engine.speed,
        "strict": not engine.settings.lenient,
        "exact": engine.settings.exact,
        "as_of": day.isoformat(),
        "base_url": engine.base_url,
        "api_key": engine.keys.api_key,
        "limits": list(LIMITS),
        "page": page,
        "counts": {
            "requests": engine.history.count,
            "tasks": engine.tasks.count,
            "callbacks": engine.callbacks.count,
        },
        "tasks": [_task(engine, task, deliveries[task.id]) for task in tasks],
        "requests": engine.history.newest(_REQUESTS, page),
        "faults": kinds(),
        "plans": [plan.as_json() for plan in engine.plans.pending()],
        "webhook_secrets": engine.signer.count,
        "packages": [
            {
                "name": package.name,
                "type": package.type,
                "concurrency": package.concurrency,
                "units": package.units,
                "left": _number(units),
            }
            for package, units in left
        ],
        "balance": balance,
        "slots": slots,
        "peak": peak,
        "refusals": refusals,
    }


def _balance(wallet: Wallet) -> dict[str, Any] | None:
    """Return the money of the account; None if it has no balance."""
    if wallet.balance is None:
        return None
    return {
        "currency": wallet.balance.currency,
        "amount": _number(wallet.balance.amount),
        "left": _number(wallet.money_left),
    }


def _number(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)


def task_state(engine: Engine, task: MockTask) -> dict[str, Any]:
    """Return the state of one task."""
    sent = list(engine.callbacks.deliveries)
    deliveries = [delivery for delivery in sent if delivery.task == task.id]
    return _task(engine, task, deliveries)


def _task(engine: Engine, task: MockTask, deliveries: list[Delivery]) -> dict[str, Any]:
    # The task as replies to queries show it.
    shown = engine.api.views.shown(task, engine.clock.time(), task.base_url)
    operation = task.operation
    body = task.body
    assert operation.task is not None  # only operations that create tasks get here
    return {
        "id": task.id,
        "operation": operation.id,
        "family": operation.family,
        "title": operation.node["tags"][0],
        "model": engine.spec.model(operation, body),
        "status": shown["task_status"],
        "message": shown["task_status_msg"],
        "external_task_id": task.external_id,
        "slots": slots_of(engine.spec, operation, body),
        "package": operation.task["package"],
        "prompt": " · ".join(_prompts(body)),
        "units": format_amount(task.charge.units) if task.charge else None,
        "cash": format_amount(task.charge.cash)
        if task.charge and task.charge.cash is not None
        else None,
        "currency": task.charge.currency if task.charge else "",
        "created_at": shown["created_at"],
        "updated_at": shown["updated_at"],
        "life": [
            {"status": status, "at": int((task.created + begin) * 1000)}
            for status, begin in zip(task.life.statuses, task.life.begins, strict=True)
        ],
        "outputs": list(_outputs(shown.get("task_result", {}))),
        "callback_url": without_secrets(task.callback_url),
        "callbacks": [
            {
                "status": delivery.status,
                "at": int(delivery.at * 1000),
                "outcome": delivery.outcome,
            }
            for delivery in deliveries
        ],
    }


def _prompts(part: Any) -> Iterator[str]:
    """Yield the prompts and the texts to speak in a request."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name in _TEXT_FIELDS and isinstance(value, str):
                yield value
            else:
                yield from _prompts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _prompts(value)


def _outputs(result: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the kind and the URL of each file in a task_result."""
    for kind, entries in result.items():
        if isinstance(entries, list):
            for entry in entries:
                for name, value in entry.items():
                    # Fields with URLs have names such as url and trial_url. A watermarked copy is
                    # not a separate output.
                    if value and "url" in name.split("_") and name != "watermark_url":
                        yield {
                            # Both images and series_images contain files of the kind image.
                            "kind": kind.removesuffix("s").removeprefix("series_"),
                            "url": value,
                        }
