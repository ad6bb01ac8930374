"""Kling's API and the pages of the mock as one server, and that server as an ASGI application."""

from kling.mock._serving.asgi_app import CLOSE, App
from kling.mock._serving.dispatch import Server
from kling.mock._serving.visitors import Visitors

__all__ = ["App", "CLOSE", "Server", "Visitors"]
