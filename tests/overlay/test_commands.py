"""The command line, against a mock that is a server: what it prints where, and how it ends."""

import base64
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import httpx
import hurried
import jwt
import pytest
import yaml
from click import Context, Group, Option
from click.testing import CliRunner
from command_line import cli
from interrupts import interruptible
from kling import Kling, models
from kling.description import capabilities, dialects, load, source
from media_files import png

FOX = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
REQUEST = models.TextToVideoRequest(**FOX)
KEYS = {"KLING_API_KEY": "mock-api-key"}
CREATES = [one for one in load().operations.values() if one.task]
COMMANDS = [
    *("run", "get", "list", "wait", "download"),
    *("validate", "cost", "reconcile", "check-media", "models", "operations", "spec", "token"),
    *("mock", "account", "doctor", "check", "batch"),
]
UNKNOWN = "text_to_video/123"
PICTURE, SOUND, CLIP = (f"https://example.org/{name}" for name in ("a.png", "a.mp3", "a.mp4"))
# What goes before the arguments of a Python that is to wait for nothing.
HURRIED = (hurried.__file__,)


def serve(speed):
    options = ("--port", "0", "--as-of", "2026-03-01", "--speed", str(speed))
    command = [sys.executable, "-m", "kling", "mock", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        yield server.stdout.readline().split()[-1]
        server.kill()


@pytest.fixture(scope="module")
def url():
    """Return where a mock is whose tasks succeed in an instant."""
    yield from serve(6000)


@pytest.fixture(scope="module")
def slow_url():
    """Return where a mock is whose tasks take as long as in life."""
    yield from serve(1)


@pytest.fixture
def client(url):
    with Kling(api_key="mock-api-key", base_url=url) as one:
        yield one


@pytest.fixture
def done(client):
    """Return a task that has succeeded."""
    return client.run(REQUEST, interval=0.05)


@pytest.fixture
def kling(url, monkeypatch, tmp_path):
    """Return a function: kling("get", ref) runs a command in an empty folder, as by hand."""
    monkeypatch.setenv("KLING_BASE_URL", url)
    monkeypatch.setenv("KLING_API_KEY", "mock-api-key")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fox.json").write_text(json.dumps(FOX))
    hurried.hurry(monkeypatch.setattr)

    def run(*arguments, stdin=None, **settings):
        done = CliRunner().invoke(cli, arguments, input=stdin, prog_name="kling", **settings)
        # An exception that is no exit would be a traceback.
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert "Traceback" not in done.output
        return done

    return run


def command_named(name):
    """Return a command, whose module the group imports now."""
    return cli.get_command(Context(cli), name)


def process(*arguments, before=(), **environment):
    """Start a command as a process that takes Ctrl-C even where its parents do not."""
    with interruptible():
        return subprocess.Popen(
            [sys.executable, *before, "-m", "kling", *arguments],
            env={**os.environ, **KEYS, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )


def fails(done, code, *words):
    """Assert that a command ended with one line on standard error, and return the line."""
    assert done.exit_code == code
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    if code == 2:
        assert re.fullmatch(r"Usage: kling .*", lines[0])
        assert re.fullmatch(r"Try 'kling .*--help' for help\.", lines[1])
        assert lines[2] == ""
        lines = lines[3:]
    [line] = [one for one in lines if not one.startswith("cost: ")]
    assert line.startswith("Error: ")
    for word in words:
        assert word in line
    return line


# --------------------------------------------------------------------------------------- help


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_has_an_example_that_begins_with_the_command(kling, command, option):
    shown = kling(command, option)

    assert shown.exit_code == 0
    assert shown.stderr == ""
    assert re.search(rf"^  Example: .*\bkling {command}\b", shown.stdout, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_example_stands_on_one_line_to_be_copied(kling, command):
    documented = re.search(r"Example: (.*)", command_named(command).help)[1]

    assert documented in kling(command, "--help").stdout


def every_command(command=cli, path=()):
    """Yield the words of each command and subcommand, and the command itself."""
    yield path, command
    if isinstance(command, Group):
        context = Context(command)
        for name in command.list_commands(context):
            yield from every_command(command.get_command(context, name), (*path, name))


@pytest.mark.parametrize("width", [80, 120])
def test_no_help_is_cut_off_and_each_option_is_explained(kling, width):
    screens = 0
    for path, command in every_command():
        shown = kling(*path, "--help", terminal_width=width, max_content_width=width).stdout

        # An ellipsis within a value, such as KIND=UNITS,... or {...}, is ours.
        cut = re.findall(r".*\w\.\.\.(?:$| )", shown.replace("ARGS]...", ""), re.MULTILINE)
        assert cut == [], path
        assert all(len(line) <= width for line in shown.splitlines() if "kling" not in line), path
        options = [one for one in command.params if isinstance(one, Option)]
        assert [one.name for one in options if not one.help] == [], path
        screens += 1
    assert screens > len(COMMANDS) + 5


def test_help_lists_every_command_and_how_to_begin(kling):
    text = kling("--help").stdout

    assert cli.list_commands(Context(cli)) == sorted(COMMANDS)
    assert all(re.search(rf"^  {command} ", text, re.MULTILINE) for command in COMMANDS)
    for name in ("KLING_API_KEY", "KLING_ACCESS_KEY", "KLING_SECRET_KEY", "KLING_BASE_URL"):
        assert name in text


def test_without_a_command_there_is_help(kling):
    shown = kling()

    assert shown.exit_code == 2
    assert "Commands:" in shown.output


@pytest.mark.parametrize("word", ["creat", "Run", "runs", ""])
def test_an_unknown_command_is_a_usage_error(kling, word):
    fails(kling(word), 2, "No such command")


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("run", "createTextToVideoTask"),
        ("get",),
        ("wait",),
        ("download",),
        ("list",),
        ("validate",),
        ("get", "a/1", "a/2"),
        ("token", "more"),
        ("get", UNKNOWN, "--yaml"),
        ("wait", UNKNOWN, "--timeout", "0"),
        ("wait", UNKNOWN, "--timeout", "soon"),
        ("wait", UNKNOWN, "--timeout", "nan"),
        ("run", "createTextToVideoTask", "fox.json", "--timeout", "nan"),
        ("list", "listTextToVideoTasks", "--limit", "0"),
        ("list", "listTextToVideoTasks", "--limit", "many"),
        ("spec", "--format", "xml"),
        ("run", "createTextToVideoTask", "fox.json", "--set", "duration"),
        ("validate", "createTextToVideoTask", "fox.json", "--image", "nowhere.png"),
        ("validate", "createTextToVideoTask", "fox.json", "--image", "."),
        ("validate", "createTextToVideoTask", "nowhere.json"),
        ("validate", "createTextToVideoTask", "."),
        ("run", "createTextToVideoTask", "fox.json", "--out", "fox.json"),
    ],
    ids=" ".join,
)
def test_a_wrong_use_is_exit_code_2(kling, arguments):
    fails(kling(*arguments), 2)


# --------------------------------------------------------------------------------------- run


def test_run_creates_waits_and_downloads(kling, tmp_path):
    ran = kling("run", "createTextToVideoTask", "fox.json", "--out", "videos/today")

    assert ran.exit_code == 0
    [path] = ran.stdout.splitlines()
    assert Path(path).read_bytes()[4:8] == b"ftyp"
    assert Path(path).parent == Path("videos/today")


def test_results_go_to_standard_output_and_progress_to_standard_error(kling):
    ran = kling("run", "createTextToVideoTask", "fox.json")

    ref = re.search(r"^created (text_to_video/\d+)$", ran.stderr, re.MULTILINE)[1]
    assert ran.stdout == f"{ref.replace('/', '-')}.mp4\n"
    cost, first, *statuses, charged = ran.stderr.splitlines()
    assert cost == "cost: 3 units of the video package, 0.42 USD (price list of 2026-09-20)"
    assert (first, charged) == (f"created {ref}", "charged: 3 Kling units")
    # Each status once, in order, whichever of them were seen.
    assert statuses[-1] == f"{ref} succeeded"
    assert len(set(statuses)) == len(statuses)
    words = [line.removeprefix(f"{ref} ") for line in statuses]
    assert [word for word in ("submitted", "processing", "succeeded") if word in words] == words


def test_run_as_a_process(url, tmp_path):
    (tmp_path / "fox.json").write_text(json.dumps(FOX))
    command = ["run", "createTextToVideoTask", str(tmp_path / "fox.json"), "--out", str(tmp_path)]

    with process(*command, before=HURRIED, KLING_BASE_URL=url) as one:
        out, err = one.communicate(timeout=30)

    assert one.returncode == 0
    assert Path(out.removesuffix("\n")).read_bytes()[4:8] == b"ftyp"
    assert err.splitlines()[1].startswith("created text_to_video/")


def test_run_prints_json_for_programs(kling):
    ran = kling("run", "createTextToVideoTask", "fox.json", "--json", "--out", "videos")

    [path] = json.loads(ran.stdout)
    assert Path(path).exists()


@pytest.mark.parametrize(
    "text",
    [json.dumps(FOX), yaml.safe_dump(FOX), "\ufeff" + json.dumps(FOX), "\n\n" + json.dumps(FOX)],
    ids=["json", "yaml", "byte-order-mark", "blank-lines"],
)
def test_a_body_may_come_from_standard_input(kling, text):
    ran = kling("run", "createTextToVideoTask", "-", stdin=text)

    assert ran.exit_code == 0


def test_a_body_may_be_yaml(kling, tmp_path):
    (tmp_path / "fox.yaml").write_text("# A comment\nmodel_name: kling-v3\nprompt: |\n  A fox\n")

    assert kling("run", "createTextToVideoTask", "fox.yaml").exit_code == 0


def test_yaml_means_what_people_mean(kling, tmp_path):
    (tmp_path / "fox.yaml").write_text(
        "model_name: kling-v3\nprompt: A fox\nsound: on\naspect_ratio: 16:9\n"
        "external_task_id: 2026-03-01\n"
    )

    assert kling("validate", "createTextToVideoTask", "fox.yaml").output == ""


def test_what_kling_would_refuse_is_not_sent_and_a_line_a_problem(kling, client):
    before = sum(1 for _ in client.list(models.TextToVideoRequest))

    ran = kling("run", "createTextToVideoTask", "fox.json", "--set", "prompt=", "--set", "mode=8k")

    assert (ran.exit_code, ran.stdout) == (1, "")
    first, *problems = ran.stderr.splitlines()
    assert first == "Error: TextToVideoRequest was not sent:"
    assert [line.strip().split()[0] for line in problems] == ["mode", "prompt"]
    assert sum(1 for _ in client.list(models.TextToVideoRequest)) == before


NAMES = ["createTextToVideoTask", "TextToVideoRequest", "text_to_video", "text-to-video"]
NEAR = {
    "createTextToVideo": "createTextToVideoTask",
    "TextToVideRequest": "TextToVideoRequest",
    "text2video": "text_to_video",
    "text-to-vide": "text_to_video",
}


@pytest.mark.parametrize(
    "command",
    [("run", "NAME", "fox.json"), ("validate", "NAME", "fox.json"), ("models", "NAME")],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("name", ["", "nonsense", *NEAR])
def test_an_unknown_name_shows_the_one_that_is_meant_or_some(kling, command, name):
    line = fails(kling(*(name if word == "NAME" else word for word in command)), 2)

    if name in NEAR:
        assert line.endswith(f"there is no operation or family {name}; did you mean {NEAR[name]}?")
    else:
        assert line.endswith("; kling operations lists all names")
        assert 1 < sum(one.family in line for one in CREATES) < 7


@pytest.mark.parametrize("name", NAMES)
def test_a_name_may_be_of_any_kind(kling, client, name):
    task = client.create(REQUEST)

    assert kling("validate", name, "fox.json").output == ""
    assert task.ref in kling("list", name).stdout
    assert kling("models", name).stdout == kling("models", "text_to_video").stdout
    assert kling("run", name, "fox.json").stdout.startswith("text_to_video-")


def test_the_family_of_a_model_may_be_spelled_as_it_once_was(kling):
    for name in ("kling-30-text-to-video", "kling_30_text_to_video", "kling_3_0_text_to_video"):
        line = kling("validate", name, "fox.json", "--set", "model_name=kling-v3").stdout

        assert "model_name is not a field here" in line


def test_the_place_that_a_message_points_to_has_every_operation(kling):
    found = {line.split()[0] for line in kling("operations").stdout.splitlines()}

    assert load().operations.keys() == found


@pytest.mark.parametrize("name", ["getTextToVideoTask", "listAvatarTasks"])
@pytest.mark.parametrize("command", ["run", "validate"])
def test_an_operation_that_creates_nothing_names_the_one_that_does(kling, command, name):
    line = fails(kling(command, name, "fox.json"), 2)

    family = load().operations[name].family
    assert line.endswith(f"did you mean {load().create_in(family).id}?")


@pytest.mark.parametrize("command", ["run", "validate"])
def test_a_family_without_a_create_of_tasks_shows_some_that_have_one(kling, command):
    line = fails(kling(command, "basic_element", "fox.json"), 2, "basic_element creates no task;")

    assert line.endswith("; kling operations lists all names")


@pytest.mark.parametrize("command", ["run", "validate"])
def test_an_operation_that_is_answered_at_once_says_how_to_send_it(kling, command):
    fails(
        kling(command, "text_to_speech", "fox.json"),
        2,
        "text_to_speech creates no task; Kling answers such a request at once; in Python, "
        "client.create(models.TextToSpeechRequest(...)) sends it",
    )


def test_an_operation_that_is_answered_at_once_has_no_tasks_to_list(kling):
    fails(kling("list", "text_to_speech"), 2, "so there are no tasks to list")


def test_a_task_that_fails_is_one_line(kling, kling_mock, monkeypatch):
    kling_mock.plan("submitted", "failed", message="the prompt is not allowed")
    monkeypatch.setattr(
        # private: the command has no option for a transport.
        "kling._cli.task_commands.Kling",
        lambda: Kling(api_key="mock-api-key", transport=kling_mock.transport),
    )

    ran = kling("run", "createTextToVideoTask", "fox.json")

    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr.splitlines()[-1] == (
        "Error: text_to_video/752604318974529536 failed: the prompt is not allowed"
    )


def test_advice_is_a_line_for_people_and_not_for_programmers(url, tmp_path):
    (tmp_path / "fox.json").write_text(json.dumps({**FOX, "cfg_scale": 0.5}))
    command = ["run", "createTextToVideoTask", str(tmp_path / "fox.json"), "--out", str(tmp_path)]

    with process(*command, before=HURRIED, KLING_BASE_URL=url) as one:
        _, err = one.communicate(timeout=30)

    assert one.returncode == 0
    [line] = [line for line in err.splitlines() if "cfg-scale-on-kling-v3" in line]
    assert ".py" not in err
    assert "callback(" not in err
    assert "KlingWarning" not in line


# -------------------------------------------------------------------------------- --set, --image


@pytest.fixture
def body(kling, monkeypatch):
    """Return a function that gives the body which these options make."""
    bodies = []

    def keep(call, spec):
        bodies.append(call.arguments["json"])
        return []

    # private: the command does not show the body that it makes.
    monkeypatch.setattr("kling._cli.description_commands.problems_of", keep)

    def of(*options, create="createTextToVideoTask", file="fox.json", stdin=None):
        made = kling("validate", create, file, *options, stdin=stdin)
        assert made.exit_code == 0, made.output
        return bodies[-1]

    return of


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("cfg_scale=0.5", 0.5),
        ("multi_shot=true", True),
        ("negative_prompt=people, text", "people, text"),
        ("negative_prompt=", ""),
        ("negative_prompt=a=b", "a=b"),
        ('watermark_info={"enabled": true}', {"enabled": True}),
        ('voice_list=[{"voice_id": "1"}]', [{"voice_id": "1"}]),
        ('duration="8"', "8"),
        ("sound=on", "on"),
        ("aspect_ratio=16:9", "16:9"),
        ("prompt=a {broken", "a {broken"),
    ],
)
def test_set_takes_json_or_text(body, change, value):
    assert body("--set", change)[change.partition("=")[0]] == value


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("duration=8", "8"),
        ("prompt=42", "42"),
        ("prompt=true", "true"),
        ("prompt=null", "null"),
        ("external_task_id=752604", "752604"),
    ],
)
def test_text_that_looks_like_a_number_stays_text_where_text_belongs(body, change, value):
    # The example of `kling run --help` is one of these.
    assert body("--set", change)[change.partition("=")[0]] == value


