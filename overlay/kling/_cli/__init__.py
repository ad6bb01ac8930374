"""The command `kling`."""

from kling._cli.group import cli

__all__ = ["cli"]
