"""What a client can be made with: timeouts, retries, headers, a client of httpx, other keys."""

import asyncio
import re
import sys
import traceback

import httpx
import kling
import pytest
from kling import (
    APIStatusError,
    AsyncKling,
    AuthenticationError,
    CredentialsError,
    InternalServerError,
    Kling,
    models,
)
from kling_api.api.text_to_video import get_text_to_video_task

REF = "text_to_video/752604318974529536"
URL = "https://media.test/a.mp4"
REQUEST = models.TextToVideoRequest(
    model_name="kling-v3", prompt="A fox at dawn", external_task_id="order-1"
)
FAILED = (500, {"code": 5000, "message": "busy", "request_id": "r-1"})
KINDS = {Kling: httpx.Client, AsyncKling: httpx.AsyncClient}


def refusal(code, status=401):
    return status, {"code": code, "message": f"words for {code}", "request_id": "r-1"}


def client_of_httpx(either_kling, transport, hooks=None, **options):
    """Return a client of httpx of the kind that a client takes, with hooks of that kind."""
    if either_kling is Kling:
        return httpx.Client(transport=transport, event_hooks=hooks or {}, **options)

    def awaiting(hook):
        async def call(one):
            if isinstance(one, httpx.Response):
                await one.aread()
            hook(one)

        return call

    hooks = {name: [awaiting(one) for one in found] for name, found in (hooks or {}).items()}
    return httpx.AsyncClient(transport=transport, event_hooks=hooks, **options)


# -------------------------------------------------------------------------- timeouts and retries


def test_a_timeout_of_httpx_tells_its_parts_apart(either_kling, scripted, success):
    transport = scripted(success())
    timeout = httpx.Timeout(60, connect=2)

    either_kling(api_key="k", timeout=timeout, transport=transport).retrieve(REF)

    assert transport.requests[0].extensions["timeout"] == timeout.as_dict()


@pytest.mark.parametrize(
    "timeout", [httpx.Timeout(0), httpx.Timeout(60, read=-1), httpx.Timeout(60, pool=float("inf"))]
)
def test_no_part_of_a_timeout_is_nothing_or_more_than_a_socket_takes(timeout):
    with pytest.raises(ValueError, match=r"timeout must be (more than 0|at most [0-9]+) seconds"):
        Kling(api_key="k", timeout=timeout)


def test_a_create_has_some_time_although_its_reading_has_no_limit(either_kling, scripted, success):
    transport = scripted(success())
    timeout = httpx.Timeout(60, read=None)

    task = either_kling(api_key="k", timeout=timeout, transport=transport).create(
        REQUEST, create_timeout=0
    )

    assert task.ref == REF


@pytest.mark.parametrize("times", [0, 1, 7])
def test_a_query_is_sent_again_as_often_as_is_said(either_kling, scripted, times):
    transport = scripted(FAILED)

    with pytest.raises(InternalServerError):
        either_kling(api_key="k", max_retries=times, transport=transport).retrieve(REF)

    assert len(transport.requests) == 1 + times


def test_five_retries_are_the_default(either_kling, scripted):
    transport = scripted(FAILED)

    with pytest.raises(InternalServerError):
        either_kling(api_key="k", transport=transport).retrieve(REF)

    assert len(transport.requests) == 6


def test_a_create_is_not_sent_again_however_many_retries_there_are(either_kling, scripted):
    transport = scripted(FAILED)

    with pytest.raises(InternalServerError):
        either_kling(api_key="k", max_retries=9, transport=transport).create(REQUEST)

    assert [one.method for one in transport.requests].count("POST") == 1


@pytest.mark.parametrize("times", [-1, 1.5, True, "3"])
def test_a_number_of_retries_is_a_whole_one(times):
    with pytest.raises(ValueError, match="max_retries must be a whole number of at least 0"):
        Kling(api_key="k", max_retries=times)


# ----------------------------------------------------------------------------- headers and queries