def test_operations_are_found_by_any_of_their_words(kling):
    lines = kling("operations").stdout.splitlines()
    assert len(lines) == len(load().operations)

    for word in ("createAvatarTask", "AVATAR", "/v1/videos/avatar", "AvatarRequest"):
        found = kling("operations", word).stdout
        assert "createAvatarTask" in found
        assert "createTextToVideoTask" not in found
    [create] = [
        row
        for row in json.loads(kling("operations", "text-to-video", "--json").stdout)
        if row["operation"] == "createTextToVideoTask"
    ]
    assert create == {
        "operation": "createTextToVideoTask",
        "family": "text_to_video",
        "method": "POST",
        "path": "/v1/videos/text2video",
        "request": "TextToVideoRequest",
        "summary": load().operations["createTextToVideoTask"].node["summary"],
    }
    fails(kling("operations", "zebra"), 1, "no operation matches zebra")


def test_the_example_of_the_help_works(kling):
    example = re.search(r"Example: kling (run .*)", command_named("run").help)[1]

    assert kling(*example.split()).exit_code == 0


def test_the_last_set_counts_and_the_file_is_the_rest(body):
    made = body("--set", "prompt=A wolf", "--set", "prompt=A bear", "--set", "mode=pro")

    assert made == {"model_name": "kling-v3", "prompt": "A bear", "mode": "pro"}


