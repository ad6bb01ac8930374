"""The results of a task as a plan wants them."""

from collections.abc import Iterator, Mapping
from typing import Any

CURRENT_NAMES: Mapping[str, str] = {
    "url_mp3": "mp3_url",
    "url_wav": "wav_url",
    "duration_mp3": "mp3_duration",
    "duration_wav": "wav_duration",
    "trial_url": "url",
    **{f"{kind}_{name}": name for kind in ("voice", "element") for name in ("id", "name")},
    "element_description": "description",
}
"""The fields of a result that the current standard calls something else."""


def put_in(result: Mapping[str, Any], planned: tuple[Mapping[str, Any], ...]) -> None:
    """Let the outputs of a result say what is planned: the first plan is of the first output.

    Of more plans than outputs each makes another one, like the last output. What an output of this
    kind cannot have is left out.
    """
    for number, wanted in enumerate(planned):
        entries = [*_entries(result)]
        if number >= len(entries):
            if not entries:
                return
            last, there = entries[-1]
            another = dict(last)
            if "index" in another:
                another["index"] += 1
            there.append(another)
            entries.append((another, there))
        entry, _ = entries[number]
        for name in list(entry):
            for key in (name, CURRENT_NAMES.get(name, name)):
                if key in wanted:
                    entry[name] = _alike(entry[name], wanted[key])
        # Only with a watermark it is there.
        if "url" in entry and "watermark_url" in wanted:
            entry["watermark_url"] = wanted["watermark_url"]


def _entries(result: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield each output, and the list that it is in."""
    for entries in result.values():
        if isinstance(entries, list):
            for entry in entries:
                yield entry, entries


def _alike(before: Any, value: Any) -> Any:
    """Return a value, as a number where an id is one."""
    is_number = isinstance(before, int) and isinstance(value, str) and value.isdecimal()
    return int(value) if is_number and value.isascii() and len(value) < 20 else value
