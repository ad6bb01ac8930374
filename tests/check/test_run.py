"""What a check can be asked for, and what it says where it cannot be done."""

import itertools
import math

import httpx
import pytest
from gateway import DAY, Asked, Gateway, refusal
from kling.check import InterruptedCheck, Kind, run
from wrong_servers import (
    leaves_out_the_status,
    refuses_with_1203,
    takes_sound_where_the_model_has_none,
)

URL = "https://gateway.invalid"
TEXT = "text_to_video"


def checked(gateway, **options):
    usual = {"api_key": "mock-api-key", "only": [TEXT], "as_of": DAY, "transport": gateway}
    return run(URL, **{**usual, **options})


class Listening(Gateway):
    """A gateway that notes what it is asked."""

    def __init__(self, fault=None):
        super().__init__(fault)
        self.asked = []

    def answer(self, asked: Asked, host=""):
        self.asked.append(asked)
        return super().answer(asked, host)

    def told(self):
        """What was asked, without the ids of the run."""
        return [
            (one.method, one.path, {k: v for k, v in one.body.items() if k != "external_task_id"})
            for one in self.asked
        ]


def test_a_seed_gives_the_same_requests_in_the_same_order():
    runs = []
    for seed in (7, 7, 8):
        gateway = Listening()
        checked(gateway, parts=["refusals", "types"], seed=seed)
        runs.append(gateway.told())

    assert runs[0] == runs[1] != runs[2]
    assert sorted(map(str, runs[0]))[0] == sorted(map(str, runs[2]))[0]


def test_each_run_has_ids_of_its_own():
    gateway = Listening()
    for _ in range(2):
        checked(gateway, parts=["refusals"])

    ids = [own for one in gateway.asked if (own := one.body.get("external_task_id"))]
    assert len(set(ids)) == len(ids) > 10


def test_a_rule_that_the_server_breaks_on_purpose_is_no_finding():
    rule = "text-to-video.sound-models"
    found = [
        checked(
            Gateway(takes_sound_where_the_model_has_none),
            parts=["refusals"],
            spend=10_000,
            allow=allow,
        ).findings
        for allow in ([], [rule])
    ]

    assert rule in {one.place for one in found[0]}
    assert rule not in {one.place for one in found[1]}


def test_the_places_that_findings_begin_with_can_be_allowed():
    def places(*allow):
        gateway = Gateway(leaves_out_the_status)
        report = checked(gateway, parts=["stories", "replies"], spend=10_000, allow=allow)
        return {one.place for one in report.findings}

    found = places()
    assert found
    one = min(found)
    assert places(one) == found - {one}
    # As a terminal shows a long place.
    assert places(*(place.replace(" ", "\n  ", 1) for place in found)) == set()


def test_an_operation_that_differs_on_purpose_can_be_allowed():
    def findings(*allow):
        gateway = Gateway(refuses_with_1203)
        return checked(gateway, parts=["refusals"], spend=10_000, allow=allow).findings

    [found] = findings()
    [other] = findings(found.place)

    assert other.place != found.place
    assert other.times < found.times
    assert findings(found.operation) == ()