def test_headers_and_parameters_go_to_the_api_and_never_to_a_media_host(
    either_kling, scripted, success, tmp_path
):
    result = {"videos": [{"id": "1", "url": URL, "duration": "5"}]}

    def media(request):
        return httpx.Response(200, content=b"video")

    transport = scripted(success(), success(task_status="succeed", task_result=result), media)
    client = either_kling(
        api_key="k",
        default_headers={"X-Tenant": "studio"},
        default_query={"tenant": 7},
        transport=transport,
    )

    task = client.create(REQUEST)
    client.download(task, tmp_path)

    created, asked, fetched = transport.requests
    for one in (created, asked):
        assert one.headers["x-tenant"] == "studio"
        assert one.url.params["tenant"] == "7"
        assert one.headers.get_list("authorization") == ["Bearer k"]
    assert created.headers["content-type"] == "application/json"
    assert str(fetched.url) == URL
    assert "x-tenant" not in fetched.headers


def test_what_a_query_asks_for_goes_before_parameters_of_the_caller(
    either_kling, scripted, success
):
    transport = scripted({**success(), "data": []})
    client = either_kling(
        api_key="k", default_query={"pageNum": 9, "tag": "a"}, transport=transport
    )

    list(client.list(models.TextToVideoRequest, page_size=5))

    params = transport.requests[0].url.params
    assert (params.get_list("pageNum"), params["pageSize"], params["tag"]) == (["1"], "5", "a")


def test_the_generated_client_sends_them_too(scripted, success):
    transport = scripted(success())
    options = {"default_headers": {"X-Tenant": "studio"}, "default_query": {"tag": "a"}}
    client = Kling(api_key="k", transport=transport, **options)

    get_text_to_video_task.sync("1", client=client.raw)
    get_text_to_video_task.sync("1", client=client.raw.with_headers({"x-tenant": "other"}))

    assert [one.headers.get_list("x-tenant") for one in transport.requests] == [
        ["studio"],
        ["other"],
    ]
    assert [one.url.params["tag"] for one in transport.requests] == ["a", "a"]


def test_a_server_is_told_who_asks(either_kling, scripted, success):
    transport = scripted(success())

    either_kling(api_key="k", transport=transport).retrieve(REF)

    python = ".".join(map(str, sys.version_info[:2]))
    of_httpx = ".".join(httpx.__version__.split(".")[:2])
    assert transport.requests[0].headers["user-agent"] == (
        f"kling-openapi/{kling.__version__} (python {python}; httpx {of_httpx})"
    )


def test_a_program_can_name_itself_instead(either_kling, scripted, success):
    transport = scripted(success())
    headers = {"User-Agent": "studio/1"}

    either_kling(api_key="k", default_headers=headers, transport=transport).retrieve(REF)

    assert transport.requests[0].headers.get_list("user-agent") == ["studio/1"]


WRONG = {
    "authorization": ({"authorization": "Bearer x"}, ValueError, "must not contain Authorization"),
    "of a body": ({"Content-Length": "5"}, ValueError, "must not contain Content-Length"),
    "host": ({"host": "other.test"}, ValueError, "must not contain host"),
    "no mapping": ("X-Tag: a", TypeError, "must map names to strings, but is str"),
    "no name": ({"X Tag": "a"}, ValueError, "a name that is not valid for a header"),
    "no text": ({"X-Tag": 7}, TypeError, "X-Tag must be a string, not int"),
    "two lines": ({"X-Tag": "s3cret\r\nX-Other: b"}, ValueError, "X-Tag contains a char"),
    "letters": ({"X-Tag": "s3crét"}, ValueError, "X-Tag contains a char"),
}


@pytest.mark.parametrize(("headers", "kind", "told"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("which", [Kling, AsyncKling])
def test_a_header_that_cannot_be_sent_is_refused_and_not_shown(which, headers, kind, told):
    with pytest.raises(kind, match=f"default_headers.*{told}") as caught:
        which(api_key="k", default_headers=headers)

    assert "s3cr" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("a=b", "must map names to values, but is str"),
        ({"a": None}, "a must be a string or a number, not NoneType"),
        ({1: "a"}, "names must be strings, not int"),
    ],
)
def test_a_parameter_that_cannot_be_sent_is_refused(query, told):
    with pytest.raises(TypeError, match=f"default_query.*{told}"):
        Kling(api_key="k", default_query=query)


def test_headers_are_in_no_text_of_a_client(scripted, success):
    client = Kling(api_key="k", default_headers={"X-Key": "s3cret"}, transport=scripted(success()))
    http = client.raw.get_httpx_client()

    assert "s3cret" not in "".join(map(repr, [client, client.raw, http, http.defaults]))


# -------------------------------------------------------------------------- a client of the caller