def test_set_puts_a_file_in_as_base64(body, tmp_path):
    (tmp_path / "a.png").write_bytes(png(300, 300))

    assert base64.b64decode(body("--set", "image=@a.png")["image"]) == png(300, 300)


def test_image_is_a_shorter_way(kling, tmp_path):
    (tmp_path / "portrait.png").write_bytes(png(300, 400))
    (tmp_path / "smile.yaml").write_text("model_name: kling-v3\nprompt: She smiles\n")

    ran = kling("run", "createImageToVideoTask", "smile.yaml", "--image", "portrait.png")

    assert ran.exit_code == 0
    assert ran.stdout.startswith("image_to_video-")


def test_a_picture_that_kling_would_refuse_is_said(kling, tmp_path):
    (tmp_path / "small.png").write_bytes(png(100, 100))
    (tmp_path / "smile.yaml").write_text("model_name: kling-v3\nprompt: She smiles\n")

    said = kling("validate", "createImageToVideoTask", "smile.yaml", "--image", "small.png")

    assert said.exit_code == 1
    assert said.stdout.startswith("image is 100 x 100 px; each side must have at least 300 px")


@pytest.mark.parametrize("path", ["nowhere.png", ".", ""])
def test_a_file_that_set_cannot_read_is_one_line(kling, path):
    fails(
        kling("validate", "createTextToVideoTask", "fox.json", "--set", f"image=@{path}"),
        1,
        "nowhere.png" if path == "nowhere.png" else "",
    )


def test_a_dot_leads_into_a_field_and_a_number_into_a_list(kling, tmp_path):
    create = "createKling30ImageToVideoTask"
    file = "contents.json"
    contents = [{"type": "prompt", "text": "She smiles"}]
    (tmp_path / file).write_text(json.dumps({"contents": contents}))
    (tmp_path / "a.png").write_bytes(png(300, 300))

    settings = ("--set", "settings.duration=8", "--set", "settings.audio=native")
    picture = ("--image", "a.png", "--set", "contents.0.text=She laughs")
    assert kling("validate", create, file, *settings, *picture).output == ""
    said = kling("validate", create, file, "--image", "a.png", "--set", "settings.duration=99")
    assert said.stdout.startswith("settings.duration: duration must be a whole number from 3 to 15")
    for field, word in (
        ("contents.1.url=x", "has 1 entries, numbered from 0, so there is no contents.1"),
        ("contents.0.text.x=1", "contents.0.text is not an object"),
        ("settings..x=1", "is not a field"),
    ):
        fails(kling("validate", create, file, "--set", field), 2, word)
    fails(
        kling("validate", "createTextToVideoTask", "fox.json", "--image", "a.png"),
        2,
        "createTextToVideoTask has no field for --image; families that have one are, for example,",
    )