def test_a_task_without_a_status_is_not_said_to_take_long():
    report = checked(
        Gateway(leaves_out_the_status), parts=["callbacks", "stories", "replies"], spend=10_000
    )

    reasons = {one.reason for one in report.not_tried if one.part in ("callbacks", "stories")}
    assert any("shows no status" in reason for reason in reasons), reasons
    assert not any("had not ended" in reason for reason in reasons)
    missing = [one for one in report.findings if one.place.endswith("task_status")]
    assert {(one.expected, one.got) for one in missing} == {("a value", "no such field")}
    sent = sum(part.requests for part in report.parts)
    assert all(one.times <= sent for one in missing)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"parts": ["storys"]}, "there is no part storys; did you mean stories?"),
        ({"only": ["text_to_vidoe"]}, "there is no family text_to_vidoe; did you mean text_to_v"),
        ({"allow": ["no.rule"]}, "there is no rule no.rule"),
        ({"allow": ["no.rule"]}, "docs/reference/rules.md lists all"),
        ({"allow": ["TaskRepy: data.task_status"]}, "there is no rule TaskRepy: data.task_status"),
        ({"dialect": "none"}, "there is no dialect none"),
        ({"spend": "much"}, "spend must be a number of units"),
        ({"spend": -1}, "spend must be a number of units, 0 or more"),
        ({"spend": "NaN"}, "spend must be a number of units, 0 or more"),
        ({"webhook_secret": "secret"}, "a webhook secret must be"),
        ({"api_key": ""}, "set KLING_API_KEY, or KLING_ACCESS_KEY with KLING_SECRET_KEY"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_what_can(wrong, told, monkeypatch):
    for name in ("KLING_API_KEY", "KLING_ACCESS_KEY", "KLING_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(ValueError, match=r"\w") as caught:
        checked(Gateway(), **wrong)

    assert told in str(caught.value)


def test_a_family_may_be_spelled_as_in_the_description():
    assert checked(Gateway(), only=["text-to-video"], parts=["credentials"]).exit_code == 0


def test_without_schemathesis_the_part_fuzz_says_what_to_install(monkeypatch):
    monkeypatch.setattr("kling.check.fuzz.find_spec", lambda name: None)

    with pytest.raises(ValueError, match=r'pip install "kling-openapi\[check\]"'):
        checked(Gateway(), parts=["fuzz"])


def test_a_server_that_is_not_there_cannot_be_asked():
    report = run("http://127.0.0.1:9", api_key="key", parts=["credentials"])

    assert (report.exit_code, report.parts) == (2, ())
    assert "refused" in report.unreachable.lower()


def test_a_server_that_does_not_take_the_credentials_cannot_be_asked():
    report = checked(Gateway(), api_key="another")

    assert report.exit_code == 2
    assert report.unreachable == "the server refuses the credentials: 401 with code 1002"


class Dying(Gateway):
    """A gateway that is gone after some requests."""

    left = 5

    def handle_request(self, request):
        self.left -= 1
        if self.left < 0:
            raise httpx.ReadError("gone")
        return super().handle_request(request)


def test_a_server_that_goes_away_ends_the_check():
    gateway = Dying()
    report = checked(gateway, parts=["refusals", "stories"], spend=10_000)

    assert report.exit_code == 2
    assert report.unreachable == "the server no longer answers: gone"
    assert gateway.left > -30


class Interrupting(Gateway):
    """A gateway whose user loses patience after the first task."""

    def handle_request(self, request):
        if self.created:
            raise KeyboardInterrupt
        return super().handle_request(request)


def test_an_interrupt_says_what_was_made_until_then():
    with pytest.raises(InterruptedCheck) as raised:
        checked(Interrupting(), parts=["stories"], spend=10_000)

    report = raised.value.report
    assert (report.exit_code, report.unreachable) == (2, "it was interrupted")
    assert report.created >= 1
    assert [part.requests > 0 for part in report.parts] == [True]


class Endless(Gateway):
    """A gateway whose replies never end."""

    def handle_request(self, request):
        return httpx.Response(200, content=itertools.repeat(b" " * 1_000_000))


def test_a_reply_without_end_is_no_reply():
    report = checked(Endless(), parts=["stories"])

    assert report.unreachable == "the reply is longer than 16000000 bytes"


class Dripping(Gateway):
    """A gateway whose replies drip, a byte at a time."""

    def handle_request(self, request):
        return httpx.Response(200, content=itertools.repeat(b" "))


def test_a_reply_that_drips_for_ever_is_no_reply(monkeypatch):
    # private: a test does not wait for a minute
    monkeypatch.setattr("kling.check.server._LONGEST_REPLY", 0.0)

    report = checked(Dripping(), parts=["stories"])

    assert report.unreachable == "the reply had not ended after 0 seconds"


@pytest.mark.parametrize("patience", [math.nan, math.inf, -1.0])
def test_patience_is_a_number_of_seconds(patience):
    with pytest.raises(ValueError, match="patience must be a number of seconds"):
        checked(Gateway(), patience=patience)


def test_a_pair_of_keys_does_as_well_where_the_server_takes_it():
    report = checked(
        Gateway(),
        api_key="",
        access_key="mock-access-key",
        secret_key="mock-secret-key-of-32-bytes-or-more",
        parts=["credentials", "stories"],
        spend=1000,
    )

    assert (report.findings, report.exit_code) == ((), 0)
    assert report.created > 0


def test_no_key_is_in_a_report():
    report = checked(
        Gateway(
            lambda asked, forward: refusal(200, 0) if "Bearer" in str(asked) else refusal(401, 1)
        ),
        api_key="a-secret-key",
        access_key="an-access-key",
        secret_key="a-secret-key-of-32-bytes-or-more",
    )

    assert report.findings
    assert "a-secret-key" not in repr(report)


def test_a_dialect_is_held_to_its_own_paths():
    gateway = Gateway(dialect="current-only")
    report = checked(gateway, dialect="current-only", only=["kling_30_turbo_text_to_video"])

    assert (report.findings, report.dialect) == ((), "current-only")


def test_progress_is_told_part_by_part():
    told = []
    checked(
        Gateway(),
        parts=["credentials", "stories"],
        on_progress=lambda part, requests: told.append((part, requests)),
    )

    assert list(dict.fromkeys(part for part, _ in told)) == ["credentials", "stories"]
    assert [requests for _, requests in told] == sorted(requests for _, requests in told)


def test_a_server_that_asks_for_no_credentials_is_worse_than_one_with_a_wrong_code():
    report = checked(
        Gateway(
            lambda asked, forward: forward(
                Asked(
                    asked.method,
                    asked.path,
                    asked.query,
                    {**asked.headers, "authorization": "Bearer mock-api-key"},
                    asked.content,
                )
            )
        ),
        parts=["credentials"],
    )

    assert {one.kind for one in report.findings} == {Kind.UNAUTHORIZED}
