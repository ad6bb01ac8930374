"""Aliases: paths that the description lacks, and the described paths that they stand for."""

import re
from collections.abc import Collection

from kling.description import meant

HOLE = "{}"
"""What stands for the parameter of a path, which is always its last segment."""
_SEGMENT = "[A-Za-z0-9_~-][A-Za-z0-9._~-]*"
_FORM = re.compile(f"{_SEGMENT}|(?:/{_SEGMENT})+")


def paths_of(new: str, known: str, described: Collection[str]) -> dict[str, str]:
    """Return the paths that an alias adds, each with the described path that it stands for.

    Args:
        new: a path, or a segment that replaces another segment in every path.
        known: the described path or segment. A path includes all paths below it.
        described: the paths of the description.

    Raises:
        ValueError: one of the two is neither a path nor a segment, one is a path and the other a
            segment, `new` is described, or `known` is not.
    """
    pair = f"the alias {new}={known}"
    for name in (new, known):
        if not _FORM.fullmatch(name):
            raise ValueError(
                f"{pair}: {name!r} is not a path or a segment of a path; "
                "write /text-to-video/new=/text-to-video/kling-3.0 or new=kling-3.0"
            )
    if new.startswith("/") != known.startswith("/"):
        raise ValueError(f"{pair}: both must be paths, or both must be segments of a path")
    if new.startswith("/"):
        names = [path for path in described if not path.endswith(HOLE)]
        below = [path for path in described if f"{path}/".startswith(f"{known}/")]
        found = {new + path.removeprefix(known): path for path in below}
    else:
        names = [*dict.fromkeys(one for path in described for one in path.split("/")[1:])]
        found = {_replaced(path, known, new): path for path in described}
        found = {path: old for path, old in found.items() if path != old}
    if known not in names:
        raise ValueError(
            f"{pair}: {known} is not in the description; {meant(known, names, _WHERE)}"
        )
    patterns = {f"{path.rpartition('/')[0]}/{HOLE}" for path in found if not path.endswith(HOLE)}
    for path, old in found.items():
        if _begin(path) == "_mock":
            raise ValueError(f"{pair}: paths below /_mock belong to the mock itself")
        if _standard(path) != _standard(old):
            raise ValueError(
                f"{pair}: {path} and {old} would belong to different standards; "
                "both must begin with /v1/, both with /solutions/, or neither"
            )
    if new in names or (found.keys() | patterns) & set(described):
        raise ValueError(f"{pair}: {new} is in the description, so it cannot be an alias")
    return found


_WHERE = "kling spec lists them all"


def _begin(path: str) -> str:
    return path.split("/")[1]


def _standard(path: str) -> str:
    """Return the first segment if it decides how tasks are queried; otherwise an empty string."""
    return _begin(path) if _begin(path) in ("v1", "solutions") else ""


def _replaced(path: str, old: str, new: str) -> str:
    return "/".join(new if one == old else one for one in path.split("/"))