@pytest.mark.parametrize(
    ("create", "file", "options", "added"),
    [
        (
            "avatar",
            {},
            ("--image", PICTURE, "--audio", SOUND),
            {"image": PICTURE, "sound_file": SOUND},
        ),
        (
            "motion_control",
            {"mode": "std"},
            ("--image", PICTURE, "--video", CLIP),
            {"mode": "std", "image_url": PICTURE, "video_url": CLIP},
        ),
        (
            "multi_elements",
            {"image_list": [{"image": ""}]},
            ("--image", PICTURE, "--image", PICTURE + "?b"),
            {"image_list": [{"image": PICTURE}, {"image": PICTURE + "?b"}]},
        ),
        (
            "kling_26_motion_control",
            {},
            ("--image", PICTURE, "--video", CLIP),
            {"contents": [{"type": "image", "url": PICTURE}, {"type": "video", "url": CLIP}]},
        ),
        (
            "advanced_lip_sync",
            {"face_choose": [{"face_id": "0"}]},
            ("--audio", SOUND),
            {"face_choose": [{"face_id": "0", "sound_file": SOUND}]},
        ),
    ],
)
def test_media_go_where_the_request_takes_them(body, tmp_path, create, file, options, added):
    (tmp_path / "body.json").write_text(json.dumps(file))

    assert body(*options, create=create, file="body.json") == added


@pytest.mark.parametrize(
    ("create", "file", "options", "said"),
    [
        ("text_to_video", {}, ("--video", CLIP), "has no field for --video"),
        ("lip_sync", {}, ("--audio", SOUND), "audio_url; use --set input.audio_file=@PATH"),
        ("motion_control", {}, ("--video", "dance.mp4"), "Kling takes a video only as a URL"),
        ("avatar", {}, ("--audio", "nowhere.mp3"), "'nowhere.mp3' does not exist"),
        (
            "avatar",
            {"image": "x"},
            ("--image", PICTURE),
            "image already has a value",
        ),
        ("avatar", {}, ("--image", PICTURE, "--image", PICTURE), "image already has a value"),
        (
            "multi_elements",
            {"image_list": 1},
            ("--image", PICTURE),
            "image_list is not a list in the file",
        ),
    ],
)
def test_media_that_fit_nowhere_are_said(kling, tmp_path, create, file, options, said):
    (tmp_path / "body.json").write_text(json.dumps(file))
    (tmp_path / "dance.mp4").write_bytes(b"")

    fails(kling("validate", create, "body.json", *options), 2, said)


def test_a_file_may_name_its_schema(body, tmp_path):
    (tmp_path / "fox.json").write_text(
        json.dumps({"$schema": "createTextToVideoTask.schema.json", "prompt": "A fox"})
    )

    assert body() == {"prompt": "A fox"}


def test_list_shows_the_tasks_of_the_current_standard(kling, client):
    task = client.create(models.Kling30TurboTextToVideoRequest(prompt="A fox"))

    for operation in ("listTasks", "getTasks", "createKling30TurboTextToVideoTask"):
        assert task.ref in kling("list", operation).stdout
    shown = json.loads(kling("get", task.ref, "--json").stdout)
    assert shown[0]["charges"] in ([], [{"value": "4", "unit": "units"}])


# ---------------------------------------------------------------------- products under /solutions


@pytest.fixture
def coat(tmp_path):
    """Return the name of a file with a request of virtual try-on 3.0."""
    body = {
        "contents": [
            {"type": "product_image", "url": "https://example.org/coat.png"},
            {"type": "person_image", "url": "https://example.org/person.png"},
        ],
        "options": {"external_task_id": f"coat-{tmp_path.name}"},
    }
    (tmp_path / "coat.json").write_text(json.dumps(body))
    return "coat.json"


@pytest.mark.parametrize("name", ["virtual_try_on_30", "virtual-try-on-30"])
def test_a_task_of_solutions_is_run_shown_listed_and_downloaded_again(kling, coat, name):
    assert kling("validate", name, coat).output == ""
    ran = kling("run", name, coat, "--out", "pictures")
    ref = re.search(r"^created (solutions/\d+)$", ran.stderr, re.MULTILINE)[1]
    assert ran.stdout == f"pictures/{ref.replace('/', '-')}.png\n"

    own = json.loads(Path(coat).read_text())["options"]["external_task_id"]
    for command in ("get", "wait"):
        for given in (ref, f"solutions/{own}"):
            assert kling(command, given).stdout.startswith(f"{ref}  succeeded  http")
    for listed in (name, "solutions", "listSolutionTasks", "getSolutionTasks"):
        [line] = kling("list", listed, "--limit", "1").stdout.splitlines()
        assert line.startswith(f"{ref}  succeeded")
    assert kling("download", ref).stdout == f"{ref.replace('/', '-')}.png\n"


def test_a_wrong_name_of_solutions_says_what_is_meant(kling, coat):
    fails(
        kling("get", "virtual_try_on_30/1"),
        1,
        "the refs of virtual_try_on_30 tasks begin with solutions/, not with",
    )
    fails(kling("get", "solutions/coat-9"), 1, "solutions/coat-9 is not known here")
    fails(kling("run", "solutions", coat), 2, "solutions creates no task")
    fails(kling("list", "solution-tasks"), 2, "did you mean solutions?")
    image = ("--image", coat)
    fails(kling("run", "virtual_try_on_30", coat, *image), 2, "use --set contents.0.url=@PATH")


# ---------------------------------------------------------------------- files that are none


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bad.json", b'{"prompt": '),
        ("bad.json", b'{"prompt": "x",}'),
        ("bad.json", b"{'prompt': 'x'}"),
        ("bad.yaml", b"a: [1\nb: }"),
        ("bad.yaml", b"\tprompt: x"),
        ("bad.yaml", b"prompt: *nobody"),
        ("bad.yaml", b"prompt: !!python/object:os.system x"),
        ("bad.yaml", b"a: 1\n---\nb: 2\n"),
        ("bytes.json", b"\xff\xfe\x00"),
        ("picture.png", png(2, 2)),
        ("deep.json", b'{"a":' * 100_000),
        ("deep.yaml", b"[" * 2_000),
    ],
    ids=range(12),
)
@pytest.mark.parametrize("command", ["run", "validate"])
def test_a_file_that_is_neither_json_nor_yaml_is_one_line(kling, tmp_path, command, name, text):
    (tmp_path / name).write_bytes(text)

    line = fails(kling(command, "createTextToVideoTask", name), 1, name)

    assert len(line) < 400