def test_a_client_of_httpx_sends_with_its_hooks_and_headers(either_kling, scripted, success):
    transport, seen = scripted(success()), []
    hooks = {"request": [lambda one: seen.append(one.method)], "response": [seen.append]}
    given = client_of_httpx(
        either_kling, transport, hooks, headers={"X-Tenant": "studio"}, params={"tag": "a"}
    )

    task = either_kling(api_key="k", http_client=given).create(REQUEST)

    assert task.ref == REF
    assert seen[0] == "POST"
    assert seen[1].status_code == 200
    sent = transport.requests[0]
    assert (sent.headers["x-tenant"], sent.url.params["tag"]) == ("studio", "a")
    assert sent.headers["user-agent"].startswith("kling-openapi/")


def test_its_credentials_and_its_redirects_do_not_count(either_kling, scripted, success):
    moved = httpx.Response(302, headers={"location": "https://elsewhere.test/"})
    transport = scripted(lambda request: moved)
    given = client_of_httpx(either_kling, transport, auth=("user", "pass"), follow_redirects=True)

    with pytest.raises(APIStatusError, match="HTTP 302"):
        either_kling(api_key="k", max_retries=0, http_client=given).retrieve(REF)

    assert len(transport.requests) == 1
    assert transport.requests[0].headers.get_list("authorization") == ["Bearer k"]


def test_a_reply_that_a_hook_reads_or_refuses_is_still_kling_s(either_kling, scripted):
    given = client_of_httpx(
        either_kling,
        scripted(refusal(1102, 429)),
        {"response": [lambda one: one.raise_for_status()]},
    )

    with pytest.raises(kling.InsufficientBalanceError) as caught:
        either_kling(api_key="k", http_client=given).create(REQUEST)

    assert caught.value.not_created


def test_a_packed_reply_that_a_hook_reads_is_unpacked_once(scripted):
    import gzip

    body = b'{"code": 0, "message": "", "data": {"task_id": "1", "task_status": "submitted"}}'
    packed = httpx.Response(
        200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(gzip.compress(body))
    )
    given = httpx.Client(
        transport=scripted(lambda request: packed),
        event_hooks={"response": [lambda one: one.read()]},
    )

    assert Kling(api_key="k", http_client=given).retrieve("text_to_video/1").id == "1"


def test_a_client_of_httpx_stays_open(scripted, success):
    given = httpx.Client(transport=scripted(success()))

    with Kling(api_key="k", http_client=given) as client:
        client.retrieve(REF)

    assert not given.is_closed


def test_an_async_client_of_httpx_stays_open(scripted, success):
    given = httpx.AsyncClient(transport=scripted(success()))

    async def main():
        async with AsyncKling(api_key="k", http_client=given) as client:
            await client.retrieve(REF)

    asyncio.run(main())

    assert not given.is_closed


def test_the_mock_is_reached_through_a_client_of_httpx(kling_mock, tmp_path):
    given = httpx.Client(transport=kling_mock.transport)
    client = Kling(
        api_key=kling_mock.keys.api_key, base_url="http://kling-mock.invalid", http_client=given
    )

    task = client.run(REQUEST)

    assert client.download(task, tmp_path)[0].stat().st_size > 0


@pytest.mark.parametrize("which", [Kling, AsyncKling])
def test_a_client_of_the_other_kind_is_refused(which):
    other = httpx.AsyncClient() if which is Kling else httpx.Client()

    with pytest.raises(TypeError, match=r"http_client must be an httpx\.Client for Kling"):
        which(api_key="k", http_client=other)


@pytest.mark.parametrize(
    ("given", "kind", "told"),
    [
        ("https://proxy.test", TypeError, "http_client must be an httpx.Client or .*, not str"),
        (httpx.Client, TypeError, "not the class Client"),
        (
            Kling(api_key="k").raw.get_httpx_client(),
            ValueError,
            "belongs to a Kling; to share its connections",
        ),
    ],
    ids=["text", "class", "ours"],
)
def test_something_else_is_no_client_of_httpx(given, kind, told):
    with pytest.raises(kind, match=told):
        Kling(api_key="k", http_client=given)


def test_a_transport_beside_a_client_of_httpx_is_refused(scripted, success):
    with pytest.raises(TypeError, match="give http_client or transport, not both"):
        Kling(api_key="k", http_client=httpx.Client(), transport=scripted(success()))


# ---------------------------------------------------------------------------- a key that may change


