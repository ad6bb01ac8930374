"""A server that is wrong is found out, and what is wrong with it is named; a right one passes."""

from collections.abc import Collection
from dataclasses import replace
from functools import cache
from typing import Any

import httpx
import pytest
from gateway import DAY, Answer, Asked, Forward, Gateway
from kling.check import USUAL, Report, run
from kling.mock import Package
from wrong_servers import WRONG, WrongServer

_PATH = "/v1/videos/text2video"
SECRET = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="


@pytest.fixture(autouse=True)
def _one_tls_context(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the certificates of the machine once, for no connection is made here."""
    monkeypatch.setattr("httpx._transports.default.create_ssl_context", tls_context)


tls_context = cache(httpx.create_ssl_context)


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

    report = checked(gateway, found_by, server.only or [server.family], as_of=server.day)

    if server.kind is None:
        assert any(server.place in one.place for one in report.undecided), told(report)
    else:
        assert any(map(server.is_named_by, report.findings)), told(report)
        assert report.exit_code == 1


# Both standards, sessions, what is finished with its reply, and things that are no files.
FEW = [
    *("text_to_video", "kling_30_turbo_text_to_video", "advanced_lip_sync", "text_to_speech"),
    *("custom_element", "tasks"),
]


AMPLE = [Package(kind, units=1_000_000, concurrency=2) for kind in ("video", "image")]


@pytest.mark.parametrize(
    "manner",
    [{"delay": 0.1}, {"requests_per_second": 4}, {"packages": AMPLE}],
    ids=["slow", "limits the rate", "limits the tasks at a time"],
)
def test_a_right_server_passes(manner: dict[str, Any]) -> None:
    _passes(Gateway(webhook_secrets=[SECRET], **manner))


def test_a_right_server_that_remembers_passes_again_and_again() -> None:
    gateway = Gateway(webhook_secrets=[SECRET])

    for _ in range(2):
        _passes(gateway)


def _passes(gateway: Gateway) -> None:
    report = checked(gateway, USUAL, FEW)

    assert report.findings == (), told(report)
    assert report.exit_code == 0, report.unreachable
    assert {one.name for one in report.parts if one.requests} == {*USUAL} - {"replies"}


def test_a_right_server_makes_nothing_unless_it_may_be_paid_for() -> None:
    gateway = Gateway(webhook_secrets=[SECRET])

    report = checked(gateway, USUAL, [], spend=None)

    assert gateway.created == []
    assert (report.findings, report.created) == ((), 0), told(report)
    assert sum(part.requests for part in report.parts) > 300
    assert {one.part for one in report.not_tried} >= {"stories", "acceptances", "callbacks"}


def takes_everything(asked: Asked, forward: Forward) -> Answer:
    """Answer every create with a task, whatever it says."""
    answer = forward(asked)
    if asked.verb != "create" or answer.status == 200:
        return answer
    return forward(replace(asked, path=_PATH).saying({"model_name": "kling-v3", "prompt": "A fox"}))


def test_a_wrong_server_makes_one_task_for_each_part_at_most() -> None:
    gateway = Gateway(takes_everything)

    report = checked(gateway, USUAL, [], spend=None)

    assert 1 <= len(gateway.created) <= 2
    assert report.created == len(gateway.created)
    assert {one.name for one in report.parts if one.stopped} == {"refusals", "types"}
    assert "It may have created a task" in report.parts[1].stopped


def test_no_more_is_made_than_may_be_paid_for() -> None:
    gateway = Gateway()

    report = checked(gateway, ["acceptances"], ["text_to_video"], spend=20)

    assert 0 < sum(report.units.values()) <= 20
    assert report.created == len(gateway.created)
    assert any("the rest of --spend" in one.reason for one in report.not_tried)
