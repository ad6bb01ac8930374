"""The names that people give operations: an operationId, a request class, a family or its slug."""

from collections.abc import Callable

from kling.description import Operation, Spec, meant

ALL = "kling spec has them all"
"""Where the names of operations are."""

Wanted = Callable[[Operation], object]


def operations_named(name: str, spec: Spec, wanted: Wanted) -> list[Operation]:
    """Return what a name means: one operation, all that take a request, or all of a family.

    Args:
        name: such as createTextToVideoTask, TextToVideoRequest, text_to_video or text-to-video.
        spec: the description that has the operations.
        wanted: says of an operation whether its names may be suggested instead of a wrong one.

    Raises:
        ValueError: nothing has this name.
    """
    if operation := spec.operations.get(name):
        return [operation]
    family = name.replace("-", "_")
    family = spec.former_families.get(family, family)
    operations = spec.operations.values()
    found = [one for one in operations if name == one.request or family == one.family]
    if not found:
        raise ValueError(f"there is no operation or family {name}; {_meant(name, spec, wanted)}")
    return found


def operation_named(name: str, spec: Spec, wanted: Wanted, lack: str) -> Operation:
    """Return the one operation that a name means; of a family, that is its create of a task.

    Args:
        name: see `operations_named`.
        spec: the description that has the operations.
        wanted: says of an operation whether it will do.
        lack: what to say of a name that only means others, such as "creates no task".

    Raises:
        ValueError: no such operation has this name, or several have.
    """
    named = operations_named(name, spec, wanted)
    found = [one for one in named if wanted(one)]
    found = [one for one in found if one.task] or found
    if len(found) == 1:
        return found[0]
    if found:
        *others, last = [one.id for one in found]
        raise ValueError(f"{name} may mean {', '.join(others)} or {last}; write which")
    family = [one for one in spec.operations.values() if one.family == named[0].family]
    instead = [one.id for one in family if wanted(one)]
    hint = f"did you mean {' or '.join(instead)}?" if instead else _meant("", spec, wanted)
    raise ValueError(f"{name} {lack}; {hint}")


def _meant(name: str, spec: Spec, wanted: Wanted) -> str:
    operations = [one for one in spec.operations.values() if wanted(one)]
    names = [one.family for one in operations] + [one.id for one in operations]
    names += [one.request for one in operations if one.request]
    return meant(name, [*dict.fromkeys(names)], ALL)