@pytest.mark.parametrize("text", ["[1]", "- a\n- b\n", "text", '"text"', "7", "null", "", "# x\n"])
def test_a_file_without_an_object_is_one_line(kling, tmp_path, text):
    (tmp_path / "body.json").write_text(text)

    fails(kling("validate", "createTextToVideoTask", "body.json"), 1, "body.json", "object")


def test_an_object_without_text_for_names_is_one_line(kling, tmp_path):
    (tmp_path / "body.yaml").write_text("model_name: kling-v3\nprompt: x\n1: one\n")

    said = kling("validate", "createTextToVideoTask", "body.yaml")

    assert said.exit_code == 1
    assert len(said.output.splitlines()) == 1
    assert "Dict key must be" not in said.output


def test_standard_input_that_is_empty_is_one_line(kling):
    fails(kling("run", "createTextToVideoTask", "-", stdin=""), 1, "must contain an object")


LAUGHS = "\n".join(
    ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    + [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in itertools.pairwise("abcdefghi")]
)
MERGED = "\n".join(
    ["a: &a {x: 1}"]
    + [
        f"{b}: &{b} {{<<: [{', '.join([f'*{a}'] * 9)}]}}"
        for a, b in itertools.pairwise("abcdefghi")
    ]
)


@pytest.mark.parametrize(
    "text",
    [LAUGHS, MERGED, "a: &a [*a]", "&a {b: *a}"],
    ids=["lists", "merged", "itself", "object"],
)
def test_aliases_that_explode_are_one_line(tmp_path, text):
    (tmp_path / "fox.yaml").write_text(text)
    command = ("validate", "createTextToVideoTask", str(tmp_path / "fox.yaml"))
    with process(*command) as one:
        try:
            _, err = one.communicate(timeout=20)
        finally:
            one.kill()

    assert one.returncode == 1
    assert err.endswith("its aliases expand to too many values, or contain themselves\n")
    assert len(err.splitlines()) == 1


def test_aliases_that_stay_small_are_taken(body, tmp_path):
    shots = "[{index: 1, prompt: &fox A fox, duration: '5'}, {index: 2, prompt: *fox}]"
    (tmp_path / "fox.yaml").write_text(
        f"one: &one {{prompt: x}}\n<<: *one\nmulti_prompt: {shots}\n"
    )

    sent = body(file="fox.yaml")

    assert sent["prompt"] == "x"
    assert sent["multi_prompt"][1]["prompt"] == "A fox"


@pytest.mark.parametrize("line", ["sound: on", "sound: 'on'", 'sound: "on"'])
def test_yaml_may_say_on(body, tmp_path, line):
    # Old YAML reads it as true, and nobody who writes a body knows that.
    (tmp_path / "fox.yaml").write_text(f"model_name: kling-v3\nprompt: A fox\n{line}\n")

    assert body(file="fox.yaml")["sound"] == "on"


# -------------------------------------------------------------------------------------- validate


def test_a_valid_body_is_silence(kling):
    said = kling("validate", "createTextToVideoTask", "fox.json")

    assert (said.exit_code, said.output) == (0, "")


@pytest.fixture
def today(monkeypatch):
    """Return a function of a day, such as "2026-09-15": it is that day."""

    def be(day):
        moment = datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp()
        monkeypatch.setattr(time, "time", lambda: moment)

    return be


@pytest.mark.parametrize("options", [(), ("--json",), ("--dialect", "china")], ids=" ".join)
@pytest.mark.parametrize("fields", [{}, {"model_name": "kling-v1"}], ids=["default", "named"])
def test_a_model_that_is_retired_is_a_warning(kling, today, fields, options):
    body = json.dumps({"prompt": "A fox", **fields})

    def validated():
        return kling("validate", "createTextToVideoTask", "-", *options, stdin=body)

    today("2026-09-14")
    assert validated().stderr == ""
    today("2026-09-15")
    shown = validated()
    assert shown.exit_code == 0
    assert shown.stdout == ("[]\n" if "--json" in options else "")
    assert shown.stderr.startswith("Warning: model_name kling-v1 was retired on 2026-09-15; ")
    assert len(shown.stderr.splitlines()) == 1


def test_what_kling_would_ignore_is_a_warning_beside_the_problems(kling):
    change = ("--set", "cfg_scale=0.5")

    advised = kling("validate", "createTextToVideoTask", "fox.json", *change)
    wrong = kling("validate", "createTextToVideoTask", "fox.json", *change, "--set", "mode=8k")

    assert (advised.exit_code, advised.stdout) == (0, "")
    assert re.fullmatch(r"Warning: cfg_scale .*\]\n", advised.stderr)
    assert (wrong.exit_code, wrong.stderr) == (1, advised.stderr)
    assert wrong.stdout.startswith("mode must be")


def test_a_body_that_json_cannot_carry_has_problems_only(kling):
    deep = "[" * 40 + "]" * 40
    shown = kling("validate", "createTextToVideoTask", "-", stdin=f'{{"prompt": {deep}}}')

    assert shown.exit_code == 1
    assert shown.stderr == ""


def test_a_problem_is_a_line(kling):
    said = kling(
        "validate",
        "createTextToVideoTask",
        "fox.json",
        *("--set", 'duration="7"', "--set", "model_name=kling-v2-6", "--set", "sound=on"),
    )

    assert (said.exit_code, said.stderr) == (1, "")
    assert [line.rpartition(" ")[2] for line in said.stdout.splitlines()] == [
        "[text-to-video.sound-models]",
        "[text-to-video.duration-models]",
    ]


def test_problems_are_json_for_programs(kling):
    valid = kling("validate", "createTextToVideoTask", "fox.json", "--json")
    wrong = kling("validate", "createTextToVideoTask", "fox.json", "--json", "--set", "prompt=")

    assert (valid.exit_code, json.loads(valid.stdout)) == (0, [])
    assert wrong.exit_code == 1
    [problem] = json.loads(wrong.stdout)
    assert problem.keys() == {"rule", "field", "message", "evidence", "sources"}
    assert (problem["rule"], problem["field"]) == ("text-to-video.prompt-required", "prompt")


@pytest.mark.filterwarnings("always::kling.KlingWarning")
def test_an_allowed_rule_only_warns(kling):
    command = (
        "createTextToVideoTask",
        "fox.json",
        "--set",
        "sound=on",
        "--set",
        "model_name=kling-v2-6",
    )

    refused = kling("validate", *command)
    passed = kling("validate", *command, "--allow", "text-to-video.sound-models")
    made = kling("run", *command, "--allow", "text-to-video.sound-models", "--out", "out")

    assert refused.exit_code == 1
    assert (passed.exit_code, passed.stdout) == (0, "")
    assert "Warning: sound can be" in passed.stderr
    assert "Warning: sound can be" in made.stderr
    # The mock behind it does not allow the rule, and refuses it as Kling would.
    assert made.exit_code == 1
    assert "1201" in made.stderr


