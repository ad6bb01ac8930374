"""Say what the changes since a revision mean for those who use the description.

oasdiff compares what generators see. Rules it only counts, and extensions and some limits it does
not look at: those are compared here.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bundle import BundleError, Document, bundle, holders
from node_tools import NodeError, environment, tool
from portable import portable
from rule_list import rule_list

ROOT = Path(__file__).parent.parent
BUNDLE = "generated/kling_api/openapi.json"
NEW, MAY, BREAKS = 1, 2, 3
HEADINGS = {BREAKS: "What breaks", MAY: "What may break", NEW: "What is new"}
# Where this API, or a client generated from it, takes a change otherwise than oasdiff thinks.
_LEVELS = {
    "request-property-removed": BREAKS,  # bodies of requests are closed
    "response-property-enum-value-added": NEW,  # lists of values are open in replies
    "api-operation-id-removed": MAY,  # these name functions, classes and modules
    "api-schema-removed": MAY,
    "api-tag-removed": MAY,
}
_REMOVED = re.compile(r"api-(path-)?removed-.+")  # with or without a warning
# The same change at many statuses, in lists and outside of them, is one for a reader.
_SAME = re.compile(
    r" for the (response )?status `\d+`| with the `\d+` status|/items\b|#/components/schemas/"
)
_LIMITS = {"maxItems", "additionalProperties"}
_OVERLOOKED = {"servers", "security", *_LIMITS}
_EXTENSION = "x-kling-"
# Rules are compared by id, and where a fact comes from changes nothing for those who use it.
_NOT_COMPARED = {"x-kling-rule", "x-kling-advice", "x-kling-source"}
_ONLY_SAID = {"x-kling-console", "meaning", "remedy"}
_NAMES_NOTHING = {"components", "schemas", "parameters", "paths", "properties"}


class SpecDiffError(Exception):
    """The two descriptions cannot be compared."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change in one place: an operation, or a field of a schema; '' is everywhere."""

    level: int
    said: str
    place: str = ""


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Print what changed since the revision, and return 1 if something breaks."""
    parser = argparse.ArgumentParser(description="Say what breaks since a revision.")
    parser.add_argument("revision", nargs="?", help="as git names it; else the last tag")
    try:
        revision = parser.parse_args(arguments).revision or _last_tag(root)
        old = json.loads(_git(root, "show", f"{revision}:{BUNDLE}"))
        found = list(changes(old, bundle(root / "openapi")))
    except (BundleError, NodeError, OSError, SpecDiffError) as error:
        print(f"spec-diff: {error}", file=sys.stderr)
        return 2
    print(f"Since {revision}:" if found else f"Since {revision} nothing changed for users.")
    for line in report(found):
        print(line)
    return int(any(change.level == BREAKS for change in found))


def changes(old: Document, new: Document) -> Iterator[Change]:
    """Yield every change from one bundle to another that its users can notice.

    Raises:
        SpecDiffError: oasdiff cannot read one of them.
        NodeError: there is no oasdiff.
    """
    for change in _oasdiff(portable(old), portable(new)):
        said = _SAME.sub("", change["text"])
        level = _LEVELS.get(change["id"]) or int(change["level"])
        if _REMOVED.fullmatch(change["id"]):
            said, level = "endpoint removed", BREAKS
        yield Change(level, said, change.get("operationId", ""))
    yield from _rule_changes(old, new)
    for place, key, before, after in _overlooked(old, new):
        level = NEW if key[-1] in _ONLY_SAID else MAY
        if key[-1] in _LIMITS:
            level = BREAKS if _limit(after) < _limit(before) else NEW
        said = f"`{'.'.join(key)}` changed from {_short(before)} to {_short(after)}"
        yield Change(level, said, ".".join(place))


def report(found: list[Change]) -> Iterator[str]:
    """Yield the changes as lines: the worst first, those of the same places together."""
    for level, heading in HEADINGS.items():
        places: dict[str, dict[str, None]] = {}
        for change in found:
            if change.level == level:
                places.setdefault(change.said, {})[change.place] = None
        together: dict[str, list[str]] = {}
        for said, where in places.items():
            together.setdefault(", ".join(filter(None, where)), []).append(said)
        if together:
            yield f"\n{heading}"
        for names, sentences in together.items():
            yield from (_wrapped(said, "- ", "  ") for said in sentences)
            if names:
                yield _wrapped(names, "    ", "    ")


def _wrapped(text: str, first: str, others: str) -> str:
    return textwrap.fill(
        text, 100, initial_indent=first, subsequent_indent=others, break_on_hyphens=False
    )


def _last_tag(root: Path) -> str:
    try:
        return _git(root, "describe", "--tags", "--abbrev=0").strip()
    except SpecDiffError as error:
        raise SpecDiffError(f"name a revision, BASE=REV, for there is no tag: {error}") from error


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SpecDiffError(done.stderr.partition("\n")[0].removeprefix("fatal: "))
    return done.stdout


def _oasdiff(old: Document, new: Document) -> list[Document]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("old.json", "new.json")]
        for path, document in zip(paths, (old, new), strict=True):
            document.pop("security", None)  # the view has only that of the whole
            for value in holders(document, "const"):
                value.setdefault("type", "string")  # or a type that is added seems to narrow it
            path.write_text(json.dumps(document), encoding="utf-8")
        done = subprocess.run(
            [*tool("oasdiff"), "changelog", *paths, "--format", "json"],
            env=environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if done.returncode:
        raise SpecDiffError(f"oasdiff: {done.stderr.partition(chr(10))[0]}")
    found: list[Document] = json.loads(done.stdout or "[]")
    return found


def _rule_changes(old: Document, new: Document) -> Iterator[Change]:
    before, after = _rules(old), _rules(new)
    kept = _operations(old) & _operations(new)
    for key in sorted(before.keys() | after.keys()):
        name, field, operation = key
        was, now = before.get(key), after.get(key)
        if operation not in kept or was == now:
            continue
        rule = now or was or {}
        kind = "advice" if rule["kind"] == "advice" else "rule"
        level = NEW
        if now is None:
            verb = "is gone"
        elif was and was["demand"] == now["demand"]:
            verb = "has other words"
        else:
            verb = "demands something else" if was else "is new"
            level = NEW if kind == "advice" else MAY
        place = f"{operation} `{field}`" if field else operation
        yield Change(level, f"{kind} {name} {verb}: {rule['message']}", place)


def _rules(whole: Document) -> dict[tuple[str, str, str], Document]:
    """Return what is demanded and said by id, field and operation."""
    return {
        (rule["id"], rule["field"], rule["operation"]): {
            "kind": rule["kind"],
            "demand": (rule["kind"], rule.get("schema"), rule.get("check")),
            "message": rule["message"],
        }
        for rule in rule_list(whole)
    }


def _operations(whole: Document) -> set[str]:
    return {holder["operationId"] for holder in holders(whole["paths"], "operationId")}


def _overlooked(
    old: Any, new: Any, place: tuple[str, ...] = (), key: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Any, Any]]:
    """Yield where, and below which key, oasdiff overlooks that a value became another."""
    if key:
        old, new = _table(old), _table(new)
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            before, after = old.get(name), new.get(name)
            if key or name in _OVERLOOKED or name.startswith(_EXTENSION):
                if name not in _NOT_COMPARED:
                    yield from _overlooked(before, after, place, (*key, name))
            elif name in old and name in new:
                step = () if name in _NAMES_NOTHING else (name,)
                yield from _overlooked(before, after, (*place, *step))
    elif key and old != new:
        yield place, key, old, new


def _table(value: Any) -> Any:
    """Return a list of rows by their first values, such as a code or a url."""
    if isinstance(value, list) and all(isinstance(row, dict) and len(row) > 1 for row in value):
        return {str(next(iter(row.values()))): row for row in value}
    return value


def _limit(value: Any) -> float:
    return value if isinstance(value, int) and value is not True else float("inf")


def _short(value: Any) -> str:
    said = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return textwrap.shorten(said, 60, placeholder=" ...")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
