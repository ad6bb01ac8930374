"""Find phrases that are not plain in Python and Markdown files; `words` checks the description.

The table below "Words" in CONTRIBUTING.md lists the phrases. This module looks for them in the
docstrings, comments and messages of Python, and in the prose of Markdown.
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
# Not checked: the table of phrases itself, the changelog, and a page that quotes keys of the
# description.
_EXEMPT = {"CONTRIBUTING.md", "CHANGELOG.md", "docs/reference/prices.md"}
# Strings with fewer words are names or keys, not prose.
_LEAST_WORDS = 3
_FENCE = re.compile(r"^\s*(```|~~~)")


def main() -> int:
    """Print each phrase that is not plain, with its place, and return the exit code."""
    count = 0
    for pattern in WHERE:
        for path in sorted(ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            if name in _EXEMPT:
                continue
            for line, detail in found_in(path):
                print(f"{name}:{line}: phrases-are-plain: {detail}")
                count += 1
    return 1 if count else 0


def found_in(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line number of each phrase that is not plain, and what to write instead."""
    text = path.read_text(encoding="utf-8")
    if not has_phrase(text):  # a search is faster than parsing Python
        return
    prose = _python_prose(text) if path.suffix == ".py" else _markdown_prose(text)
    for number, line in prose:
        yield from ((number, detail) for detail in breaches(line))


def _python_prose(text: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and len(node.value.split()) >= _LEAST_WORDS
        ):
            yield from enumerate(node.value.splitlines(), node.lineno)


def _markdown_prose(text: str) -> Iterator[tuple[int, str]]:
    is_code = False
    for number, line in enumerate(text.splitlines(), 1):
        if _FENCE.match(line):
            is_code = not is_code
        elif not is_code:
            yield number, line


if __name__ == "__main__":
    sys.exit(main())
