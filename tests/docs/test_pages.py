"""The pages name what is there: files, links, make targets."""

import re

import pytest
from pages import PAGES as USERS
from pages import ROOT, named

KLING = ROOT / "overlay" / "kling"
NAMES = (
    *("ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "openapi/README.md"),
    *map(named, USERS),
)
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in NAMES}
TARGETS = set(
    re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
)
# What is not in the repository: pages of the mock, paths of the API, what commands write, and refs.
ELSEWHERE = (
    *("/_mock/", "/v1", "/text-to-video/", "/solutions", "dist/", "schemas/"),
    *("text_to_video/", "tasks/", "clips/"),
)

every_page = pytest.mark.parametrize("name", NAMES)


@every_page
def test_a_link_of_a_page_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)(#[^)]*)?\)", PAGES[name])
    links = [found for found in links if not found[0].startswith("https://")]

    dead = [link for link, _ in links if not (ROOT / name).parent.joinpath(link).exists()]
    assert dead == [], f"{name} has dead links"


@every_page
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
