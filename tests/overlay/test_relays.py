"""Errors of what stands between a program and Kling, and of hosts that lack a standard."""

import json

import pytest
from kling import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConcurrencyLimitError,
    InternalServerError,
    Kling,
    PermissionDeniedError,
    RateLimitError,
    models,
)

REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
OMNI = models.Kling30OmniVideoRequest(
    contents=[models.PromptContent(text="A heron lifts off a pond")],
    settings=models.Kling30OmniVideoSettings(aspect_ratio="16:9"),
)
KEY = "sk-relay-0123456789"


def refusal(client, request=REQUEST):
    with pytest.raises(APIStatusError) as caught:
        client.create(request)
    return caught.value


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            {"code": "invalid_request", "message": "prompt is required", "data": None},
            "prompt is required (code invalid_request, HTTP 400, not in Kling's format)",
        ),
        (
            {"error": {"message": "no channel", "type": "new_api_error", "code": "no_channel"}},
            "no channel (code no_channel, HTTP 400, not in Kling's format)",
        ),
        ({"error": {"message": "no channel"}}, "no channel (HTTP 400, not in Kling's format)"),
        ({"error": "no channel"}, "no channel (HTTP 400, not in Kling's format)"),
        (
            {"error": {"message": ""}, "message": "no channel"},
            "no channel (HTTP 400, not in Kling's format)",
        ),
    ],
)
def test_a_relay_says_why_it_refuses(either_kling, scripted, body, said):
    error = refusal(either_kling(api_key=KEY, transport=scripted((400, body))))

    assert str(error) == said
    assert (type(error), error.code, error.status_code) == (APIStatusError, None, 400)


@pytest.mark.parametrize(
    "body", [{}, {"message": ""}, {"message": 7}, {"error": {}}, {"error": [1]}, {"error": " "}]
)
def test_what_says_nothing_is_described(scripted, body):
    error = refusal(Kling(api_key=KEY, transport=scripted((400, body))))

    assert "HTTP 400 with a reply that is not Kling's (application/json" in str(error)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, AuthenticationError),
        (403, PermissionDeniedError),
        (404, APIStatusError),
        (429, RateLimitError),
        (500, InternalServerError),
        (503, InternalServerError),
    ],
)
@pytest.mark.parametrize(
    "body", [{"code": "refused", "message": "no"}, {"error": {"message": "no"}}, b"<html>no</html>"]
)
def test_without_a_code_the_status_names_the_error(scripted, status, kind, body):
    error = refusal(Kling(api_key=KEY, transport=scripted((status, body))))

    assert type(error) is kind
    assert error.code is None


def test_a_create_that_a_relay_finds_too_many_stays_in_doubt(scripted):
    # It is looked for, and not sent again.
    transport = scripted((429, {"code": "busy", "message": "slow down"}), {"code": 0, "data": []})
    request = models.TextToVideoRequest(
        model_name="kling-v3", prompt="A fox at dawn", external_task_id="a"
    )

    error = refusal(Kling(api_key=KEY, transport=transport), request)

    assert type(error) is RateLimitError
    assert (error.may_exist, error.not_created) == (True, False)
    assert [one.method for one in transport.requests].count("POST") == 1


@pytest.mark.parametrize(
    ("code", "kind"), [("1201", BadRequestError), ("1303", ConcurrencyLimitError)]
)
def test_a_code_in_digits_is_klings(scripted, code, kind):
    body = {"code": code, "message": "mode value 'x' is invalid", "data": None}
    client = Kling(api_key=KEY, transport=scripted((400, body)))
    with pytest.raises(kind) as caught:
        client.create(REQUEST, create_timeout=0)

    error = caught.value
    assert type(error) is kind
    assert error.code == int(code)
    assert error.not_created


def test_a_success_in_digits_is_one(scripted, success):
    task = Kling(api_key=KEY, transport=scripted(success() | {"code": "0"})).create(REQUEST)

    assert task.status == "submitted"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (f"bad token {KEY}", "bad token ***"),
        ("no " + "QUJD" * 500, "no ..."),
        ("no\r\n\x1b[2Jroot@host: \u202eok\x9b", r"no\r\n\x1b[2Jroot@host: \u202eok\x9b"),
        ("half \ud83d", r"half \ud83d"),
    ],
)
@pytest.mark.parametrize("code", [1201, "invalid_request", None])
def test_what_a_server_says_is_fit_to_be_shown(scripted, said, shown, code):
    body = {"code": code, "message": said}
    error = refusal(Kling(api_key=KEY, transport=scripted((400, json.dumps(body).encode()))))

    assert str(error).startswith(f"{shown} (")


PAGE = b"<html><body>404 Not Found</body></html>"


@pytest.mark.parametrize("base_url", ["https://api.klingai.com", "https://relay.example.org/kling"])
@pytest.mark.parametrize("body", [PAGE, {"code": "not_found", "message": "no such page"}])
def test_a_host_without_the_current_standard_is_named(either_kling, scripted, base_url, body):
    transport = scripted((404, body))
    error = refusal(either_kling(api_key=KEY, transport=transport, base_url=base_url), OMNI)

    host = base_url.split("/")[2]
    assert str(error).endswith(
        f"; {host} may not support the current standard, which has the model in the path; "
        "api-singapore.klingai.com and api-beijing.klingai.com support it"
    )
    assert error.not_created


@pytest.mark.parametrize(
    ("base_url", "request_", "status"),
    [
        ("https://api-singapore.klingai.com", OMNI, 404),
        ("https://api-beijing.klingai.com", OMNI, 404),
        ("https://api.klingai.com", REQUEST, 404),
        ("https://api.klingai.com", OMNI, 403),
    ],
)
def test_other_pages_name_no_host(scripted, base_url, request_, status):
    transport = scripted((status, PAGE))
    error = refusal(Kling(api_key=KEY, transport=transport, base_url=base_url), request_)

    assert "may lack" not in str(error)
