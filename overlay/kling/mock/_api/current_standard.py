"""The tasks and charges of the whole account, in the form of the current standard."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from kling.description import Operation, Spec
from kling.mock._api.deduction_rows import Deduction, video_columns
from kling.mock._api.planned_results import CURRENT_NAMES
from kling.mock._api.routes import example_of
from kling.mock._api.task_views import Views
from kling.mock._exchange import Refused
from kling.mock._tasks import SUCCEED, Charge, MockTask, Tasks, Wallet, format_amount

# A query with this parameter returns several tasks.
_IDS_PARAMETER = "external_task_ids"
# The family of the query that returns tasks of all products.
_GENERAL_FAMILY = "tasks"
_DEDUCTION_LISTS = ("listBalanceDeductions", "listPackageDeductions")
_MILLISECONDS = 1000


class Account:
    """Answers calls that concern all tasks of the account.

    Args:
        spec: the description.
        tasks: the stored tasks.
        wallet: what the account can pay with.
        views: shows tasks in the form of the /v1 standard.
    """

    def __init__(self, spec: Spec, tasks: Tasks, wallet: Wallet, views: Views) -> None:
        self._spec = spec
        self._tasks = tasks
        self._wallet = wallet
        self._views = views
        self._secret = secrets.token_bytes()
        # By the operationId of a create: the family of the query that returns its tasks.
        self._query_families: dict[str, str] = {}
        self.answers: Mapping[str, Callable[[Mapping[str, Any], float, str], Any]] = {
            **{one.id: partial(self._answer_get, one) for one in _shared(self._spec, "get")},
            **{one.id: partial(self._answer_list, one) for one in _shared(self._spec, "list")},
            **{name: partial(self._answer_deductions, name) for name in _DEDUCTION_LISTS},
        }
        """The functions that answer the operations, by operationId.

        Each takes a mapping with the parameters and the fields of the body, the time in Unix
        seconds, and the base URL.
        """

    def created(self, task: MockTask) -> dict[str, Any]:
        """Return a task that was just created, with the field names of the reply to its create."""
        names = {"id": "task_id"} if "task_id" in example_of(task.operation) else {}
        made = _in_current_form(self._views.created(task), task)
        return {names.get(name, name): value for name, value in made.items()}

    def shown(self, task: MockTask, stage: int, base_url: str) -> dict[str, Any]:
        """Return a task at one of its statuses, in the form that queries for its family return."""
        shown = _in_current_form(self._views.at_stage(task, stage, base_url), task)
        if task.life.statuses[stage] == SUCCEED:
            shown["status"] = self._views.success_status(task.operation)
        return shown

    def _can_return(self, operation: Operation, task: MockTask) -> bool:
        """Whether an operation that gets or lists tasks can return this task."""
        if (create := task.operation.id) not in self._query_families:
            # A family of the /v1 standard has its own query, so it is not in `shared_families`.
            # In the current standard, the general query shows its tasks.
            family = self._spec.task_family(task.operation)
            shared_families = {one.family for one in _shared(self._spec, "get")}
            is_shared = family in shared_families
            self._query_families[create] = family if is_shared else _GENERAL_FAMILY
        return self._query_families[create] == operation.family

    def _answer_get(
        self, query: Operation, parameters: Mapping[str, Any], now: float, base_url: str
    ) -> list[dict[str, Any]]:
        ids, external_ids = parameters.get("task_ids", []), parameters.get("external_task_ids", [])
        if not ids and not external_ids:
            raise Refused(1201, event="no-task-ids")
        # Kling's pages forbid both kinds of ids in one request, but /tasks was seen to accept them.
        if ids and external_ids and query.family != _GENERAL_FAMILY:
            raise Refused(1201, "give task_ids or external_task_ids, not both")
        most = self._spec.parameters(query)["task_ids"]["schema"]["maxItems"]
        if len(ids) + len(external_ids) > most:
            raise Refused(1201, event="too-many-task-ids", limit=most)
        found = [self._tasks.by_id(one) for one in ids]
        found += [self._tasks.by_external_id(one) for one in external_ids]
        returned = [task for task in found if task and self._can_return(query, task)]
        return [self._current(task, now, base_url) for task in returned]

    def _answer_list(
        self, search: Operation, parameters: Mapping[str, Any], now: float, base_url: str
    ) -> dict[str, Any]:
        span = self._span(search.id, parameters, now)
        filters = _filters(parameters)

        def fits(task: MockTask) -> bool:
            status = _current_status(task.status(now))
            values = {"status": status, "product_type": task.operation.product}
            in_span = span["start"] <= task.created * _MILLISECONDS < span["end"]
            return (
                in_span
                and self._can_return(search, task)
                and all(
                    values[condition["key"]] in map(_current_status, condition["values"])
                    for condition in filters
                )
            )

        found = (task for task in self._tasks.older(span["before"]) if fits(task))
        page = list(islice(found, max(1, int(parameters["limit"]))))
        tasks = [self._current(task, now, base_url) for task in page]
        has_more = next(found, None) is not None
        next_page = self._next_page(search.id, span, page[-1].number if has_more else None)
        return {"count": len(tasks), **({"result": tasks} if tasks else {}), **next_page}

    def _current(self, task: MockTask, now: float, base_url: str) -> dict[str, Any]:
        return self.shown(task, task.life.stage(now - task.created), base_url)

    def _answer_deductions(
        self, operation: str, parameters: Mapping[str, Any], now: float, _base_url: str
    ) -> Any:
        """Return what was charged to the balance, or to packages, newest first."""
        span = self._span(operation, parameters, now)
        example = example_of(self._spec.operations[operation])["result"]["detail"][0]
        is_cash = "currency" in example  # only the list of charges to the balance has this column
        charged = (
            one for one in self._all_deductions(now) if (one.charge.cash is not None) == is_cash
        )
        entries = [*self._deduction_rows(example, sorted(charged, key=lambda one: one.time))]

        def fits(entry: Mapping[str, Any]) -> bool:
            in_span = span["start"] <= int(entry["deduction_time"]) < span["end"]
            return in_span and all(
                entry.get(condition["key"]) in condition["values"] for condition in span["filters"]
            )

        # Later charges are added at the end, so the position of a charge never changes.
        positions = range(len(entries) if span["before"] is None else span["before"])
        found = (position for position in reversed(positions) if fits(entries[position]))
        page = list(islice(found, span["limit"]))
        has_more = next(found, None) is not None
        next_page = self._next_page(operation, span, page[-1] if has_more else None)
        detail = [entries[position] for position in page]
        return {"result": {"detail": detail, "count": len(detail)}, **next_page}

    def _all_deductions(self, now: float) -> Iterator[Deduction]:
        """Yield all charges so far; tasks that cost nothing are left out."""
        for task in self._tasks.all():
            if task.status(now) == SUCCEED and task.charge and task.charge.units:
                yield Deduction(task.id, task.operation, task.body, task.end, task.charge)
        for one in self._tasks.purchases():
            yield Deduction(one.task_id, one.operation, {}, one.time, one.charge)

    def _deduction_rows(
        self, example: Mapping[str, Any], charged: list[Deduction]
    ) -> Iterator[Any]:
        """Yield a row for each charge, with the columns of the example."""
        left: dict[str, Decimal] = {}  # what the balance, or each kind of package, still has
        for one in charged:
            paid, payer = one.charge.cash, "balance"
            if paid is None:
                paid, payer = one.charge.units, one.charge.package
            before = left.get(payer, self._wallet.initial_amount(payer))
            left[payer] = before - paid
            values = {
                "package_id": self._wallet.paying_package(payer, before),
                "task_id": one.task_id,
                "model_name": self._spec.model(one.operation, one.body),
                "product_function": one.operation.family.replace("_", " "),
                "product_type": payer.replace("_", "-"),
                "deduction_time": str(int(one.time * _MILLISECONDS)),
                "deduction_amount": float(paid),
                "list_price": float(paid),
                "currency": one.charge.currency,
                **video_columns(self._spec, one),
                **{f"{kind}_before_deduction": float(before) for kind in ("unit", "balance")},
                **{f"{kind}_after_deduction": float(left[payer]) for kind in ("unit", "balance")},
            }
            row = {name: values.get(name, value) for name, value in example.items()}
            # Leave out columns without a value, such as the length of an image.
            yield {name: value for name, value in row.items() if value is not None}

    def _span(self, operation: str, parameters: Mapping[str, Any], now: float) -> dict[str, Any]:
        """Return the part of a list that the parameters request, or that their cursor contains.

        `before` is the number or the position of the last entry of the previous page; None for the
        first page.

        Raises:
            Refused: the cursor was not returned by this list.
        """
        if cursor := parameters.get("cursor"):
            text, _, signature = cursor.rpartition(".")
            if not hmac.compare_digest(
                signature.encode(), self._signature(operation, text).encode()
            ):
                raise Refused(1201, "cursor must be a next_cursor that this list has returned")
            span: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text))
            return span
        end = int(parameters.get("end_time", now * _MILLISECONDS + 1))
        return {
            "start": int(parameters.get("start_time", end - _DEFAULT_SPAN)),
            "end": end,
            "limit": int(parameters["limit"]),
            "filters": _filters(parameters),
            "before": None,
        }

    def _next_page(
        self, operation: str, span: Mapping[str, Any], before: int | None
    ) -> dict[str, Any]:
        """Return the fields about the next page; if `before` is None, there is no next page."""
        if before is None:
            return {"has_more": False}
        text = base64.urlsafe_b64encode(json.dumps({**span, "before": before}).encode()).decode()
        return {"next_cursor": f"{text}.{self._signature(operation, text)}", "has_more": True}

    def _signature(self, operation: str, text: str) -> str:
        return hmac.new(self._secret, f"{operation} {text}".encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=16)
def _shared(spec: Spec, verb: str) -> list[Operation]:
    """Return the operations that get, or list, the tasks of several families."""
    operations = spec.operations.values()
    families = {one.family for one in operations if _IDS_PARAMETER in spec.parameters(one)}
    return [one for one in operations if one.family in families and one.verb == verb]


def _in_current_form(shown: Mapping[str, Any], task: MockTask) -> dict[str, Any]:
    """Convert a task from the form of the /v1 standard to that of the current standard."""
    result = {
        "id": shown["task_id"],
        "status": _current_status(shown["task_status"]),
        "create_time": shown["created_at"],
        "update_time": shown["updated_at"],
    }
    if task.external_id:
        result["external_id"] = task.external_id
    if "task_status_msg" not in shown:  # in the reply to a create
        return result
    assert task.operation.task is not None  # only operations that create tasks get here
    outputs = [
        # The type of an output in the list images or series_images is image.
        {"type": kind.removesuffix("s").removeprefix("series_"), **_current_entry(entry)}
        for kind, entries in shown.get("task_result", {}).items()
        for entry in (entries if isinstance(entries, list) else ())
    ]
    result |= {"message": shown["task_status_msg"], "outputs": outputs}
    if "task_result" in shown and task.charge:
        result["billing"] = [_billing(task.charge)]
    return result


def _billing(charge: Charge) -> dict[str, Any]:
    """Return a charge in the form of the current standard."""
    if charge.cash is None:
        amount = format_amount(charge.units)
        return {"charge_type": "unit", "amount": amount, "package_type": charge.package}
    amount, paid = format_amount(charge.cash), {"cash_type": "balance", "currency": charge.currency}
    return {"charge_type": "cash", "amount": amount, "list_price": amount, **paid}


def _current_status(word: str) -> str:
    return "succeeded" if word == SUCCEED else word


def _current_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an output with the names and types of the current standard."""
    renamed = {
        CURRENT_NAMES.get(name, name): value for name, value in entry.items() if name != "index"
    }
    conversions: dict[str, Callable[[Any], Any]] = {"id": str, "status": _current_status}
    return {
        name: conversions[name](value) if name in conversions else value
        for name, value in renamed.items()
    }


def _filters(parameters: Mapping[str, Any]) -> list[Any]:
    # A filter without a key or without values has no effect.
    return [one for one in parameters.get("filters", []) if one.get("key") and one.get("values")]


# The default span of a search, in milliseconds.
_DEFAULT_SPAN = 30 * 86400 * _MILLISECONDS
