"""The regions of accounts, and hints about the right host.

Each region has its own host, which knows only the tasks of this region.
"""

from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from kling.description import load
from kling.errors import NotFoundError


def url_of(region: str) -> str:
    """Return the URL of the API for the accounts of a region.

    Raises:
        ValueError: the region is unknown.
    """
    if url := load().regions.get(region):
        return url
    known = " or ".join(map(repr, load().regions))
    raise ValueError(f"region must be {known}, not {region!r}")


def region_of(host: str) -> str | None:
    """Return the region that a host serves; None for a gateway or a mock."""
    regions = load().regions.items()
    return next((name for name, url in regions if urlsplit(url).hostname == host), None)


def name_other_region(error: BaseException, host: str) -> None:
    """If an error says that a task is unknown, add that the task may be in another region.

    Args:
        error: the error of a request. The error of a create is not changed, because its "not
            found" is not about a task.
        host: the host that does not know the task.
    """
    # Only the error of a create has an `operation`.
    if not isinstance(error, NotFoundError) or error.operation:
        return
    here = region_of(host)
    if here is None:
        return
    others = [name for name in load().regions if name != here]
    named = " or ".join(f'Kling(region="{name}")' for name in others)
    hint = f"; this client uses the region {here}; for a task of another region use {named}"
    if others and hint not in str(error):
        error.args = (f"{error}{hint}",)


def host_hint(url: httpx.URL, status: int) -> str:
    """For a 404 to a path with a model, return which hosts support such paths; otherwise ""."""
    spec = load()
    if status != HTTPStatus.NOT_FOUND or url.host in spec.hosts:
        return ""
    # Only operations of the current standard need an API key.
    current_paths = [known.path for known in spec.operations.values() if known.needs_api_key]
    if not url.path.endswith(tuple(current_paths)):
        return ""
    return (
        f"; {url.host} may not support the current standard, which has the model in the path; "
        f"{' and '.join(spec.hosts)} support it"
    )
