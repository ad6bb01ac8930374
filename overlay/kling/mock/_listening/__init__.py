"""The server on a real port. It needs the extra `cli`, and for https the extra `tls`."""

from kling.mock._listening.trust import identity, trust_instructions
from kling.mock._listening.uvicorn_server import listen, run

__all__ = ["identity", "listen", "run", "trust_instructions"]
