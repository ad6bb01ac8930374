"""Check `openapi/` against the house rules, which no validator, bundler or generator checks.

A house rule is a function with the decorator `rule` in a module of this package. If a writer breaks
a rule, lint prints the docstring of this function. The rules about sentences are in `prose`,
`limits`, `statements`, `codes` and `words`.
"""

import posixpath
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scripts.build import overlays
from scripts.build.bundle import ENTRY, FAMILIES, SHARED, BundleError, Document, load
from scripts.lint import claims as lint_claims  # noqa: F401 (its rules register themselves)
from scripts.lint import codes as lint_codes  # noqa: F401 (the same)
from scripts.lint import creates as lint_creates  # noqa: F401 (the same)
from scripts.lint import extensions as lint_extensions  # noqa: F401 (the same)
from scripts.lint import limits as lint_limits  # noqa: F401 (the same)
from scripts.lint import messages as lint_messages  # noqa: F401 (the same)
from scripts.lint import operations as lint_operations  # noqa: F401 (the same)
from scripts.lint import prices as lint_prices  # noqa: F401 (the same)
from scripts.lint import prose as lint_prose  # noqa: F401 (the same)
from scripts.lint import schemas as lint_schemas  # noqa: F401 (the same)
from scripts.lint import statements as lint_statements  # noqa: F401 (the same)
from scripts.lint import words as lint_words  # noqa: F401 (the same)
from scripts.lint.view import COVERAGE, EXEMPT, MARKS, RULES, SOURCES, TEXTS, Description
from scripts.lint.walk import mapping

FOLDER = Path(__file__).parents[2] / "openapi"
# From the comment before a generated table to the comment after it, which has the same name.
_GENERATED = re.compile(MARKS[0].format(r"(\w+)") + ".*?" + MARKS[1].format(r"\1"), re.DOTALL)
_COMMENT = re.compile(r"^<!-- .* -->$", re.MULTILINE)
_BLOCK = re.compile(r".+(?:\n.+)*")


@dataclass(frozen=True)
class Finding:
    """A breach of a house rule."""

    file: Path
    place: str
    rule: str
    detail: str


def main(arguments: list[str]) -> int:
    """Lint a folder, print the findings, and return the exit code."""
    folder = (Path(arguments[0]) if arguments else FOLDER).resolve()
    try:
        sources = mapping(load(folder / SOURCES))
        findings = lint(read(folder), sources, overlays.read(folder), read_other_texts(folder))
    except (BundleError, OSError) as error:
        print(f"lint: {error}", file=sys.stderr)
        return 1
    for finding in findings:
        path = posixpath.normpath((Path(folder.name) / finding.file).as_posix())
        print(f"{path}: {finding.place}: {finding.rule}: {finding.detail}")
    for name in sorted({finding.rule for finding in findings}):
        print(f"\n{name}: {explanation(name)}")
    return 1 if findings else 0


def read(folder: Path) -> dict[Path, Document]:
    """Read the documents of a folder; their paths are relative to it."""
    patterns = (ENTRY, *FAMILIES, SHARED)
    paths = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    return {path.relative_to(folder): mapping(load(path)) for path in paths}


def read_other_texts(folder: Path) -> dict[Path, Document]:
    """Read the other files with sentences about Kling's API, such as the README and docs/."""
    found = {name: mapping(load(folder / name)) for name in (EXEMPT, COVERAGE)}
    for pattern in TEXTS:
        above = folder.parent if pattern.startswith("../") else folder
        for path in sorted(above.glob(pattern.removeprefix("../"))):
            # A pattern in the folder itself has no asterisk, so it is a path.
            name = pattern if above == folder else f"../{path.relative_to(above).as_posix()}"
            found[Path(name)] = dict(_paragraphs(path.read_text(encoding="utf-8")))
    return found


def _paragraphs(text: str) -> Iterator[tuple[str, Document]]:
    """Yield the place and the text of each paragraph, and of each line of a table or tree.

    The tables that `make generate` writes are left out: a writer cannot correct them here.
    """
    # Their lines stay as empty lines, so that the numbers of the other lines are right.
    text = _COMMENT.sub("", _GENERATED.sub(lambda match: "\n" * match[0].count("\n"), text))
    for block in _BLOCK.finditer(text):
        first = text.count("\n", 0, block.start()) + 1
        lines = block[0].split("\n")
        is_table_or_tree = "─ " in block[0] or block[0].lstrip().startswith("|")
        parts = lines if is_table_or_tree else [" ".join(lines)]
        for number, part in enumerate(parts, first):
            if part.strip() and not part.lstrip().startswith("```"):
                yield f"line {number}", {"text": part}


def lint(
    documents: Mapping[Path, Document],
    sources: Mapping[str, Any],
    overlays: Mapping[str, Document] = MappingProxyType({}),
    other_texts: Mapping[Path, Document] = MappingProxyType({}),
) -> list[Finding]:
    """Return every breach in the documents, the sources and the other texts.

    Paths are relative to the folder of the description.
    """
    description = Description(documents, sources, overlays, other_texts)
    files = [*description.files, *description.others]
    return [
        Finding(file.path, place, name, detail)
        for file in files
        for name, check in RULES.items()
        for place, detail in check(file)
    ]


def explanation(name: str) -> str:
    """Return what a rule demands, and why."""
    return " ".join((RULES[name].__doc__ or "").split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
