"""How a task looks in replies and callbacks."""

from collections.abc import Collection, Mapping
from typing import Any

from kling.description import Defaults, Operation, Spec
from kling.mock._api.routes import example_of
from kling.mock._exchange import MEDIA
from kling.mock._samples import filled
from kling.mock._tasks import FAILED, SUCCEED, Charge, MockTask, plain, slots_of


class Views:
    """Shows tasks as Kling does, by the examples of the description.

    Args:
        spec: the description.
        deleted: ids of voices and elements that were deleted.
    """

    def __init__(self, spec: Spec, deleted: Collection[str]) -> None:
        self._spec = spec
        self._deleted = deleted
        self._first_status = spec.schemas["TaskStatus"]["enum"][0]
        self._shapes: dict[str, Any] = {}
        self._defaults: dict[str, Defaults] = {}

    def created(self, task: MockTask) -> dict[str, Any]:
        """Return a task that was made just now: it was submitted, whatever comes later."""
        return self._head(task, self._first_status, 0.0)

    def success_word(self, create: Operation) -> str:
        """Return the status of a success as the current standard spells it for a create."""
        return str(self._shape(create).get("status", "succeeded"))

    def shown(self, task: MockTask, now: float, base_url: str) -> dict[str, Any]:
        """Return a task as it is at a date in Unix seconds, with urls that begin with base_url."""
        return self.at_stage(task, task.life.stage(now - task.created), base_url)

    def at_stage(self, task: MockTask, stage: int, base_url: str) -> dict[str, Any]:
        """Return a task as it is, was or will be with one of its statuses."""
        status = task.life.statuses[stage]
        shown = self._head(task, status, task.life.begins[stage])
        shown["task_status_msg"] = task.life.message if status == FAILED else ""
        shown["watermark_info"] = {"enabled": task.watermark}
        shape = self._shape(task.operation)
        root = f"{base_url}{MEDIA}{task.id}/"
        if parent := shape.get("task_info", {}).get("parent_video"):
            shown["task_info"]["parent_video"] = filled(parent, int(task.id), root, {})
        if status == SUCCEED:
            shown["task_result"] = self._result(task, shape.get("task_result", {}), root)
            shown |= deduction(task.charge)
        return shown

    def _head(self, task: MockTask, status: str, since: float) -> dict[str, Any]:
        return {
            "task_id": task.id,
            "task_status": status,
            "task_info": {"external_task_id": task.external_id} if task.external_id else {},
            "created_at": int(task.created * 1000),
            "updated_at": int((task.created + since) * 1000),
        }

    def _shape(self, create: Operation) -> Mapping[str, Any]:
        """Return the `data` of the example of the query of the tasks that an operation creates."""
        if create.id not in self._shapes:
            query = self._spec.query_of(create)
            example = example_of(query, create.family) if query else {}
            if isinstance(example, list):  # of tasks, as the current standard shows them
                [task] = example
                example = {"task_result": _by_kind(task["outputs"]), "status": task["status"]}
            self._shapes[create.id] = example
        shape: Mapping[str, Any] = self._shapes[create.id]
        return shape

    def _result(self, task: MockTask, shape: Any, root: str) -> dict[str, Any]:
        assert task.operation.task is not None  # tasks are made by such operations
        if isinstance(task.operation.task["slots"], str):
            # A task that occupies several slots makes as many pictures.
            pictures = shape["images"][:1] * slots_of(self._spec, task.operation, task.body)
            shape = {**shape, "images": pictures}
            if self._spec.value(task.operation, task.body, "result_type") == "series":
                shape = {"result_type": "series", "images": [], "series_images": pictures}
        body = self._defaults_of(task.operation).completed(task.body)
        echo = {**body, **body.get("settings", {})}
        result: dict[str, Any] = filled(shape, int(task.id), root, echo)
        for entries in result.values():
            for index, entry in enumerate(entries if isinstance(entries, list) else ()):
                self._finish(task, entry, index)
        return result

    def _defaults_of(self, create: Operation) -> Defaults:
        if create.id not in self._defaults:
            request = self._spec.schemas[str(create.request)]
            self._defaults[create.id] = self._spec.defaults(request)
        return self._defaults[create.id]

    def _finish(self, task: MockTask, entry: dict[str, Any], index: int) -> None:
        if "index" in entry:
            entry["index"] = index
        entry.pop("watermark_url", None)
        if task.watermark:
            entry["watermark_url"] = entry.get("url", "")
        for name in ("voice_id", "element_id"):
            if str(entry.get(name)) in self._deleted:
                entry["status"] = "deleted"


def deduction(charge: Charge | None) -> dict[str, Any]:
    """Return what the /v1 standard shows of a charge; nothing where none is known."""
    if charge is None:
        return {}
    if charge.cash is None:
        return {"final_unit_deduction": plain(charge.units)}
    cash = plain(charge.cash)
    return {"final_balance_deduction": {"quota": cash, "list_price": cash}}


def _by_kind(outputs: Any) -> dict[str, Any]:
    """Return outputs in the lists of the /v1 standard."""
    lists: dict[str, list[Any]] = {}
    for output in outputs:
        entry = {name: value for name, value in output.items() if name != "type"}
        lists.setdefault(f"{output['type']}s", []).append(entry)
    return lists
