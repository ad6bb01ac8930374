"""The mock as one: Kling's API beside the mock's own pages, and both as an ASGI application."""

from kling.mock._serving.asgi_app import CLOSE, App
from kling.mock._serving.dispatch import Server
from kling.mock._serving.visitors import Visitors

__all__ = ["App", "CLOSE", "Server", "Visitors"]
