"""Output of the commands: lines for people, JSON for programs."""

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
def task_progress() -> "Iterator[Callable[[Task], None]]":
    """Yield a function that shows the status of a task on standard error."""
    from tqdm import tqdm

    is_terminal = sys.stderr.isatty()
    with tqdm(bar_format="{desc} {elapsed}", file=sys.stderr, disable=not is_terminal) as bar:
        last_status = None

        def show(task: "Task") -> None:
            nonlocal last_status
            bar.set_description_str(visible(f"{task.ref} {task.status}"))
            if not is_terminal and task.status != last_status:
                print_message(f"{task.ref} {task.status}")
            last_status = task.status

        yield show


@contextmanager
def download_progress() -> "Iterator[Callable[[Progress], None]]":
    """Yield a function that shows how many bytes have arrived, on standard error."""
    from tqdm import tqdm

    files: dict[Path, Progress] = {}
    with tqdm(
        unit="B", unit_scale=True, file=sys.stderr, leave=False, disable=not sys.stderr.isatty()
    ) as bar:

        def show(progress: "Progress") -> None:
            files[progress.path] = progress
            bar.total = sum(file.total or 0 for file in files.values())
            bar.n = sum(file.done for file in files.values())
            bar.refresh()

        yield show


def print_tasks(tasks: "list[Task]", as_json: bool) -> None:
    """Print tasks as JSON, or one task per line."""
    if as_json:
        print_json([_task_fields(task) for task in tasks])
        return
    for task in tasks:
        urls = (output.url for output in task.outputs if output.url)
        print_lines("  ".join([task.ref, task.status, *filter(None, [task.message]), *urls]))


def print_paths(paths: "list[Path]", as_json: bool) -> None:
    """Print paths as JSON, or one path per line."""
    if as_json:
        print_json([str(path) for path in paths])
    else:
        print_lines(*paths)


def print_capabilities(families: "Mapping[str, list[Capabilities]]", as_json: bool) -> None:
    """Print what each model supports, by family."""
    if as_json:
        print_json({name: list(map(asdict, models)) for name, models in families.items()})
        return
    for name, models in families.items():
        print_lines(name)
        for model in models:
            retired = f"  (retired {model.retired})" if model.retired else ""
            print_lines(f"  {model.model}{retired}")
            print_lines(f"    {_modes_and_lengths(model.cells, None)}")
            for feature, cells in model.features.items():
                if cells:
                    print_lines(f"    {feature}: {_modes_and_lengths(cells, model.cells)}")


def _task_fields(task: "Task") -> dict[str, Any]:
    names = ("ref", "id", "status", "failure", "message", "external_task_id", "units")
    dates = ("created_at", "updated_at")
    return {
        **{name: getattr(task, name) for name in (*names, *dates)},
        "charges": [asdict(charge) for charge in task.charges],
        "outputs": [asdict(output) for output in task.outputs],
    }


def _modes_and_lengths(cells: "tuple[Cell, ...]", all_cells: "tuple[Cell, ...] | None") -> str:
    """Return some modes and lengths of a model in words, such as `std, pro: 5 or 10 s`.

    Args:
        cells: pairs of a mode and a length. The mode is empty if the model has no modes, and the
            length if it has no lengths.
        all_cells: all pairs of the model. If `cells` contains all of them, the result says only
            that. None to list the pairs in any case.
    """
    if cells == all_cells:
        return "in all modes and lengths"
    seconds_of: dict[str, list[int]] = {}
    for mode, seconds in cells:
        lengths = seconds_of.setdefault(mode, [])
        if seconds:
            lengths.append(int(seconds))
    # Modes with the same lengths are named together.
    modes_with: dict[str, list[str]] = {}
    for mode, lengths in seconds_of.items():
        modes_with.setdefault(_lengths(lengths), []).append(mode)
    parts = []
    for words, modes in modes_with.items():
        names = ", ".join(mode for mode in modes if mode)
        parts.append(": ".join(text for text in (names, words) if text))
    return "; ".join(parts) or "no choices"


def _lengths(seconds: list[int]) -> str:
    if not seconds:
        return ""
    has_no_gaps = seconds == list(range(seconds[0], seconds[-1] + 1))
    if has_no_gaps and len(seconds) > 2:
        return f"{seconds[0]} to {seconds[-1]} s"
    return " or ".join(map(str, seconds)) + " s"


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    # Imported here because `kling --help` does not need it.
    import json

    def plain(inner: Any) -> str:
        return inner.isoformat() if isinstance(inner, date | datetime) else str(inner)

    is_ascii = not _encoding().lower().startswith("utf")
    write_stdout(escaped(json.dumps(value, indent=2, default=plain, ensure_ascii=is_ascii)))


def print_lines(*lines: object) -> None:
    """Print results as lines; characters that the terminal cannot encode become escapes."""
    for line in lines:
        text = visible(str(line))
        write_stdout(text.encode(_encoding(), "backslashreplace").decode(_encoding()))


def write_stdout(text: str | bytes) -> None:
    """Write text to standard output as it is.

    Raises:
        ClickException: standard output cannot be written to.
        BrokenPipeError: the reader of a pipe has closed it.
    """
    try:
        click.echo(text)
    except BrokenPipeError:
        raise  # not a problem: a reader such as `head` stops early
    except OSError as error:
        raise click.ClickException(stdout_problem(error)) from error


def stdout_problem(error: OSError) -> str:
    """Return the message for a failed write to standard output."""
    return f"cannot write to standard output: {error.strerror or error}"


def print_message(text: str) -> None:
    """Print to standard error what is not a result; ignore a failed write."""
    with suppress(OSError):
        click.echo(printable(text), err=True)


def printable(text: str) -> str:
    """Return one of our messages with control characters escaped; line breaks stay."""
    return "\n".join(map(visible, text.split("\n")))


def _encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"
