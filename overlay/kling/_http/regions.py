"""The regions of accounts, each of which has a host of its own that knows its tasks alone."""

from urllib.parse import urlsplit

from kling.description import load
from kling.errors import NotFoundError


def url_of(region: str) -> str:
    """Return where the accounts of a region are.

    Raises:
        ValueError: there is no such region.
    """
    if url := load().regions.get(region):
        return url
    known = " or ".join(map(repr, load().regions))
    raise ValueError(f"region is {known}, not {region!r}")


def region_of(host: str) -> str | None:
    """Return the region whose server has a host; None for a gateway or a mock."""
    regions = load().regions.items()
    return next((name for name, url in regions if urlsplit(url).hostname == host), None)


def say_other_region(error: BaseException, host: str) -> None:
    """Let an error that says that a task is unknown name the region where it may be.

    Args:
        error: what leaves; of a create it is about something else.
        host: where the task was asked for.
    """
    if not isinstance(error, NotFoundError) or error.operation or not (here := region_of(host)):
        return
    others = [name for name in load().regions if name != here]
    named = " or ".join(f'Kling(region="{name}")' for name in others)
    hint = f"; asked was the region {here}; a task of the other one is found by {named}"
    if others and hint not in str(error):
        error.args = (f"{error}{hint}",)
