"""Kling's API: turns calls into replies, with the routes, rules and examples of the description."""

import dataclasses
import math
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from kling.description import Document, Operation, Problem, Spec, parted, words_on
from kling.mock._api.bodies import json_of, unchecked
from kling.mock._api.credentials import Keys
from kling.mock._api.current_standard import Account
from kling.mock._api.kept_json import KeptJson
from kling.mock._api.lenient_bodies import without_unknown
from kling.mock._api.routes import Known, Route, Routes
from kling.mock._api.special_operations import (
    BEHAVIOURS,
    CHECKS,
    Asked,
    Memory,
    example,
    refuse_rounded,
)
from kling.mock._api.task_views import Views, deduction
from kling.mock._exchange import MEDIA, Call, Listed, Refused, Reply, json_reply_of
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


@dataclass(frozen=True, slots=True)
class Manner:
    """How the API deviates from its defaults, and how strictly it judges requests."""

    as_of: date | None = None
    """The day whose retired models and closed paths apply; today if None."""
    exact: bool = False
    """Refuse values of another type, null and blank strings, which Kling would interpret."""
    lenient: bool = False
    """Ignore unknown fields instead of refusing them."""
    requests_per_second: float | None = None
    """Refuse faster requests with 1302; None for no limit."""
    allow: frozenset[str] = frozenset()
    """Ids of rules that are not enforced; the task fails later instead."""
    aliases: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Paths or segments, each with the described one that it stands for; no rules apply to them."""

    def __post_init__(self) -> None:
        limit = self.requests_per_second
        if limit is not None and not 0 < limit < math.inf:
            raise ValueError("requests_per_second must be a number above 0, or None")


class Api:
    """Answers calls as Kling would.

    Args:
        spec: the description.
        keys: the credentials that are accepted.
        manner: how strictly requests are judged.
        tasks: the stored tasks.
        quotas: the limits of the account.
        wallet: what the account can pay with.
        life: a function that returns the life of a new task of an operation.
        samples: the files of the results.
    """

    def __init__(
        self,
        spec: Spec,
        keys: Keys,
        manner: Manner,
        tasks: Tasks,
        quotas: Quotas,
        wallet: Wallet,
        life: Any,
        samples: Samples,
    ) -> None:
        self.spec = spec
        self._keys = keys
        self._manner = manner
        self._tasks = tasks
        self._quotas = quotas
        self._wallet = wallet
        self._life = life
        self._samples = samples
        components = spec.document["components"]
        # A dialect without tokens accepts API keys only.
        token = components["securitySchemes"].get("accessToken", {"x-kling-jwt": {}})
        self._algorithm = token["x-kling-jwt"].get("algorithm", "")
        self._routes = Routes(spec, manner.aliases)
        self.take_up()

    def take_up(self) -> None:
        """Load the memory from the stored tasks, and drop what was loaded before."""
        self._memory = Memory.loaded(lambda name: self._tasks.remembered(_MEMORY + name))
        self._kept = self._memory.dumped()
        self.views = Views(self.spec, self._memory, self._tasks.by_id, self._samples)
        self.account = Account(self.spec, self._tasks, self._wallet, self.views)
        self._kept_json = KeptJson(self._tasks, self.views)

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
            callers_now: the time by which callers sign tokens, in Unix seconds.

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
        return json_reply_of(body, data, headers), made

    def refuse(self, refused: Refused) -> Reply:
        """Return a refusal as a reply."""
        return refused.reply(self.spec, str(uuid.uuid4()))

    def _answer(
        self, call: Call, route: Route, now: float, notes: list[str]
    ) -> tuple[Any, MockTask | None]:
        known = _existing(call, route)
        operation = known.operation
        self._quotas.pace(operation, now, self._manner.requests_per_second)
        has_rules = not known.alias_of
        if has_rules:
            self._refuse_closed(operation, now)
        parameters = _parameters(self.spec, known, route.in_path, call.query)
        failures: list[str] = []
        body: dict[str, Any] = {}
        if operation.request:
            sent = json_of(call)
            if has_rules:
                body = self._body(known, sent, notes, failures)
                self._refuse_retired(operation, body, now)
            else:
                body = unchecked(known, call.path, sent, notes)
        if answer := self.account.answers.get(operation.id):
            whole = {**parameters, **known.body_defaults.completed(body)}
            return answer(whole, now, call.base_url), None
        if known.role == "get":
            task = self._tasks.get(operation.family, parameters["id"])
            return self.views.shown(task, now, call.base_url), None
        if known.role == "list":
            page = (parameters["pageNum"], parameters["pageSize"])
            numbers = self._tasks.page(operation.family, *page)
            return Listed([self._kept_json.of(one, now, call.base_url) for one in numbers]), None
        asked = Asked(
            self.spec,
            operation,
            parameters,
            body,
            self.spec.schemas[operation.request]["properties"] if operation.request else {},
            known.example,
            Place(self._samples, f"{call.base_url}{MEDIA}", Look.of(body)),
            partial(self._is_made, now),
            partial(self._quotas.left, now),
            self._wallet.term(now),
        )
        if has_rules:
            refuse_rounded(self._memory, asked)
            if check := CHECKS.get(operation.id):
                check(self._memory, asked)
        if known.role == "create":
            task = self._create(asked, now, call.base_url, failures[:1])
            shown = self.account if operation.is_current else self.views
            return shown.created(task), task
        charge = self._quotas.admit(operation, body, now) if package_of(operation) else None
        data = BEHAVIOURS.get(operation.id, example)(self._memory, asked)
        if operation.request:
            self._keep()
        if package_of(operation):
            data = self._bought(operation, charge, now, data)
        return data, None

    def _keep(self) -> None:
        """Store the changed parts of the memory; if that fails, undo the change."""
        kept = self._memory.dumped()
        changed = {_MEMORY + name: one for name, one in kept.items() if one != self._kept[name]}
        try:
            self._tasks.remember(changed)
        except Refused:
            self.take_up()
            raise
        self._kept = kept
        if changed:
            # A deleted voice or element looks different in the task that made it.
            self._kept_json = KeptJson(self._tasks, self.views)

    def at_stage(self, task: MockTask, stage: int) -> dict[str, Any]:
        """Return a task at one of its statuses, in the form of its standard."""
        if task.operation.is_current:
            return self.account.shown(task, stage, task.base_url)
        return self.views.at_stage(task, stage, task.base_url)

    def _create(self, asked: Asked, now: float, base_url: str, failure: list[str]) -> MockTask:
        self._tasks.refuse_used(external_id_of(asked.body))
        charge = self._quotas.admit(asked.operation, asked.body, now)
        life: Life = self._life(asked.operation)
        if failure and life.statuses[-1] == SUCCEED:
            life = Life((*life.statuses[:-1], FAILED), life.begins, failure[0])
        task = self._tasks.create(asked.operation, asked.body, now, life, base_url, charge)
        self._quotas.hold(task, now)
        return task

    def _bought(self, operation: Operation, charge: Charge | None, now: float, data: Any) -> Any:
        """Charge a call that makes no task, and put the charge into its answer."""
        if charge:
            self._tasks.buy(str(data.get("task_id", "")), operation, now, charge)
            self._wallet.spend(charge)
        unpaid = {name: one for name, one in data.items() if name not in _DEDUCTIONS}
        return {**unpaid, **deduction(charge)}

    def _is_made(self, now: float, name: str, thing: str) -> bool:
        task = self.views.maker(thing)
        made = task.operation.task["output"] if task and task.operation.task else ""
        return bool(task and task.status(now) == SUCCEED and name == f"{made}_id")

    def _body(
        self, known: Known, body: Any, notes: list[str], failures: list[str]
    ) -> dict[str, Any]:
        if self._manner.lenient:
            body, unknown = without_unknown(self.spec, known.body_schema, body)
            notes += unknown
        refuse = partial(_refuse, self.spec, known, known.body_schema)
        if self._manner.exact:
            refuse(parted(known.body_rules.problems(body), self._manner.allow)[0], body, 1201)
        read, converted = known.body_rules.canonical(body)
        refused, overruled = parted(known.body_rules.problems(read), self._manner.allow)
        refuse(refused, read, 1201)
        # A guard rule warns about fields that Kling ignores, so breaking it does not fail the task.
        failures += [
            words_on(self.spec, known.operation, known.body_schema, one, read) or one.message
            for one in overruled
            if one.evidence != "guard"
        ]
        notes += [f"The rule {one.rule} is broken, but was allowed." for one in overruled]
        if not self._manner.exact:
            notes += map(str, converted)
        result: dict[str, Any] = read
        return result

    def _refuse_retired(self, operation: Operation, body: Document, now: float) -> None:
        ends = self.spec.retirements(operation.request, body) if operation.request else ()
        for field, value, end in ends:
            if self._today(now) >= end:
                own = f"{field} {value} was retired on {end}"
                is_model = field == "model_name"
                # Kling's message is only known for retired models, not for other values such as
                # scenes.
                raise Refused(1203, own, event="retired-model" if is_model else "", value=value)

    def _refuse_closed(self, operation: Operation, now: float) -> None:
        if operation.closed and self._today(now) >= operation.closed:
            own = f"{operation.method} {operation.path} was closed on {operation.closed}"
            raise Refused(1203, own, event="closed")

    def _today(self, now: float) -> date:
        return self._manner.as_of or datetime.fromtimestamp(now, UTC).date()


# The prefix of the names under which the parts of the memory are stored.
_MEMORY = "behaviours."
_DEDUCTIONS = ("final_unit_deduction", "final_balance_deduction")
_LONGEST_HEADER = 2000


def _existing(call: Call, route: Route) -> Known:
    if route.known:
        return route.known
    if route.path_exists:
        raise Refused(1202, f"{call.method} is not a method of {call.path}")
    own = f"there is no path {call.path}"
    if route.alike:
        hint = f"{own}; there are {', '.join(route.alike)}"
        raise Refused(1201, hint, event="unknown-model")
    raise Refused(1203, own, event="unknown-path")


def _parameters(spec: Spec, known: Known, in_path: Mapping[str, str], query: str) -> dict[str, Any]:
    if not known.parameters:
        return {}
    in_query = {name: _one(values) for name, values in parse_qs(query, True).items()}
    sent = {**in_query, **in_path}
    values = {
        name: _typed(sent[name], one["schema"])
        for name, one in known.parameters.items()
        if name in sent
    }
    if problems := known.parameter_rules.problems(values):
        schema = spec.parameter_schema(known.operation)
        _refuse(spec, known, schema, problems, values, known.parameter_code)
    return {**known.defaults, **values}


def _refuse(
    spec: Spec, known: Known, schema: Document, problems: list[Problem], value: Any, code: int
) -> None:
    if problems:
        # A rule may be broken in several places, but its id is listed once.
        broken = ", ".join(dict.fromkeys(problem.rule for problem in problems))
        said = (words_on(spec, known.operation, schema, one, value) for one in problems)
        own = " ".join(map(str, problems))
        raise Refused(code, own, broken, said=next(filter(None, said), ""))


def _header(text: str) -> str:
    # The notes contain names of fields from the request, which may hold any character.
    return "".join(char if " " <= char <= "~" else "?" for char in text[:_LONGEST_HEADER])


def _one(values: list[str]) -> Any:
    return values[0] if len(values) == 1 else values


def _typed(value: Any, schema: Document) -> Any:
    """Convert a parameter, which arrives as text, to the type in the description."""
    if schema["type"] == "array" and isinstance(value, str):
        return value.split(",")
    number = schema["type"] == "integer" and isinstance(value, str)
    return int(value) if number and re.fullmatch(r"-?[0-9]{1,30}", value) else value
