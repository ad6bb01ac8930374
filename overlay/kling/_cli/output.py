"""What the command line shows: to people in lines, to programs in JSON."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from kling._server_text import escaped, visible

if TYPE_CHECKING:
    from pathlib import Path

    from kling._files import Progress
    from kling._tasks import Task
    from kling.description import Capabilities, Cell


@contextmanager
def progress() -> "Iterator[Callable[[Task], None]]":
    """Give a function that shows how far a task is, on standard error."""
    from tqdm import tqdm

    terminal = sys.stderr.isatty()
    with tqdm(bar_format="{desc} {elapsed}", file=sys.stderr, disable=not terminal) as bar:
        said = None

        def show(task: "Task") -> None:
            nonlocal said
            bar.set_description_str(visible(f"{task.ref} {task.status}"))
            if not terminal and task.status != said:
                say(f"{task.ref} {task.status}")
            said = task.status

        yield show


@contextmanager
def download_progress() -> "Iterator[Callable[[Progress], None]]":
    """Give a function that shows how many bytes are here, on standard error."""
    from tqdm import tqdm

    files: dict[Path, Progress] = {}
    with tqdm(
        unit="B", unit_scale=True, file=sys.stderr, leave=False, disable=not sys.stderr.isatty()
    ) as bar:

        def show(one: "Progress") -> None:
            files[one.path] = one
            bar.total = sum(file.total or 0 for file in files.values())
            bar.n = sum(file.done for file in files.values())
            bar.refresh()

        yield show


def show_tasks(tasks: "list[Task]", as_json: bool) -> None:
    """Print tasks, a line each."""
    if as_json:
        print_json([_plain_task(task) for task in tasks])
        return
    for task in tasks:
        urls = (output.url for output in task.outputs if output.url)
        show("  ".join([task.ref, task.status, *filter(None, [task.message]), *urls]))


def show_paths(paths: "list[Path]", as_json: bool) -> None:
    """Print the files that were written, a line each."""
    if as_json:
        print_json([str(path) for path in paths])
    else:
        show(*paths)


def show_capabilities(families: "Mapping[str, list[Capabilities]]", as_json: bool) -> None:
    """Print which model takes what, by family."""
    if as_json:
        print_json({name: [asdict(one) for one in found] for name, found in families.items()})
        return
    for name, found in families.items():
        show(name)
        for one in found:
            show(f"  {one.model}" + (f"  (retired {one.retired})" if one.retired else ""))
            show(f"    {_cells(one.cells, None)}")
            for feature, cells in one.features.items():
                if cells:
                    show(f"    {feature}: {_cells(cells, one.cells)}")


def _plain_task(task: "Task") -> dict[str, Any]:
    names = ("ref", "id", "status", "failure", "message", "external_task_id", "units")
    dates = ("created_at", "updated_at")
    return {
        **{name: getattr(task, name) for name in (*names, *dates)},
        "charges": [asdict(charge) for charge in task.charges],
        "outputs": [asdict(output) for output in task.outputs],
    }


def _cells(cells: "tuple[Cell, ...]", all_cells: "tuple[Cell, ...] | None") -> str:
    """Say where something works, by modes that have the same lengths."""
    if cells == all_cells:
        return "everywhere"
    modes: dict[str, list[str]] = {}
    for mode in dict.fromkeys(mode for mode, _ in cells):
        lengths = [int(seconds) for other, seconds in cells if other == mode and seconds]
        modes.setdefault(_lengths(lengths), []).append(mode)
    parts = [(", ".join(filter(None, names)), lengths) for lengths, names in modes.items()]
    return "; ".join(": ".join(filter(None, part)) for part in parts) or "no choices"


def _lengths(seconds: list[int]) -> str:
    if not seconds:
        return ""
    unbroken = seconds == list(range(seconds[0], seconds[-1] + 1))
    if unbroken and len(seconds) > 2:
        return f"{seconds[0]} to {seconds[-1]} s"
    return " or ".join(map(str, seconds)) + " s"


def print_json(value: Any) -> None:
    """Print a value for a program to read."""
    # Only here, for the list of commands needs it as little as what describes tasks.
    import json

    def plain(inner: Any) -> str:
        return inner.isoformat() if isinstance(inner, date | datetime) else str(inner)

    is_ascii = not _encoding().lower().startswith("utf")
    write(escaped(json.dumps(value, indent=2, default=plain, ensure_ascii=is_ascii)))


def show(*lines: object) -> None:
    """Print lines of results for people, with what their terminal lacks written out."""
    for line in lines:
        text = visible(str(line))
        write(text.encode(_encoding(), "backslashreplace").decode(_encoding()))


def write(text: str | bytes) -> None:
    """Write to standard output as it is.

    Raises:
        ClickException: it cannot be written to, and why.
        BrokenPipeError: its reader has seen enough.
    """
    try:
        click.echo(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(unwritable(error)) from error


def unwritable(error: OSError) -> str:
    """Return what is said when standard output cannot be written to."""
    return f"standard output cannot be written to: {error.strerror or error}"


def say(text: str) -> None:
    """Tell people something that is no result; where nobody can read it the work goes on."""
    with suppress(OSError):
        click.echo(in_lines(text), err=True)


def in_lines(text: str) -> str:
    """Return a message of ours, fit to be shown; its own line breaks stay."""
    return "\n".join(map(visible, text.split("\n")))


def _encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"
