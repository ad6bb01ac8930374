import re
import signal
import socket
import subprocess
import sys

import httpx
import pytest
from click.testing import CliRunner
from command_line import cli
from kling import Kling, NotFoundError, models

# It names no model that could be retired on the day of the test.
REQUEST = models.AvatarRequest(image="https://e.org/a.png", sound_file="https://e.org/a.mp3")


def run(*options):
    command = [sys.executable, "-m", "kling", *options]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=20)


def client(mock):
    return Kling(api_key="mock-api-key", base_url=mock.url)


def test_the_mock_says_where_it_is_and_what_it_takes(mock_process):
    mock = mock_process()

    assert re.fullmatch(r"Kling mock listening on http://127\.0\.0\.1:\d+", mock.lines[0])
    assert [line.split()[-1] for line in mock.lines[1:4]] == [
        "mock-api-key",
        "mock-access-key",
        "mock-secret-key-of-32-bytes-or-more",
    ]


def test_the_mock_takes_what_it_says(mock_process):
    mock = mock_process("--as-of", "2026-03-01")
    access_key, secret_key = (line.split()[-1] for line in mock.lines[2:4])

    with client(mock) as by_key:
        task = by_key.create(REQUEST)
    with Kling(access_key=access_key, secret_key=secret_key, base_url=mock.url) as by_pair:
        assert by_pair.retrieve(task.ref).id == task.id


def test_the_whole_road_works_over_a_real_connection(mock_process, tmp_path):
    mock = mock_process("--as-of", "2026-03-01", "--speed", "600")

    with client(mock) as one:
        task = one.wait(one.create(REQUEST), timeout=10, interval=0.02)
        [path] = one.download(task, tmp_path)

    assert path.read_bytes()[4:8] == b"ftyp"


def test_a_day_decides_which_models_are_alive(mock_process):
    def status(day):
        url = f"{mock_process('--as-of', day).url}/v1/videos/text2video"
        body = {"model_name": "kling-v1", "prompt": "A fox at dawn"}
        headers = {"Authorization": "Bearer mock-api-key"}
        return httpx.post(url, json=body, headers=headers).status_code

    # Not through the client, which warns of what is retired today.
    assert (status("2026-09-14"), status("2026-09-15")) == (200, 404)


def test_a_port_in_use_is_one_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("mock", "--port", str(port))

    assert done.returncode == 1
    assert done.stdout == ""
    assert re.fullmatch(rf"Error: cannot listen on 127\.0\.0\.1:{port}: .+\n", done.stderr)


def test_an_address_of_another_machine_is_one_line():
    done = run("mock", "--port", "0", "--host", "203.0.113.1")

    assert done.returncode == 1
    assert re.fullmatch(r"Error: cannot listen on 203\.0\.113\.1:0: .+\n", done.stderr)


@pytest.mark.parametrize(
    "options",
    [
        ("--as-of", "yesterday"),
        ("--as-of", "2026-02-30"),
        ("--port", "70000"),
        ("--speed", "0"),
        ("--speed", "fast"),
        ("--no-such-option",),
    ],
    ids=" ".join,
)
def test_a_wrong_option_is_named(options):
    done = CliRunner().invoke(cli, ["mock", *options])

    assert done.exit_code == 2
    assert options[0] in done.stderr
    assert "Try 'cli mock --help' for help." in done.stderr


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_has_an_example(option):
    done = CliRunner().invoke(cli, ["mock", option])

    assert done.exit_code == 0
    assert re.search(r"Example: kling mock .*--port", done.stdout)
    assert "mock" in CliRunner().invoke(cli, [option]).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_control_c_ends_it_without_a_traceback(mock_process):
    mock = mock_process()
    with client(mock) as one, pytest.raises(NotFoundError):
        one.retrieve("text_to_video/1")

    mock.process.send_signal(signal.SIGINT)
    out, err = mock.process.communicate(timeout=10)

    assert (mock.process.returncode, out, err) == (0, "Kling mock stopped\n", "")


@pytest.mark.parametrize("missing", ["click", "uvicorn"])
def test_without_its_packages_the_command_says_what_to_install(missing):
    program = f"""
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name == "{missing}":
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Blocker())
sys.argv = ["kling", "mock"]
from kling.__main__ import main
main()
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=20)

    assert done.returncode == 1
    assert done.stderr == (
        f"kling: the command line needs the package {missing}; "
        'install it with: pip install "kling-openapi[cli]"\n'
    )
