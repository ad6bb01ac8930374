"""The clients that people type: Kling and AsyncKling."""

from kling._client.async_client import AsyncKling
from kling._client.client import Kling
from kling._client.raw_responses import RawResponse

__all__ = [
    "AsyncKling",
    "Kling",
    "RawResponse",
]
