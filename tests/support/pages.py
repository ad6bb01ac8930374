"""The pages for users, README and docs/, and the blocks of code in them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]


def named(page: Path) -> str:
    """Return the path of a page, such as docs/index.md."""
    return page.relative_to(ROOT).as_posix()


def blocks(kind: str, pages: list[Path] = PAGES) -> list[tuple[str, str]]:
    """Return the page and the text of each block of code of one kind, such as python."""
    return [
        (named(page), text)
        for page in pages
        for text in re.findall(rf"```{kind}\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    ]
