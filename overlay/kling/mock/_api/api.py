"""Kling's API: turns calls into replies, with the routes, rules and examples of the description."""

import uuid
from functools import partial
from typing import Any

from kling.description import Operation, Spec
from kling.mock._api.bodies import json_of, usable_fields
from kling.mock._api.credentials import Keys
from kling.mock._api.current_standard import Account
from kling.mock._api.json_cache import JsonCache
from kling.mock._api.request_checks import RequestChecks, operation_of
from kling.mock._api.routes import KnownOperation, Route, Routes
from kling.mock._api.settings import Settings
from kling.mock._api.special_operations import (
    BEHAVIOURS,
    CREATE_CHECKS,
    CheckedCall,
    Memory,
    example,
    refuse_rounded_ids,
)
from kling.mock._api.task_views import Views, deduction_fields
from kling.mock._exchange import MEDIA, Call, EncodedJson, Refused, Reply, json_reply_with_data
from kling.mock._samples import Look, Place, Samples
from kling.mock._tasks import (
    FAILED,
    SUCCEED,
    Charge,
    Life,
    MockTask,
    Quotas,
    Tasks,
    Wallet,
    external_id_of,
    package_of,
)


class Api:
    """Answers calls as Kling would.

    Args:
        spec: the description.
        keys: the credentials that are accepted.
        settings: how strictly requests are checked.
        tasks: the stored tasks.
        quotas: the limits of the account.
        wallet: what the account can pay with.
        life: a function that takes an operation, and returns the life of its new task, which is
            its statuses and when each of them begins.
        samples: the files of the results.
    """

    def __init__(
        self,
        spec: Spec,
        keys: Keys,
        settings: Settings,
        tasks: Tasks,
        quotas: Quotas,
        wallet: Wallet,
        life: Any,
        samples: Samples,
    ) -> None:
        self.spec = spec
        self._keys = keys
        self._checks = RequestChecks(spec, settings)
        self._requests_per_second = settings.requests_per_second
        self._tasks = tasks
        self._quotas = quotas
        self._wallet = wallet
        self._life = life
        self._samples = samples
        components = spec.document["components"]
        # A dialect (a variant of the API) may have no tokens. Then there is no algorithm either.
        token_scheme = components["securitySchemes"].get("accessToken", {"x-kling-jwt": {}})
        self._algorithm = token_scheme["x-kling-jwt"].get("algorithm", "")
        self._routes = Routes(spec, settings.aliases)
        self.load_memory()

    def load_memory(self) -> None:
        """Load from the database what the mock remembers in addition to tasks."""
        self._memory = Memory.load(lambda name: self._tasks.remembered(_MEMORY_PREFIX + name))
        self._saved_memory = self._memory.as_texts()
        self.views = Views(self.spec, self._memory, self._tasks.by_id, self._samples)
        self.account = Account(self.spec, self._tasks, self._wallet, self.views)
        self._json_cache = JsonCache(self._tasks, self.views)

    def route(self, call: Call) -> Route:
        """Return the route of a call."""
        return self._routes.find(call.method, call.path)

    def answer(
        self, call: Call, route: Route, now: float, callers_now: float
    ) -> tuple[Reply, MockTask | None]:
        """Answer a call; return the reply, and the task that it created, if it created one.

        Args:
            call: the call.
            route: the route of the call.
            now: the current time in Unix seconds.
            callers_now: the time by which callers sign tokens, in Unix seconds. The clock of the
                mock may be ahead of it.

        Raises:
            Refused: Kling would refuse the call.
        """
        key_only = bool(route.known and route.known.operation.needs_api_key)
        header = call.headers.get("authorization", "")
        self._keys.check(header, callers_now, self._algorithm, key_only=key_only)
        notes: list[str] = []
        data, made = self._answer(call, route, now, notes)
        body = {"code": 0, "message": "SUCCEED", "request_id": str(uuid.uuid4())}
        headers = {"x-kling-mock-notes": _header(" ".join(notes))} if notes else {}
        return json_reply_with_data(body, data, headers), made

    def refuse(self, refused: Refused) -> Reply:
        """Return a refusal as a reply."""
        return refused.reply(self.spec, str(uuid.uuid4()))

    def _answer(
        self, call: Call, route: Route, now: float, notes: list[str]
    ) -> tuple[Any, MockTask | None]:
        """Return the `data` of the reply, and the task that the call created, if it created one."""
        known = operation_of(call, route)
        operation = known.operation
        self._quotas.check_rate(operation, now, self._requests_per_second)
        has_rules = not known.alias_of  # no rules of the description apply to aliases
        if has_rules:
            self._checks.refuse_closed(operation, now)
        parameters = self._checks.parameters(known, route.in_path, call.query)
        # The messages of rules that the body breaks, but that the settings allow. With one of them,
        # the new task fails.
        failures: list[str] = []
        body = self._body(call, known, now, notes, failures)
        found = self._tasks_or_charges(known, parameters, body, now, call.base_url)
        if found is not None:
            return found, None
        properties = self.spec.schemas[operation.request]["properties"] if operation.request else {}
        checked = CheckedCall(
            self.spec,
            operation,
            parameters,
            body,
            fields=properties,
            example=known.example,
            place=Place(self._samples, f"{call.base_url}{MEDIA}", Look.of(body)),
            was_made=partial(self._was_made, now),
            packages=partial(self._quotas.left, now),
            term=self._wallet.term(now),
        )
        if has_rules:
            refuse_rounded_ids(self._memory, checked)
            if check := CREATE_CHECKS.get(operation.id):
                check(self._memory, checked)
        if known.role == "create":
            task = self._create(checked, now, call.base_url, failures)
            created = self.account.created if operation.is_current else self.views.created
            return created(task), task
        # Some operations make no task, but cost something.
        charge = self._quotas.admit(operation, body, now) if package_of(operation) else None
        data = BEHAVIOURS.get(operation.id, example)(self._memory, checked)
        if operation.request:
            self._save_memory()
        if package_of(operation):
            data = self._charge_purchase(operation, charge, now, data)
        return data, None

    def _body(
        self, call: Call, known: KnownOperation, now: float, notes: list[str], failures: list[str]
    ) -> dict[str, Any]:
        """Return the body as Kling reads it; empty if the operation does not have one."""
        if not known.operation.request:
            return {}
        sent = json_of(call)
        if known.alias_of:
            return usable_fields(known, call.path, sent, notes)
        body = self._checks.body(known, sent, notes, failures)
        self._checks.refuse_retired(known.operation, body, now)
        return body

    def _tasks_or_charges(
        self,
        known: KnownOperation,
        parameters: dict[str, Any],
        body: dict[str, Any],
        now: float,
        base_url: str,
    ) -> Any:
        """Return the tasks or charges that an operation gets or lists; otherwise None."""
        if answer := self.account.answers.get(known.operation.id):
            return answer({**parameters, **known.body_defaults.completed(body)}, now, base_url)
        if known.role == "get":
            task = self._tasks.get(known.operation.family, parameters["id"])
            return EncodedJson(self._json_cache.task_json(task.number, now, base_url))
        if known.role == "list":
            page = (parameters["pageNum"], parameters["pageSize"])
            numbers = self._tasks.page(known.operation.family, *page)
            texts = [self._json_cache.task_json(number, now, base_url) for number in numbers]
            return EncodedJson(f"[{', '.join(texts)}]")
        return None

    def _save_memory(self) -> None:
        """Store the changed parts of the memory; if that fails, undo the change."""
        texts = self._memory.as_texts()
        changed = {
            _MEMORY_PREFIX + name: EncodedJson(text)
            for name, text in texts.items()
            if text != self._saved_memory[name]
        }
        try:
            self._tasks.remember(changed)
        except Refused:
            self.load_memory()
            raise
        self._saved_memory = texts
        if changed:
            # A task shows whether its voice or element was deleted, so cached texts may be wrong.
            self._json_cache = JsonCache(self._tasks, self.views)

    def at_stage(self, task: MockTask, stage: int) -> dict[str, Any]:
        """Return a task at one of its statuses, in the form of its standard."""
        if task.operation.is_current:
            return self.account.shown(task, stage, task.base_url)
        return self.views.at_stage(task, stage, task.base_url)

    def _create(
        self, checked: CheckedCall, now: float, base_url: str, failures: list[str]
    ) -> MockTask:
        """Create a task. If it would succeed, but there are failures, it fails with the first."""
        self._tasks.refuse_used(external_id_of(checked.body))
        charge = self._quotas.admit(checked.operation, checked.body, now)
        life: Life = self._life(checked.operation)
        if failures and life.statuses[-1] == SUCCEED:
            life = Life((*life.statuses[:-1], FAILED), life.begins, failures[0])
        task = self._tasks.create(checked.operation, checked.body, now, life, base_url, charge)
        self._quotas.occupy(task, now)
        return task

    def _charge_purchase(
        self, operation: Operation, charge: Charge | None, now: float, data: Any
    ) -> Any:
        """Charge a call that makes no task, and put the charge into its answer."""
        if charge:
            self._tasks.buy(str(data.get("task_id", "")), operation, now, charge)
            self._wallet.spend(charge)
        other_fields = {name: value for name, value in data.items() if name not in _DEDUCTIONS}
        return {**other_fields, **deduction_fields(charge)}

    def _was_made(self, now: float, name: str, resource_id: str) -> bool:
        """Whether a task has made a voice or element. `name` is voice_id or element_id."""
        task = self.views.maker_of(resource_id)
        if task is None or task.operation.task is None:
            return False
        return task.status(now) == SUCCEED and name == f"{task.operation.task['output']}_id"


# The prefix of the names under which the parts of the memory are stored.
_MEMORY_PREFIX = "behaviours."
_DEDUCTIONS = ("final_unit_deduction", "final_balance_deduction")
_LONGEST_HEADER = 2000


def _header(text: str) -> str:
    # The notes contain names of fields of the request, which may have any character. A header may
    # not.
    return "".join(char if " " <= char <= "~" else "?" for char in text[:_LONGEST_HEADER])
