"""What `kling mock --hosts` says: how programs with Kling's hosts built in come to a mock."""

import sys
from collections.abc import Iterator
from typing import NamedTuple

from kling.description import load

_MARK = "# kling mock"


class _Machine(NamedTuple):
    """How it is done on a platform."""

    file: str
    port: tuple[str, ...]
    """How a mock gets port 443, where https is."""
    undo: tuple[str, ...]


_FORWARD = "rdr pass on lo0 inet proto tcp from any to any port 443 -> 127.0.0.1 port 8443"
_MACHINES = {
    "linux": _Machine(
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
    "darwin": _Machine(
        "/etc/hosts",
        (f'echo "{_FORWARD}" | sudo pfctl -ef -', "kling mock --tls --port 8443"),
        (
            f"sudo sed -i.bak '/{_MARK}$/d' /etc/hosts",
            "sudo dscacheutil -flushcache; sudo killall -HUP mDNSResponder",
            "sudo pfctl -f /etc/pf.conf",
        ),
    ),
    "win32": _Machine(
        r"C:\Windows\System32\drivers\etc\hosts, as an administrator",
        ("kling mock --tls --port 443",),
        (f"take out the lines that end with {_MARK}, then: ipconfig /flushdns",),
    ),
}


def advice(dialect: str, platform: str = sys.platform) -> Iterator[str]:
    """Yield what to do, line by line; nothing of it is done.

    Args:
        dialect: whose hosts it is about.
        platform: what Python calls the operating system.

    Raises:
        ValueError: there is no such dialect.
    """
    machine = _MACHINES.get(platform, _MACHINES["linux"])
    hosts = load(dialect).hosts
    yield f"1. Put these lines into {machine.file}:"
    yield ""
    yield from (f"127.0.0.1 {host}  {_MARK}" for host in hosts)
    yield ""
    yield "2. Start the mock on port 443, where clients look for https:"
    yield ""
    yield from machine.port
    yield ""
    yield "3. Start your program with the certificate that the mock names."
    yield ""
    yield f"Warning: until this is undone, every program on this machine that calls {hosts[0]}"
    yield "reaches the mock, with its real credentials, and nothing reaches Kling."
    yield ""
    yield "To undo it:"
    yield ""
    yield from machine.undo
