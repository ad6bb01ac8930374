"""Programs for users pass a strict type checker, as they stand."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), ROOT / "openapi" / "README.md", *ROOT.glob("docs/**/*.md")])
EXAMPLES = sorted(ROOT.glob("examples/**/*.py"))
WRONG = """\
from kling import Kling, models

with Kling() as client:
    print(client.create(models.TextToVideoRequest(prompt="A fox")).state)
"""


def programs(page: Path) -> dict[str, str]:
    """Return the programs of a page, each on the lines that it has there, by names for files."""
    text = page.read_text(encoding="utf-8")
    found = {}
    for block in re.finditer(r"```python\n(.*?)```", text, re.DOTALL):
        above = text.count("\n", 0, block.start(1))
        # test_regenerate.py shows that a user's own client is the same, but for its name.
        program = block[1].replace("my_kling", "kling_api")
        name = re.sub(r"\W", "_", str(page.relative_to(ROOT).with_suffix("")))
        found[f"{name}_{above + 1}.py"] = "\n" * above + program
    return found


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("programs")
    files = {"wrong.py": WRONG}
    for page in PAGES:
        files |= programs(page)
    for name, program in files.items():
        (folder / name).write_text(program, encoding="utf-8")
    given = [*(folder / name for name in files), *EXAMPLES]
    options = ("--strict", "--no-error-summary", "--no-pretty")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, *given],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    # The cache of mypy repeats a complaint with the folder in which it was found first.
    return [re.sub(r"^.*?(\w+\.py:)", r"\1", line) for line in done.stdout.splitlines()]


def test_programs_for_users_have_right_types(complaints: list[str]) -> None:
    assert [line for line in complaints if not line.startswith("wrong.py:")] == []


def test_a_program_with_a_wrong_type_is_refused(complaints: list[str]) -> None:
    assert 'wrong.py:4: error: "Task" has no attribute "state"  [attr-defined]' in complaints
