"""The mock itself: a plain call in, a plain reply out.

Routes, parameters, bodies and rules come from the description. What it does not imitate: prices,
the look of results, moderation, and the checks that Kling makes once it has fetched the media.
"""

import json
import re
import threading
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, unquote

from kling._rules import Rules
from kling._spec import Document, Operation, Spec
from kling.mock._behaviours import BEHAVIOURS, CHECKS, Asked, Memory, example, page
from kling.mock._credentials import Keys
from kling.mock._http import Call, Reply, json_reply
from kling.mock._refusals import Refused
from kling.mock._samples import filled, sample_reply
from kling.mock._tasks import Life, MockTask, Tasks

MEDIA = "/_mock/media/"
DOCUMENT = "/_mock/openapi.json"


class Server:
    """Answers calls as Kling would, and remembers what was made.

    Args:
        spec: the description to build from.
        clock: has `time()`, the date in Unix seconds.
        keys: the credentials that are taken.
        speed: how many times faster than life tasks go.
        as_of: behave as Kling did on that day, as far as retirements go; today if None.
    """

    def __init__(
        self, spec: Spec, *, clock: Any, keys: Keys, speed: float = 1.0, as_of: date | None = None
    ) -> None:
        self.spec = spec
        self.tasks = Tasks()
        self.memory = Memory()
        self._clock = clock
        self._keys = keys
        self._speed = speed
        self._as_of = as_of
        self._rules: dict[str, Rules] = {}
        self._routes = [(_pattern(one.path), one) for one in spec.operations.values()]
        self._document = json.dumps(spec.document).encode()
        self._lock = threading.Lock()
        self._first_status = spec.schemas["TaskStatus"]["enum"][0]

    def handle(self, call: Call) -> Reply:
        """Answer one call."""
        if call.path.startswith(MEDIA):
            return sample_reply(call.path.removeprefix(MEDIA))
        if call.path == DOCUMENT:
            return Reply(200, self._document, {"content-type": "application/json"})
        request_id = str(uuid.uuid4())
        try:
            with self._lock:
                data = self._answer(call)
        except Refused as refused:
            return refused.reply(self.spec, request_id)
        return json_reply({"code": 0, "message": "SUCCEED", "request_id": request_id, "data": data})

    def operation_of(self, call: Call) -> tuple[Operation, dict[str, str]]:
        """Return the operation that a call asks for, and its path parameters.

        Raises:
            Refused: there is no such path, or it has no such method.
        """
        found = [
            (operation, match.groupdict())
            for pattern, operation in self._routes
            if (match := pattern.fullmatch(call.path))
        ]
        for operation, parameters in found:
            if operation.method == call.method:
                return operation, {key: unquote(value) for key, value in parameters.items()}
        if found:
            raise Refused(1202, f"{call.method} is not a method of {call.path}")
        raise Refused(1203, f"there is no path {call.path}")

    def _answer(self, call: Call) -> Any:
        now = self._clock.time()
        self._keys.check(call.headers.get("authorization", ""), now)
        operation, in_path = self.operation_of(call)
        parameters = self._parameters(operation, in_path, call.query)
        body = self._body(operation, call) if operation.request else {}
        self._refuse_retired(operation, body, now)
        asked = Asked(operation, parameters, body, _example(operation), f"{call.base_url}{MEDIA}")
        create = self.spec.create_in(operation.family)
        if create and create.task:
            if operation == create:
                CHECKS.get(operation.id, _no_check)(self.memory, asked)
                return self._shown(self.tasks.create(operation, body, now), call, created=True)
            if operation == self.spec.sibling(create, "get"):
                task = self.tasks.get(operation.family, parameters["id"])
                return self._shown(task, call)
            if operation == self.spec.sibling(create, "list"):
                tasks = list(self.tasks.newest_first(operation.family))
                return [self._shown(task, call) for task in page(tasks, parameters)]
        return BEHAVIOURS.get(operation.id, example)(self.memory, asked)

    def _parameters(
        self, operation: Operation, in_path: Mapping[str, str], query: str
    ) -> dict[str, Any]:
        declared = self.spec.parameters(operation).values()
        in_query = {name: _one(values) for name, values in parse_qs(query, True).items()}
        sent = {**in_query, **in_path}
        values = {
            one["name"]: _typed(sent[one["name"]], one["schema"])
            for one in declared
            if one["name"] in sent
        }
        rules = self._rules_of(operation.id, self.spec.parameter_schema(operation))
        self._refuse(rules, values, 1200)
        defaults = {p["name"]: p["x-kling-default"] for p in declared if "x-kling-default" in p}
        return defaults | values

    def _body(self, operation: Operation, call: Call) -> dict[str, Any]:
        media_type = call.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json":
            raise Refused(1200, "the Content-Type must be application/json")
        try:
            body = json.loads(call.body, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise Refused(1200, "the body is not JSON") from error
        name = str(operation.request)
        self._refuse(self._rules_of(name, {"$ref": f"#/components/schemas/{name}"}), body, 1201)
        result: dict[str, Any] = body
        return result

    def _rules_of(self, name: str, schema: Document) -> Rules:
        if name not in self._rules:
            self._rules[name] = Rules(self.spec, schema)
        return self._rules[name]

    def _refuse(self, rules: Rules, value: Any, code: int) -> None:
        if problems := rules.problems(value):
            # The same rule may be broken in several places; its id is named once.
            broken = ", ".join(dict.fromkeys(problem.rule for problem in problems))
            raise Refused(code, " ".join(map(str, problems)), broken)

    def _refuse_retired(self, operation: Operation, body: Document, now: float) -> None:
        today = self._as_of or datetime.fromtimestamp(now, UTC).date()
        ends = self.spec.retirements(operation.request, body) if operation.request else ()
        for _, value, end in ends:
            if today >= end:
                message = f"The model '{value}' has been discontinued and is no longer available."
                raise Refused(1203, message)

    def _shown(self, task: MockTask, call: Call, *, created: bool = False) -> dict[str, Any]:
        """Return a task as Kling shows it."""
        age = (self._clock.time() - task.created) * self._speed
        # Whatever comes later, the reply to a create says so.
        status, since = (self._first_status, 0.0) if created else task.life.stage(age)
        shown: dict[str, Any] = {
            "task_id": task.id,
            "task_status": status,
            "task_info": {"external_task_id": task.external_id} if task.external_id else {},
            "created_at": int(task.created * 1000),
            "updated_at": int((task.created + since / self._speed) * 1000),
        }
        if created:
            return shown
        shown["task_status_msg"] = task.life.message if status == "failed" else ""
        shown["watermark_info"] = {"enabled": task.watermark}
        shape = _example(self.spec.operations[task.operation.id.replace("create", "get", 1)])
        root = f"{call.base_url}{MEDIA}{task.id}/"
        if parent := shape.get("task_info", {}).get("parent_video"):
            shown["task_info"]["parent_video"] = filled(parent, int(task.id), root, {})
        if status == "succeed":
            shown["task_result"] = self._result(task, shape.get("task_result", {}), root)
            shown["final_unit_deduction"] = "1"
        return shown

    def _result(self, task: MockTask, shape: Any, root: str) -> dict[str, Any]:
        """Return what a task made, after the example of its family's query."""
        assert task.operation.task is not None  # tasks are made by such operations
        slots = task.operation.task["slots"]
        if isinstance(slots, str):
            # A task that occupies several slots makes as many pictures.
            count = self._value(task, slots)
            shape = {**shape, "images": shape["images"][:1] * count}
        if self._value(task, "result_type") == "series":
            amount = self._value(task, "series_amount")
            # The service chooses how many when it is told "auto".
            pictures = shape["images"][:1] * (amount if isinstance(amount, int) else 4)
            shape = {"result_type": "series", "images": [], "series_images": pictures}
        result: dict[str, Any] = filled(shape, int(task.id), root, task.body)
        for entries in result.values():
            for index, entry in enumerate(entries if isinstance(entries, list) else ()):
                self._finish(task, entry, index)
        return result

    def _finish(self, task: MockTask, entry: dict[str, Any], index: int) -> None:
        if "index" in entry:
            entry["index"] = index
        entry.pop("watermark_url", None)
        if task.watermark:
            entry["watermark_url"] = entry.get("url", "")
        for name in ("voice_id", "element_id"):
            if name in entry:
                self.memory.made.setdefault(name, set()).add(str(entry[name]))
                if str(entry[name]) in self.memory.deleted:
                    entry["status"] = "deleted"

    def _value(self, task: MockTask, name: str) -> Any:
        """Return what a field of the request says, or its default."""
        properties = self.spec.schemas[str(task.operation.request)]["properties"]
        return task.body.get(name, properties.get(name, {}).get("x-kling-default"))

    def plan(self, *statuses: str, message: str = "") -> None:
        """Lay down the life of the next task that is made.

        Args:
            statuses: what it goes through, in order, in Kling's words; the last one stays.
            message: why it failed, if it does.
        """
        known = self.spec.schemas["TaskStatus"]["enum"]
        for status in statuses:
            if status not in known:
                raise ValueError(f"{status} is no status; those are {', '.join(known)}")
        if not statuses:
            raise ValueError("a life has at least one status")
        with self._lock:
            self.tasks.plan(Life(statuses, message))


def _pattern(path: str) -> re.Pattern[str]:
    # Kling's own examples sometimes end a path in a slash.
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path) + "/?")


def _no_check(memory: Memory, asked: Asked) -> None:
    del memory, asked


def _example(operation: Operation) -> Any:
    content = operation.node["responses"]["200"]["content"]["application/json"]
    return content["example"].get("data")


def _one(values: list[str]) -> Any:
    return values[0] if len(values) == 1 else values


def _typed(value: Any, schema: Document) -> Any:
    """Read a parameter, which is always text, as what the description says it is."""
    number = schema["type"] == "integer" and isinstance(value, str)
    return int(value) if number and re.fullmatch(r"-?[0-9]{1,30}", value) else value


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
