"""Find out which features a model has in the current standard of Kling's API.

In this standard, the path of a create operation names the model. In the older standard,
/v1, the body names the model. To find out what the model can do, this module applies the rules of
the operation to example bodies.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import combinations, product
from typing import Any

from kling.description.operations import Document, Operation
from kling.description.rules import Rules
from kling.description.spec import Spec

# The values of `audio` in the current standard, and the /v1 names of these features.
_AUDIO_FEATURES = {"native": "sound", "original": "original-sound"}
# A part of `contents` may need others. For example, an end frame needs a first frame.
_MAX_OTHER_PARTS = 2

Cell = tuple[str, str]
"""A mode or resolution, and a length in seconds; see `Capabilities`."""


class FeatureProbe:
    """Applies the rules to example bodies of one create operation.

    A feature is a kind of part in `contents`, a value of `audio`, or several shots. It is added to
    the example `minimal` of the operation, together with as few other parts as possible. The model
    has the feature if the rules accept this body, either as it is or with one other setting
    changed.
    """

    def __init__(self, spec: Spec, operation: Operation) -> None:
        schema = spec.schemas[str(operation.request)]
        media = operation.node["requestBody"]["content"]["application/json"]
        self._spec = spec
        self._rules = Rules(spec, media["schema"])
        self._minimal: Document = media["examples"]["minimal"]["value"]
        self._settings: Document = spec.resolve(schema["properties"]["settings"])["properties"]
        contents = schema["properties"].get("contents", {"items": {}})
        _, self._kinds = spec.branches(spec.resolve(contents["items"]))
        self._parts = {kind: self._example_part(kind) for kind in self._kinds}
        self._given_kinds = [part["type"] for part in self._minimal.get("contents", ())]
        # None means that a request cannot choose the resolution or the length.
        resolutions = self._choices("resolution") or [None]
        self._grid = list(product(resolutions, self._lengths() or [None]))
        # With some parts, a request cannot choose the length.
        self._grid_without_length = list(product(resolutions, [None]))

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells in which the model works, with or without a feature."""
        working = set(self._working_cells([], {})).union(*self.features.values())
        return tuple(cell for cell in _as_text(self._grid) if cell in working)

    @cached_property
    def features(self) -> dict[str, tuple[Cell, ...]]:
        """The cells in which each feature works; an empty tuple if the model does not have it."""
        found: dict[str, tuple[Cell, ...]] = {}
        if self._given_kinds == ["prompt"]:
            found["prompt-alone"] = self._working_cells([], {})
        for kind in self._kinds:
            if kind != "prompt":
                found[kind.replace("_", "-")] = self._working_cells([kind], {})
        for value in self._choices("audio"):
            if value in _AUDIO_FEATURES:
                found[_AUDIO_FEATURES[value]] = self._working_cells([], {"audio": value})
        if "multi_shot" in self._settings:
            found["multi-shot"] = self._working_cells([], {"multi_shot": True})
        return found

    def _choices(self, name: str) -> list[Any]:
        """Return the values that a setting may have; empty if they cannot be listed."""
        node = self._spec.resolve(self._settings.get(name, {}))
        return [True, False] if node.get("type") == "boolean" else list(node.get("enum", ()))

    def _lengths(self) -> list[Any]:
        """Return the lengths that a request may choose, in seconds."""
        node = self._spec.resolve(self._settings.get("duration", {}))
        if "minimum" in node and "enum" not in node:
            return list(range(node["minimum"], node["maximum"] + 1))
        return self._choices("duration")

    def _working_cells(self, kinds: list[str], settings: Document) -> tuple[Cell, ...]:
        """Return the cells in which parts of these kinds work together with these settings."""
        others = [kind for kind in self._kinds if kind not in (*kinds, *self._given_kinds)]
        # First without other parts, then with one, and so on; each time with and without a length.
        for number in range(_MAX_OTHER_PARTS + 1):
            sets_of_kinds = [(*kinds, *extra) for extra in combinations(others, number)]
            for grid in (self._grid, self._grid_without_length):
                working = [cell for cell in grid if self._works(cell, sets_of_kinds, settings)]
                if working:
                    return _as_text(working)
        return ()

    def _works(
        self, cell: tuple[Any, Any], sets_of_kinds: Iterable[tuple[str, ...]], settings: Document
    ) -> bool:
        """Whether, in a cell, the rules accept a body with one of the sets of parts."""
        resolution, duration = cell
        # Nothing is changed, or one of the other settings has one of its values.
        changes: list[dict[str, Any]] = [{}]
        for name in self._settings:
            if name not in ("resolution", "duration", "aspect_ratio", *settings):
                changes += [{name: value} for value in self._choices(name)]
        return any(
            self._passes(
                {"resolution": resolution, "duration": duration, **change}, kinds, settings
            )
            for kinds, change in product(sets_of_kinds, changes)
        )

    def _passes(self, chosen: Document, kinds: tuple[str, ...], settings: Document) -> bool:
        """Whether the rules accept a body, and do not warn about the tried settings or parts.

        Args:
            chosen: settings that are not tried: those of the cell, and perhaps one other setting.
            kinds: the kinds of parts to add.
            settings: the settings that are tried.
        """
        given = {name: value for name, value in chosen.items() if value is not None}
        merged = {**self._minimal.get("settings", {}), **given, **settings}
        body = {**self._minimal, "settings": merged}
        if self._kinds:
            more = [self._parts[kind] for kind in kinds if kind not in self._given_kinds]
            body["contents"] = [*self._minimal["contents"], *more]
        if not self._rules.are_kept_by(body):
            return False
        # A setting or a part that causes a warning is not a feature.
        tried = {f"settings.{name}" for name in settings}
        if kinds:
            tried.add("contents")
        if not tried:
            return True
        return tried.isdisjoint(advice.field for advice in self._rules.advice(body))

    def _example_part(self, kind: str) -> Mapping[str, Any]:
        """Return an example of a part of `contents`."""
        schema = self._kinds[kind]
        part: dict[str, Any] = {}
        # It has only required fields, because not every model accepts the id of a frame.
        for name in schema["required"]:
            node = self._spec.resolve(schema["properties"][name])
            if "examples" in node:
                part[name] = node["examples"][0]
        part["type"] = kind
        if "id" in part:
            part["id"] = kind  # the ids of parts must differ
        return part


def _as_text(cells: Iterable[tuple[Any, Any]]) -> tuple[Cell, ...]:
    return tuple(
        ("" if resolution is None else resolution, "" if length is None else str(length))
        for resolution, length in cells
    )
