import inspect
import json
import pickle
import re
from datetime import UTC, datetime
from decimal import Decimal
from importlib.resources import files

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kling import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConcurrencyLimitError,
    ContentPolicyError,
    InsufficientBalanceError,
    InternalServerError,
    Kling,
    KlingError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    Task,
    errors,
    models,
)
from kling.mock import ManualClock

REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
REF = "text_to_video/752604318974529536"
ASK = {
    "create": lambda client: client.create(REQUEST),
    "retrieve": lambda client: client.retrieve(REF),
    "wait": lambda client: client.wait(REF, timeout=60),
}
PROPERTIES = [name for name, _ in inspect.getmembers(Task, lambda one: isinstance(one, property))]

CLASSES = {
    1000: AuthenticationError,
    1001: AuthenticationError,
    1002: AuthenticationError,
    1003: AuthenticationError,
    1004: AuthenticationError,
    1100: PermissionDeniedError,
    1101: InsufficientBalanceError,
    1102: InsufficientBalanceError,
    1103: PermissionDeniedError,
    1200: BadRequestError,
    1201: BadRequestError,
    1202: NotFoundError,
    1203: NotFoundError,
    1300: ContentPolicyError,
    1301: ContentPolicyError,
    1302: RateLimitError,
    1303: ConcurrencyLimitError,
    1304: PermissionDeniedError,
    5000: InternalServerError,
    5001: InternalServerError,
    5002: InternalServerError,
}


def rows():
    text = files("kling_api").joinpath("openapi.json").read_text(encoding="utf-8")
    return json.loads(text)["components"]["schemas"]["ErrorCode"]["x-kling-error"]


def envelope(data):
    return {"code": 0, "message": "SUCCEED", "request_id": "r-1", "data": data}


def html(status):
    page = "<html><body>Bad Gateway</body></html>"
    return lambda _: httpx.Response(status, html=page)


def broken_gzip(_):
    stream = httpx.ByteStream(b"no gzip at all")
    return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=stream)


NO_REPLY = {
    "connection": httpx.ConnectError("refused"),
    "cut": httpx.RemoteProtocolError("peer closed connection"),
    "read-timeout": httpx.ReadTimeout("slow"),
    "connect-timeout": httpx.ConnectTimeout("slow"),
    "broken-gzip": broken_gzip,
}
BAD_REPLIES = {
    "html-502": html(502),
    "html-404": html(404),
    "html-200": html(200),
    "empty-520": (520, b""),
    "empty-200": b"",
    "redirect": lambda _: httpx.Response(302, headers={"location": "https://e.org"}),
    "not-utf8": b'{"code": 0, "message": "\xff\xfe"}',
    "half-json": b'{"code": 0, "data": {"task_id": "7526',
    "deep": b"[" * 100_000,
    "deep-object": b'{"code": 0, "data": ' + b'{"a": ' * 100_000,
    "huge-number": b'{"code": ' + b"9" * 10_000 + b"}",
    "nan": b'{"code": NaN}',
    "null": b"null",
    "list": [],
    "text": b'"SUCCEED"',
    "object": {},
    "no-data": {"code": 0, "message": "SUCCEED"},
    "data-null": envelope(None),
    "data-list": envelope([]),
    "data-list-of-tasks": envelope([{"task_id": "1", "task_status": "submitted"}]),
    "data-text": envelope("task"),
    "data-number": envelope(7),
    "data-empty": envelope({}),
    "no-task-id": envelope({"task_status": "submitted"}),
    "no-status": envelope({"task_id": "1"}),
    "code-null": {"code": None, "message": "", "data": None},
    "code-text": {"code": "1102", "message": "", "data": None},
    "code-list": {"code": [], "message": "", "data": None},
    "code-fraction": {"code": 1.5, "message": "", "data": None},
    "unknown-code": {"code": 98765, "message": "news", "data": None},
}


@pytest.mark.parametrize("ask", ASK.values(), ids=ASK)
@pytest.mark.parametrize(
    "reply", [*BAD_REPLIES.values(), *NO_REPLY.values()], ids=[*BAD_REPLIES, *NO_REPLY]
)
def test_whatever_comes_is_an_error_of_this_package(either_kling, scripted, reply, ask):
    with pytest.raises(KlingError):
        ask(either_kling(api_key="k", transport=scripted(reply)))


@pytest.mark.parametrize("reply", BAD_REPLIES.values(), ids=BAD_REPLIES)
def test_a_bad_reply_is_a_status_error(scripted, reply):
    with pytest.raises(APIStatusError):
        Kling(api_key="k", transport=scripted(reply)).create(REQUEST)


