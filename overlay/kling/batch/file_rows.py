"""Reads the rows of a jobs file, in JSON lines or CSV, even if parts of it are not valid."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

# How many bytes a line may have. Bodies are short, because media are given by path.
_MOST_BYTES = 1024 * 1024
_DELIMITERS = ",;\t"
# A spreadsheet may write this line above the header, to name the delimiter.
_SEPARATOR = "sep="
# A column whose name begins with this character is a note, and is not read.
_NOTE_MARK = "#"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file."""

    line: int
    """The number of the line on which it begins, from 1."""
    cells: Mapping[str, Any]
    """The cells by column. In a CSV file they are texts, and empty cells are left out.

    In JSON lines they are the values of the object by key.
    """


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that could not be read. After some problems, the rest of the file is not read."""

    line: int
    """The number of the line on which it begins, from 1."""
    message: str
    """What is wrong, and what would be right."""


def is_csv(path: Path) -> bool:
    """Return whether a file is CSV, by the end of its name.

    Raises:
        ValueError: the name does not end in .csv, .tsv, .jsonl or .ndjson.
    """
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".tsv", ".jsonl", ".ndjson"):
        raise ValueError(
            f"the name of {path.name} must end in .csv or .tsv, or in .jsonl or .ndjson for a file "
            "with a JSON object on each line"
        )
    return suffix in (".csv", ".tsv")


def rows(path: Path) -> Iterator[Row | Unreadable]:
    """Yield the rows of a jobs file, line by line.

    Raises:
        OSError: the file cannot be read.
        ValueError: the name does not end in .csv, .tsv, .jsonl or .ndjson.
    """
    has_columns = is_csv(path)
    lines = _Lines(path)
    try:
        yield from _csv_rows(lines) if has_columns else _json_rows(lines)
    except _BadLineError as error:
        yield Unreadable(lines.number, str(error))


class _BadLineError(Exception):
    """A line after which the file cannot be read."""


class _BadJSONError(ValueError):
    """A value that the module json accepts, but that no request can have."""


class _Lines:
    """The lines of a text file. A line that is too long is an error."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.number = 0
        """The number of the line that was read last."""

    def __iter__(self) -> Iterator[str]:
        with self._path.open("rb") as file:
            while data := file.readline(_MOST_BYTES + 1):
                self.number += 1
                if len(data) > _MOST_BYTES:
                    raise _BadLineError(
                        f"the line has more than {_MOST_BYTES >> 10} KiB; give images and audio by "
                        "the path of their file"
                    )
                yield self._decoded(data)

    def _decoded(self, data: bytes) -> str:
        if self.number == 1 and data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise _BadLineError('the file is in UTF-16; save it as "CSV UTF-8"')
        if b"\0" in data:
            raise _BadLineError(
                "the line contains a byte 0, so the file is not text; save it in UTF-8"
            )
        try:
            return data.decode("utf-8-sig" if self.number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise _BadLineError(
                f"byte {error.start + 1} of the line is not UTF-8; save the file in UTF-8, which a "
                'spreadsheet calls "CSV UTF-8"'
            ) from None


def _json_rows(lines: _Lines) -> Iterator[Row | Unreadable]:
    for line in lines:
        if not line.strip():
            continue
        try:
            value = json.loads(
                line,
                object_pairs_hook=_object_without_repeated_keys,
                parse_constant=_refuse_constant,
            )
        except RecursionError:
            yield Unreadable(lines.number, "the line is nested too deeply")
            continue
        except json.JSONDecodeError as error:
            # str(error) is not used: its line number is always 1, and it may quote the line.
            yield Unreadable(
                lines.number, f"the line is not valid JSON at column {error.colno}: {error.msg}"
            )
            continue
        except _BadJSONError as error:
            yield Unreadable(lines.number, str(error))
            continue
        except ValueError:  # json.loads raises no other ValueError
            yield Unreadable(lines.number, "the line has a number with too many digits")
            continue
        if isinstance(value, dict):
            yield Row(lines.number, value)
        else:
            form = '{"id": "fox", "operation": "text_to_video", "prompt": "A fox at dawn"}'
            yield Unreadable(lines.number, f"the line must be a JSON object, such as {form}")


def _object_without_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _BadJSONError(f"the object has the key {twice[:40]} twice; leave one of them out")
    return found


def _refuse_constant(name: str) -> Any:
    raise _BadJSONError(f"{name} is not valid JSON")


def _csv_rows(lines: _Lines) -> Iterator[Row | Unreadable]:
    """Yield the rows below the header, which is the first row that is not empty."""
    texts = iter(lines)
    first = next(texts, "")
    delimiter = ""
    if first.lower().startswith(_SEPARATOR):
        delimiter = first[len(_SEPARATOR) :].strip("\r\n")[:1]
        first = next(texts, "")
    # If the file does not name its delimiter, it is the one that the header has most often.
    delimiter = delimiter or max(_DELIMITERS, key=first.count)
    reader = csv.reader(chain([first], texts), delimiter=delimiter, strict=True)
    header: list[str] = []
    lines_above = lines.number - 1  # the reader does not count the line that names the delimiter
    lines_read = 0
    try:
        for cells in reader:
            # A row may have several lines, because a cell may contain line breaks.
            line = lines_above + lines_read + 1
            lines_read = reader.line_num
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
        # If a quotation mark is not closed, the rest of the file is one cell, which may be
        # longer than the module csv allows.
        is_unclosed = "unexpected end" in str(error) or "larger than" in str(error)
        problem = "is not closed" if is_unclosed else 'must be doubled inside of a text, like ""'
        text = f"a quotation mark {problem}; the file could not be read from here on"
        yield Unreadable(lines_above + lines_read + 1, text)


def _row(line: int, header: list[str], cells: list[str]) -> Row | Unreadable:
    """Return a row whose cells are named by the header."""
    filled = [number for number, cell in enumerate(cells, start=1) if cell.strip()]
    # These cells are to the right of the header, or below an empty cell of the header.
    unnamed = [number for number in filled if number > len(header) or not header[number - 1]]
    if unnamed:
        return Unreadable(
            line,
            f"cell {unnamed[0]} does not have a column in the header; if a text contains the "
            'delimiter, put the text in quotation marks, "like this"',
        )
    named = {
        name: cell
        for name, cell in zip(header, cells, strict=False)  # cells that are missing are empty
        if cell.strip() and not name.startswith(_NOTE_MARK)
    }
    return Row(line, named)
