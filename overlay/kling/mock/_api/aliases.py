"""Paths that nobody has described, and the described paths that they stand for."""

import re
from collections.abc import Collection

from kling.description import meant

HOLE = "{}"
"""The parameter of a path, which is its last step."""
_SEGMENT = "[A-Za-z0-9_~-][A-Za-z0-9._~-]*"
_FORM = re.compile(f"{_SEGMENT}|(?:/{_SEGMENT})+")


def paths_of(new: str, known: str, described: Collection[str]) -> dict[str, str]:
    """Return the paths that an alias adds, each with the described one that it stands for.

    Args:
        new: a path, or a segment that stands for another one in every path.
        known: the path or the segment that is described. Of a path that includes what is below it.
        described: the paths that are described.

    Raises:
        ValueError: one of the two is neither a path nor a segment, they are not of one kind, the
            new one is described, or the known one is not.
    """
    pair = f"the alias {new}={known}"
    for name in (new, known):
        if not _FORM.fullmatch(name):
            raise ValueError(
                f"{pair}: {name!r} is neither a path nor a segment of one; "
                "write /text-to-video/new=/text-to-video/kling-3.0 or new=kling-3.0"
            )
    if new.startswith("/") != known.startswith("/"):
        raise ValueError(f"{pair}: a path stands for a path, and a segment for a segment")
    if new.startswith("/"):
        names = [path for path in described if not path.endswith(HOLE)]
        below = [path for path in described if f"{path}/".startswith(f"{known}/")]
        found = {new + path.removeprefix(known): path for path in below}
    else:
        names = [*dict.fromkeys(one for path in described for one in path.split("/")[1:])]
        found = {_replaced(path, known, new): path for path in described}
        found = {path: old for path, old in found.items() if path != old}
    if known not in names:
        raise ValueError(f"{pair}: {known} is not described; {meant(known, names, _WHERE)}")
    patterns = {f"{path.rpartition('/')[0]}/{HOLE}" for path in found if not path.endswith(HOLE)}
    for path, old in found.items():
        if _begin(path) == "_mock":
            raise ValueError(f"{pair}: what is below /_mock belongs to the mock itself")
        if _standard(path) != _standard(old):
            raise ValueError(
                f"{pair}: tasks of {path} would be asked for otherwise than those of {old}; "
                "both begin with /v1/, both with /solutions/, or neither does"
            )
    if new in names or (found.keys() | patterns) & set(described):
        raise ValueError(f"{pair}: {new} is described, and keeps its rules")
    return found


_WHERE = "kling spec has them all"


def _begin(path: str) -> str:
    return path.split("/")[1]


def _standard(path: str) -> str:
    """Return the step by which a path tells how its tasks are asked for; empty without one."""
    return _begin(path) if _begin(path) in ("v1", "solutions") else ""


def _replaced(path: str, old: str, new: str) -> str:
    return "/".join(new if one == old else one for one in path.split("/"))
