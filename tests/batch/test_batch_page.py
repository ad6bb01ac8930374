"""The page about batches: what it shows works, and it leaves no status and no command out."""

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
from command_line import cli
from kling.batch import STATUSES, Batch, look_at
from media_files import png

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "batch.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [
    line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines() if "batch " in line
]
GROUP: Any = cli.get_command(click.Context(cli), "batch")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with the table of the page and its pictures."""
    for name in ("fox", "hare"):
        (tmp_path / f"{name}.png").write_bytes(png(400, 400))
    [table] = [text for kind, text in BLOCKS if kind == "csv"]
    (tmp_path / "clips.csv").write_text(table)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_tables_of_the_page_have_no_mistake(folder):
    [lines] = [text for kind, text in BLOCKS if kind == "json"]
    (folder / "clips.jsonl").write_text(lines)
    fields = {"model_name": "kling-v3"}

    table = look_at("clips.csv", operation="image_to_video", fields=fields)
    other = look_at("clips.jsonl")

    assert (table.problems, other.problems) == ((), ())
    assert [job.id for job in table.jobs] == ["fox", "hare"]
    assert [job.id for job in other.jobs] == ["fox", "lake"]


@pytest.mark.parametrize("line", [one for one in COMMANDS if one.startswith("kling ")])
@pytest.mark.usefixtures("folder")
def test_a_command_of_the_page_is_understood(line):
    _, _, name, *arguments = shlex.split(line)
    command: click.Command = GROUP.commands[name]

    with command.make_context(f"kling batch {name}", arguments) as context:
        assert context.params


def test_every_command_and_every_status_is_on_the_page():
    assert all(f"kling batch {name}" in PAGE for name in GROUP.commands)
    assert re.findall(
        r"^\| `(\w+)` \|", PAGE.partition("## What each status")[2], re.MULTILINE
    ) == [*STATUSES]


def test_the_program_of_the_page_makes_its_files(folder, client_of, monkeypatch, capsys):
    [program] = [text for kind, text in BLOCKS if kind == "python"]
    monkeypatch.setattr(
        "kling.batch.Batch", lambda state, **options: Batch(state, client=client_of, **options)
    )

    exec(compile(program, "page", "exec"), {})

    assert sorted(path.name for path in (folder / "clips").iterdir()) == ["fox.mp4", "hare.mp4"]
    assert "fox succeeded" in capsys.readouterr().out
