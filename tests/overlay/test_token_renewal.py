"""A token that Kling finds too early or too old is signed anew, once."""

import json
from datetime import UTC, datetime
from email.utils import format_datetime
from types import SimpleNamespace

import httpx
import jwt
import pytest
from kling import APIStatusError, AuthenticationError, KlingError, models

SECRET_KEY = "secret-key-of-32-bytes-or-more!!"
PAIR = {"access_key": "access-key", "secret_key": SECRET_KEY}
API_KEY = {"api_key": "api-key"}
REF = "text_to_video/752604318974529536"
REQUEST = models.TextToVideoRequest(
    model_name="kling-v3", prompt="A fox, 狐", external_task_id="order-1"
)
ASK = {
    "create": lambda client: client.create(REQUEST),
    "retrieve": lambda client: client.retrieve(REF),
    "run": lambda client: client.run(REQUEST),
    "wait": lambda client: client.wait(REF),
}
every_call = pytest.mark.parametrize("ask", ASK.values(), ids=ASK)


def refusal(code, status=401, **headers):
    body = {"code": code, "message": f"Kling's words for {code}", "request_id": "r-1"}
    return lambda request: httpx.Response(status, json=body, headers=headers)


class Notes(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Passes requests on, and notes what they were like; httpx changes and sends the same again."""

    def __init__(self, transport):
        self._transport = transport
        self.clock = transport.clock
        self.requests = []

    def handle_request(self, request):
        self.requests.append(
            SimpleNamespace(
                method=request.method,
                url=request.url,
                headers=request.headers.copy(),
                content=request.read(),
            )
        )
        return self._transport.handle_request(request)

    async def handle_async_request(self, request):
        await request.aread()
        return self.handle_request(request)


@pytest.fixture
def noted(scripted):
    """Return a function that makes a transport which gives these replies."""
    return lambda *replies: Notes(scripted(*replies))


def tokens(requests):
    return [request.headers["authorization"] for request in requests]


def claims(request):
    scheme, _, token = request.headers["authorization"].partition(" ")
    assert scheme == "Bearer"
    # The clock of these tests is not that of the machine.
    unchecked = {"verify_exp": False, "verify_nbf": False}
    return jwt.decode(token, SECRET_KEY, algorithms=["HS256"], options=unchecked)


def slowly(reply, transport_of):
    """Give a reply that takes some seconds."""

    def after(request):
        transport_of().clock.advance(7)
        return reply(request)

    return after


@pytest.mark.parametrize("code", [1003, 1004])
@every_call
def test_a_token_that_is_refused_is_signed_anew_and_the_request_sent_again(
    either_kling, noted, success, ask, code
):
    transport = noted(slowly(refusal(code), lambda: transport), success(task_status="succeed"))

    task = ask(either_kling(transport=transport, **PAIR))

    assert task.ref == REF
    first, second = transport.requests[:2]
    assert (first.method, first.url) == (second.method, second.url)
    assert claims(second)["exp"] > claims(first)["exp"]
    assert claims(second)["iss"] == "access-key"


def test_a_code_in_quotes_is_read_as_the_number(either_kling, noted, success):
    transport = noted((401, b'{"code": "1004", "message": "expired"}'), success())

    either_kling(transport=transport, **PAIR).create(REQUEST)

    assert [one.method for one in transport.requests] == ["POST", "POST"]


@pytest.mark.parametrize("code", [1003, 1004])
def test_the_body_of_a_create_is_sent_unchanged(either_kling, noted, success, code):
    transport = noted(refusal(code), success())

    either_kling(transport=transport, **PAIR).create(REQUEST)

    first, second = transport.requests
    assert first.content == second.content
    assert json.loads(second.content) == REQUEST.to_dict()
    for name in ("content-type", "content-length", "host"):
        assert first.headers[name] == second.headers[name]


def sent(transport):
    """Return how often the first request was sent, whatever was looked for after it."""
    first, *_ = transport.requests
    return sum(one.method == first.method for one in transport.requests)


@pytest.mark.parametrize("code", [1003, 1004])
@pytest.mark.parametrize(
    ("again", "status"), [(1003, 401), (1004, 401), (1002, 401), (1102, 429), (5000, 500)]
)
@pytest.mark.parametrize("name", ["create", "retrieve", "run"])
def test_the_second_refusal_is_raised(either_kling, noted, name, code, again, status):
    transport = noted(refusal(code), refusal(again, status))

    with pytest.raises(APIStatusError, match=f"Kling's words for {again}") as caught:
        ASK[name](either_kling(transport=transport, **PAIR))

    assert caught.value.code == again
    # Reading costs nothing, so that what may pass is asked for again.
    repeated = 5 if (name, again) == ("retrieve", 5000) else 0
    assert sent(transport) == 2 + repeated


@pytest.mark.parametrize("code", [1003, 1004])
def test_a_wait_ends_with_the_second_refusal_and_names_the_task(either_kling, noted, code):
    transport = noted(refusal(code))

    with pytest.raises(AuthenticationError) as caught:
        either_kling(transport=transport, **PAIR).wait(REF)

    assert REF in " ".join(caught.value.__notes__)
    assert len(transport.requests) == 2


@pytest.mark.parametrize("code", [1000, 1001, 1002, 1100, 1200, 5000])
@pytest.mark.parametrize("status", [401, 403])
def test_every_other_code_is_not_repeated(either_kling, noted, code, status):
    transport = noted(refusal(code, status))

    with pytest.raises(APIStatusError):
        either_kling(transport=transport, **PAIR).create(REQUEST)

    assert sent(transport) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Unauthorized</html>",
        b"[]",
        b"null",
        b'{"code": "expired"}',
        b'{"code": [1004]}',
        b'{"code": null}',
        b'{"code": 1004.5}',
        b'{"message": "expired"}',
        b"[" * 100_000,
    ],
    ids=range(10),
)
def test_a_refusal_without_a_code_is_not_repeated(either_kling, noted, body):
    transport = noted((401, body))

    with pytest.raises(APIStatusError) as caught:
        either_kling(transport=transport, **PAIR).create(REQUEST)

    assert caught.value.status_code == 401
    assert len(transport.requests) == 1


@pytest.mark.parametrize("code", [1003, 1004])
@every_call
def test_an_api_key_is_never_repeated(either_kling, noted, ask, code):
    transport = noted(refusal(code))

    with pytest.raises(AuthenticationError) as caught:
        ask(either_kling(transport=transport, **API_KEY))

    assert caught.value.code == code
    assert tokens(transport.requests) == ["Bearer api-key"]


@pytest.mark.parametrize("error", [httpx.ConnectError("down"), httpx.ReadTimeout("slow")])
def test_a_failure_of_the_second_request_is_raised(either_kling, noted, error):
    transport = noted(refusal(1004), error)

    with pytest.raises(KlingError):
        either_kling(transport=transport, **PAIR).create(REQUEST)

    assert sent(transport) == 2


def test_the_new_token_serves_the_calls_after_it(either_kling, noted, success):
    transport = noted(slowly(refusal(1004), lambda: transport), success())
    client = either_kling(transport=transport, **PAIR)

    for _ in range(3):
        client.retrieve(REF)

    old, new, *others = tokens(transport.requests)
    assert old != new
    assert others == [new, new]


def test_every_request_may_be_repeated_once(either_kling, noted, success):
    # A refusal of yesterday is no reason to give up today.
    transport = noted(refusal(1004), success(), refusal(1004), success())
    client = either_kling(transport=transport, **PAIR)

    client.retrieve(REF)
    client.retrieve(REF)

    assert len(transport.requests) == 4


# ------------------------------------------------------------------------------ whose clock is off

NOW = 1772323200.0


def date(seconds):
    return format_datetime(datetime.fromtimestamp(seconds, UTC), usegmt=True)


@pytest.mark.parametrize("code", [1003, 1004])
@pytest.mark.parametrize(
    ("off", "said"),
    [
        (120, "120 s ahead of Kling's"),
        (-120, "120 s behind Kling's"),
        (7200, "7200 s ahead of Kling's"),
        (-86400, "86400 s behind Kling's"),
    ],
)
@pytest.mark.parametrize("credentials", [PAIR, API_KEY], ids=["pair", "key"])
def test_the_message_says_how_far_the_clock_is_off(
    either_kling, noted, code, off, said, credentials
):
    transport = noted(refusal(code, date=date(NOW - off)))

    with pytest.raises(AuthenticationError) as caught:
        either_kling(transport=transport, **credentials).retrieve(REF)

    assert str(caught.value).endswith(f"your clock is {said}")


@pytest.mark.parametrize("off", [0, 0.4, -0.4])
def test_clocks_that_agree_are_not_mentioned(either_kling, noted, off):
    transport = noted(refusal(1004, date=date(NOW)))
    transport.clock.advance(1 + off)

    with pytest.raises(AuthenticationError) as caught:
        either_kling(transport=transport, **PAIR).retrieve(REF)

    assert " 0 s" not in str(caught.value)


@pytest.mark.parametrize("code", [1000, 1001, 1002])
def test_where_time_is_not_the_matter_the_clock_is_not_mentioned(either_kling, noted, code):
    transport = noted(refusal(code, date=date(NOW - 7200)))

    with pytest.raises(AuthenticationError) as caught:
        either_kling(transport=transport, **PAIR).retrieve(REF)

    assert "clock here" not in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "Thu",
        "0",
        "Thu, 99 Foo 2026 99:99:99 GMT",
        "Mon, 31 Feb 2026 00:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 -0000",
        "Mon, 01 Jan 9999 00:00:00 GMT",
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Mar 2026 00:00:00 +999999",
        "Mon, 01 Mar 2026 99999999999999999999:00:00 GMT",
        "\xff\xfe",
    ],
)
@pytest.mark.parametrize("credentials", [PAIR, API_KEY], ids=["pair", "key"])
def test_a_date_that_is_none_does_no_harm(either_kling, noted, value, credentials):
    def reply(request):
        content = json.dumps({"code": 1004, "message": "expired"}).encode()
        headers = [(b"date", value.encode("latin-1")), (b"content-type", b"application/json")]
        return httpx.Response(401, content=content, headers=headers)

    with pytest.raises(AuthenticationError, match="expired"):
        either_kling(transport=noted(reply), **credentials).retrieve(REF)


def strict(clock, *, ahead):
    """Answer like a server whose clock differs, and that tells the time."""

    def reply(request):
        now = clock().time() + ahead
        token = claims(request)
        code = 1003 if token["nbf"] > now else 1004 if token["exp"] <= now else 0
        data = {"task_id": "752604318974529536", "task_status": "succeed"}
        body = {"code": code, "message": "", "request_id": "r-1", "data": data}
        return httpx.Response(401 if code else 200, json=body, headers={"date": date(now)})

    return reply


@pytest.mark.parametrize("ahead", [0, 4, -4, 1799])
def test_a_clock_that_is_a_little_off_does_no_harm(either_kling, noted, ahead):
    transport = noted(strict(lambda: transport.clock, ahead=ahead))

    assert either_kling(transport=transport, **PAIR).create(REQUEST).ref == REF
    assert len(transport.requests) == 1


@pytest.mark.parametrize("ahead", [1800, 7200, -6, -7200])
def test_a_clock_that_is_far_off_is_helped_or_said(either_kling, noted, ahead):
    transport = noted(strict(lambda: transport.clock, ahead=ahead))

    said = ""
    try:
        assert either_kling(transport=transport, **PAIR).create(REQUEST).ref == REF
    except AuthenticationError as error:
        said = str(error)

    skew = f"{abs(ahead)} s {'behind' if ahead > 0 else 'ahead of'} Kling's"
    assert not said or skew in said
    assert len(transport.requests) == 2
