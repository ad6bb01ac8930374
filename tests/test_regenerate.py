"""A client that a user generates, under a name of his own, works with kling's connection."""

import asyncio
import filecmp
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import kling
import kling_api
import pytest
from click.testing import CliRunner
from command_line import cli
from pages import blocks

ROOT = Path(__file__).parent.parent
PAGE = [ROOT / "docs" / "how-to" / "generate-a-client.md"]
[(_, COMMANDS)], [(_, PROGRAM)] = blocks("sh", PAGE), blocks("python", PAGE)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Do what the page says, but for the installation, in an empty folder."""
    folder = tmp_path_factory.mktemp("project")
    commands = [line for line in COMMANDS.splitlines() if not line.startswith("pip ")]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    subprocess.run(
        ["bash", "-ec", "\n".join(commands)],
        cwd=folder,
        env={**os.environ, "PATH": path},
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder


@pytest.fixture
def own(project: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(project)
    return import_module("my_kling.models")


def create() -> Any:
    return import_module("my_kling.api.text_to_video.create_text_to_video_task")


def client_over(connected: kling.Kling) -> Any:
    client = import_module("my_kling").Client(base_url="")
    return client.set_httpx_client(connected.raw.get_httpx_client())


def test_the_commands_of_the_readme_are_those_that_are_printed(project: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        printed = CliRunner().invoke(cli, ["spec", "--generator", "kit"])

    assert printed.exit_code == 0
    assert printed.output == COMMANDS.partition("\n")[2]


def test_it_takes_no_other_option(tmp_path: Path) -> None:
    target = tmp_path / "kit"

    refused = CliRunner().invoke(cli, ["spec", "--format", "yaml", "--generator", str(target)])

    assert refused.exit_code == 2
    assert not target.exists()


def test_the_program_of_the_readme_runs(project: Path, mock_process: Any) -> None:
    mock = mock_process("--as-of", "2026-11-01")

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        cwd=project,
        env={**os.environ, "KLING_BASE_URL": mock.url, "KLING_API_KEY": "mock-api-key"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert re.fullmatch(r"\d{18}\n", done.stdout)


def test_what_is_generated_is_the_client_of_this_package(project: Path) -> None:
    ours = Path(kling_api.__file__).parent
    names = [path.relative_to(ours) for path in ours.rglob("*.py")]

    assert len(names) > 100
    same, other, missing = filecmp.cmpfiles(ours, project / "my_kling", names, shallow=False)
    assert (len(same), other, missing) == (len(names), [], [])


def test_the_errors_are_those_of_kling(own: ModuleType, kling_mock: Any) -> None:
    body = own.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
    kling_mock.plan(fault="refuse", code=1303)

    with kling.Kling(transport=kling_mock.transport) as connected:
        with pytest.raises(kling.ConcurrencyLimitError) as refusal:
            create().sync(client=client_over(connected), body=body)
        reply = create().sync(client=client_over(connected), body=body)

    assert refusal.value.code == 1303
    assert type(reply).__module__.startswith("my_kling.")
    assert [one["id"] for one in kling_mock.state()["tasks"]] == [reply.data.task_id]


def test_the_credentials_are_those_of_kling(own: ModuleType, kling_mock: Any) -> None:
    body = own.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
    options = {"transport": kling_mock.transport, "access_key": "mock-access-key"}

    with kling.Kling(**options, secret_key="mock-secret-key-of-32-bytes-or-more") as connected:
        assert create().sync(client=client_over(connected), body=body).code == 0
    with (
        kling.Kling(**options, secret_key="another-secret-of-32-bytes-or-more") as connected,
        pytest.raises(kling.AuthenticationError),
    ):
        create().sync(client=client_over(connected), body=body)


def test_asyncio_functions_work_as_well(own: ModuleType, kling_mock: Any) -> None:
    body = own.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")

    async def created() -> Any:
        async with kling.AsyncKling(transport=kling_mock.transport) as connected:
            client = import_module("my_kling").Client(base_url="")
            client.set_async_httpx_client(connected.raw.get_async_httpx_client())
            return await create().asyncio(client=client, body=body)

    assert asyncio.run(created()).code == 0


def test_the_rules_are_those_of_kling(own: ModuleType) -> None:
    fields = {"model_name": "kling-v2-6", "prompt": "A fox", "sound": "on", "duration": "7"}
    problems = kling.validate_body(
        "createTextToVideoTask", own.TextToVideoRequest(**fields).to_dict()
    )

    assert problems == kling.validate(kling.models.TextToVideoRequest(**fields))
    assert [one.rule for one in problems] == [
        "text-to-video.sound-models",
        "text-to-video.duration-models",
    ]


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        ("createTextToVideo", "no operation or family createTextToVideo; did you mean create"),
        ("getTasks", "getTasks takes no body; did you mean listTasks"),
    ],
)
def test_rules_are_for_operations_with_a_body(operation: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        kling.validate_body(operation, {})
