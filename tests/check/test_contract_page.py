"""What docs/how-to/contract-tests.md says and shows is true."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
from command_line import cli
from gateway import Gateway, served
from kling.check import PARTS
from wrong_servers import refuses_with_1203

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "contract-tests.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
[PROGRAM] = [text for kind, text in BLOCKS if kind == "python" and "urllib" in text]
[TEST] = [text for kind, text in BLOCKS if kind == "python" and "def test_" in text]
ENTRIES = ROOT / "generated" / "kling_api" / "fixtures.json"


def table(heading):
    """Return the first column of the table that follows a heading or a line."""
    rows = PAGE.partition(heading)[2].partition("\n| `")[2].partition("\n\n")[0].split("\n| ")
    return [row.split("|")[0] for row in rows]


def replayed(gateway, folder, *options):
    """Run the program with some of the entries, as a reader would."""
    (folder / "replay.py").write_text(PROGRAM, encoding="utf-8")
    some = json.loads(ENTRIES.read_text(encoding="utf-8"))[::8]
    (folder / "fixtures.json").write_text(json.dumps(some))
    with served(gateway) as url:
        return subprocess.run(
            [sys.executable, "-W", "error", "replay.py", url, "fixtures.json", *options],
            cwd=folder,
            env={**os.environ, "KLING_API_KEY": "mock-api-key"},
            capture_output=True,
            text=True,
            check=False,
        )


def test_a_right_server_answers_the_entries_as_they_say_again_and_again(tmp_path):
    gateway = Gateway()

    for _ in range(2):
        done = replayed(gateway, tmp_path, "--paid")

        assert done.returncode == 0, done.stdout + done.stderr
        sent, wrong, left = map(int, re.findall(r"\d+", done.stdout))
        assert (sent > 250, wrong, left > 50) == (True, 0, True)
    assert gateway.created


def test_nothing_is_made_unless_it_may_be_paid_for(tmp_path):
    gateway = Gateway()

    done = replayed(gateway, tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    assert gateway.created == []
    assert int(done.stdout.split()[0]) > 10


def test_the_program_finds_a_wrong_code(tmp_path):
    done = replayed(Gateway(refuses_with_1203), tmp_path)

    assert done.returncode == 1
    assert "expected (400, 1201), got (400, 1203)" in done.stdout


def test_the_test_of_the_page_passes(pytester, monkeypatch):
    monkeypatch.setenv("KLING_API_KEY", "mock-api-key")
    with served(Gateway()) as url:
        pytester.makepyfile(TEST.replace("https://gateway.example/kling", url))

        pytester.runpytest_inprocess().assert_outcomes(passed=1)


def test_every_option_of_the_command_is_explained():
    command = cli.get_command(click.Context(cli), "check")
    options = {name for option in command.params for name in option.opts}

    explained = {
        name for cell in table("## Check a gateway") for name in re.findall(r"--[\w-]+", cell)
    }

    assert explained == options - {"url"}


def test_every_part_is_explained():
    assert set(re.findall(r"\w+", " ".join(table("### The parts")))) == set(PARTS)


def test_every_key_of_an_entry_is_explained():
    [entry, *_] = json.loads(ENTRIES.read_text(encoding="utf-8"))

    explained = " ".join(table("`generated/kling_api/fixtures.json`"))
    assert set(re.findall(r"\w+", explained)) == set(entry)


def test_the_commands_of_the_page_exist():
    commands = re.findall(r"^kling (\w+)", PAGE, re.MULTILINE)
    targets = re.findall(r"`make ([\w-]+)", PAGE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert set(commands) == {"mock", "check"}
    assert targets
    assert all(f"\n{target}:" in makefile for target in targets)
