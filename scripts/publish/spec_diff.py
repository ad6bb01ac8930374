"""Say what the changes since a revision mean for users of the description.

The program oasdiff compares the portable views of the old and the new description, which code
generators read (see `scripts/build/portable.py`). `spec_changes.py` adds what oasdiff overlooks.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

from scripts.build import overlays
from scripts.build.bundle import BundleError, Document, bundle, former_families, holders
from scripts.build.portable import portable
from scripts.publish.node_tools import NodeError, environment, tool
from scripts.publish.spec_changes import BREAKS, LIMITS, MAY_BREAK, NEW, Change, overlooked

ROOT = Path(__file__).parents[2]
BUNDLE = "generated/kling_api/openapi.json"
DIALECTS = "generated/kling_api/dialects/"
HEADINGS = {BREAKS: "What breaks", MAY_BREAK: "What may break", NEW: "What is new"}
# How serious changes are for users of this API, where oasdiff rates them differently.
_LEVELS = {
    "request-property-removed": BREAKS,  # bodies of requests are closed
    "request-parameter-removed": BREAKS,  # functions lose an argument
    "response-optional-property-removed": BREAKS,  # nearly every field of a reply is optional
    "response-property-enum-value-added": NEW,  # lists of values are open in replies
    "response-property-enum-value-removed": MAY_BREAK,
    "api-security-component-removed": BREAKS,
    "api-security-component-type-changed": BREAKS,
    "api-operation-id-removed": MAY_BREAK,  # generated code is named after these
    "api-schema-removed": MAY_BREAK,
    "api-tag-removed": MAY_BREAK,
}
_REMOVED = re.compile(r"api-(path-)?removed-.+")  # the end says whether it was deprecated before
# These words are removed from oasdiff's texts, so that a change that affects several statuses or
# lists is reported once.
_SAME = re.compile(r" for (the )?(response )?status `\d+`| with the `\d+` status|/items\b")


class SpecDiffError(Exception):
    """The two descriptions cannot be compared."""


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Print what changed since a revision, and return 1 if something breaks."""
    parser = argparse.ArgumentParser(description="Say what changed since a revision.")
    parser.add_argument("revision", nargs="?", help="a git revision; by default the last tag")
    try:
        revision = parser.parse_args(arguments).revision or _last_tag(root)
        found = _since(revision, root)
    except (BundleError, NodeError, OSError, SpecDiffError) as error:
        print(f"spec-diff: {error}", file=sys.stderr)
        return 2
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        # The files of an old revision may have another structure. The exit code is not 1, because
        # 1 means that a change breaks users.
        print(f"spec-diff: cannot compare with {revision}: {error!r}", file=sys.stderr)
        return 2
    print(f"Since {revision}:" if found else f"Nothing changed for users since {revision}.")
    for line in report(found):
        print(line)
    return int(any(change.level == BREAKS for change in found))


def _since(revision: str, root: Path) -> list[Change]:
    old, new = _committed(root, revision, BUNDLE), bundle(root / "openapi")
    shipped = _git(root, "ls-tree", "--name-only", revision, DIALECTS).splitlines()
    before = {
        Path(path).stem: overlays.patched(old, _committed(root, revision, path))
        for path in shipped
        if not path.endswith(".portable.json")
    }
    after = {
        name: overlays.applied(name, overlay, new)
        for name, overlay in overlays.read(root / "openapi").items()
    }
    found = list(changes(old, new))
    return [*found, *dialect_changes(found, before, after)]


def changes(old: Document, new: Document) -> Iterator[Change]:
    """Yield every change between two bundles that users can notice.

    Raises:
        SpecDiffError: oasdiff cannot read one of them.
        NodeError: oasdiff cannot be installed.
    """
    for change in _oasdiff(_view(old, former_families(new)), _view(new, {})):
        said = _SAME.sub("", change["text"])
        level = _LEVELS.get(change["id"]) or int(change["level"])
        if _REMOVED.fullmatch(change["id"]):
            said, level = "endpoint removed", BREAKS
        yield Change(level, said, change.get("operationId", ""))
    yield from overlooked(old, new)


def dialect_changes(
    reported: list[Change], old: dict[str, Document], new: dict[str, Document]
) -> Iterator[Change]:
    """Yield the changes in dialects, except those that are already reported for the API itself."""
    known = {(change.said, change.place) for change in reported}
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            yield Change(BREAKS, f"dialect {name} was removed")
        elif name not in old:
            yield Change(NEW, f"dialect {name} is new")
        else:
            for change in changes(old[name], new[name]):
                if (change.said, change.place) not in known:
                    yield Change(change.level, f"dialect {name}: {change.said}", change.place)


def report(found: list[Change]) -> Iterator[str]:
    """Yield the changes as lines: the most serious first, grouped by place."""
    for level, heading in HEADINGS.items():
        places_of_text: dict[str, dict[str, None]] = {}  # the inner mapping is an ordered set
        for change in found:
            if change.level == level:
                places_of_text.setdefault(change.said, {})[change.place] = None
        # Texts with the same places are printed together, followed by the places.
        texts_of_places: dict[str, list[str]] = {}
        for said, places in places_of_text.items():
            texts_of_places.setdefault(", ".join(filter(None, places)), []).append(said)
        if texts_of_places:
            yield f"\n{heading}"
        for joined_places, texts in texts_of_places.items():
            yield from (_wrapped(said, "- ", "  ") for said in texts)
            if joined_places:
                yield _wrapped(joined_places, "    ", "    ")


def _wrapped(text: str, first: str, others: str) -> str:
    return textwrap.fill(
        text, 100, initial_indent=first, subsequent_indent=others, break_on_hyphens=False
    )


def _last_tag(root: Path) -> str:
    try:
        return _git(root, "describe", "--tags", "--abbrev=0").strip()
    except SpecDiffError as error:
        raise SpecDiffError(
            f"there is no tag to compare with; name a revision: make spec-diff BASE=REV ({error})"
        ) from error


def _committed(root: Path, revision: str, path: str) -> Document:
    # With "./", git finds the path also if the project is a folder of a larger repository.
    document: Document = json.loads(_git(root, "show", f"{revision}:./{path}"))
    return document


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SpecDiffError(done.stderr.partition("\n")[0].removeprefix("fatal: "))
    return done.stdout


def _view(document: Document, renamed: dict[str, str]) -> Document:
    """Return the portable view of a bundle, but with all its security schemes.

    Args:
        document: a bundle.
        renamed: the new name of each renamed family, by its old name. The view gets the new names,
            because `overlooked` reports the renaming.
    """
    view, known = portable(document), document["components"].get("securitySchemes", {})
    for operation in holders(view["paths"], "tags"):
        operation["tags"] = [renamed.get(name, name) for name in operation["tags"]]
    return {**view, "components": {**view["components"], "securitySchemes": known}}


def _oasdiff(old: Document, new: Document) -> list[Document]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("old.json", "new.json")]
        for path, document in zip(paths, (old, new), strict=True):
            # The view has no `security` at operations, so oasdiff would misread that of the API.
            document.pop("security", None)
            for value in holders(document, "const"):
                # In older bundles, `const` has no type. With a type, oasdiff does not report that
                # the type is a new restriction.
                value.setdefault("type", "string")
            for name in LIMITS:  # `overlooked` reports all of them, oasdiff only some
                for value in holders(document, name):
                    if not isinstance(value[name], dict):  # not a field with this name
                        del value[name]
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
