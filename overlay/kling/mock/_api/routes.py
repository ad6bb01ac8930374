"""Finds the operation of a call, and prepares what the description says about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from kling.description import Defaults, Document, Operation, Rules, Spec
from kling.mock._api.aliases import PARAMETER, paths_of


@dataclass(frozen=True, slots=True)
class KnownOperation:
    """What the description says about an operation, prepared for answering calls."""

    operation: Operation
    names: tuple[str, ...]
    """The names by which a plan can refer to it, in addition to `any`."""
    role: str
    """What it does with the tasks of its family: create, get or list; otherwise empty."""
    parameters: Mapping[str, Document]
    defaults: Mapping[str, Any]
    parameter_rules: Rules
    parameter_code: int
    """The code that refuses a wrong parameter."""
    body_schema: Document
    body_rules: Rules
    body_defaults: Defaults
    """The values that Kling assumes for fields that are left out."""
    example: Any
    """The `data` of the example reply."""
    alias_of: str = ""
    """The described path that this alias stands for; empty if this is not an alias."""


@dataclass(frozen=True, slots=True)
class Route:
    """What the description has for the path and the method of a call."""

    known: KnownOperation | None
    """The operation; None if no operation has this path and method."""
    path_exists: bool
    """Whether any operation has this path."""
    in_path: Mapping[str, str]
    """The value of the parameter in the path, by the name of the parameter."""
    similar: Sequence[str] = ()
    """If only the model in the path is unknown: the same path with each known model."""


class Routes:
    """Every operation, by path and method. A path has at most one parameter, as its last segment.

    Paths are accepted with and without the prefix that the server of a dialect has, because clients
    in the same process do not use the prefix.

    Args:
        spec: the description.
        aliases: new paths, each with the described path that it stands for; or new segments of
            paths, each with the segment that it replaces.

    Raises:
        ValueError: an alias has the wrong form, its new path or segment is in the description, or
            its other path or segment is not in the description.
    """

    def __init__(self, spec: Spec, aliases: Mapping[str, str] | None = None) -> None:
        described, names = _described(spec)
        self._prefix = spec.prefix
        self._by_path = {path: dict(methods) for path, methods in described.items()}
        self._names = dict(names)
        for new, old in (aliases or {}).items():
            self._add(new, old, described)

    def find(self, method: str, path: str) -> Route:
        """Return the route of a call."""
        # Some of Kling's examples have a slash at the end of a path, so it is ignored.
        plain = path.removesuffix("/").removeprefix(self._prefix)
        methods_here, in_path = self._by_path.get(plain), {}
        if not methods_here:
            before, _, value = plain.rpartition("/")
            pattern = f"{before}/{PARAMETER}"
            methods_here = self._by_path.get(pattern) if value else None
            if methods_here:
                in_path = {self._names[pattern]: unquote(value)}
        known = methods_here.get(method) if methods_here else None
        return Route(
            known, bool(methods_here), in_path, () if methods_here else self._similar(method, plain)
        )

    def _add(
        self, new: str, old: str, described: Mapping[str, Mapping[str, KnownOperation]]
    ) -> None:
        """Add an alias for the operations that create, get and list tasks."""
        roles = set()
        for path, known_path in paths_of(new, old, described).items():
            for method, known in described[known_path].items():
                if not known.role:
                    continue
                if method in self._by_path.setdefault(path, {}):
                    raise ValueError(f"the alias {new}={old}: {path} is an alias already")
                self._by_path[path][method] = replace(known, alias_of=known_path)
                roles.add(known.role)
            if known_path in self._names:
                self._names[path] = self._names[known_path]
        if "create" not in roles:
            raise ValueError(f"the alias {new}={old}: no operation of {old} creates tasks")

    def _similar(self, method: str, path: str) -> list[str]:
        """Return the paths of the current standard that differ from a path only in the model."""
        product = path.rpartition("/")[0]
        return [
            other
            for other, methods in self._by_path.items()
            if other.rpartition("/")[0] == product
            and (known := methods.get(method))
            and known.operation.path_model
            and other not in known.operation.aliases
        ]


def example_of(operation: Operation, name: str = "") -> Any:
    """Return the `data` of an example reply: the one called `name`, otherwise the first."""
    content = operation.node["responses"]["200"]["content"]["application/json"]
    if "examples" in content:
        examples = content["examples"]
        reply = (examples.get(name) or next(iter(examples.values())))["value"]
    else:
        reply = content["example"]
    return reply.get("data")


@lru_cache(maxsize=8)
def _described(spec: Spec) -> tuple[Mapping[str, Mapping[str, KnownOperation]], Mapping[str, str]]:
    """Return the operations by path and method, and the names of the parameters in paths.

    The result is cached, because the preparation of the rules is slow.
    """
    by_path: dict[str, dict[str, KnownOperation]] = {}
    names: dict[str, str] = {}
    for operation in spec.operations.values():
        path, _, name = operation.path.partition("{")
        if name:
            path += PARAMETER
            names[path] = name.removesuffix("}")
        known = _known(spec, operation)
        for one in (path, *operation.aliases):
            by_path.setdefault(one, {})[operation.method] = known
    return by_path, names


def _known(spec: Spec, operation: Operation) -> KnownOperation:
    parameters = spec.parameters(operation)
    # This schema does not exist if the operation has no body. Then it is never read.
    body = {"$ref": f"#/components/schemas/{operation.request}"}
    # Only lists of ids are arrays. Kling was seen to refuse too many ids with 1201. All other wrong
    # parameters get 1200.
    has_ids = any(one["schema"]["type"] == "array" for one in parameters.values())
    return KnownOperation(
        operation=operation,
        names=(operation.verb, operation.id),
        role=_role(spec, operation),
        parameters=parameters,
        defaults={
            name: one["x-kling-default"]
            for name, one in parameters.items()
            if "x-kling-default" in one
        },
        parameter_rules=Rules(spec, spec.parameter_schema(operation)),
        parameter_code=1201 if has_ids else 1200,
        body_schema=body,
        body_rules=Rules(spec, body),
        body_defaults=spec.defaults(spec.resolve(body)) if operation.request else Defaults({}, {}),
        example=example_of(operation),
    )


def _role(spec: Spec, operation: Operation) -> str:
    create = spec.create_in(operation.family)
    if create is None or create.task is None:
        return ""
    roles = {
        "create": create,
        "get": spec.sibling(create, "get"),
        "list": spec.sibling(create, "list"),
    }
    return next((role for role, one in roles.items() if one == operation), "")
