"""A server on a real port; it needs the extra `cli`, and the extra `tls` for https."""

from kling.mock._listening.trust import identity, trusting
from kling.mock._listening.uvicorn_server import listen, run

__all__ = ["identity", "listen", "run", "trusting"]
