"""The command `kling` as click has it, for tests that run it within their own process."""

# private: click's runner takes the group itself, and the package's entry point only runs it.
from kling._cli import cli

__all__ = ["cli"]
