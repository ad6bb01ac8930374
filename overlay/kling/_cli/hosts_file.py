"""The instructions of `kling mock --hosts`: how to redirect Kling's hosts to a mock."""

import sys
from collections.abc import Iterator
from typing import NamedTuple

from kling.description import load

_MARK = "# kling mock"


class _Platform(NamedTuple):
    """The steps on one operating system."""

    file: str
    port: tuple[str, ...]
    """Commands that start a mock which answers on port 443, the port of https."""
    undo: tuple[str, ...]
    """Commands that undo both changes: to the file, and to the port."""


_FORWARD = "rdr pass on lo0 inet proto tcp from any to any port 443 -> 127.0.0.1 port 8443"
_PLATFORMS = {
    "linux": _Platform(
        "/etc/hosts",
        (
            "sudo sysctl net.ipv4.ip_unprivileged_port_start=443    # until the next restart",
            "kling mock --tls --port 443",
        ),
        (
            f"sudo sed -i.bak '/{_MARK}$/d' /etc/hosts",
            "sudo sysctl net.ipv4.ip_unprivileged_port_start=1024",
        ),
    ),
    "darwin": _Platform(
        "/etc/hosts",
        (f'echo "{_FORWARD}" | sudo pfctl -ef -', "kling mock --tls --port 8443"),
        (
            f"sudo sed -i.bak '/{_MARK}$/d' /etc/hosts",
            "sudo dscacheutil -flushcache; sudo killall -HUP mDNSResponder",
            "sudo pfctl -f /etc/pf.conf",
        ),
    ),
    "win32": _Platform(
        r"C:\Windows\System32\drivers\etc\hosts, as an administrator",
        ("kling mock --tls --port 443",),
        (f"delete the lines that end with {_MARK}, then run: ipconfig /flushdns",),
    ),
}


def advice(dialect: str, platform: str = sys.platform) -> Iterator[str]:
    """Yield the instructions line by line; they are not carried out.

    Args:
        dialect: the variant of the description that lists the hosts.
        platform: the operating system, as `sys.platform` names it.

    Raises:
        ValueError: the dialect does not exist.
    """
    steps = _PLATFORMS.get(platform, _PLATFORMS["linux"])
    hosts = load(dialect).hosts
    yield f"1. Add these lines to {steps.file}:"
    yield ""
    yield from (f"127.0.0.1 {host}  {_MARK}" for host in hosts)
    yield ""
    yield "2. Start the mock on port 443, the port of https:"
    yield ""
    yield from steps.port
    yield ""
    yield "3. Make your program trust the mock, in the way that the mock prints when it starts."
    yield ""
    yield f"Warning: until you undo this, every program on this machine that calls {hosts[0]}"
    yield "reaches the mock instead of Kling, and sends real credentials to the mock."
    yield ""
    yield "To undo it:"
    yield ""
    yield from steps.undo
