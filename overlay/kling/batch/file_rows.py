"""The rows of a file of jobs, JSON lines or CSV, whatever is in the file."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

# Bytes of a line. A body has at most some thousands of characters, for media are given by path.
_MOST = 1024 * 1024
_DELIMITERS = ",;\t"
# What a spreadsheet writes above the header to say which delimiter it took.
_SEPARATOR = "sep="
_IGNORED = "#"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that could be read."""

    line: int
    """The line on which it begins, from 1 on."""
    cells: Mapping[str, Any]
    """What it says, by the name of the column: texts in CSV, values in JSON. Empty cells lack."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row, or all that follows, that could not be read."""

    line: int
    """The line on which it begins, from 1 on."""
    message: str
    """What is wrong, and what would be right."""


def is_csv(path: Path) -> bool:
    """Whether a file has columns, by its name.

    Raises:
        ValueError: its name says neither that nor JSON lines.
    """
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".tsv", ".jsonl", ".ndjson"):
        raise ValueError(f"{path.name} must be .csv or .tsv, or .jsonl with an object on each line")
    return suffix in (".csv", ".tsv")


def rows(path: Path) -> Iterator[Row | Unreadable]:
    """Yield the rows of a file of jobs, line by line.

    Raises:
        OSError: the file cannot be read.
        ValueError: its name says neither CSV nor JSON lines.
    """
    has_columns = is_csv(path)
    lines = _Lines(path)
    try:
        yield from _of_csv(lines) if has_columns else _of_json(lines)
    except _BadLineError as error:
        yield Unreadable(lines.number, str(error))


class _BadLineError(Exception):
    """A line after which nothing can be read."""


class _BadJSONError(ValueError):
    """What json takes, and no request can have."""


class _Lines:
    """The lines of a text file, none of them huge."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.number = 0
        """Of the line that was read last."""

    def __iter__(self) -> Iterator[str]:
        with self._path.open("rb") as file:
            while data := file.readline(_MOST + 1):
                self.number += 1
                if len(data) > _MOST:
                    raise _BadLineError(
                        f"it has more than {_MOST >> 10} KiB; give pictures and sounds by the path "
                        "of their file"
                    )
                yield self._decoded(data)

    def _decoded(self, data: bytes) -> str:
        if self.number == 1 and data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise _BadLineError('the file is in UTF-16; save it as "CSV UTF-8"')
        if b"\0" in data:
            raise _BadLineError("it has a byte 0, so the file is no text")
        try:
            return data.decode("utf-8-sig" if self.number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise _BadLineError(
                f"it is not UTF-8 from byte {error.start + 1} on; save the file in UTF-8, which a "
                'spreadsheet calls "CSV UTF-8"'
            ) from None


def _of_json(lines: _Lines) -> Iterator[Row | Unreadable]:
    for line in lines:
        if not line.strip():
            continue
        try:
            value = json.loads(line, object_pairs_hook=_object, parse_constant=_no_constant)
        except RecursionError:
            yield Unreadable(lines.number, "it is nested too deeply")
            continue
        except json.JSONDecodeError as error:
            # Not its text, which says another line and may quote the document.
            yield Unreadable(
                lines.number, f"it is no JSON from column {error.colno} on: {error.msg}"
            )
            continue
        except _BadJSONError as error:
            yield Unreadable(lines.number, str(error))
            continue
        except ValueError:
            yield Unreadable(lines.number, "it has a number of too many digits")
            continue
        if isinstance(value, dict):
            yield Row(lines.number, value)
        else:
            form = '{"id": "fox", "operation": "text_to_video", "prompt": "A fox at dawn"}'
            yield Unreadable(lines.number, f"it must be an object, such as {form}")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _BadJSONError(f"it has {twice[:40]} twice; leave one of them out")
    return found


def _no_constant(name: str) -> Any:
    raise _BadJSONError(f"{name} is no JSON")


def _of_csv(lines: _Lines) -> Iterator[Row | Unreadable]:
    texts = iter(lines)
    first = next(texts, "")
    delimiter = ""
    if first.lower().startswith(_SEPARATOR):
        delimiter, first = first[len(_SEPARATOR) :].strip("\r\n")[:1], next(texts, "")
    delimiter = delimiter or max(_DELIMITERS, key=first.count)
    reader = csv.reader(chain([first], texts), delimiter=delimiter, strict=True)
    header: list[str] = []
    above = lines.number - 1  # lines before those that the reader counts
    before = 0
    try:
        for cells in reader:
            line, before = above + before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if header:
                yield _row(line, header, cells)
                continue
            header = [cell.strip() for cell in cells]
            twice = {name for name in header if name and header.count(name) > 1}
            if twice:
                named = ", ".join(sorted(twice))
                yield Unreadable(line, f"the header has {named} twice; rename one of the columns")
                return
    except csv.Error as error:
        is_open = "unexpected end" in str(error) or "larger than" in str(error)
        told = "is not closed" if is_open else 'is inside of a text; write it twice there, like ""'
        text = f"a quotation mark {told}; nothing from here on could be read"
        yield Unreadable(above + before + 1, text)


def _row(line: int, header: list[str], cells: list[str]) -> Row | Unreadable:
    unnamed = [number for number, cell in enumerate(cells, start=1) if cell.strip()]
    unnamed = [number for number in unnamed if number > len(header) or not header[number - 1]]
    if unnamed:
        return Unreadable(
            line,
            f"cell {unnamed[0]} has no column in the header; put a text with the delimiter in it "
            'between quotation marks, "like this"',
        )
    named = zip(header, cells, strict=False)  # what a row lacks at its end is empty
    filled = {name: cell for name, cell in named if cell.strip() and name[:1] != _IGNORED}
    return Row(line, filled)
