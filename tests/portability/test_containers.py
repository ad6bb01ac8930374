"""The files of examples/containers, as linters and the published schemas see them."""

import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "examples" / "containers"
TOOLS = Path(sys.executable).parent


@pytest.mark.skipif(sys.platform != "linux", reason="hadolint is installed on Linux alone")
def test_hadolint_finds_nothing(run):
    assert run(TOOLS / "hadolint", FOLDER / "Containerfile") == ""


@pytest.mark.parametrize(
    ("schema", "name"),
    [("compose-spec", "compose.yaml"), ("github-workflows", "github-workflow.yml")],
)
def test_a_file_has_the_keys_that_its_schema_knows(run, schema, name, tmp_path):
    check = (TOOLS / "check-jsonschema", "--builtin-schema", f"vendor.{schema}")

    assert "ok" in run(*check, FOLDER / name)
    broken = tmp_path / name
    broken.write_text((FOLDER / name).read_text(encoding="utf-8") + "unheard-of: 1\n")
    with pytest.raises(AssertionError, match="unheard-of"):
        run(*check, broken)
