"""Kling's API: a call in, a reply out, with routes, parameters, bodies and rules as described."""

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
from kling.mock._exchange import MEDIA, Call, Refused, Reply, json_reply
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
    """How strictly the API answers."""

    as_of: date | None = None
    """Behave as on that day, as far as retirements go; today if None."""
    exact: bool = False
    """Refuse a value of another type, null and blank text, which Kling reads as what they mean."""
    lenient: bool = False
    """Let unknown fields pass."""
    requests_per_second: float | None = None
    """How many requests it takes, 1302 over it; any number if None."""
    allow: frozenset[str] = frozenset()
    """Rules whose breach is not refused: the task fails later."""
    aliases: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Paths, or segments of paths, that stand for described ones, without their rules."""

    def __post_init__(self) -> None:
        limit = self.requests_per_second
        if limit is not None and not 0 < limit < math.inf:
            raise ValueError("requests_per_second is a number above 0, or None")


class Api:
    """Answers calls as Kling would.

    Args:
        spec: the description.
        keys: the credentials that are taken.
        manner: how strictly it answers.
        tasks: where tasks are kept.
        quotas: what the account may do.
        wallet: what the account has bought.
        life: gives a new task of an operation its life.
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
    ) -> None:
        self.spec = spec
        self._keys = keys
        self._manner = manner
        self._tasks = tasks
        self._quotas = quotas
        self._wallet = wallet
        self._life = life
        components = spec.document["components"]
        # Where there are no tokens, every operation needs an API key.
        token = components["securitySchemes"].get("accessToken", {"x-kling-jwt": {}})
        self._algorithm = token["x-kling-jwt"].get("algorithm", "")
        self._routes = Routes(spec, manner.aliases)
        self.take_up()

    def take_up(self) -> None:
        """Take the memory from where tasks are kept, and forget any other."""
        self._memory = Memory.loaded(lambda name: self._tasks.remembered(_MEMORY + name))
        self._kept = self._memory.dumped()
        self.views = Views(self.spec, self._memory, self._tasks.by_id)
        self.account = Account(self.spec, self._tasks, self._wallet, self.views)

    def route(self, call: Call) -> Route:
        """Return what a call asks for."""
        return self._routes.find(call.method, call.path)

    def answer(
        self, call: Call, route: Route, now: float, callers_now: float
    ) -> tuple[Reply, MockTask | None]:
        """Answer a call; tell which task it made, if it did.

        Args:
            call: the call.
            route: what it asks for.
            now: the date in Unix seconds.
            callers_now: the date by the clock of whoever signs tokens.

        Raises:
            Refused: Kling would refuse it.
        """
        key_only = bool(route.known and route.known.operation.needs_api_key)
        header = call.headers.get("authorization", "")
        self._keys.check(header, callers_now, self._algorithm, key_only=key_only)
        notes: list[str] = []
        data, made = self._answer(call, route, now, notes)
        body = {"code": 0, "message": "SUCCEED", "request_id": str(uuid.uuid4()), "data": data}
        headers = {"x-kling-mock-notes": _header(" ".join(notes))} if notes else {}
        return json_reply(body, headers=headers), made

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
            tasks = self._tasks.page(operation.family, *page)
            return [self.views.shown(one, now, call.base_url) for one in tasks], None
        asked = Asked(
            self.spec,
            operation,
            parameters,
            body,
            self.spec.schemas[operation.request]["properties"] if operation.request else {},
            known.example,
            f"{call.base_url}{MEDIA}",
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
        """Keep what has changed of the memory; if that fails, nothing has changed."""
        kept = self._memory.dumped()
        changed = {_MEMORY + name: one for name, one in kept.items() if one != self._kept[name]}
        try:
            self._tasks.remember(changed)
        except Refused:
            self.take_up()
            raise
        self._kept = kept

    def at_stage(self, task: MockTask, stage: int) -> dict[str, Any]:
        """Return a task with one of its statuses, as its standard shows it."""
        if task.operation.is_current:
            return self.account.shown(task, stage, task.base_url)
        return self.views.at_stage(task, stage, task.base_url)

    def _create(self, asked: Asked, now: float, base_url: str, failure: list[str]) -> MockTask:
        self._tasks.refuse_used(external_id_of(asked.body))
        charge = self._quotas.admit(asked.operation, asked.body, now)
        life: Life = self._life(asked.operation)
        if failure and life.statuses[-1] == SUCCEED:
            life = Life((*life.statuses[:-1], FAILED), life.begins, *failure)
        task = self._tasks.create(asked.operation, asked.body, now, life, base_url, charge)
        self._quotas.hold(task, now)
        return task

    def _bought(self, operation: Operation, charge: Charge | None, now: float, data: Any) -> Any:
        """Take what is charged at once, and say so in the answer."""
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
        # Kling ignores what the guard is about.
        failures += [
            words_on(self.spec, known.operation, known.body_schema, one, read) or one.message
            for one in overruled
            if one.evidence != "guard"
        ]
        notes += [f"{one.rule} is broken and was let pass" for one in overruled]
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
                # Of what is no model, such as a scene, nobody noted what Kling says.
                raise Refused(1203, own, event="retired-model" if is_model else "", value=value)

    def _refuse_closed(self, operation: Operation, now: float) -> None:
        if operation.closed and self._today(now) >= operation.closed:
            own = f"{operation.method} {operation.path} was closed on {operation.closed}"
            raise Refused(1203, own, event="closed")

    def _today(self, now: float) -> date:
        return self._manner.as_of or datetime.fromtimestamp(now, UTC).date()


# What the names begin with under which the parts of the memory are kept.
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
    schema = spec.parameter_schema(known.operation)
    problems = known.parameter_rules.problems(values)
    _refuse(spec, known, schema, problems, values, known.parameter_code)
    return {**known.defaults, **values}


def _refuse(
    spec: Spec, known: Known, schema: Document, problems: list[Problem], value: Any, code: int
) -> None:
    if problems:
        # The same rule may be broken in several places; its id is named once.
        broken = ", ".join(dict.fromkeys(problem.rule for problem in problems))
        said = (words_on(spec, known.operation, schema, one, value) for one in problems)
        own = " ".join(map(str, problems))
        raise Refused(code, own, broken, said=next(filter(None, said), ""))


def _header(text: str) -> str:
    # Names of unknown fields are the caller's words, and may hold anything.
    return "".join(char if " " <= char <= "~" else "?" for char in text[:_LONGEST_HEADER])


def _one(values: list[str]) -> Any:
    return values[0] if len(values) == 1 else values


def _typed(value: Any, schema: Document) -> Any:
    """Read a parameter, which is always text, as what the description says it is."""
    if schema["type"] == "array" and isinstance(value, str):
        return value.split(",")
    number = schema["type"] == "integer" and isinstance(value, str)
    return int(value) if number and re.fullmatch(r"-?[0-9]{1,30}", value) else value
