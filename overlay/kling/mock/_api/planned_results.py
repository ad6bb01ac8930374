"""Puts the planned fields into the results of a task."""

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
"""By the name of a field of a result in /v1: its different name in the current standard."""


def apply_planned_results(
    result: Mapping[str, Any], planned: tuple[Mapping[str, Any], ...]
) -> None:
    """Put planned fields into the outputs of a result: the first mapping into the first output.

    If there are more mappings than outputs, each further mapping adds a copy of the last output.
    Fields that an output of this kind does not have are ignored.
    """
    for number, wanted in enumerate(planned):
        entries = [*_entries(result)]
        if number >= len(entries):
            if not entries:
                return
            last, containing_list = entries[-1]
            another = dict(last)
            if "index" in another:
                another["index"] += 1
            containing_list.append(another)
            entries.append((another, containing_list))
        entry, _ = entries[number]
        for name in list(entry):
            # A plan may use the name in either standard.
            for key in (name, CURRENT_NAMES.get(name, name)):
                if key in wanted:
                    entry[name] = _of_same_type(entry[name], wanted[key])
        # An output has watermark_url only if a watermark was requested. A plan may add this field.
        if "url" in entry and "watermark_url" in wanted:
            entry["watermark_url"] = wanted["watermark_url"]


def _entries(result: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield each output, and the list that contains it."""
    for entries in result.values():
        if isinstance(entries, list):
            for entry in entries:
                yield entry, entries


def _of_same_type(before: Any, value: Any) -> Any:
    """Return a value, converted to a number if it replaces a number."""
    is_number = isinstance(before, int) and isinstance(value, str) and value.isdecimal()
    return int(value) if is_number and value.isascii() and len(value) < 20 else value
