"""The command line where the machine is not as it should be: streams, proxies, files."""

import json
import os
import re
import subprocess
import sys
import traceback
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from command_line import cli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kling import Kling

FOX = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
REF = "text_to_video/752304618974529536"
# Where nobody listens: what gets as far as this has an error of its own.
NOBODY = "http://127.0.0.1:9"
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such redirections")
CLOSED = "standard output is closed; to discard output, write > /dev/null"
FULL = "cannot write to standard output: No space left on device"


def shell(redirections, *arguments, url=NOBODY):
    """Run a command with its streams redirected, as a shell does it."""
    command = [sys.executable, "-m", "kling", *arguments]
    return subprocess.run(
        ["sh", "-c", f'"$@" {redirections}', "sh", *command],
        env={**os.environ, "KLING_API_KEY": "mock-api-key", "KLING_BASE_URL": url},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def kling(*arguments, stdin=None, charset="utf-8"):
    runner = CliRunner(charset=charset)
    done = runner.invoke(cli, arguments, input=stdin, prog_name="kling")
    # An exception that is no exit would be a traceback.
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def the_error(done, code=1):
    """Assert that a command ended with one line on standard error, and return what it says."""
    assert (done.exit_code, done.stdout) == (code, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("Error: ")
    return line.removeprefix("Error: ")


# ------------------------------------------------------------------------------------- streams


@unix
@pytest.mark.parametrize("command", ["--help", "models", "run text_to_video fox.json"])
def test_a_closed_standard_output_is_one_line_before_anything_is_sent(command):
    done = shell(">&-", *command.split())

    assert (done.returncode, done.stderr) == (1, f"Error: {CLOSED}\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
@pytest.mark.parametrize("command", ["--help", "spec", "models --json", "models text_to_video"])
def test_a_full_disk_under_standard_output_is_one_line(command):
    done = shell("> /dev/full", *command.split())

    assert (done.returncode, done.stderr) == (1, f"Error: {FULL}\n")


@unix
@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full", "<&- 2>&-"])
def test_a_run_that_nobody_can_watch_goes_on(mock_process, tmp_path, redirection):
    if "full" in redirection and not Path("/dev/full").exists():
        pytest.skip("only Linux has a disk that is full")
    mock = mock_process("--as-of", "2026-03-01", "--speed", "6000")
    (tmp_path / "fox.json").write_text(json.dumps(FOX))
    options = ("--set", "duration=5", "--out", str(tmp_path))

    done = shell(
        redirection, "run", "text_to_video", str(tmp_path / "fox.json"), *options, url=mock.url
    )

    assert done.returncode == 0
    assert Path(done.stdout.strip()).read_bytes()[4:8] == b"ftyp"


@unix
def test_a_closed_standard_input_is_one_line():
    done = shell("<&-", "validate", "text_to_video", "-")

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "must contain an object" in done.stderr


@pytest.mark.parametrize(
    ("charset", "shown"),
    [("ascii", r"\u753b\u9762"), ("latin-1", r"\u753b\u9762"), ("utf-8", "画面")],
)
def test_a_terminal_that_lacks_characters_shows_them_written_out(task_line, charset, shown):
    text = kling("get", task_line("画面", "画面"), charset=charset).stdout
    assert text == f"{REF}  {shown}  {shown}\n"

    [found] = json.loads(kling("get", REF, "--json", charset=charset).stdout)
    assert found["message"] == "画面"


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_the_description_is_utf_8_whatever_the_terminal_takes(form):
    ascii_only, usual = (
        kling("spec", "--format", form, charset=one).stdout_bytes for one in ("ascii", "utf-8")
    )
    assert ascii_only == usual
    assert not usual.isascii()


# --------------------------------------------------------------------------- hostile servers


@pytest.fixture
def task_line(monkeypatch, scripted):
    """Return a function that lets every task have a status and a message, and returns its ref."""

    def serve(status, message, **more):
        task_id = REF.partition("/")[2]
        task = {"task_id": task_id, "task_status": status, "task_status_msg": message, **more}

        def reply(request):
            data = task if request.url.path.endswith(task_id) else [task]
            return httpx.Response(200, content=json.dumps({"code": 0, "data": data}).encode())

        def connected():
            return Kling(api_key="k", transport=scripted(reply))

        # private: the command has no option for a transport.
        monkeypatch.setattr("kling._cli.task_commands.Kling", connected)
        return REF

    return serve


HARM = ["\x00", "\r", "\x1b", "\x07", "\x7f", "\x9b", "\u2028", "\u202e", "\u2069", "\ud800"]
HOSTILE = st.lists(st.one_of(st.sampled_from(["\n", *HARM]), st.text(max_size=5)), max_size=6)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(HOSTILE.map("".join), HOSTILE.map("".join), st.sampled_from(["utf-8", "ascii"]))
def test_what_a_server_says_moves_no_cursor_and_forges_no_line(task_line, said, url, charset):
    result = {"videos": [{"id": "1", "url": f"https://e.org/{url}"}]}
    for status in ("succeed", "failed", f"new{said}"):
        task_line(status, said, task_result=result)
        for command in (("get", REF), ("list", "text_to_video")):
            done = kling(*command, charset=charset)
            assert (done.exit_code, done.stdout.count("\n")) == (0, 1)
            assert not any(harm in done.stdout for harm in HARM)
            text = kling(*command, "--json", charset=charset).stdout
            assert not any(harm in text for harm in HARM)
            # Halves that meet become a pair in JSON.
            assert json.loads(text)[0]["message"] == json.loads(json.dumps(said))
    task_line("failed", said)
    done = kling("wait", REF, charset=charset)
    # How far it is, and the error.
    assert (done.exit_code, done.stderr.count("\n")) == (1, 2)
    assert not any(harm in done.stderr for harm in HARM)


@pytest.mark.parametrize("harm", ["\x1b[2J", "a\nroot: ok", "\u202e"])
def test_the_name_of_a_field_moves_no_cursor(tmp_path, harm):
    (tmp_path / "fox.json").write_text(json.dumps({**FOX, harm: 1}))

    done = kling("validate", "text_to_video", str(tmp_path / "fox.json"))

    assert (done.exit_code, done.stdout.count("\n")) == (1, 1)
    assert harm not in done.output


@pytest.mark.parametrize(
    "command",
    [
        ("run", "\x1b[2J", "-"),
        ("validate", "text_to_video", "fox\x1b[2J.json"),
        ("validate", "text_to_video", "fox.json", "\x1b[2J"),
        ("get", "tasks/\x1b[2J,"),
    ],
)
def test_a_name_from_outside_moves_no_cursor_either(task_line, command):
    task_line("succeed", "")

    done = kling(*command)

    assert done.exit_code in (1, 2)
    assert r"\x1b[2J" in done.stderr
    assert "\x1b" not in done.stderr


# ------------------------------------------------------------------------------------- proxies

NO_URL = "in the environment is not the URL of a proxy, such as http://proxy.example.org:3128"
NO_HOSTS = "NO_PROXY in the environment is not a list of hosts, such as localhost,example.org"
WRONG = [
    *((f"{name}_PROXY", ":::", f"{name}_PROXY {NO_URL}") for name in ("HTTP", "HTTPS", "ALL")),
    ("http_proxy", "foo://x", f"HTTP_PROXY {NO_URL}"),
    ("HTTPS_PROXY", "http://u:hunter2@x:y", f"HTTPS_PROXY {NO_URL}"),
    ("HTTP_PROXY", "http://[::1", f"HTTP_PROXY {NO_URL}"),
    ("HTTP_PROXY", "http://\x1b", f"HTTP_PROXY {NO_URL}"),
    ("NO_PROXY", "[::1", NO_HOSTS),
    ("NO_PROXY", "http://x:y", NO_HOSTS),
    ("NO_PROXY", "\x1b", NO_HOSTS),
]


@pytest.fixture
def environment(monkeypatch):
    """Return a function that sets variables where there is no proxy yet."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("KLING_API_KEY", "k")
    monkeypatch.setenv("KLING_BASE_URL", NOBODY)
    return monkeypatch.setenv


@pytest.mark.parametrize(("name", "value", "said"), WRONG)
def test_a_proxy_that_is_none_is_named_without_its_password(
    either_kling, environment, name, value, said
):
    environment(name, value)

    with pytest.raises(ValueError, match=f"^{re.escape(said)}$") as caught:
        either_kling()
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))
    assert the_error(kling("get", REF)) == said


def test_a_proxy_is_not_looked_at_where_a_transport_is_given(either_kling, environment, scripted):
    environment("HTTP_PROXY", ":::")

    either_kling(transport=scripted({}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTP_PROXY", "127.0.0.1:9"),
        ("HTTP_PROXY", ""),
        ("NO_PROXY", "*"),
        ("NO_PROXY", ",, ,"),
        ("NO_PROXY", "127.0.0.1/8, ::1, .example.org"),
    ],
)
def test_an_odd_proxy_that_can_be_read_is_taken(either_kling, environment, name, value):
    environment(name, value)

    either_kling()


# --------------------------------------------------------------------------------------- files


def test_a_large_file_is_read_as_json_and_not_as_yaml(tmp_path):
    picture = "A" * 300_000
    for name in ("body.yaml", "body.txt"):
        (tmp_path / name).write_text(f"image: {picture}\n")
        said = the_error(kling("validate", "image_to_video", str(tmp_path / name)))
        assert said.endswith("it is not JSON, and too large for YAML (256 KiB at most); write JSON")
        assert "AAA" not in said
    # A slip in a large JSON is said as one.
    said = the_error(kling("validate", "image_to_video", "-", stdin=f'{{"image": "{picture}",}}'))
    assert "line 1 column" in said
    (tmp_path / "body.yaml").write_text(json.dumps({"model_name": "kling-v3", "image": picture}))
    assert (
        "cannot be read"
        not in kling("validate", "image_to_video", str(tmp_path / "body.yaml")).output
    )


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="only Unix has a file without an end")
def test_a_file_without_an_end_is_one_line(monkeypatch):
    # private: 256 MiB take a while.
    monkeypatch.setattr("kling._cli.yaml_files._MAX_SIZE", 2 * 1024 * 1024)

    said = the_error(kling("validate", "text_to_video", "/dev/zero"))

    assert said == "/dev/zero cannot be read as JSON or YAML: it is larger than 2 MiB"


@pytest.mark.parametrize("text", ['{"a":' * 5_000 + "1" + "}" * 5_000, "- " * 5_000, "[" * 5_000])
def test_a_file_that_is_nested_without_end_is_one_line(text):
    assert the_error(kling("validate", "text_to_video", "-", stdin=text)).endswith(
        "nested too deeply"
    )


def test_a_scenario_has_the_same_limits(tmp_path):
    (tmp_path / "plans.yaml").write_text("- {}\n" * 60_000)

    said = the_error(kling("mock", "--scenario", str(tmp_path / "plans.yaml")))

    assert said.endswith("it is not JSON, and too large for YAML (256 KiB at most); write JSON")