@pytest.mark.parametrize("command", ["validate", "run"])
def test_a_rule_to_allow_must_exist(kling, command):
    told = kling(command, "createTextToVideoTask", "fox.json", "--allow", "text-to-video.sound")

    assert told.exit_code == 1
    assert "there is no rule text-to-video.sound; did you mean" in told.stderr


def test_validation_needs_no_credentials_and_no_network(kling, monkeypatch):
    monkeypatch.delenv("KLING_API_KEY")
    monkeypatch.setenv("KLING_BASE_URL", "http://127.0.0.1:9")

    assert kling("validate", "createTextToVideoTask", "fox.json").exit_code == 0


# ------------------------------------------------------------------------------- get, list, wait


def test_get_shows_a_task_in_a_line(kling, done):
    shown = kling("get", done.ref)

    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout == f"{done.ref}  succeeded  {done.outputs[0].url}\n"


def test_get_prints_json_for_programs(kling, done):
    [task] = json.loads(kling("get", done.ref, "--json").stdout)

    assert task["ref"] == done.ref
    assert task["id"] == done.id
    assert task["status"] == "succeeded"
    assert task["message"] == ""
    assert task["units"] == "3"
    assert task["created_at"] == done.created_at.isoformat()
    assert task["outputs"] == [asdict(done.outputs[0])]


def test_a_task_is_found_by_the_id_of_its_owner(kling, client):
    own = models.TextToVideoRequest(**FOX, external_task_id="found by/its owner")
    task = client.create(own)

    assert kling("get", "text_to_video/found by/its owner").stdout.startswith(f"{task.ref}  ")


@pytest.mark.parametrize("command", ["get", "wait", "download"])
def test_an_unknown_task_is_one_line_that_names_it(kling, command):
    line = fails(kling(command, UNKNOWN), 1, UNKNOWN, "not known")

    assert line.endswith("; a task is known only to the host and account that created it")


def test_a_refused_connection_names_the_variable_that_selects_the_host(kling, monkeypatch):
    monkeypatch.setenv("KLING_BASE_URL", "http://127.0.0.1:9/gateway/")

    fails(kling("get", UNKNOWN), 1, "KLING_BASE_URL is http://127.0.0.1:9: check that it is right")


@pytest.mark.parametrize("command", ["get", "wait", "download"])
@pytest.mark.parametrize(
    ("ref", "end"),
    [
        ("", "; kling operations lists all families"),
        ("752604318974529536", "; kling operations lists all families"),
        ("video/1", "; did you mean omni_video?"),
        ("text_to_video/", " as in v1/videos/new-thing/752604318974529536"),
    ],
)
def test_a_wrong_ref_is_one_line_that_shows_a_right_one(kling, command, ref, end):
    assert fails(kling(command, ref), 1, "as in text_to_video/").endswith(end)


@pytest.mark.parametrize("operation", ["listTextToVideoTasks", "createTextToVideoTask"])
def test_list_shows_the_newest_tasks_a_line_each(kling, client, operation):
    tasks = [client.create(REQUEST) for _ in range(4)]

    shown = kling("list", operation, "--limit", "3")

    assert (shown.exit_code, shown.stderr) == (0, "")
    refs = [line.split("  ")[0] for line in shown.stdout.splitlines()]
    assert refs == [task.ref for task in tasks[:0:-1]]


def test_list_prints_json_for_programs(kling, client):
    task = client.create(REQUEST)

    [shown] = json.loads(kling("list", "listTextToVideoTasks", "--limit", "1", "--json").stdout)

    assert shown["ref"] == task.ref


def test_a_list_of_nothing_is_nothing(kling):
    assert kling("list", "listAvatarTasks").output == ""
    assert json.loads(kling("list", "listAvatarTasks", "--json").stdout) == []


def test_a_list_can_be_longer_than_a_page(kling, client):
    for _ in range(101):
        client.create(REQUEST)

    shown = kling("list", "listTextToVideoTasks", "--limit", "101", "--json")

    assert len({task["ref"] for task in json.loads(shown.stdout)}) == 101


@pytest.mark.parametrize("name", ["nonsense", "text-to-vide", "listTask", ""])
def test_a_list_takes_the_name_that_it_shows_instead_of_an_unknown_one(kling, name):
    line = fails(kling("list", name), 2, "there is no operation or family")

    shown = re.search(r"(?:are, for example,|did you mean) (\w+)", line)[1]
    assert kling("list", shown).exit_code == 0


def test_wait_waits_and_shows_the_task(kling, client):
    task = client.create(REQUEST)

    waited = kling("wait", task.ref)

    assert waited.exit_code == 0
    assert re.fullmatch(rf"{task.ref}  succeeded  http://.*\.mp4\n", waited.stdout)
    assert waited.stderr.splitlines()[-1] == f"{task.ref} succeeded"


def test_wait_prints_json_for_programs(kling, client):
    [task] = json.loads(kling("wait", client.create(REQUEST).ref, "--json").stdout)

    assert task["status"] == "succeeded"


def test_a_wait_that_takes_too_long_says_how_to_go_on(kling, slow_url, monkeypatch):
    monkeypatch.setenv("KLING_BASE_URL", slow_url)
    with Kling(api_key="mock-api-key", base_url=slow_url) as one:
        ref = one.create(REQUEST).ref

    waited = kling("wait", ref, "--timeout", "0.01")

    assert (waited.exit_code, waited.stdout) == (1, "")
    assert waited.stderr.splitlines()[-1].startswith(f"Error: {ref} is submitted after 0.01 s")


def test_a_run_that_takes_too_long_names_the_task(kling, slow_url, monkeypatch):
    monkeypatch.setenv("KLING_BASE_URL", slow_url)

    ran = kling("run", "createTextToVideoTask", "fox.json", "--timeout", "0.01")

    ref = re.search(r"^created (\S+)$", ran.stderr, re.MULTILINE)[1]
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr.splitlines()[-1].startswith(f"Error: {ref} is submitted")


# -------------------------------------------------------------------------------------- download


def test_download_prints_the_files(kling, done, tmp_path):
    got = kling("download", done.ref, "--out", "videos/today")

    name = f"{done.ref.replace('/', '-')}.mp4"
    assert (got.exit_code, got.stderr) == (0, "")
    assert got.stdout == f"{Path('videos/today') / name}\n"
    assert (tmp_path / "videos" / "today" / name).read_bytes()[4:8] == b"ftyp"


def test_download_goes_to_the_working_folder_and_prints_json(kling, done, tmp_path):
    [path] = json.loads(kling("download", done.ref, "--json").stdout)

    assert (tmp_path / path).exists()
    assert "/" not in path


