"""A server that is wrong is found out, and what is wrong with it is named; a right one passes."""

from collections.abc import Collection
from typing import Any

import pytest
from gateway import DAY, Gateway
from kling.check import Report, run
from wrong_servers import WRONG, WrongServer

SECRET = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="


def checked(
    gateway: Gateway, parts: Collection[str], only: Collection[str], **options: Any
) -> Report:
    """Check a gateway as somebody would who may spend, and knows its keys."""
    keys = gateway.mock.keys
    return run(
        "https://gateway.invalid",
        api_key=keys.api_key,
        access_key=keys.access_key,
        secret_key=keys.secret_key,
        transport=gateway,
        parts=parts,
        only=only,
        **{"as_of": DAY, "spend": 1_000_000, "webhook_secret": SECRET, **options},
    )


def told(report: Report) -> str:
    """Return what it found, for the message of a test."""
    lines = [
        f"{one.kind.name} {one.part} {one.family} [{one.place}] {one.request[:150]} "
        f"expected {one.expected}; got {one.got}"
        for one in report.findings
    ]
    return "\n".join([report.unreachable, *lines])


@pytest.mark.parametrize("server", WRONG, ids=lambda server: server.name)
def test_a_wrong_server_is_found_and_named(server: WrongServer) -> None:
    gateway = Gateway(server.fault, webhook_secrets=[SECRET] if server.signs else [])
    found_by = (server.part, "stories") if server.part == "replies" else (server.part,)

    report = checked(gateway, found_by, [server.family], as_of=server.day)

    if server.kind is None:
        assert any(server.place in one.place for one in report.undecided), told(report)
    else:
        assert any(map(server.is_named_by, report.findings)), told(report)
        assert report.exit_code == 1
