"""House rule for words outside the description: in code, documents and programs.

The phrases of the table below "Words" in CONTRIBUTING.md do not come back in docstrings, comments
and messages of Python, or in the prose of Markdown.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

from scripts.lint.words import breaches, has_phrase

ROOT = Path(__file__).parents[2]
WHERE = ("overlay/**/*.py", "scripts/**/*.py", "examples/*.py", "*.md", "docs/**/*.md")
# The table itself; a history; and a table that `make generate` writes from keys of the description.
_FREE = {"CONTRIBUTING.md", "CHANGELOG.md", "docs/reference/prices.md"}
# Shorter strings are names and keys.
_SENTENCE = 3
_FENCE = re.compile(r"^\s*(```|~~~)")


def main() -> int:
    """Print each phrase that is not plain, with its place, and return the exit code."""
    count = 0
    for pattern in WHERE:
        for path in sorted(ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            if name in _FREE:
                continue
            for line, detail in found_in(path):
                print(f"{name}:{line}: phrases-are-plain: {detail}")
                count += 1
    return 1 if count else 0


def found_in(path: Path) -> Iterator[tuple[int, str]]:
    """Yield what is not plain in the prose of a file, with the number of its line."""
    text = path.read_text(encoding="utf-8")
    if not has_phrase(text):  # to read Python takes longer than to search it
        return
    prose = _of_python(text) if path.suffix == ".py" else _of_markdown(text)
    for number, line in prose:
        yield from ((number, detail) for detail in breaches(line))


def _of_python(text: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and len(node.value.split()) >= _SENTENCE
        ):
            yield from enumerate(node.value.splitlines(), node.lineno)


def _of_markdown(text: str) -> Iterator[tuple[int, str]]:
    is_code = False
    for number, line in enumerate(text.splitlines(), 1):
        if _FENCE.match(line):
            is_code = not is_code
        elif not is_code:
            yield number, line


if __name__ == "__main__":
    sys.exit(main())
