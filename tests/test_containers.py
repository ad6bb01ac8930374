"""The files of examples/containers: what they start is a mock, and what they say is understood."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click import Context
from command_line import cli

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples" / "containers"
CONTAINERFILE = (FOLDER / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
PAGE = (ROOT / "docs" / "how-to" / "mock-anywhere.md").read_text(encoding="utf-8")


def said(instruction: str) -> str:
    """Return what the last instruction of a kind says."""
    return re.findall(rf"^{instruction} (.*)", CONTAINERFILE, re.MULTILINE)[-1]


def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def entry() -> list[str]:
    """Return the arguments of the command that a container always has."""
    program, command, *options = json.loads(said("ENTRYPOINT"))
    assert (program, command) == ("kling", "mock")
    return options


@pytest.mark.parametrize(
    "more", [json.loads(said("CMD")), read("compose.yaml")["services"]["kling-mock"]["command"]]
)
def test_the_command_is_one_that_kling_mock_takes(more: list[str]) -> None:
    above = Context(cli)
    mock = cli.get_command(above, "mock")
    assert mock
    context = mock.make_context("mock", [*entry(), *more], parent=above)

    assert context.params["host"] == "0.0.0.0"
    assert context.params["speed"] == 20


def test_the_health_check_tells_a_mock_from_none(mock_process: Any) -> None:
    check = json.loads(said("HEALTHCHECK").partition("CMD ")[2])
    assert check[0] == "python"
    mock = mock_process()

    def status() -> int:
        asked = [word.replace("http://127.0.0.1:8000", mock.url) for word in check[1:]]
        assert asked != check[1:]
        return subprocess.run([sys.executable, *asked], capture_output=True).returncode

    assert status() == 0
    mock.process.kill()
    mock.process.wait()
    assert status() == 1


def test_the_user_is_not_root_and_the_data_is_theirs() -> None:
    user = said("USER").partition(":")[0]

    assert user.isdecimal()
    assert int(user) > 0
    assert f"--owner {user} " in CONTAINERFILE
    assert said("ENV") == f"XDG_DATA_HOME={said('VOLUME')}"
    assert f"--mode 700 {said('VOLUME')}" in CONTAINERFILE


def test_the_port_is_the_same_everywhere() -> None:
    port = said("EXPOSE")
    service = read("compose.yaml")["services"]["kling-mock"]
    job = read("github-workflow.yml")["jobs"]["test"]

    assert entry()[-2:] == ["--port", port]
    assert service["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert job["services"]["kling-mock"]["ports"] == [f"{port}:{port}"]
    assert job["env"]["KLING_BASE_URL"] == f"http://127.0.0.1:{port}"


def test_programs_in_compose_reach_the_mock_by_its_name() -> None:
    services = read("compose.yaml")["services"]
    build = services["kling-mock"]["build"]
    context = (FOLDER / build["context"]).resolve()

    assert services["tests"]["environment"]["KLING_BASE_URL"] == "http://kling-mock:8000"
    assert services["tests"]["depends_on"] == {"kling-mock": {"condition": "service_healthy"}}
    assert context == ROOT
    assert (context / build["dockerfile"]).samefile(FOLDER / "Containerfile")


def test_the_page_shows_what_is_in_the_files() -> None:
    files = [path.read_text(encoding="utf-8") for path in FOLDER.iterdir()]
    shown = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)

    assert len(shown) == 2
    assert all(any(block in text for text in files) for block in shown)
    (build,) = re.findall(r"^docker build .*", PAGE, re.MULTILINE)
    assert f"#   {build}\n" in CONTAINERFILE