@pytest.mark.parametrize("reply", NO_REPLY.values(), ids=NO_REPLY)
def test_no_reply_is_a_connection_error_that_names_the_address(scripted, reply):
    client = Kling(api_key="k", base_url="https://api.test/kling", transport=scripted(reply))

    with pytest.raises(
        APIConnectionError, match=r"POST https://api\.test/kling/v1/videos/text2video"
    ):
        client.create(REQUEST)


REASONS = {
    "refused": (httpx.ConnectError("refused"), "refused (ConnectError)"),
    "reset": (httpx.ReadError("reset"), "reset (ReadError)"),
    "cut": (httpx.RemoteProtocolError("peer is gone"), "peer is gone (RemoteProtocolError)"),
    "proxy": (httpx.ProxyError("403"), "403 (ProxyError)"),
    "silence": (httpx.ReadTimeout("slow"), "no reply in time (ReadTimeout)"),
    "unreachable": (httpx.ConnectTimeout("slow"), "no reply in time (ConnectTimeout)"),
    "busy": (httpx.PoolTimeout("full"), "no reply in time (PoolTimeout)"),
}


@pytest.mark.parametrize(("failure", "reason"), REASONS.values(), ids=REASONS)
def test_a_connection_error_says_what_failed(scripted, failure, reason):
    client = Kling(api_key="k", base_url="https://api.test", transport=scripted(failure))

    with pytest.raises(APIConnectionError) as caught:
        client.create(REQUEST)

    assert str(caught.value) == f"POST https://api.test/v1/videos/text2video: {reason}"


@pytest.mark.parametrize("timeout", [httpx.ReadTimeout("slow"), httpx.ConnectTimeout("slow")])
def test_a_timeout_is_a_timeout_error(scripted, timeout):
    with pytest.raises(APITimeoutError, match="in time"):
        Kling(api_key="k", transport=scripted(timeout)).create(REQUEST)


@pytest.mark.parametrize(
    ("reply", "kind", "status"),
    [
        (html(502), InternalServerError, 502),
        ((520, b""), InternalServerError, 520),
        (html(404), APIStatusError, 404),
        (b"", APIStatusError, 200),
    ],
    ids=["html-502", "empty-520", "html-404", "empty-200"],
)
def test_a_reply_that_is_not_of_kling_is_classed_by_its_status(scripted, reply, kind, status):
    with pytest.raises(APIStatusError, match=f"HTTP {status}") as caught:
        Kling(api_key="k", transport=scripted(reply)).create(REQUEST)

    error = caught.value
    assert type(error) is kind
    assert (error.status_code, error.code, error.request_id) == (status, None, None)


def test_the_body_of_a_strange_page_is_not_shown(scripted):
    with pytest.raises(APIStatusError) as caught:
        Kling(api_key="k", transport=scripted(html(502))).create(REQUEST)

    assert "<html>" not in str(caught.value)


def test_the_table_of_codes_is_that_of_the_description():
    assert list(CLASSES) == [row["code"] for row in rows()]


def test_the_tree_of_errors_names_the_codes_of_each_class():
    named = {code: cls.__name__ for code, cls in CLASSES.items()}
    told = {}
    for name, text in re.findall(r"─ (\w+Error) +(\d{4}.*)", errors.__doc__):
        for low, high in re.findall(r"\b(\d{4})(?: to (\d{4}))?", text):
            told |= {code: name for code in named if int(low) <= code <= int(high or low)}

    assert told == named


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row["code"]))
def test_every_code_is_of_its_class(scripted, row):
    refusal = {"code": row["code"], "message": "Kling's own words", "request_id": "r-1"}

    with pytest.raises(APIStatusError) as caught:
        Kling(api_key="k", transport=scripted((row["status"], refusal))).create(REQUEST)

    error = caught.value
    assert type(error) is CLASSES[row["code"]]
    assert (error.code, error.status_code, error.request_id) == (row["code"], row["status"], "r-1")
    assert "Kling's own words" in str(error)
    assert str(row["code"]) in str(error)
    assert "r-1" in str(error)
    assert row["remedy"] in str(error)


@pytest.mark.parametrize(
    ("code", "kind"), [(1102, InsufficientBalanceError), (1302, RateLimitError)]
)
@pytest.mark.parametrize("status", [200, 400, 500])
def test_a_code_counts_more_than_the_status(scripted, code, kind, status):
    refusal = {"code": code, "message": "no", "request_id": "r-1", "data": None}

    with pytest.raises(APIStatusError) as caught:
        Kling(api_key="k", transport=scripted((status, refusal))).create(REQUEST)

    assert type(caught.value) is kind
    assert caught.value.status_code == status


