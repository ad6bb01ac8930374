"""The command line with what nobody has described, also after it was killed."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from command_line import cli

# The command shows warnings by itself.
pytestmark = pytest.mark.filterwarnings("always")

PATH, OLD_PATH = "/text-to-video/kling-4.0", "/v1/videos/new-thing"
KNOWN = "/v1/videos/text2video"
UNCHECKED = "is not in the description, so the request is not checked: "


@pytest.fixture(scope="module")
def url(module_mock_process):
    aliases = ("kling-4.0=kling-3.0", f"{OLD_PATH}={KNOWN}")
    options = [word for alias in aliases for word in ("--alias", alias)]
    return module_mock_process("--speed", "1000", *options).url


@pytest.fixture
def settings(url):
    httpx.post(f"{url}/_mock/reset", json={}).raise_for_status()
    return {"KLING_BASE_URL": url, "KLING_API_KEY": "mock-api-key"}


@pytest.fixture
def kling(settings, monkeypatch, tmp_path):
    """Return a function: kling("get", ref) runs a command in an empty folder, as by hand."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "body.json").write_text('{"words": "A fox at dawn"}')
    real = time.sleep
    monkeypatch.setattr(time, "sleep", lambda seconds: real(min(seconds, 0.05)))

    def run(*arguments, stdin=None):
        return CliRunner().invoke(cli, arguments, input=stdin, env=settings, prog_name="kling")

    return run


@pytest.fixture
def state(url):
    return lambda: httpx.get(f"{url}/_mock/state").json()


def body_of(state):
    [create] = [one for one in state()["requests"] if one["method"] == "POST"]
    return create["body"]


@pytest.mark.parametrize("path", [PATH, OLD_PATH])
def test_a_run_sends_the_file_as_it_is_and_downloads_the_result(kling, state, path):
    ran = kling("run", "--path", path, "body.json", "--out", "videos")

    assert ran.exit_code == 0, ran.output
    [file] = ran.stdout.splitlines()
    assert Path(file).read_bytes()[4:8] == b"ftyp"
    warning, created, *_ = ran.stderr.splitlines()
    assert warning.startswith(f"Warning: POST {path} {UNCHECKED}")
    begin = "tasks" if path == PATH else "v1/videos/new-thing"
    assert created.startswith(f"created {begin}/")
    assert ran.stderr.count("Warning") == 1
    assert body_of(state)["words"] == "A fox at dawn"


def test_fields_are_set_as_json_or_text(kling, state):
    changes = ("words=A hare", "settings.n=3", "settings.on=true", 'list=["a"]', "name=on")
    options = [word for change in changes for word in ("--set", change)]

    assert kling("run", "--path", PATH, "-", *options, stdin="{settings: {}}").exit_code == 0

    body = body_of(state)
    del body["options"]
    settings = {"n": 3, "on": True}
    assert body == {"words": "A hare", "settings": settings, "list": ["a"], "name": "on"}


def test_to_validate_says_that_nothing_is_checked_and_sends_nothing(kling, state):
    said = kling("validate", "--path", PATH, "body.json")

    assert (said.exit_code, said.stdout) == (0, "")
    assert said.stderr.startswith(f"Warning: POST {PATH} {UNCHECKED}")
    assert json.loads(kling("validate", "--path", PATH, "body.json", "--json").stdout) == []
    assert state()["tasks"] == []


def test_a_described_path_is_told_from_others(kling):
    said = kling("validate", "--path", KNOWN, "body.json")

    assert said.exit_code == 0
    assert "models.TextToVideoRequest, which is checked before it is sent" in said.stderr


WRONG = {
    "both": (
        ["text_to_video", "body.json", "--path", PATH],
        "--path replaces OPERATION",
    ),
    "neither": (
        ["body.json"],
        "only one argument, body.json; write OPERATION FILE, or --path PATH",
    ),
    "no file": (["--path", PATH], "FILE is missing; write --path PATH FILE"),
    "nothing": ([], "OPERATION and FILE are missing; write OPERATION FILE"),
    "too much": (["text_to_video", "a", "b"], "Got unexpected extra argument (b)"),
    "no such file": (["--path", PATH, "none.json"], "'FILE': 'none.json': No such file"),
    "a path as operation": ([PATH, "body.json"], f"{PATH} is a path; write --path {PATH}"),
    "no path": (
        ["--path", "kling-4.0", "body.json"],
        "'kling-4.0' is not a path; a path begins with a",
    ),
    "a query": (["--path", "/a/b?c=d", "body.json"], "'/a/b?c=d' has a query string"),
    "an image": (
        ["--path", PATH, "body.json", "--image", "body.json"],
        f"the fields of POST {PATH} are not described, so --image cannot choose one; "
        "use --set FIELD=@PATH",
    ),
}


@pytest.mark.parametrize("command", ["run", "validate"])
@pytest.mark.parametrize(("arguments", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_use_ends_with_2_and_says_what_would_be_right(
    kling, state, command, arguments, words
):
    done = kling(command, *arguments)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0] == f"Usage: kling {command} [OPTIONS] [OPERATION] FILE"
    assert words in done.stderr.splitlines()[-1]
    assert state()["requests"] == []


# Killed, and taken up again.


def started(settings, folder, *arguments):
    """Start a command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "kling", *arguments],
        env={**os.environ, **settings},
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.parametrize("path", [PATH, OLD_PATH])
def test_a_run_that_was_killed_is_taken_up_by_the_ref_that_it_printed(
    kling, settings, state, tmp_path, path
):
    with started(settings, tmp_path, "run", "--path", path, "body.json") as process:
        warning, created = process.stderr.readline(), process.stderr.readline()
        process.kill()

    ref = created.removeprefix("created ").strip()
    assert UNCHECKED in warning
    assert process.returncode != 0
    assert kling("wait", ref).stdout.startswith(f"{ref}  succeeded  http")
    assert Path(kling("download", ref).stdout.strip()).read_bytes()[4:8] == b"ftyp"
    assert [one["id"] for one in state()["tasks"]] == [ref.rpartition("/")[2]]


@pytest.mark.parametrize("path", [PATH, OLD_PATH])
def test_a_run_that_was_killed_before_it_knew_its_task_finds_it_by_its_own_id(
    kling, settings, url, state, tmp_path, path
):
    own = {"external_task_id": "order-1"}
    body = {"words": "A fox", **({"options": own} if path == PATH else own)}
    (tmp_path / "body.json").write_text(json.dumps(body))
    stall = {"fault": "stall", "seconds": 60, "when": "after"}
    httpx.post(f"{url}/_mock/plan", json=stall).raise_for_status()
    with started(settings, tmp_path, "run", "--path", path, "body.json") as process:
        while not state()["tasks"]:
            time.sleep(0.05)
        process.kill()

    again = kling("run", "--path", path, "body.json")

    assert again.exit_code == 1
    assert f"look for it with client.recover('{path}', 'order-1')" in again.stderr
    ref = f"{'tasks' if path == PATH else path[1:]}/order-1"
    assert kling("wait", ref).stdout.split()[1] == "succeeded"
    assert Path(kling("download", ref).stdout.strip()).exists()
    assert len(state()["tasks"]) == 1
