"""The clients that people type: Kling and AsyncKling."""

from kling._client.async_client import AsyncKling
from kling._client.client import Kling

__all__ = [
    "AsyncKling",
    "Kling",
]
