"""The pages name what is there: files, links, headings, make targets."""

import re

import pytest
from pages import PAGES as USERS
from pages import ROOT, named

KLING = ROOT / "overlay" / "kling"
NAMES = (
    *("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "openapi/README.md"),
    *map(named, USERS),
    *map(named, sorted((ROOT / "examples").rglob("*.md"))),
)
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in NAMES}
TARGETS = set(
    re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
)
# What is not in the repository: pages of the mock, paths of the API, what commands write, and refs.
ELSEWHERE = (
    *("/_mock/", "/v1", "/text-to-video/", "/solutions", "dist/", "schemas/"),
    *("text_to_video/", "tasks/", "/tasks", "clips/"),
)

every_page = pytest.mark.parametrize("name", NAMES)


@every_page
def test_a_link_of_a_page_leads_somewhere(name: str) -> None:
    links = [link for link in links_of(PAGES[name]) if "://" not in link]

    assert [link for link in links if not is_alive(link, name)] == [], f"{name} has dead links"


def test_a_dead_link_is_found() -> None:
    page = "[a](Makefile) [b]( none.md) <a href='x.md'> ![c](y.png)\n[d]: z.md\n[e](#words)"

    links = links_of(page)
    assert links == ["Makefile", "none.md", "y.png", "#words", "z.md", "x.md"]
    assert [link for link in links if is_alive(link, "CONTRIBUTING.md")] == ["Makefile", "#words"]
    assert is_alive("CONTRIBUTING.md#add-a-family", "README.md")
    assert not is_alive("CONTRIBUTING.md#add-families", "README.md")
    assert not is_alive("Makefile#words", "README.md")


def links_of(page: str) -> list[str]:
    """Return the targets of all links of a page, outside of blocks of code."""
    text = re.sub(r"^ *```.*?^ *```", "", page, flags=re.MULTILINE | re.DOTALL)
    return [
        *re.findall(r"\]\( *([^) ]+)", text),
        *re.findall(r"^\[[^\]]+\]: *(\S+)", text, re.MULTILINE),
        *re.findall(r"""(?:href|src)=["']([^"']*)""", text),
    ]


def is_alive(link: str, page: str) -> bool:
    """Tell whether the file of a link is there, and in it the heading."""
    path, _, heading = link.partition("#")
    file = (ROOT / page).parent / path if path else ROOT / page
    if not heading:
        return file.exists()
    text = file.read_text(encoding="utf-8") if file.suffix == ".md" else ""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return heading in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@every_page
def test_a_page_has_no_marks_of_a_merge(name: str) -> None:
    marks = re.findall(r"^(?:<{7}|[|]{7}|={7}|>{7})(?: .*)?$", PAGES[name], re.MULTILINE)

    assert marks == []


# The changelog also names what is gone.
@pytest.mark.parametrize("name", [name for name in NAMES if name != "CHANGELOG.md"])
def test_a_path_that_a_page_names_is_there(name: str) -> None:
    places = (ROOT, ROOT / "openapi", KLING, KLING / "mock", ROOT / "scripts/publish/node")
    paths = {
        path
        for path in re.findall(r"`(\.?[\w.-]*/[\w./-]*)`", PAGES[name])
        if not path.startswith(ELSEWHERE)
    }

    gone = [path for path in paths if not any((place / path).exists() for place in places)]
    assert gone == [], f"{name} names what is not there"


@every_page
def test_a_target_that_a_page_names_is_in_the_makefile(name: str) -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", PAGES[name], re.MULTILINE))

    assert named - TARGETS == set(), f"{name} names targets that the Makefile lacks"


def test_the_recipes_and_the_gates_are_there() -> None:
    page = PAGES["CONTRIBUTING.md"]
    recipes = re.findall(r"^### Add an? (.*)", page, re.MULTILINE)

    assert recipes == ["family", "model", "error code", "field", "fault", "command"]
    assert {"check", "quick", "test"} <= set(re.findall(r"^\| `make ([a-z-]+)", page, re.MULTILINE))