def test_a_task_that_has_made_nothing_is_one_line(kling, slow_url, monkeypatch, tmp_path):
    monkeypatch.setenv("KLING_BASE_URL", slow_url)
    with Kling(api_key="mock-api-key", base_url=slow_url) as one:
        ref = one.create(REQUEST).ref

    fails(kling("download", ref, "--out", "videos"), 1, ref, "nothing to download")
    assert not (tmp_path / "videos").exists()


# -------------------------------------------------------------------------------- models, spec


def test_models_are_json_for_programs(kling):
    shown = json.loads(kling("models", "--json").stdout)

    expected = {}
    for operation in load().operations.values():
        found = list(capabilities(load(), operation)) if operation.task else []
        if found:
            expected[operation.family] = [
                {
                    "model": one.model,
                    "retired": one.retired and one.retired.isoformat(),
                    "cells": [list(cell) for cell in one.cells],
                    "features": {
                        name: [list(cell) for cell in cells] for name, cells in one.features.items()
                    },
                }
                for one in found
            ]
    assert shown == expected
    assert json.loads(kling("models", "text_to_video", "--json").stdout) == {
        "text_to_video": expected["text_to_video"]
    }


def test_models_are_lines_for_people(kling):
    lines = kling("models", "image_to_video").stdout.splitlines()

    assert lines[0] == "image_to_video"
    assert "  kling-v1-5  (retired 2026-09-15)" in lines
    after = lines[lines.index("  kling-v2-6") :]
    assert after[1:5] == [
        "    std, pro: 5 or 10 s",
        "    last-frame: pro: 5 or 10 s",
        "    voice: pro: 5 or 10 s",
        "    sound: pro: 5 or 10 s",
    ]
    assert "    std, pro, 4k: 3 to 15 s" in lines[lines.index("  kling-v3") :]


def test_a_model_of_the_current_standard_is_shown_as_others_are(kling):
    assert kling("models", "kling_o1_video").stdout.splitlines()[:5] == [
        "kling_o1_video",
        "  kling-o1",
        "    720p, 1080p: 3 to 10 s",
        "    prompt-alone: 720p, 1080p: 5 or 10 s",
        "    first-frame: 720p, 1080p: 5 or 10 s",
    ]


def test_a_family_without_models_says_so(kling):
    shown = kling("models", "avatar")

    assert shown.exit_code == 0
    assert "avatar" in shown.output
    assert "tasks has no models" in kling("models", "tasks").output


def test_models_of_a_dialect_are_its_own(kling):
    shown = json.loads(kling("models", "--dialect", "kkiai-gateway", "--json").stdout)

    assert list(shown) == ["image_to_video"]
    assert not any(row["retired"] for row in shown["image_to_video"])
    current = json.loads(kling("models", "--dialect", "current-only", "--json").stdout)
    assert "kling_o1_video" in current
    assert "text_to_video" not in current


@pytest.mark.parametrize("portable", [(), ("--portable",)], ids=["bundle", "portable"])
def test_spec_prints_the_file_of_the_package(kling, portable):
    name = "openapi.portable.json" if portable else "openapi.json"
    text = files("kling_api").joinpath(name).read_text(encoding="utf-8")

    assert kling("spec", *portable).stdout == text


def test_spec_in_yaml_is_the_same_in_the_same_order(kling):
    text = files("kling_api").joinpath("openapi.portable.json").read_text(encoding="utf-8")

    shown = kling("spec", "--portable", "--format", "yaml").stdout

    # The loader in C takes a tenth of the time.
    loaded = yaml.load(shown, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert json.dumps(loaded) == json.dumps(json.loads(text))


# -------------------------------------------------------------------------------------- token


def test_token_prints_an_api_key(kling):
    shown = kling("token")

    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, "mock-api-key\n", "")


def test_a_token_of_a_pair_is_taken_by_the_server(kling, url, monkeypatch):
    monkeypatch.delenv("KLING_API_KEY")
    monkeypatch.setenv("KLING_ACCESS_KEY", "mock-access-key")
    monkeypatch.setenv("KLING_SECRET_KEY", "mock-secret-key-of-32-bytes-or-more")

    token = kling("token").stdout.removesuffix("\n")

    assert jwt.get_unverified_header(token)["alg"] == "HS256"
    reply = httpx.get(
        f"{url}/v1/videos/text2video?pageSize=1", headers={"Authorization": f"Bearer {token}"}
    )
    assert reply.status_code == 200


@pytest.mark.parametrize(
    "arguments",
    [("token",), ("get", UNKNOWN), ("run", "createTextToVideoTask", "fox.json")],
    ids=" ".join,
)
def test_without_credentials_a_command_says_what_to_set(kling, monkeypatch, arguments):
    monkeypatch.delenv("KLING_API_KEY")

    fails(kling(*arguments), 1, "KLING_API_KEY", "KLING_ACCESS_KEY and KLING_SECRET_KEY")


def test_what_helps_in_python_only_is_not_said_in_a_shell(kling, monkeypatch):
    monkeypatch.delenv("KLING_API_KEY")

    assert "api_key=" not in fails(kling("token"), 1)


def test_wrong_credentials_are_one_line(kling, monkeypatch):
    monkeypatch.setenv("KLING_API_KEY", "wrong-key-5f2c81")

    line = fails(kling("get", UNKNOWN), 1, "1002")

    assert "5f2c81" not in line


@pytest.mark.parametrize(
    "base", ["http://127.0.0.1:9", "nonsense", "ftp://example.org", "http://[::1", "https://"]
)
def test_a_server_that_is_not_there_is_one_line(kling, monkeypatch, base):
    monkeypatch.setenv("KLING_BASE_URL", base)

    fails(kling("get", UNKNOWN), 1)


def test_a_socks_proxy_without_its_package_is_one_line_that_says_what_to_install(
    kling, monkeypatch
):
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    monkeypatch.setitem(sys.modules, "socksio", None)

    fails(kling("get", UNKNOWN), 1, "SOCKS proxy", 'pip install "httpx[socks]"')


# ---------------------------------------------------------------- as a process: how it ends

no_interrupt = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no SIGINT for one process"
)


def interrupted(command, url, line):
    """Run a command until it says something, interrupt it, and return what else it says."""
    with process(*command, KLING_BASE_URL=url) as one:
        said = []
        while not re.search(line, "".join(said), re.MULTILINE):
            said.append(one.stderr.readline())
            assert said[-1], "".join(said)
        one.send_signal(signal.SIGINT)
        out, err = one.communicate(timeout=10)
    return one.returncode, out, "".join(said) + err