@pytest.mark.parametrize(("status", "kind"), [(200, APIStatusError), (500, InternalServerError)])
def test_a_code_that_is_not_known_yet_is_kept(scripted, status, kind):
    refusal = {"code": 98765, "message": "news", "request_id": "r-1"}

    with pytest.raises(APIStatusError, match="news") as caught:
        Kling(api_key="k", transport=scripted((status, refusal))).create(REQUEST)

    assert type(caught.value) is kind
    assert caught.value.code == 98765


@pytest.mark.parametrize("code", [True, False, None, "", "ok", "-1", "\u0660", 0.5, [], {}])
def test_a_code_that_is_no_number_is_no_success_and_no_code(scripted, success, code):
    with pytest.raises(APIStatusError) as caught:
        Kling(api_key="k", transport=scripted({**success(), "code": code})).create(REQUEST)

    assert type(caught.value) is APIStatusError
    assert caught.value.code is None


@pytest.mark.parametrize("status", [400, 500])
def test_code_0_is_no_success_when_the_status_says_otherwise(scripted, success, status):
    with pytest.raises(APIStatusError) as caught:
        Kling(api_key="k", transport=scripted((status, success()))).create(REQUEST)

    assert (caught.value.status_code, caught.value.code) == (status, 0)


@pytest.mark.parametrize("request_id", [None, 7, {}])
def test_a_request_id_that_is_none_is_not_shown(scripted, request_id):
    refusal = {"code": 1302, "message": "slow down", "request_id": request_id}

    with pytest.raises(RateLimitError) as caught:
        Kling(api_key="k", transport=scripted((429, refusal))).create(REQUEST)

    assert caught.value.request_id is None
    assert "None" not in str(caught.value)


def test_an_unreadable_success_keeps_the_id_for_the_support(scripted):
    with pytest.raises(APIStatusError) as caught:
        Kling(api_key="k", transport=scripted(envelope({"task_id": "1"}))).create(REQUEST)

    assert caught.value.request_id == "r-1"


@pytest.mark.parametrize("task_id", [None, "", [], {}, True])
def test_a_task_without_a_usable_id_is_an_error(scripted, success, task_id):
    # Stored as "text_to_video/None", it would be lost for good.
    with pytest.raises(APIStatusError):
        Kling(api_key="k", transport=scripted(success(task_id=task_id))).create(REQUEST)


def test_an_id_that_is_a_number_is_read_as_text(scripted, success):
    reply = success(task_id=752604318974529536)

    assert Kling(api_key="k", transport=scripted(reply)).create(REQUEST).ref == REF


@pytest.mark.parametrize("message", [{}, {"message": None}], ids=["missing", "null"])
def test_a_success_needs_no_message(scripted, success, message):
    reply = {key: value for key, value in success().items() if key != "message"} | message

    assert Kling(api_key="k", transport=scripted(reply)).create(REQUEST).ref == REF


@pytest.mark.parametrize("field", ["task_info", "task_result", "watermark_info"])
@pytest.mark.parametrize("value", ["text", 7, [None]])
def test_the_id_of_a_task_that_was_paid_for_is_not_lost(scripted, success, field, value):
    client = Kling(api_key="k", transport=scripted(success(**{field: value})))

    try:
        found = client.create(REQUEST).ref
    except APIStatusError as error:
        found = str(error)

    assert "752604318974529536" in found


def retrieved(**data):
    """Return a task with these data, through a client."""
    reply = envelope({"task_id": "752604318974529536", "task_status": "processing", **data})
    content = json.dumps(reply).encode()
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=content))
    return Kling(api_key="k", transport=transport).retrieve(REF)


def test_a_status_that_kling_adds_later_is_passed_on():
    task = retrieved(task_status="queued")

    assert (task.status, task.ended) == ("queued", False)


@pytest.mark.parametrize("word", ["succeed", "succeeded"])
def test_both_spellings_of_success_are_one(word):
    task = retrieved(task_status=word)

    assert (task.status, task.ended) == ("succeeded", True)


def test_null_in_every_optional_field_is_the_same_as_nothing():
    names = models.Task.__annotations__.keys() - {"task_id", "task_status", "additional_properties"}

    task = retrieved(**dict.fromkeys(names))

    assert (task.message, task.outputs, task.external_task_id) == ("", (), None)
    assert (task.units, task.created_at, task.updated_at) == (None, None, None)


def test_added_fields_are_kept_in_raw():
    task = retrieved(price={"usd": "0.10"}, task_info={"added": 1}, task_result={"gifs": [1]})

    assert task.raw["price"] == {"usd": "0.10"}
    assert task.outputs == ()