class Keys:
    """Returns one key a call, the last one forever, and counts the calls."""

    def __init__(self, *keys):
        self._keys = keys
        self.calls = 0

    def __call__(self):
        key = self._keys[min(self.calls, len(self._keys) - 1)]
        self.calls += 1
        if isinstance(key, BaseException):
            raise key
        return key


@pytest.fixture
def sent(scripted):
    """Return a transport that plays a script, and keeps what stood behind Bearer each time."""

    def make(*replies):
        transport = scripted(*replies)
        play, transport.keys, transport.bodies = transport._reply, [], []

        def note(request):
            # httpx changes the headers of the same request.
            transport.keys.append(request.headers["authorization"].removeprefix("Bearer "))
            transport.bodies.append(request.content)
            return play(request)

        transport._reply = note
        return transport

    return make


def test_a_key_is_asked_for_before_each_request(either_kling, sent, success):
    transport, keys = sent(success()), Keys("first", "second")
    client = either_kling(api_key=keys, transport=transport)
    assert keys.calls == 0

    client.create(REQUEST)
    client.retrieve(REF)

    assert transport.keys == ["first", "second"]


@pytest.mark.parametrize("code", [1000, 1001, 1002, 1003, 1004])
@pytest.mark.parametrize("status", [401, 200])
def test_a_refused_create_goes_again_once_with_another_key(
    either_kling, sent, success, code, status
):
    transport = sent(refusal(code, status), success())

    task = either_kling(api_key=Keys("old", "new"), transport=transport).create(REQUEST)

    assert task.ref == REF
    assert transport.keys == ["old", "new"]
    assert transport.bodies[0] == transport.bodies[1]
    assert b"order-1" in transport.bodies[1]


def test_it_goes_again_no_more_than_once(either_kling, sent):
    transport, keys = sent(refusal(1002)), Keys("1", "2", "3", "4")

    with pytest.raises(AuthenticationError) as caught:
        either_kling(api_key=keys, transport=transport).create(REQUEST)

    assert caught.value.not_created
    assert (transport.keys, keys.calls) == (["1", "2"], 2)


@pytest.mark.parametrize(
    "replies",
    [
        (refusal(1002),),
        ((401, "<html>Unauthorized</html>"),),
        (refusal(1100, 403),),
        ((401, {"message": "no key"}),),
    ],
    ids=["the same key", "no code", "another code", "no code in JSON"],
)
def test_nothing_else_is_sent_again(either_kling, sent, replies):
    is_kling_s = replies == (refusal(1002),)
    transport, keys = sent(*replies), Keys("old", "old" if is_kling_s else "new")

    with pytest.raises(APIStatusError):
        either_kling(api_key=keys, transport=transport).create(REQUEST)

    assert transport.keys == ["old"]
    assert keys.calls == (2 if is_kling_s else 1)


def test_a_key_that_cannot_be_had_a_second_time_leaves_the_refusal(either_kling, sent, caplog):
    transport = sent(refusal(1002))

    with pytest.raises(AuthenticationError) as caught:
        either_kling(api_key=Keys("old", RuntimeError("vault s3cret")), transport=transport).create(
            REQUEST
        )

    assert caught.value.not_created
    assert "api_key() raised RuntimeError" in caplog.text
    assert "s3cret" not in caplog.text


FAULTY = {
    "raises": (Keys(LookupError("no vault")), "raised LookupError"),
    "none": (Keys(None), "must return a string, not NoneType"),
    "empty": (Keys(" \n"), "returned an empty string"),
    "pair": (Keys("access|secret"), "which are two keys"),
}


@pytest.mark.parametrize(("keys", "told"), FAULTY.values(), ids=FAULTY)
def test_a_key_that_cannot_be_had_ends_the_call_before_anything_is_sent(
    either_kling, sent, success, keys, told
):
    transport = sent(success())

    with pytest.raises(CredentialsError, match=re.escape(told)) as caught:
        either_kling(api_key=keys, transport=transport).create(REQUEST)

    assert transport.keys == []
    assert not getattr(caught.value, "__notes__", ())
    assert "access|secret" not in str(caught.value)


def test_a_run_that_gets_no_key_for_its_queries_names_its_task(either_kling, sent, success):
    keys = Keys("key", LookupError("no vault"))

    with pytest.raises(CredentialsError) as caught:
        either_kling(api_key=keys, transport=sent(success())).run(REQUEST)

    assert caught.value.__notes__ == [f"The task goes on: {REF}"]


