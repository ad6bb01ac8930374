"""Find phrases that are not plain outside of the description.

The table below "Words" in CONTRIBUTING.md lists the phrases. This looks for them in the docstrings,
comments and messages of Python, and in the prose of Markdown.
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
# The word list itself, a history, and a page whose table has keys of the description as words.
_EXEMPT = {"CONTRIBUTING.md", "CHANGELOG.md", "docs/reference/prices.md"}
# Strings with fewer words are names and keys.
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
    """Yield each phrase in the prose of a file that is not plain, after the number of its line."""
    text = path.read_text(encoding="utf-8")
    if not has_phrase(text):  # a search is faster than parsing Python
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
            and len(node.value.split()) >= _LEAST_WORDS
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
