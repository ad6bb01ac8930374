"""The names that people give operations: an operationId, a request class, a family or its slug."""

from collections.abc import Callable

from kling.description import Operation, Spec, meant

LIST_HINT = "kling operations lists them all"
"""The end of a message that shows only some of the names."""

OperationFilter = Callable[[Operation], object]
"""Returns a true value for the operations that a caller can use."""


def operations_named(name: str, spec: Spec, is_wanted: OperationFilter) -> list[Operation]:
    """Return the operations that a name means: one, those of a request, or those of a family.

    Args:
        name: such as createTextToVideoTask, TextToVideoRequest, text_to_video or text-to-video.
        spec: the description of the operations.
        is_wanted: selects the operations that the message for an unknown name may suggest.

    Raises:
        ValueError: no operation has this name.
    """
    if operation := spec.operations.get(name):
        return [operation]
    family = name.replace("-", "_")
    family = spec.former_families.get(family, family)
    operations = spec.operations.values()
    found = [one for one in operations if name == one.request or family == one.family]
    if not found:
        raise ValueError(
            f"there is no operation or family {name}; {_suggestion(name, spec, is_wanted)}"
        )
    return found


def operation_named(name: str, spec: Spec, is_wanted: OperationFilter, mismatch: str) -> Operation:
    """Return the one operation with a name. A family means its create.

    Args:
        name: see `operations_named`.
        spec: the description of the operations.
        is_wanted: selects the operations that the caller can use.
        mismatch: the predicate of the message if the name means only operations that the caller
            cannot use, such as "creates no task".

    Raises:
        ValueError: no operation that is wanted has this name, or several have it.
    """
    named = operations_named(name, spec, is_wanted)
    found = [one for one in named if is_wanted(one)]
    found = [one for one in found if one.task] or found
    if len(found) == 1:
        return found[0]
    if found:
        *others, last = [one.id for one in found]
        raise ValueError(f"{name} may mean {', '.join(others)} or {last}; use one of these names")
    create = spec.create_in(named[0].family)
    if create and not create.task:
        raise ValueError(
            f"{name} {mismatch}, because Kling answers at once with the result; in Python, "
            f"client.create(models.{create.request}(...)) sends it"
        )
    family = [one for one in spec.operations.values() if one.family == named[0].family]
    instead = [one.id for one in family if is_wanted(one)]
    hint = f"did you mean {' or '.join(instead)}?" if instead else _suggestion("", spec, is_wanted)
    raise ValueError(f"{name} {mismatch}; {hint}")


def _suggestion(name: str, spec: Spec, is_wanted: OperationFilter) -> str:
    operations = [one for one in spec.operations.values() if is_wanted(one)]
    names = [one.family for one in operations] + [one.id for one in operations]
    names += [one.request for one in operations if one.request]
    return meant(name, [*dict.fromkeys(names)], LIST_HINT)
