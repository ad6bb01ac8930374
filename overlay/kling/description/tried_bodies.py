"""What the model of a path can do: bodies that use a feature are tried on the rules."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import combinations, product
from typing import Any

from kling.description.rules import Rules
from kling.description.spec import Document, Operation, Spec

# The current standard says in one field where the sound comes from; these are the names of /v1.
_AUDIO = {"native": "sound", "original": "original-sound"}
# A part may need others beside it, as a last frame needs a first one.
_MOST_OTHERS = 2

Cell = tuple[str, str]


class TriedBodies:
    """Tries bodies of a create of the current standard.

    A feature is a kind of part in `contents`, a sound, or several shots. It is tried on the example
    `minimal`, with the fewest other parts with which Kling takes it at all, and with each switch
    of the settings in each position.
    """

    def __init__(self, spec: Spec, operation: Operation) -> None:
        schema = spec.schemas[str(operation.request)]
        media = operation.node["requestBody"]["content"]["application/json"]
        self._spec = spec
        self._rules = Rules(spec, media["schema"])
        self._least: Document = media["examples"]["minimal"]["value"]
        self._settings: Document = spec.resolve(schema["properties"]["settings"])["properties"]
        contents = schema["properties"].get("contents", {"items": {}})
        _, self._kinds = spec.branches(spec.resolve(contents["items"]))
        self._parts = {kind: self._part(kind) for kind in self._kinds}
        self._there = [part["type"] for part in self._least.get("contents", ())]
        qualities = self._choices("resolution") or [None]
        self._grid = list(product(qualities, self._lengths() or [None]))
        # Beside some parts the length cannot be chosen.
        self._grid_without_length = list(product(qualities, [None]))

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The resolutions and lengths in which the model works at all."""
        works = set(self._found([], {})).union(*self.features.values())
        return tuple(cell for cell in _shown(self._grid) if cell in works)

    @cached_property
    def features(self) -> dict[str, tuple[Cell, ...]]:
        """Where each feature works; an empty tuple for one that the model lacks."""
        found = {"prompt-alone": self._found([], {})} if self._there == ["prompt"] else {}
        for kind in self._kinds:
            if kind != "prompt":
                found[kind.replace("_", "-")] = self._found([kind], {})
        for value in self._choices("audio"):
            if value in _AUDIO:
                found[_AUDIO[value]] = self._found([], {"audio": value})
        if "multi_shot" in self._settings:
            found["multi-shot"] = self._found([], {"multi_shot": True})
        return found

    def _choices(self, name: str) -> list[Any]:
        node = self._spec.resolve(self._settings.get(name, {}))
        return [True, False] if node.get("type") == "boolean" else list(node.get("enum", ()))

    def _lengths(self) -> list[Any]:
        node = self._spec.resolve(self._settings.get("duration", {}))
        if "minimum" in node and "enum" not in node:
            return list(range(node["minimum"], node["maximum"] + 1))
        return self._choices("duration")

    def _found(self, kinds: list[str], settings: Document) -> tuple[Cell, ...]:
        others = [kind for kind in self._kinds if kind not in (*kinds, *self._there)]
        for number in range(_MOST_OTHERS + 1):
            sets = [(*kinds, *beside) for beside in combinations(others, number)]
            for grid in (self._grid, self._grid_without_length):
                if works := [cell for cell in grid if self._works(cell, sets, settings)]:
                    return _shown(works)
        return ()

    def _works(
        self, cell: tuple[Any, Any], sets: Iterable[tuple[str, ...]], settings: Document
    ) -> bool:
        switches = [
            {name: value}
            for name in self._settings
            if name not in ("resolution", "duration", "aspect_ratio", *settings)
            for value in self._choices(name)
        ]
        return any(
            self._passes({"resolution": cell[0], "duration": cell[1], **switch}, kinds, settings)
            for kinds, switch in product(sets, [{}, *switches])
        )

    def _passes(self, chosen: Document, kinds: tuple[str, ...], settings: Document) -> bool:
        given = {name: value for name, value in chosen.items() if value is not None}
        switched = {**self._least.get("settings", {}), **given, **settings}
        body = {**self._least, "settings": switched}
        if self._kinds:
            more = [self._parts[kind] for kind in kinds if kind not in self._there]
            body["contents"] = [*self._least["contents"], *more]
        if not self._rules.are_kept_by(body):
            return False
        # A switch or part that only brings a warning does nothing that anybody could name.
        tried = {f"settings.{name}" for name in settings} | ({"contents"} if kinds else set())
        warned = {advice.field for advice in self._rules.advice(body)} if tried else set()
        return not warned & tried

    def _part(self, kind: str) -> Mapping[str, Any]:
        kept = self._kinds[kind]
        # No more than a part needs: Kling knows an id of a frame in some models only.
        nodes = {name: self._spec.resolve(kept["properties"][name]) for name in kept["required"]}
        shown = {name: one["examples"][0] for name, one in nodes.items() if "examples" in one}
        # Each part needs a name of its own.
        return {**shown, "type": kind, **({"id": kind} if "id" in shown else {})}


def _shown(cells: Iterable[tuple[Any, Any]]) -> tuple[Cell, ...]:
    return tuple(("" if one is None else one, "" if n is None else str(n)) for one, n in cells)
