"""Aliases: paths that are not in the description, and the described paths that they stand for."""

import re
from collections.abc import Collection

from kling.description import meant

PARAMETER = "{}"
"""Replaces a parameter such as {id} in a path. It can only be the last segment of the path."""
_SEGMENT = "[A-Za-z0-9_~-][A-Za-z0-9._~-]*"
_FORM = re.compile(f"{_SEGMENT}|(?:/{_SEGMENT})+")


def paths_of(new: str, known: str, described: Collection[str]) -> dict[str, str]:
    """Return the paths that an alias adds, each with the described path that it stands for.

    Args:
        new: a path, or a segment that replaces another segment in every path.
        known: the described path or segment. A path includes all paths below it.
        described: the paths of the description.

    Raises:
        ValueError: `new` and `known` are not both paths or both segments, `new` is in the
            description, or `known` is not in the description.
    """
    alias = f"the alias {new}={known}"
    for name in (new, known):
        if not _FORM.fullmatch(name):
            raise ValueError(
                f"{alias}: {name!r} is not a path or a segment of a path; "
                "write /text-to-video/new=/text-to-video/kling-3.0 or new=kling-3.0"
            )
    if new.startswith("/") != known.startswith("/"):
        raise ValueError(f"{alias}: both must be paths, or both must be segments of a path")
    if new.startswith("/"):
        kind, names = "paths", [path for path in described if not path.endswith(PARAMETER)]
        below = [path for path in described if f"{path}/".startswith(f"{known}/")]
        found = {new + path.removeprefix(known): path for path in below}
    else:
        kind = "segments of paths"
        names = [*dict.fromkeys(name for path in described for name in path.split("/")[1:])]
        found = {_replaced(path, known, new): path for path in described}
        found = {path: old for path, old in found.items() if path != old}
    if known not in names:
        hint = meant(known, names, "kling operations lists all paths", "described " + kind)
        raise ValueError(f"{alias}: {known} is not in the description; {hint}")
    # A new path must not be a described path, nor look like an id below a described path.
    patterns = {
        f"{path.rpartition('/')[0]}/{PARAMETER}" for path in found if not path.endswith(PARAMETER)
    }
    for path, old in found.items():
        if _first_segment(path) == "_mock":
            raise ValueError(f"{alias}: paths below /_mock belong to the mock itself")
        if _standard_prefix(path) != _standard_prefix(old):
            raise ValueError(
                f"{alias}: {path} and {old} would belong to different standards; "
                "begin both with /v1/, both with /solutions/, or both with something else"
            )
    if new in names or (found.keys() | patterns) & set(described):
        raise ValueError(f"{alias}: {new} is in the description, so it cannot be an alias")
    return found


def _first_segment(path: str) -> str:
    return path.split("/")[1]


def _standard_prefix(path: str) -> str:
    """Return the first segment if it decides how tasks are queried; otherwise an empty string."""
    return _first_segment(path) if _first_segment(path) in ("v1", "solutions") else ""


def _replaced(path: str, old: str, new: str) -> str:
    return "/".join(new if segment == old else segment for segment in path.split("/"))
