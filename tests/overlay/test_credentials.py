import json
import logging
import traceback
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import httpx
import jwt
import pytest
from kling import AuthenticationError, CredentialsError, Kling, KlingError, models

# private: a client shows no credentials at all, so that their own repr is looked at.
from kling._http import AccessKey, ApiKey

API_KEY = "api-key-5f2c81"
ACCESS_KEY = "access-key-90ab34"
SECRET_KEY = "secret-key-71de-of-32-bytes-or-more"
PAIR = {"access_key": ACCESS_KEY, "secret_key": SECRET_KEY}
REF = "text_to_video/752604318974529536"


@pytest.fixture
def sent(scripted, success):
    """Return a function that makes a client and returns what stands behind Bearer."""

    def ask(**options):
        transport = scripted(success())
        Kling(transport=transport, **options).retrieve(REF)
        scheme, _, token = transport.requests[0].headers["authorization"].partition(" ")
        assert scheme == "Bearer"
        return token

    return ask


def read(token, secret=SECRET_KEY):
    # The clock of these tests is not that of the machine.
    unchecked = {"verify_exp": False, "verify_nbf": False}
    return jwt.decode(token, secret, algorithms=["HS256"], options=unchecked)


def test_a_key_of_the_environment_is_sent(sent, monkeypatch):
    monkeypatch.setenv("KLING_API_KEY", API_KEY)

    assert sent() == API_KEY


def test_an_argument_goes_before_the_environment(sent, monkeypatch):
    monkeypatch.setenv("KLING_API_KEY", "of-the-environment")

    assert sent(api_key=API_KEY) == API_KEY


def test_a_pair_of_arguments_goes_before_an_api_key_of_the_environment(sent, monkeypatch):
    monkeypatch.setenv("KLING_API_KEY", API_KEY)

    assert read(sent(**PAIR))["iss"] == ACCESS_KEY


def test_an_api_key_goes_before_a_pair(sent, monkeypatch):
    monkeypatch.setenv("KLING_API_KEY", API_KEY)
    monkeypatch.setenv("KLING_ACCESS_KEY", ACCESS_KEY)
    monkeypatch.setenv("KLING_SECRET_KEY", SECRET_KEY)

    assert sent() == API_KEY


def test_a_pair_of_the_environment_signs_a_token(sent, monkeypatch):
    monkeypatch.setenv("KLING_ACCESS_KEY", ACCESS_KEY)
    monkeypatch.setenv("KLING_SECRET_KEY", SECRET_KEY)

    assert read(sent())["iss"] == ACCESS_KEY


@pytest.mark.parametrize(
    ("half", "missing"),
    [("access_key", "secret_key"), ("secret_key", "access_key")],
)
def test_half_a_pair_is_refused_and_the_other_half_named(half, missing):
    with pytest.raises(CredentialsError, match=f"{missing}.* is missing"):
        Kling(**{half: "half"})


def test_half_a_pair_of_the_environment_is_refused(monkeypatch):
    monkeypatch.setenv("KLING_ACCESS_KEY", ACCESS_KEY)

    with pytest.raises(CredentialsError, match="KLING_SECRET_KEY"):
        Kling()


def test_without_credentials_the_error_says_what_to_set():
    with pytest.raises(CredentialsError, match=r"KLING_API_KEY.*KLING_ACCESS_KEY"):
        Kling()


def test_missing_credentials_are_an_error_of_this_package_and_a_value_error():
    assert issubclass(CredentialsError, KlingError)
    assert issubclass(CredentialsError, ValueError)


@pytest.mark.parametrize("around", [" {}", "{} ", "{}\n", "{}\r\n", "\t{}\n"])
def test_white_space_around_a_key_is_removed(sent, around):
    assert sent(api_key=around.format(API_KEY)) == API_KEY


def test_white_space_around_a_pair_is_removed(sent):
    token = sent(access_key=f" {ACCESS_KEY}\n", secret_key=f"{SECRET_KEY}\r\n")

    assert read(token)["iss"] == ACCESS_KEY


@pytest.mark.parametrize("blank", [" ", "\r\n"])
def test_a_key_of_white_space_alone_is_none(monkeypatch, blank):
    monkeypatch.setenv("KLING_API_KEY", blank)

    with pytest.raises(CredentialsError, match="no credentials"):
        Kling()


@pytest.mark.parametrize(
    ("name", "called"),
    [("api_key", "API key"), ("access_key", "access key"), ("secret_key", "secret key")],
)
@pytest.mark.parametrize("hidden", ["se cret", "sécret", "se\tcret", "se\ncret", "se\0cret"])
def test_a_key_that_no_header_can_carry_is_refused_and_not_shown(name, called, hidden):
    options = {name: hidden} if name == "api_key" else {**PAIR, name: hidden}

    with pytest.raises(CredentialsError) as caught:
        Kling(**options)

    shown = "".join(traceback.format_exception(caught.value))
    assert called in str(caught.value)
    assert hidden not in shown
    assert repr(hidden)[1:-1] not in shown


