"""The command `kling`."""

from kling._cli.group import cli
from kling._cli.mock_command import scenario

__all__ = [
    "cli",
    "scenario",
]
