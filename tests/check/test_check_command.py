"""The command `kling check`."""

import json
import xml.etree.ElementTree as ET

import click.testing
import pytest
from gateway import Gateway, served

# private: the command is run in process, which is a hundred times faster
from kling._cli.group import cli
from wrong_servers import asks_for_no_credentials

ARGUMENTS = ("--part", "credentials", "--only", "text_to_video", "--as-of", "2026-09-14")


@pytest.fixture
def kling(monkeypatch):
    monkeypatch.setenv("KLING_API_KEY", "mock-api-key")

    def run(*arguments):
        return click.testing.CliRunner().invoke(cli, ["check", *arguments])

    return run


@pytest.fixture(scope="module")
def right():
    with served(Gateway()) as url:
        yield url


@pytest.fixture(scope="module")
def wrong():
    with served(Gateway(asks_for_no_credentials)) as url:
        yield url


def test_a_right_server_ends_with_0(kling, right):
    shown = kling(right, *ARGUMENTS)

    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "nothing found" in shown.stdout
    assert "not tried" in shown.stdout


def test_a_wrong_server_ends_with_1(kling, wrong):
    shown = kling(wrong, *ARGUMENTS)

    assert shown.exit_code == 1
    assert "a request without valid credentials was answered" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["http://127.0.0.1:9", *ARGUMENTS], "refused"),
        (["gateway", *ARGUMENTS], "such as http://127.0.0.1:8000"),
        (["http://127.0.0.1:9", "--part", "storys"], "'storys' is not one of"),
        (["http://127.0.0.1:9", "--only", "text_to_vidoe"], "did you mean text_to_video"),
        (["http://127.0.0.1:9", "--spend", "much"], "a number of units"),
        (["http://127.0.0.1:9", "--json", "-", "--html", "-"], "only one report"),
        (["http://127.0.0.1:9", "--patience", "nan"], "patience must be a number of seconds"),
        (["http://127.0.0.1:9", "--html", "no-such-folder/report.html"], "no-such-folder"),
        ([], "Missing argument 'URL'"),
    ],
)
def test_what_cannot_be_done_ends_with_2(arguments, told, kling):
    shown = kling(*arguments)

    assert shown.exit_code == 2
    assert told in shown.output
    assert "Traceback" not in shown.output


def test_reports_are_written_where_they_are_wanted(kling, wrong, tmp_path):
    files = {name: tmp_path / f"report.{name}" for name in ("junit", "json", "html")}
    options = [word for name, path in files.items() for word in (f"--{name}", str(path))]

    shown = kling(wrong, *ARGUMENTS, *options)

    assert "text_to_video" in shown.stdout
    assert json.loads(files["json"].read_text())["exit_code"] == 1
    assert ET.fromstring(files["junit"].read_text()).iter("failure")
    assert "<html" in files["html"].read_text()


def test_a_report_for_programs_can_be_all_that_is_printed(kling, right):
    shown = kling(right, *ARGUMENTS, "--json", "-")

    assert json.loads(shown.stdout)["findings"] == []


def test_help_begins_with_what_it_may_cost(kling):
    paragraphs = [" ".join(text.split()) for text in kling("--help").stdout.split("\n\n")]

    assert "gateway may be charged for requests that it forwards" in paragraphs[2]
    assert "at most one task in each of the parts refusals and types" in paragraphs[2]