def test_a_key_that_was_pasted_with_its_scheme_is_explained():
    with pytest.raises(CredentialsError, match="Bearer"):
        Kling(api_key=f"Bearer {API_KEY}")


@pytest.mark.parametrize("options", [{"api_key": API_KEY}, PAIR])
def test_no_secret_is_in_the_text_of_any_object(scripted, success, options):
    client = Kling(transport=scripted(success()), **options)
    client.retrieve(REF)
    http = client.raw.get_httpx_client()

    objects = [client, client.raw, http, http.auth]
    shown = " ".join([*map(repr, objects), *map(str, objects)])

    assert [secret for secret in secrets_of(client) if secret in shown] == []


def secrets_of(client):
    return [API_KEY, ACCESS_KEY, SECRET_KEY, client.raw.get_httpx_client().auth.token()]


@pytest.mark.parametrize("options", [{"api_key": API_KEY}, PAIR])
@pytest.mark.parametrize(
    "reply",
    [(401, {"code": 1002, "message": "no"}), httpx.ConnectError("no way")],
    ids=["refused", "unreachable"],
)
def test_no_secret_is_in_an_error_its_traceback_or_the_log(scripted, caplog, reply, options):
    caplog.set_level(logging.DEBUG)
    client = Kling(transport=scripted(reply), **options)

    with pytest.raises(KlingError) as caught:
        client.retrieve(REF)

    trace = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    # The first frame is that of this test, which has the secrets among its own variables.
    shown = "".join(trace.format()).replace(repr(options), "") + caplog.text
    assert [secret for secret in secrets_of(client) if secret in shown] == []


def test_credentials_are_described_without_their_values():
    assert repr(ApiKey(API_KEY)) == "ApiKey(...)"
    assert repr(AccessKey(ACCESS_KEY, SECRET_KEY, clock=None)) == "AccessKey(...)"


def test_a_token_has_the_form_that_the_description_says(scripted, success):
    text = files("kling_api").joinpath("openapi.json").read_text(encoding="utf-8")
    form = json.loads(text)["components"]["securitySchemes"]["accessToken"]["x-kling-jwt"]
    transport = scripted(success())
    Kling(transport=transport, **PAIR).retrieve(REF)
    token = transport.requests[0].headers["authorization"].removeprefix("Bearer ")
    now = int(transport.clock.time())

    assert form == {"algorithm": "HS256", "lifetime": 1800, "backdated": 5}
    assert jwt.get_unverified_header(token)["alg"] == form["algorithm"]
    assert read(token) == {
        "iss": ACCESS_KEY,
        "exp": now + form["lifetime"],
        "nbf": now - form["backdated"],
    }


def test_one_token_serves_many_calls(scripted, success):
    transport = scripted(success())
    client = Kling(transport=transport, **PAIR)

    for _ in range(20):
        client.retrieve(REF)
        transport.clock.advance(60)

    assert len({request.headers["authorization"] for request in transport.requests}) == 1


def test_a_token_is_renewed_before_its_end(kling_mock):
    keys = kling_mock.keys
    client = Kling(
        access_key=keys.access_key, secret_key=keys.secret_key, transport=kling_mock.transport
    )
    auth = client.raw.get_httpx_client().auth
    tokens, shortest = set(), 1800

    for _ in range(4 * 60):
        kling_mock.clock.advance(30)
        client.raw.get_httpx_client().get("/v1/videos/text2video")
        tokens.add(auth.token())
        left = read(auth.token(), keys.secret_key)["exp"] - kling_mock.clock.time()
        shortest = min(shortest, left)

    assert len(tokens) == 5
    assert shortest >= 30


EXPIRED = (401, {"code": 1004, "message": "expired"})


def test_after_an_expired_token_a_request_is_sent_once_more(scripted, success):
    transport = scripted(EXPIRED, success())
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox")

    assert Kling(transport=transport, **PAIR).create(request).ref == REF

    first, second = transport.requests
    assert first.content == second.content


@pytest.mark.parametrize(("options", "sent"), [(PAIR, 2), ({"api_key": API_KEY}, 1)])
def test_but_not_again_and_again(scripted, options, sent):
    transport = scripted(EXPIRED)

    with pytest.raises(AuthenticationError, match="expired"):
        Kling(transport=transport, **options).retrieve(REF)

    assert len(transport.requests) == sent


def test_a_short_secret_causes_no_warning(sent):
    # Warnings are errors here.
    assert sent(access_key="short", secret_key="short").count(".") == 2


def test_threads_share_one_token(scripted, success):
    transport = scripted(success())
    client = Kling(transport=transport, **PAIR)

    def ask(_):
        for _ in range(20):
            client.retrieve(REF)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(8)))

    assert len(transport.requests) == 160
    assert len({request.headers["authorization"] for request in transport.requests}) == 1


def test_a_wrong_key_is_an_authentication_error(kling_mock):
    client = Kling(api_key="wrong", transport=kling_mock.transport)

    with pytest.raises(AuthenticationError) as caught:
        client.retrieve(REF)

    assert caught.value.code == 1002
