"""The names that people give operations: an operationId, a request class, a family or its slug."""

from collections.abc import Callable

from kling.description import Operation, Spec, meant

LIST_HINT = "kling operations lists all names"
"""The end of a message that shows only some of the names."""

NO_TASK = "creates no task"
"""Why a command for tasks cannot use an operation; see `operation_named`."""

OperationFilter = Callable[[Operation], object]
"""Returns a true value for each operation that the caller can use."""


def operations_named(name: str, spec: Spec, is_wanted: OperationFilter) -> list[Operation]:
    """Return the operations that a name means. The name of a family may mean several.

    Args:
        name: such as createTextToVideoTask, TextToVideoRequest, text_to_video or text-to-video.
        spec: the description of the operations.
        is_wanted: selects the operations that a message about an unknown name may suggest.

    Raises:
        ValueError: no operation has this name.
    """
    if operation := spec.operations.get(name):
        return [operation]
    family = name.replace("-", "_")
    family = spec.former_families.get(family, family)
    operations = spec.operations.values()
    found = [
        operation
        for operation in operations
        if name == operation.request or family == operation.family
    ]
    if not found:
        raise ValueError(
            f"there is no operation or family {name}; {_suggestion(name, spec, is_wanted)}"
        )
    return found


def operation_named(name: str, spec: Spec, is_wanted: OperationFilter, mismatch: str) -> Operation:
    """Return the only operation that a name means. The name of a family means its create.

    Args:
        name: see `operations_named`.
        spec: the description of the operations.
        is_wanted: selects the operations that the caller can use.
        mismatch: why the caller cannot use an operation, such as "creates no task". The message of
            an error has this after the name.

    Raises:
        ValueError: no operation that the caller can use has this name, or several have it.
    """
    named = operations_named(name, spec, is_wanted)
    found = [operation for operation in named if is_wanted(operation)]
    creates = [operation for operation in found if operation.task]
    if creates:
        found = creates
    if len(found) == 1:
        return found[0]
    if found:
        *others, last = [operation.id for operation in found]
        raise ValueError(f"{name} may mean {', '.join(others)} or {last}; use one of these names")
    # In some families, such as text_to_speech, this operation makes no task.
    create = spec.create_in(named[0].family)
    if create and not create.task and mismatch == NO_TASK:
        raise ValueError(
            f"{name} {mismatch}; Kling answers such a request at once; in Python, "
            f"client.create(models.{create.request}(...)) sends it"
        )
    instead = [
        operation.id
        for operation in spec.operations.values()
        if operation.family == named[0].family and is_wanted(operation)
    ]
    hint = f"did you mean {' or '.join(instead)}?" if instead else _suggestion("", spec, is_wanted)
    raise ValueError(f"{name} {mismatch}; {hint}")


def _suggestion(name: str, spec: Spec, is_wanted: OperationFilter) -> str:
    """Return the end of a message: the most similar name, or some names."""
    operations = [operation for operation in spec.operations.values() if is_wanted(operation)]
    names = [operation.family for operation in operations]
    names += [operation.id for operation in operations]
    names += [operation.request for operation in operations if operation.request]
    return meant(name, [*dict.fromkeys(names)], LIST_HINT)
