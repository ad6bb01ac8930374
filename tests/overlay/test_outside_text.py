"""Text from outside: shown without what moves a cursor, forges a line or cannot be printed."""

import base64
import json
import logging
import pickle
import sys
import traceback
import unicodedata

import httpx
import kling
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from kling import KlingError, TaskFailedError, callbacks, models

REF = "text_to_video/752604318974529536"
REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
KEY = b"a secret of 32 bytes............"
SECRET = "whsec_" + base64.b64encode(KEY).decode()
TURNS = [*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
# Each of these does harm in a terminal or a log, or cannot be encoded.
HARM = [
    *("\x00", "\x07", "\x08", "\t", "\n", "\r", "\x1b", "\x1b[2J", "\x1b]0;title\x07", "\x7f"),
    *("\x85", "\x9b", "\u2028", "\u2029", *TURNS),
    *("\ud800", "\udbff", "\udc80", "\udcff", "\udfff"),
]
# Halves that meet become a pair in JSON.
HOSTILE = st.lists(st.one_of(st.sampled_from(HARM), st.text(max_size=8)), max_size=8).map(
    lambda parts: json.loads(json.dumps("".join(parts)))
)
FUZZ = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def is_harmless(text):
    """Whether a text can be shown anywhere, in a line."""
    return is_unicode(text) and not any(
        one in TURNS or unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") for one in text
    )


def is_unicode(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check(error):
    """Assert that an error is ours, and harmless wherever it is shown."""
    assert isinstance(error, KlingError)
    for one in (error, pickle.loads(pickle.dumps(error))):
        assert is_harmless(str(one))
        assert all(map(is_harmless, getattr(one, "__notes__", ())))
    # Frames and causes as well; only their lines break.
    whole = "".join(traceback.format_exception(error))
    assert is_harmless(whole.replace("\n", ""))


def answering(body, status=200):
    return lambda _: httpx.Response(status, content=json.dumps(body).encode())


def task(**fields):
    return {"task_id": "752604318974529536", "task_status": "succeed", **fields}


@pytest.mark.parametrize("harm", HARM, ids=ascii)
def test_these_tests_know_harm(harm):
    assert not is_harmless(f"a{harm}b")


# ------------------------------------------------------------------------------------- replies


@FUZZ
@given(HOSTILE, HOSTILE, st.sampled_from([200, 400, 401, 404]))
@example("\x1b[2J\nroot: ok", "\u202e", 400)
def test_an_error_shows_what_a_server_says_in_a_harmless_line(
    either_kling, scripted, said, other, status
):
    for body in (
        {"code": 1201, "message": said, "request_id": other},
        {"code": other, "message": said},
        {"error": {"message": said, "code": other}},
        {"code": 0, "data": {"task_id": f"{said}\ud800x", "task_status": other, other: said}},
    ):
        client = either_kling(api_key="k", transport=scripted(answering(body, status)))
        with pytest.raises(KlingError) as caught:
            client.retrieve(REF)
        check(caught.value)


def test_what_a_server_says_stays_readable(either_kling, scripted):
    said = "画面 \x1b[31mfox\x1b[0m\r\nroot:\ud800\u202e\u2069\u2028\x9b\x00\x7f"
    client = either_kling(
        api_key="k", transport=scripted(answering({"code": 1201, "message": said}))
    )

    with pytest.raises(kling.BadRequestError) as caught:
        client.create(REQUEST)

    shown = r"画面 \x1b[31mfox\x1b[0m\r\nroot:\ud800\u202e\u2069\u2028\x9b\x00\x7f (code 1201"
    assert str(caught.value).startswith(shown)


@FUZZ
@given(HOSTILE, HOSTILE.filter(bool), HOSTILE)
def test_a_task_keeps_what_a_server_says_and_shows_it_harmlessly(
    either_kling, scripted, status, task_id, message
):
    body = {"code": 0, "data": [task(task_status=status, task_id=task_id, task_status_msg=message)]}
    client = either_kling(api_key="k", transport=scripted(answering(body)))

    try:
        [found] = client.list(models.TextToVideoRequest)
    except KlingError as error:
        # Nobody could ask for such a task.
        assert not is_unicode(task_id)
        check(error)
        return

    assert (found.id, found.message) == (task_id, message)
    assert found.raw.task_status_msg == message
    assert is_harmless(repr(found))
    check(TaskFailedError(found))


def test_an_id_that_cannot_be_sent_names_no_task(either_kling, scripted, success):
    client = either_kling(api_key="k", transport=scripted(answering(success(task_id="\ud800"))))

    with pytest.raises(kling.APIStatusError, match="not valid Unicode") as caught:
        client.create(REQUEST)
    assert caught.value.may_exist
    with pytest.raises(ValueError, match=r"text_to_video/\\ud800 cannot be queried") as refused:
        client.retrieve("text_to_video/\ud800")
    assert not isinstance(refused.value, UnicodeError)
    with pytest.raises(
        ValueError, match=r"no query can look for the external_task_id '\\ud800'"
    ) as refused:
        client.recover(type(REQUEST), "\ud800")
    assert not isinstance(refused.value, UnicodeError)


def test_notes_and_logs_are_harmless_lines(either_kling, scripted, success, caplog, tmp_path):
    caplog.set_level(logging.DEBUG, "kling")
    task_id = "7\n\x1b[2J\u202e"

    def interrupted(_):
        raise KeyboardInterrupt

    client = either_kling(api_key="k", transport=scripted(success(task_id=task_id), interrupted))

    with pytest.raises(KeyboardInterrupt) as caught:
        client.run(REQUEST, interval=0.01)
    [note] = caught.value.__notes__
    assert note == r"The task goes on: text_to_video/7\n\x1b[2J\u202e"

    result = {"videos": [{"id": "1", "url": "https://e.org/%0a%1b[2J%e2%80%ae.mp4"}]}
    found = callbacks.parse(json.dumps(task(task_result=result)).encode()).task
    with pytest.raises(kling.APIStatusError):
        either_kling(api_key="k", transport=scripted((404, b""))).download(found, tmp_path)
    lines = [one.getMessage() for one in caplog.records]
    assert any(r"/\n\x1b[2J\u202e.mp4: HTTP 404" in one for one in lines)
    assert all(map(is_harmless, lines))


# ----------------------------------------------------------------------------------- downloads


@FUZZ
@given(HOSTILE, st.sampled_from(["", "https://", "https://e.org/", "https://e.org:", "//"]))
@example("\ud800", "https://e.org/")
@example("\ud800", "https://")
def test_a_url_of_a_result_may_be_anything(either_kling, scripted, tmp_path, text, begin):
    def moved(request):
        if request.url.path.endswith("/first"):
            location = f"{begin}{text}".encode("utf-8", "surrogatepass")
            return httpx.Response(302, headers=[(b"location", location)])
        return httpx.Response(404)

    for url in (f"{begin}{text}", "https://e.org/first"):
        content = json.dumps(task(task_result={"videos": [{"id": "1", "url": url}]})).encode()
        found = callbacks.parse(content).task
        assert (found.outputs[0].url or "") == url
        client = either_kling(api_key="k", transport=scripted(moved))
        with pytest.raises(KlingError) as caught:
            client.download(found, tmp_path)
        check(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes halves of pairs in names")
def test_a_folder_that_no_file_system_takes_is_said(either_kling, scripted, tmp_path):
    body = task(task_result={"videos": [{"id": "1", "url": "https://e.org/a.mp4"}]})
    found = callbacks.parse(json.dumps(body).encode()).task
    client = either_kling(api_key="k", transport=scripted((200, b"video")))

    with pytest.raises(ValueError, match="is not a valid name for a folder") as caught:
        client.download(found, tmp_path / "\ud800")

    assert is_harmless(str(caught.value))
    assert not isinstance(caught.value, UnicodeError)


# ----------------------------------------------------------------------------------- callbacks


@FUZZ
@given(
    HOSTILE,
    HOSTILE,
    HOSTILE,
    st.one_of(
        st.binary(),
        HOSTILE.map(lambda one: json.dumps({"id": one, "status": one, "message": one}).encode()),
    ),
)
@example("\ud800", "1781080794", "v1,AAAA", b"{}")
@example("1", "\ud800", "v1,AAAA", b"{}")
@example("1", "1781080794", "v1,\ud800", b"{}")
def test_a_callback_may_be_anything(delivery, moment, signature, body):
    headers = dict(zip(HEADERS, (delivery, moment, signature), strict=True))
    with pytest.raises(kling.CallbackError) as caught:
        callbacks.verify(body, headers, SECRET)
    check(caught.value)
    try:
        assert is_harmless(repr(callbacks.parse(body)))
    except kling.CallbackError as error:
        check(error)


HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")


@pytest.mark.parametrize("name", HEADERS[:2])
def test_a_header_that_nobody_can_have_sent_is_named(name):
    headers = {**dict.fromkeys(HEADERS, "1"), name: "1\ud800"}

    message = f"^the header {name} has characters that a header cannot have$"
    with pytest.raises(kling.CallbackError, match=message):
        callbacks.verify(b"{}", headers, SECRET)


@given(HOSTILE)
def test_a_secret_may_be_anything_and_is_not_shown(secret):
    headers = dict.fromkeys(HEADERS, "1")

    with pytest.raises((kling.CallbackError, ValueError)) as caught:
        callbacks.verify(b"{}", headers, f"whsec_{secret}!")
    assert not isinstance(caught.value, UnicodeError)
    assert str(caught.value) == 'the webhook secret must be "whsec_" followed by base64 text'


# ----------------------------------------------------------------------------- names in requests


@FUZZ
@given(HOSTILE.filter(bool))
def test_a_field_is_named_in_a_harmless_line(name):
    [problem, *_] = kling.validate_body(
        "text_to_video", {"model_name": "kling-v3", "prompt": "A fox", name: 1}
    )
    error = kling.InvalidRequestError("TextToVideoRequest", [problem])

    assert is_harmless(str(problem))
    assert str(error).splitlines() == ["TextToVideoRequest was not sent:", f"  {problem}"]