@no_interrupt
def test_control_c_during_a_run_says_how_to_take_it_up_again(slow_url, tmp_path):
    (tmp_path / "fox.json").write_text(json.dumps(FOX))
    command = ["run", "createTextToVideoTask", str(tmp_path / "fox.json"), "--out", str(tmp_path)]

    code, out, err = interrupted(command, slow_url, r"^text_to_video/\d+ submitted$")

    ref = re.search(r"^created (\S+)$", err, re.MULTILINE)[1]
    assert (code, out) == (1, "")
    assert err.splitlines()[-1].endswith(f"kling wait {ref}")
    assert "Traceback" not in err


@no_interrupt
def test_control_c_during_a_wait_says_how_to_take_it_up_again(slow_url):
    with Kling(api_key="mock-api-key", base_url=slow_url) as client:
        ref = client.create(REQUEST).ref

    code, out, err = interrupted(["wait", ref], slow_url, rf"^{ref} submitted$")

    assert (code, out) == (1, "")
    assert err.splitlines()[-1].endswith(f"kling wait {ref}")
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
@pytest.mark.parametrize("command", [("--help",), ("spec",), ("models", "--json")], ids=" ".join)
def test_a_reader_that_has_seen_enough_is_no_error(command):
    # As in: kling spec | head -1
    with process(*command) as one:
        one.stdout.close()
        err = one.stderr.read()

    assert err == ""


def test_errors_of_a_process_are_one_line_too(url):
    with process("get", UNKNOWN, KLING_BASE_URL=url) as one:
        out, err = one.communicate(timeout=30)

    assert (one.returncode, out) == (1, "")
    assert re.fullmatch(rf"Error: {UNKNOWN} is not known here.*\n", err)


# ---------------------------------------------------------------------------------- dialects

GATEWAY = "kkiai-gateway"
PORTRAIT = {
    "model_name": "kling-v1",
    "image": "https://example.org/a.png",
    "prompt": "",
    "mode": "std",
    "duration": 5,
}


def test_a_body_is_held_against_a_dialect(kling, tmp_path):
    voice = {"prompt": "<<<voice_1>>> sings", "voice_list": [{"voice_id": "1"}], "sound": "on"}
    body = PORTRAIT | voice | {"model_name": "kling-v3"}
    (tmp_path / "portrait.json").write_text(json.dumps(body))
    command = ("validate", "createImageToVideoTask", "portrait.json")

    assert kling(*command, "--dialect", GATEWAY).output == ""
    here = kling(*command)
    assert here.exit_code == 1
    assert "image-to-video.voice-models" in here.stdout
    assert 'duration is a number and counts as "5"' in here.stderr


def test_the_gateways_own_example_passes(kling, tmp_path):
    operation = load(GATEWAY).operations["createImageToVideoTask"]
    examples = operation.node["requestBody"]["content"]["application/json"]["examples"]
    (tmp_path / "page.json").write_text(json.dumps(examples["gateway"]["value"]))

    done = kling("validate", operation.id, "page.json", "--dialect", GATEWAY)

    assert (done.exit_code, done.output) == (0, "")


def test_what_is_set_is_read_as_the_dialect_has_it(kling, tmp_path):
    (tmp_path / "portrait.json").write_text(json.dumps(PORTRAIT))
    command = ("validate", "createImageToVideoTask", "portrait.json", "--dialect", GATEWAY)

    assert kling(*command, "--set", "duration=10").output == ""
    assert "mode must be one of" in kling(*command, "--set", "mode=4k").stdout


def test_an_operation_that_a_dialect_lacks_is_unknown(kling):
    said = kling("validate", "createTextToVideoTask", "fox.json", "--dialect", "current-only")

    line = fails(said, 2, "there is no operation or family createTextToVideoTask")
    assert line.endswith("did you mean createKling30TextToVideoTask?")


@pytest.mark.parametrize("portable", [(), ("--portable",)])
@pytest.mark.parametrize("name", dialects())
def test_the_description_of_a_dialect_is_printed(kling, name, portable):
    shown = kling("spec", "--dialect", name, *portable)

    assert shown.stdout == source(name, portable=bool(portable))
    assert shown.stdout != kling("spec", *portable).stdout


@pytest.mark.parametrize(
    "command",
    [
        ("spec",),
        ("models",),
        ("validate", "createTextToVideoTask", "fox.json"),
        ("mock", "--port", "0"),
    ],
    ids=lambda command: command[0],
)
def test_an_unknown_dialect_is_named_beside_the_known_ones(kling, command):
    fails(kling(*command, "--dialect", "klingon"), 1, "no dialect klingon", *dialects())


@pytest.mark.parametrize("command", ["models", "spec", "validate", "mock"])
def test_help_names_every_dialect(kling, command):
    # Lines may end at the hyphen of a name.
    shown = " ".join(kling(command, "--help").stdout.split()).replace("- ", "-")

    assert f": {', '.join(dialects())}." in shown


def test_what_a_server_says_moves_no_cursor(kling, client, url):
    said = "no\x1b[2J\nroot: ok\x9b"
    plan = {"statuses": ["failed"], "message": said}
    httpx.post(f"{url}/_mock/plan", json=plan).raise_for_status()
    ref = client.create(REQUEST).ref

    shown = kling("get", ref).stdout
    assert shown == f"{ref}  failed  no\\x1b[2J\\nroot: ok\\x9b\n"
    text = kling("get", ref, "--json").stdout
    assert "\x1b" not in text
    assert "\x9b" not in text
    (task,) = json.loads(text)
    assert (task["message"], task["failure"]) == (said, "unknown")
    assert "\x1b" not in kling("wait", ref).output


@pytest.mark.filterwarnings("always::kling.KlingWarning")
def test_a_length_as_a_number_is_sent_as_the_text_that_it_means(kling, url, tmp_path):
    (tmp_path / "number.json").write_text(json.dumps({**FOX, "duration": 8, "mode": None}))

    checked = kling("validate", "text_to_video", "number.json")
    made = kling("run", "text_to_video", "number.json")

    for done in (checked, made):
        assert done.exit_code == 0, done.output
        assert 'Warning: duration is a number and counts as "8"' in done.stderr
        assert "Warning: mode is null and counts as absent" in done.stderr
    sent = httpx.get(f"{url}/_mock/state").json()["requests"]
    [body] = [one["body"] for one in sent if one["body"] and one["method"] == "POST"][:1]
    assert body["duration"] == "8"
    assert "mode" not in body


def test_an_exact_mock_refuses_what_is_read_as_another_type():
    command = [sys.executable, "-m", "kling", "mock", "--port", "0", "--exact"]
    headers = {"Authorization": "Bearer mock-api-key"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        url = server.stdout.readline().split()[-1]
        reply = httpx.post(
            f"{url}/v1/videos/text2video", json=FOX | {"duration": 8}, headers=headers
        )
        server.kill()

    assert reply.json()["code"] == 1201
    assert reply.headers["x-kling-mock-rules"] == "type"
