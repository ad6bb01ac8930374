"""The click group of the command `kling`, for tests that run it in their own process."""

# private: click's runner needs the group, but the public entry point only runs the command.
from kling._cli import cli

__all__ = ["cli"]