def test_an_interruption_while_the_key_is_asked_for_passes(either_kling, sent, success):
    with pytest.raises(KeyboardInterrupt):
        either_kling(api_key=Keys(KeyboardInterrupt()), transport=sent(success())).retrieve(REF)


def test_an_async_function_is_awaited(sent, success):
    transport, keys = sent(refusal(1004), success()), Keys("old", "new")

    async def ask():
        await asyncio.sleep(0)
        return keys()

    async def main():
        async with AsyncKling(api_key=ask, transport=transport) as client:
            with pytest.raises(CredentialsError, match="returned an awaitable"):
                client.token()
            return await client.create(REQUEST)

    assert asyncio.run(main()).ref == REF
    assert transport.keys == ["old", "new"]


def test_an_async_function_that_fails_is_named(sent, success):
    async def ask():
        raise LookupError("no vault")

    async def main():
        async with AsyncKling(api_key=ask, transport=sent(success())) as client:
            await client.retrieve(REF)

    with pytest.raises(CredentialsError, match=r"api_key\(\) raised LookupError"):
        asyncio.run(main())


def test_an_async_function_needs_the_async_client(sent, success):
    async def ask():
        return "key"

    transport = sent(success())

    with pytest.raises(CredentialsError, match="which only AsyncKling accepts"):
        Kling(api_key=ask, transport=transport).retrieve(REF)
    assert transport.keys == []


def test_keys_that_were_sent_are_taken_out_of_what_a_server_says(either_kling, sent):
    transport = sent(
        refusal(1002), (401, {"code": 1002, "message": "not key-of-before nor key-of-today"})
    )
    keys = Keys("key-of-before", "key-of-today")

    with pytest.raises(AuthenticationError, match=r"not \*\*\* nor \*\*\*"):
        either_kling(api_key=keys, transport=transport).retrieve(REF)


def test_the_token_of_a_called_key_is_the_key(scripted, success):
    assert Kling(api_key=Keys("one", "two"), transport=scripted(success())).token() == "one"


@pytest.mark.parametrize("name", ["api_key", "access_key", "secret_key"])
def test_a_key_is_a_text(name):
    with pytest.raises(TypeError, match=f"{name} must be a string.*, not bytes"):
        Kling(**{name: b"key"})


# ------------------------------------------------------------------------ keys as people paste them


def test_the_variable_of_other_programs_is_read_last(monkeypatch, scripted, success):
    monkeypatch.setenv("KLINGAI_API_KEY", "key-of-others")
    assert Kling(transport=scripted(success())).token() == "key-of-others"

    monkeypatch.setenv("KLING_API_KEY", "own-key")
    assert Kling(transport=scripted(success())).token() == "own-key"


def test_a_pair_of_our_variables_goes_before_the_variable_of_others(monkeypatch):
    for name in ("KLINGAI_API_KEY", "KLING_ACCESS_KEY", "KLING_SECRET_KEY"):
        monkeypatch.setenv(name, "some-key-of-32-bytes-or-even-more")

    assert Kling().token().count(".") == 2


def test_both_variables_are_named_when_there_is_no_key():
    with pytest.raises(CredentialsError, match=r"KLING_API_KEY \(or KLINGAI_API_KEY\)"):
        Kling()


PASTED = {
    "pair": ("AK-s3cret|SK-s3cret", r"ACCESS_KEY\|SECRET_KEY.*KLING_SECRET_KEY"),
    "quotes": ('"s3cret-key"', "wrapped in quotes"),
    "curly quotes": ("\u201cs3cret-key\u201d", "wrapped in quotes"),
    "apostrophes": ("'s3cret-key'", "wrapped in quotes"),
    "two lines": ("s3cret-key\ns3cret-key", "contains a line break"),
    "space": ("s3cret key", "contains a space"),
    "tab": ("s3cret\tkey", "contains a tab"),
    "scheme": ("Bearer s3cret", "Bearer"),
}


@pytest.mark.parametrize(("key", "told"), PASTED.values(), ids=PASTED)
def test_what_is_no_key_is_called_what_it_is(monkeypatch, key, told):
    monkeypatch.setenv("KLING_API_KEY", key)
    for options in ({"api_key": key}, {}):
        with pytest.raises(CredentialsError, match=told) as caught:
            Kling(**options)
        assert "s3cret" not in "".join(traceback.format_exception(caught.value))
