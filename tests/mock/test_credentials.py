import time

import httpx
import jwt
import pytest
from kling.mock import KlingMock

NOW = 1772323200
SECRET = "mock-secret-key-of-32-bytes-or-more"
OTHER_SECRET = "another-secret-key-of-32-bytes-or-more"
LIST = ("GET", "/v1/videos/text2video")


def token(secret=SECRET, algorithm="HS256", without=(), **claims):
    complete = {"iss": "mock-access-key", "exp": NOW + 1800, "nbf": NOW - 5} | claims
    kept = {name: value for name, value in complete.items() if name not in without}
    return f"Bearer {jwt.encode(kept, secret, algorithm=algorithm)}"


@pytest.mark.parametrize("authorization", [None, "", " "])
def test_no_credentials_are_1001(ask, refused, authorization):
    refused(ask(*LIST, authorization=authorization), 401, 1001)


@pytest.mark.parametrize(
    "authorization",
    [
        "Basic bW9jay1hcGkta2V5",
        "Token mock-api-key",
        "mock-api-key",
        "Bearer",
        "Bearer wrong-key",
        "Bearer mock-api-key-",
        "Bearer  mock-api-key",
        "Bearer MOCK-API-KEY",
        "Bearer a.b.c",
        "Bearer ..",
        f"{token()}x",
        token(secret=OTHER_SECRET),
        token(secret=None, algorithm="none"),
        token(secret=OTHER_SECRET * 2, algorithm="HS512"),
        token(iss="another-access-key"),
        token(without=["iss"]),
        token(without=["exp"]),
        token(without=["nbf"]),
        token(exp=str(NOW + 1800)),
        token(nbf=str(NOW - 5)),
        token(exp=True),
        token(exp=None),
        token(exp=[NOW + 1800]),
    ],
)
def test_wrong_credentials_are_1002(ask, refused, authorization):
    refused(ask(*LIST, authorization=authorization), 401, 1002)


def test_a_wrong_key_is_taken_for_a_token_as_kling_does(ask, refused):
    said = refused(ask(*LIST, authorization="Bearer wrong-key"), 401, 1002)

    assert said == "The token was expected to have 3 parts, but got 0"


def test_a_token_can_be_too_early(ask, refused, kling_mock):
    early = token(nbf=NOW + 10)

    refused(ask(*LIST, authorization=early), 401, 1003)
    kling_mock.clock.advance(10)
    assert ask(*LIST, authorization=early).status_code == 200


def test_a_token_expires(ask, refused, kling_mock):
    late = token(exp=NOW + 10)

    kling_mock.clock.advance(9)
    assert ask(*LIST, authorization=late).status_code == 200
    kling_mock.clock.advance(1)
    refused(ask(*LIST, authorization=late), 401, 1004)


@pytest.mark.parametrize("authorization", ["Bearer mock-api-key", token()])
def test_good_credentials_pass(ask, authorization):
    assert ask(*LIST, authorization=authorization).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/videos/text2video"),
        ("GET", "/v1/videos/text2video/1"),
        ("DELETE", "/v1/videos/text2video"),
        ("GET", "/v1/nothing"),
    ],
)
def test_credentials_come_before_everything_else(ask, refused, method, path):
    refused(ask(method, path, authorization=None), 401, 1001)


def test_the_keys_in_a_reply_are_none(ask):
    text = ask(*LIST, authorization=token(secret=OTHER_SECRET)).text

    assert SECRET not in text
    assert "mock-api-key" not in text


def test_a_fresh_token_is_taken_though_the_clock_was_put_forward(mock_process):
    mock = mock_process()
    httpx.post(f"{mock.url}/_mock/clock", json={"advance": 10**6}).raise_for_status()

    def code(exp, nbf):
        now = int(time.time())
        headers = {"Authorization": token(exp=now + exp, nbf=now + nbf)}
        return httpx.get(f"{mock.url}{LIST[1]}", headers=headers).json()["code"]

    assert code(1800, -5) == 0
    assert code(-1, -1800) == 1004
    assert code(1800, 60) == 1003


@pytest.mark.filterwarnings("ignore:The HMAC key is")
def test_tokens_are_signed_as_the_description_says(bundle, kling_mock_options, ask_of):
    bundle["components"]["securitySchemes"]["accessToken"]["x-kling-jwt"]["algorithm"] = "HS512"
    ask = ask_of(KlingMock(**kling_mock_options, document=bundle))

    def code(algorithm):
        secret = token(algorithm=algorithm)
        return ask(*LIST, authorization=secret).json()["code"]

    assert (code("HS512"), code("HS256")) == (0, 1002)
