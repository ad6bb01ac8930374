"""The form of a task in replies and callbacks."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from kling.description import Defaults, Operation, Spec
from kling.mock._api.echoes import complete_element, video_in
from kling.mock._api.planned_results import apply_planned_results
from kling.mock._api.routes import example_of
from kling.mock._api.special_operations import Memory
from kling.mock._exchange import MEDIA
from kling.mock._samples import RESULT_ID_OFFSET, Look, Place, Samples, fill_example
from kling.mock._tasks import (
    FAILED,
    SUCCEED,
    Charge,
    MockTask,
    charged_seconds,
    format_amount,
    slots_of,
)

_MAX_LOOKS = 10_000


class Views:
    """Shows tasks as Kling does in /v1, in the form of the examples of the description.

    Args:
        spec: the description.
        memory: the deleted voices and elements, and the videos of lip-sync sessions.
        find: returns a task by its id.
        samples: the files of the results.
    """

    def __init__(
        self,
        spec: Spec,
        memory: Memory,
        find: Callable[[str], MockTask | None],
        samples: Samples,
    ) -> None:
        self._spec = spec
        self._samples = samples
        self._memory = memory
        self._find = find
        self._first_status = spec.schemas["TaskStatus"]["enum"][0]
        self._examples: dict[str, Any] = {}
        self._defaults: dict[str, Defaults] = {}
        self._looks: dict[int, Look] = {}

    def created(self, task: MockTask) -> dict[str, Any]:
        """Return a new task with the status submitted, even if its plan begins with another one."""
        return self._head(task, self._first_status, 0.0)

    def success_status(self, create: Operation) -> str:
        """Return the status of a successful task of a create, as the current standard spells it."""
        return str(self._example(create).get("status", "succeeded"))

    def shown(self, task: MockTask, now: float, base_url: str) -> dict[str, Any]:
        """Return a task as it is at a time in Unix seconds; its URLs begin with `base_url`."""
        return self.at_stage(task, task.life.stage(now - task.created), base_url)

    def at_stage(self, task: MockTask, stage: int, base_url: str) -> dict[str, Any]:
        """Return a task at one of its statuses, past, present or future."""
        status = task.life.statuses[stage]
        shown = self._head(task, status, task.life.begins[stage])
        shown["task_status_msg"] = task.life.message if status == FAILED else ""
        shown["watermark_info"] = {"enabled": task.has_watermark}
        example = self._example(task.operation)
        if parent := example.get("task_info", {}).get("parent_video"):
            shown["task_info"]["parent_video"] = self._parent(task, parent, base_url)
        shown["task_info"] |= task.life.task_info
        if status == SUCCEED:
            shown["task_result"] = self._result(task, example.get("task_result", {}), base_url)
            shown |= deduction_fields(task.charge)
        return shown

    def _head(self, task: MockTask, status: str, age: float) -> dict[str, Any]:
        """Return the fields that every reply has.

        Args:
            task: the task.
            status: its status.
            age: the age of the task when the status began, in seconds.
        """
        return {
            "task_id": task.id,
            "task_status": status,
            "task_info": {"external_task_id": task.external_id} if task.external_id else {},
            "created_at": int(task.created * 1000),
            "updated_at": int((task.created + age) * 1000),
        }

    def maker_of(self, result_id: str) -> MockTask | None:
        """Return the task that made the video, voice or element with an id; None if no task did."""
        if not re.fullmatch("[0-9]{1,30}", result_id):
            return None
        return self._find(str(int(result_id) - RESULT_ID_OFFSET))

    def _parent(self, task: MockTask, example: Any, base_url: str) -> dict[str, Any]:
        """Return the video that a task continues or edits."""
        body = self._memory.faces.get(str(task.body.get("session_id")), task.body)
        video_id, url = video_in(body)
        # `fill_example` adds RESULT_ID_OFFSET once more, so a video that the mock did not make gets
        # an id that no result has.
        number = int(task.id) + RESULT_ID_OFFSET
        place = Place(self._samples, f"{base_url}{MEDIA}{number}/")
        parent: dict[str, Any] = fill_example(example, number, place, {"id": video_id})
        if url:
            parent["url"] = url
        if maker := self.maker_of(video_id):
            maker_example = self._example(maker.operation).get("task_result", {})
            made = self._result(maker, maker_example, base_url)
            # The first of its videos, if it made any.
            for video_made in made.get("videos", [])[:1]:
                parent |= {name: video_made[name] for name in parent if name in video_made}
        return parent

    def _example(self, create: Operation) -> Mapping[str, Any]:
        """Return the example of a task that a create makes; its results are in the form of /v1."""
        if create.id not in self._examples:
            query = self._spec.query_of(create)
            example = example_of(query, create.family) if query else {}
            if isinstance(example, list):  # the current standard returns a list of tasks
                [task] = example
                example = {"task_result": _by_kind(task["outputs"]), "status": task["status"]}
            self._examples[create.id] = example
        cached: Mapping[str, Any] = self._examples[create.id]
        return cached

    def _result(self, task: MockTask, example: Any, base_url: str) -> dict[str, Any]:
        """Return the task_result of a task, with the fields of an example."""
        assert task.operation.task is not None  # only operations that create tasks get here
        if isinstance(task.operation.task["slots"], str):
            # A text in `slots` names the field that says how many images to make.
            images = example["images"][:1] * slots_of(self._spec, task.operation, task.body)
            example = {**example, "images": images}
            if self._spec.value(task.operation, task.body, "result_type") == "series":
                example = {"result_type": "series", "images": [], "series_images": images}
        body = self.completed_body(task)
        # The fields that the result may repeat.
        echo = {**body, **body.get("settings", {})}
        place = Place(self._samples, f"{base_url}{MEDIA}{task.id}/", self._look(task, body))
        result: dict[str, Any] = fill_example(example, int(task.id), place, echo)
        for entries in result.values():
            for index, entry in enumerate(entries if isinstance(entries, list) else ()):
                self._complete_output(task, entry, index, place)
        apply_planned_results(result, task.life.results)
        return result

    def _look(self, task: MockTask, body: Mapping[str, Any]) -> Look:
        """Return the shape, resolution and length of a task's files; cached to make lists fast."""
        if task.number not in self._looks:
            if len(self._looks) >= _MAX_LOOKS:
                self._looks.clear()
            seconds = charged_seconds(self._spec, task.operation, body)
            self._looks[task.number] = Look.of(body, seconds)
        return self._looks[task.number]

    def completed_body(self, task: MockTask) -> Mapping[str, Any]:
        """Return the body of a task's create, with Kling's defaults."""
        create = task.operation
        if create.id not in self._defaults:
            request = self._spec.schemas[str(create.request)]
            self._defaults[create.id] = self._spec.defaults(request)
        return self._defaults[create.id].completed(task.body)

    def _complete_output(
        self, task: MockTask, entry: dict[str, Any], index: int, place: Place
    ) -> None:
        if "index" in entry:
            entry["index"] = index
        entry.pop("watermark_url", None)
        if task.has_watermark:
            entry["watermark_url"] = entry.get("url", "")
        for name in ("voice_id", "element_id"):
            if str(entry.get(name)) in self._memory.deleted:
                entry["status"] = "deleted"
        if "element_id" in entry:
            complete_element(self._spec, entry, self.completed_body(task), place)


def deduction_fields(charge: Charge | None) -> dict[str, Any]:
    """Return a charge in the form of the /v1 standard; empty without a charge."""
    if charge is None:
        return {}
    if charge.cash is None:
        return {"final_unit_deduction": format_amount(charge.units)}
    cash = format_amount(charge.cash)
    return {"final_balance_deduction": {"quota": cash, "list_price": cash}}


def _by_kind(outputs: Any) -> dict[str, Any]:
    """Return outputs as the lists of the /v1 standard."""
    lists: dict[str, list[Any]] = {}
    for output in outputs:
        entry = {name: value for name, value in output.items() if name != "type"}
        lists.setdefault(f"{output['type']}s", []).append(entry)
    return lists