@pytest.mark.parametrize(
    "result",
    [
        {"videos": None},
        {"videos": []},
        {"videos": [{"url": None, "id": None, "duration": None, "watermark_url": None}]},
        {"videos": [{"url": 5, "id": 5, "duration": "abc", "watermark_url": []}]},
        {"videos": [{}]},
        {},
    ],
)
def test_a_result_without_urls_is_a_result_without_urls(result):
    task = retrieved(task_status="succeed", task_result=result)

    assert [output.url for output in task.outputs if output.url] == []
    assert [output.duration for output in task.outputs if output.duration] == []


@pytest.mark.parametrize("videos", ["text", 7, True, [None], ["text"], [[]], {"url": "x"}])
def test_a_list_of_videos_that_is_none_is_a_status_error_at_worst(videos):
    try:
        outputs = retrieved(task_status="succeed", task_result={"videos": videos}).outputs
    except APIStatusError:
        return
    assert [output.url for output in outputs if output.url] == []


@pytest.mark.parametrize("field", ["task_info", "watermark_info", "final_balance_deduction"])
def test_a_broken_field_does_not_hide_the_others(field):
    result = {"videos": [{"url": "https://media.test/a"}]}
    broken = {field: "text"}

    task = retrieved(
        task_status="succeed", task_result=result, final_unit_deduction="2.50", **broken
    )

    assert [output.url for output in task.outputs] == ["https://media.test/a"]
    assert task.units == Decimal("2.50")


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("2.50", Decimal("2.50")),
        ("0", Decimal("0")),
        (2.5, Decimal("2.5")),
        (3, Decimal(3)),
        ("abc", None),
        ("", None),
        ("NaN", None),
        ("Infinity", None),
        (True, None),
        ([], None),
        ({}, None),
    ],
)
def test_units_are_a_decimal_number_or_nothing(sent, read):
    assert retrieved(final_unit_deduction=sent).units == read


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (1722769557708, datetime(2024, 8, 4, 11, 5, 57, 708000, tzinfo=UTC)),
        ("1722769557708", datetime(2024, 8, 4, 11, 5, 57, 708000, tzinfo=UTC)),
        ("x", None),
        ([], None),
        (10**30, None),
        (-(10**30), None),
        (1e300, None),
    ],
)
def test_a_time_is_a_date_in_utc_or_nothing(sent, read):
    task = retrieved(created_at=sent, updated_at=sent)

    assert (task.created_at, task.updated_at) == (read, read)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=9)
    | st.sampled_from(["NaN", "1e999999999", "-1", "succeed", "https://e.org/a.mp4"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=9,
)
VIDEO = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("id", "url", "watermark_url", "duration"), JSON)
)
RESULT = st.fixed_dictionaries({}, optional={"videos": JSON | st.lists(VIDEO | JSON, max_size=3)})
DATA = st.fixed_dictionaries(
    {
        "task_id": st.text(min_size=1) | JSON,
        "task_status": st.sampled_from(["succeed", "x"]) | JSON,
    },
    optional={
        "task_status_msg": JSON,
        "task_info": JSON | st.fixed_dictionaries({}, optional={"external_task_id": JSON}),
        "task_result": JSON | RESULT,
        "watermark_info": JSON | st.fixed_dictionaries({}, optional={"enabled": JSON}),
        "final_unit_deduction": JSON,
        "final_balance_deduction": JSON,
        "created_at": JSON,
        "updated_at": JSON,
        "added": JSON,
    },
)


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(DATA | JSON)
def test_any_json_is_a_status_error_or_a_task_that_can_be_read(data):
    content = json.dumps(envelope(data)).encode()
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=content))
    try:
        task = Kling(api_key="k", transport=transport).retrieve(REF)
    except APIStatusError:
        return

    values = {name: getattr(task, name) for name in PROPERTIES}

    assert isinstance(values["id"], str)
    assert isinstance(values["status"], str)
    assert isinstance(values["message"], str)
    assert values["units"] is None or values["units"].is_finite()
    assert not re.search("[\x00-\x1f\x7f-\x9f]", repr(task))
    assert task.failure is None or task.status == "failed"
    assert pickle.loads(pickle.dumps(task)).ref == task.ref
    kept = json.dumps(task.to_dict())
    again = Task.from_dict(json.loads(kept))
    assert (again.ref, again.outputs, again.request_id) == (task.ref, task.outputs, task.request_id)
    assert json.dumps(again.to_dict()) == kept


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(
    st.integers(200, 599), st.binary(max_size=50) | JSON.map(lambda one: json.dumps(one).encode())
)
def test_any_bytes_with_any_status_are_a_status_error(status, content):
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=content))
    transport.clock = ManualClock(0)

    with pytest.raises(APIStatusError) as caught:
        Kling(api_key="k", transport=transport).retrieve(REF)

    assert caught.value.status_code == status
