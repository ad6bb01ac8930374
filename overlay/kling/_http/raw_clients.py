"""The generated client, loaded when a program first uses it."""

from copy import copy
from typing import TYPE_CHECKING

from kling._http.call_options import Options
from kling._http.clients import AsyncHTTPClient, HTTPClient

if TYPE_CHECKING:
    from kling_api import AuthenticatedClient


def raw_client(http: HTTPClient | AsyncHTTPClient, sent_with: Options) -> "AuthenticatedClient":
    """Return the generated client. It sends through our client, which adds the credentials."""
    # Imported here, because most programs never use the generated client.
    from kling._http.generated_client import RawClient

    parent = http
    if sent_with is not http.defaults:
        # The options differ, as in a view. The copy shares the connections of our client.
        parent = copy(http)
        parent.defaults = sent_with
        parent.made_with = {**http.made_with, "defaults": sent_with}
    return RawClient(base_url=str(http.base_url), token="", httpx_args={"parent": parent})
