"""A server on a real port; it needs the extra `cli`."""

from kling.mock._listening.uvicorn_server import listen, run

__all__ = ["listen", "run"]
