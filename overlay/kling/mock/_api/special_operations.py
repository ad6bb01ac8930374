"""Operations whose answers depend on earlier calls, by operationId."""

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from kling.description import Document, Operation, Spec
from kling.mock._api.echoes import complete_element
from kling.mock._exchange import Refused
from kling.mock._samples import Place, fill_example
from kling.mock._tasks import Package

Point = list[float]


@dataclass(frozen=True, slots=True)
class CheckedCall:
    """A call that has passed all checks."""

    spec: Spec
    operation: Operation
    parameters: Mapping[str, Any]
    body: Mapping[str, Any]
    fields: Document
    """The properties in the schema of the body."""
    example: Any
    """The `data` of the example reply."""
    place: Place
    """Where the files of the reply are."""
    was_made: Callable[[str, str], bool]
    """Takes the name and the value of a field, such as voice_id.

    Returns whether a task of the mock has made this voice or element.
    """
    packages: Callable[[], Sequence[tuple[Package, Decimal]]]
    """The packages of the account, each with the units that are left."""
    term: tuple[float, float]
    """When the packages begin and end, in Unix seconds."""


@dataclass(slots=True)
class Memory:
    """What the mock remembers in addition to tasks."""

    count: int = 0  # of the ids that were made
    deleted: set[str] = field(default_factory=set)
    """Ids of voices and elements that were deleted."""
    elements: list[Any] = field(default_factory=list)
    """The library of basic elements, newest first."""
    selections: dict[str, dict[str, list[Point]]] = field(default_factory=dict)
    """The points that were selected in a video, by session_id, then by the number of the frame."""
    faces: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The request that created each lip-sync session, by session_id. It names the video."""

    def as_texts(self) -> dict[str, str]:
        """Return each part of the memory as JSON, by its name."""
        parts = {one.name: getattr(self, one.name) for one in fields(self)}
        parts["deleted"] = sorted(self.deleted)
        return {name: json.dumps(part) for name, part in parts.items()}

    @classmethod
    def load(cls, part_named: Callable[[str], Any]) -> "Memory":
        """Return a memory with stored parts.

        Args:
            part_named: returns a part by its name; None if it is not stored.
        """
        parts = {one.name: part_named(one.name) for one in fields(cls)}
        memory = cls(**{name: part for name, part in parts.items() if part is not None})
        memory.deleted = set(memory.deleted)
        return memory

    def number(self) -> int:
        """Return the number of the next id."""
        self.count += 1
        return 847570360458960960 + self.count


Behaviour = Callable[[Memory, CheckedCall], Any]


def example(memory: Memory, call: CheckedCall) -> Any:
    """Answer with the example of the description; if it is a list, with the requested page."""
    if isinstance(call.example, list):
        return page(call.example, call.parameters)
    return fill_example(call.example, memory.number(), call.place, call.body)


def page(entries: list[Any], parameters: Mapping[str, Any]) -> list[Any]:
    """Return the requested page of a list."""
    size = parameters["pageSize"]
    return entries[(parameters["pageNum"] - 1) * size :][:size]


def _create_element(memory: Memory, call: CheckedCall) -> Any:
    element = example(memory, call)
    complete_element(call.spec, element, call.body, call.place)
    memory.elements.insert(0, element)
    del memory.elements[_MAX_KEPT:]
    return element


def _list_elements(memory: Memory, call: CheckedCall) -> Any:
    remaining = [one for one in memory.elements if str(one[_ELEMENT]) not in memory.deleted]
    return page(remaining, call.parameters)


def refuse_rounded_ids(memory: Memory, call: CheckedCall) -> None:
    """Refuse the id of an element of the mock if JavaScript has rounded it."""
    for given in _element_ids_in(call.body):
        if not re.fullmatch(_MOCK_ID, given) or _any_made(memory, call, _ELEMENT, [given]):
            continue
        if _any_made(memory, call, _ELEMENT, _same_when_rounded(given)):
            why = "JavaScript rounds integers of this length, so keep the id as a string"
            raise Refused(1201, why, event="unknown-element", value=given)


def _any_made(memory: Memory, call: CheckedCall, name: str, ids: Iterable[str]) -> bool:
    """Whether the mock has made a voice or an element with one of these ids."""
    basic = {str(one[name]) for one in memory.elements} if name == _ELEMENT else ()
    return any(one in basic or call.was_made(name, one) for one in ids)


def _element_ids_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == _ELEMENT:
                yield str(inner)
            else:
                yield from _element_ids_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _element_ids_in(inner)


def _same_when_rounded(given: str) -> Iterator[str]:
    """Yield the integers that JavaScript rounds to the same number as this one."""
    number = float(given)
    distance = int(math.ulp(number))  # the distance to the next number that JavaScript can express
    near = range(int(given) - distance, int(given) + distance + 1)
    return (str(one) for one in near if float(one) == number)


def _delete(memory: Memory, call: CheckedCall) -> Any:
    [(name, given)] = call.body.items()  # the id is the only field
    if str(given) in memory.deleted:
        # Kling's message contains these words, "already be deleted".
        raise Refused(1201, f"{name} {given} may already be deleted")
    if not _any_made(memory, call, name, [str(given)]):
        event = "unknown-element" if name == _ELEMENT else "unknown-voice"
        raise Refused(1201, f"there is no {name} {given}", event=event, value=given)
    memory.deleted.add(str(given))
    return call.example


def _find_faces(memory: Memory, call: CheckedCall) -> Any:
    found = example(memory, call)
    memory.faces[found["session_id"]] = dict(call.body)
    if len(memory.faces) > _MAX_KEPT:
        del memory.faces[next(iter(memory.faces))]
    return found


def _create_selection(memory: Memory, call: CheckedCall) -> Any:
    session = str(memory.number())
    memory.selections[session] = {}
    if len(memory.selections) > _MAX_KEPT:
        del memory.selections[next(iter(memory.selections))]
    return fill_example(call.example, int(session), call.place, {"session_id": session})


def _add_points(memory: Memory, call: CheckedCall) -> Any:
    frames, frame = _frames(memory, call), str(call.body["frame_index"])
    points = list(frames.get(frame, []))
    for point in _points(call):
        if point not in points:
            points.append(point)
    most_frames = call.fields["frame_index"]["x-kling-distinct"]
    most_points = call.fields["points"]["maxItems"]
    if len(points) > most_points or len(frames.keys() | {frame}) > most_frames:
        raise Refused(
            1201,
            f"a selection can have at most {most_frames} frames, "
            f"and at most {most_points} points in each",
        )
    frames[frame] = points
    return _selected_areas(call, len(points))


def _delete_points(memory: Memory, call: CheckedCall) -> Any:
    frames, frame = _frames(memory, call), str(call.body["frame_index"])
    points = list(frames.get(frame, []))
    for point in _points(call):
        if point not in points:
            raise Refused(1201, "points contains a point that was not added to this frame")
        points.remove(point)
    if points:
        frames[frame] = points
    else:
        del frames[frame]
    return _selected_areas(call, len(points))


def _clear_selection(memory: Memory, call: CheckedCall) -> Any:
    _frames(memory, call).clear()
    return fill_example(call.example, memory.number(), call.place, call.body)


def _preview_selection(memory: Memory, call: CheckedCall) -> Any:
    if not _frames(memory, call):
        raise Refused(1201, "the selection has no points")
    return fill_example(call.example, memory.number(), call.place, call.body)


def check_selection(memory: Memory, call: CheckedCall) -> None:
    """Refuse a selection that does not exist, or has no points although edit_mode needs some."""
    frames = _frames(memory, call)
    if call.body["edit_mode"] != "addition" and not frames:
        raise Refused(1201, f"edit_mode {call.body['edit_mode']} needs a selection with points")


def _account_costs(memory: Memory, call: CheckedCall) -> Any:
    del memory
    [package_example] = call.example["resource_pack_subscribe_infos"]
    begins, ends = (int(moment * _MILLISECONDS) for moment in call.term)
    term = {"purchase_time": begins, "effective_time": begins, "invalid_time": ends}
    if begins > call.parameters["end_time"] or ends <= call.parameters["start_time"]:
        return {**call.example, "resource_pack_subscribe_infos": []}
    packages = call.packages()
    if not packages:  # then the answer has one package, that of the example
        online = {**package_example, **term, "status": "online"}
        return {**call.example, "resource_pack_subscribe_infos": [online]}
    wanted_name = call.parameters.get("resource_pack_name")
    infos = [
        {
            **package_example,
            **term,
            "resource_pack_name": package.name,
            "resource_pack_id": package.id,
            "total_quantity": float(package.units),
            "remaining_quantity": float(left),
            "status": "online" if left else "runOut",
        }
        for package, left in packages
        if wanted_name in (None, package.name)
    ]
    return {**call.example, "resource_pack_subscribe_infos": infos}


def _frames(memory: Memory, call: CheckedCall) -> dict[str, list[Point]]:
    session = call.body["session_id"]
    if session not in memory.selections:
        raise Refused(1201, f"session not found: {session}")
    return memory.selections[session]


def _points(call: CheckedCall) -> list[Point]:
    return [[point["x"], point["y"]] for point in call.body["points"]]


def _selected_areas(call: CheckedCall, points: int) -> Any:
    """Answer with areas of the frame, at most one for each of its points."""
    frame = call.body["frame_index"]
    masks = call.example["res"]["rle_mask_list"][:points]
    res = {**call.example["res"], "frame_index": frame, "rle_mask_list": masks}
    return {**call.example, "session_id": call.body["session_id"], "res": res}


_ELEMENT = "element_id"
# The form of every id that the mock makes.
_MOCK_ID = "[0-9]{18}"
_MILLISECONDS = 1000
# How many selections, sessions and basic elements are kept; the oldest are forgotten.
_MAX_KEPT = 1000

BEHAVIOURS: Mapping[str, Behaviour] = {
    "getAccountCosts": _account_costs,
    "createBasicElement": _create_element,
    "listBasicElements": _list_elements,
    "deleteBasicElement": _delete,
    "deleteCustomElement": _delete,
    "deleteCustomVoice": _delete,
    "createAdvancedLipSyncSession": _find_faces,
    "createMultiElementsSelection": _create_selection,
    "createMultiElementsSelectionPoints": _add_points,
    "deleteMultiElementsSelectionPoints": _delete_points,
    "deleteMultiElementsSelection": _clear_selection,
    "createMultiElementsSelectionPreview": _preview_selection,
}
# Further checks of creates, by operationId.
CREATE_CHECKS: Mapping[str, Callable[[Memory, CheckedCall], None]] = {
    "createMultiElementsTask": check_selection
}
