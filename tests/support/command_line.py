"""The click group of the command `kling`, for tests that run it in their own process."""

# private: click's runner needs the group, and the package's entry point only runs it.
from kling._cli import cli

__all__ = ["cli"]
