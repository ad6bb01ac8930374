"""Whatever a tool may write about a failing call shows no key, no token and no medium."""

import asyncio
import base64
import contextlib
import json
import logging
import pickle
import random
import socket
import struct
import threading
import traceback
import warnings
from pathlib import Path

import httpx
import jwt
import kling
import pytest
from every_slip import fail_with
from kling import AsyncKling, Kling, callbacks, media, models
from kling.mock import ManualClock
from kling_api.api.image_to_video import create_image_to_video_task, list_image_to_video_tasks
from media_files import png

API_KEY = "api-key-5f2c81d07e"
PAIR = {"access_key": "access-key-90ab34", "secret_key": "secret-key-71de-of-32-bytes-or-more"}
CREDENTIALS = {"api-key": {"api_key": API_KEY}, "pair": PAIR}
FILE = png(300, 400) + random.Random(1).randbytes(6000)
FILE += bytes(-len(FILE) % 3)  # in base64 more can follow
PICTURE = base64.b64encode(FILE).decode()
PARTS = [PICTURE[at : at + 20] for at in (0, 1000, len(PICTURE) // 2, len(PICTURE) - 20)]
REF = "image_to_video/752604318974529536"
TESTS = str(Path(__file__).parent)

OPTIONS = {"model_name": "kling-v2-6", "prompt": "A fox at dawn"}
REQUEST = models.ImageToVideoRequest(image=media.image(FILE), **OPTIONS)
PLAIN = models.ImageToVideoRequest(image=PICTURE, **OPTIONS)
EXTRA = {"image_tail": PICTURE, "mode": "pro"}
WRONG = models.ImageToVideoRequest(image=PICTURE, **OPTIONS, duration="99")
MISTYPED = models.ImageToVideoRequest(image=PICTURE, **OPTIONS, camera_control="zoom")
UNLISTED = kling.Unlisted("/v1/videos/new-thing", {"image": PICTURE, **OPTIONS})


@pytest.fixture(autouse=True)
def signed(monkeypatch):
    """Return every token that was signed."""
    tokens, encode = [], jwt.encode

    def note(*args, **options):
        tokens.append(encode(*args, **options))
        return tokens[-1]

    monkeypatch.setattr(jwt, "encode", note)
    return tokens


@pytest.fixture
def leaks(caplog, signed):
    """Return a function that names the secrets in all that is known of an error."""
    caplog.set_level(logging.DEBUG)

    def find(error, *objects):
        parts = [part for token in signed for part in (token, *token.split(".")[1:])]
        known = "\n".join(
            [*told(error), *map(repr, objects), *(written(one) for one in caplog.records)]
        )
        return [secret for secret in (API_KEY, *PAIR.values(), *PARTS, *parts) if secret in known]

    return find


def told(error):
    """Yield all that an error and those behind it can tell."""
    for one in linked(error):
        notes = getattr(one, "__notes__", [])
        yield f"{one} {one!r} {one.args!r} {vars(one)!r} {notes!r}"
        if isinstance(one, kling.KlingError):
            yield pickle.dumps(one).decode("latin-1")
        yield from frames(one)


def linked(error):
    found = [error]
    for one in found:
        for other in (one.__cause__, one.__context__):
            if other is not None and other not in found:
                found.append(other)
    return found


def frames(error):
    """Yield the frames of an error with their locals; those of tests hold what they please."""
    trace = traceback.TracebackException.from_exception(error, capture_locals=True)
    for frame in trace.stack:
        if not frame.filename.startswith(TESTS):
            yield f"{frame.filename} {frame.name} {frame.locals}"


def written(record):
    return f"{record.getMessage()} {vars(record)!r}"


def raw(client, endpoint, **arguments):
    """Call a function of the generated client."""
    if isinstance(client, Kling):
        return endpoint.sync(client=client.raw, **arguments)
    return asyncio.run(endpoint.asyncio(client=client._client.raw, **arguments))


CALLS = {
    "create": lambda client: client.create(REQUEST, create_timeout=9),
    "create-plain": lambda client: client.create(PLAIN, create_timeout=9),
    "create-extra": lambda client: client.create(REQUEST, extra=EXTRA, create_timeout=9),
    "run": lambda client: client.run(REQUEST, extra=EXTRA, create_timeout=9),
    "create-unlisted": lambda client: client.create(UNLISTED, create_timeout=9),
    "run-unlisted": lambda client: client.run(UNLISTED, extra=EXTRA, create_timeout=9),
    "retrieve": lambda client: client.retrieve(REF),
    "retrieve_all": lambda client: client.retrieve_all([REF]),
    "wait": lambda client: client.wait(REF, timeout=9),
    "wait_all": lambda client: client.wait_all([REF, REF + "1"], timeout=9),
    "list": lambda client: list(client.list(models.ImageToVideoRequest)),
    "recover": lambda client: client.recover(models.ImageToVideoRequest, "fox-1"),
    "download": lambda client: client.download(REF, "unused"),
    "raw-create": lambda client: raw(client, create_image_to_video_task, body=PLAIN),
    "raw-list": lambda client: raw(client, list_image_to_video_tasks),
}


def refused(code, status, message="no"):
    return status, {"code": code, "message": message, "request_id": "r-1"}


def echo(request):
    said = f"sent {dict(request.headers)} {request.content.decode()}"
    return httpx.Response(400, json=refused(1201, 400, said)[1])


def escaped_echo(request):
    return httpx.Response(400, json=refused(1201, 400, json.dumps(echo(request).json()))[1])


def echo_in_a_header(request):
    return httpx.Response(502, headers={"content-type": request.headers["authorization"]})


def interrupt(request):
    raise KeyboardInterrupt


FAILURES = {
    "refused": refused(1201, 400),
    "unauthorized": refused(1000, 401),
    "expired": refused(1004, 401),
    "busy": refused(1302, 429),
    "full": refused(1303, 429),
    "failed": refused(5000, 500),
    "timeout": httpx.ReadTimeout("slow"),
    "unreachable": httpx.ConnectError("no way"),
    "hang-up": httpx.RemoteProtocolError("cut"),
    "closed": RuntimeError("the transport has a fault"),
    "html": (502, b"<html>Bad Gateway</html>"),
    "empty": b"",
    "malformed": b'{"code": 0, "data": {',
    "unreadable": {"code": 0, "data": 1},
    "echo": echo,
    "escaped-echo": escaped_echo,
    "echo-in-a-header": echo_in_a_header,
    "interrupted": interrupt,
}


# What the reply holds the generated functions say in words of Python.
FAILS = (kling.KlingError, KeyboardInterrupt, RuntimeError, TypeError)


@pytest.mark.filterwarnings("ignore:POST .* is not in the description")
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("credentials", CREDENTIALS)
def test_a_failing_call_tells_no_secret(
    either_kling, scripted, leaks, caplog, signed, credentials, call
):
    def told_after(failure):
        caplog.clear()
        signed.clear()
        client = either_kling(transport=scripted(FAILURES[failure]), **CREDENTIALS[credentials])
        with pytest.raises(FAILS) as caught:
            CALLS[call](client)
        return leaks(caught.value)

    fail_with(f"{failure}: {known}" for failure in FAILURES if (known := told_after(failure)))


@pytest.mark.parametrize("wrong", [FILE, float("nan"), {1: 2}, object()])
def test_a_body_that_cannot_be_sent_tells_no_medium(leaks, wrong):
    with pytest.raises((TypeError, ValueError)) as caught:
        kling.Unlisted("/v1/videos/new-thing", {"image": PICTURE, "tail": wrong})

    assert leaks(caught.value, UNLISTED) == []


@pytest.mark.parametrize("credentials", CREDENTIALS)
@pytest.mark.parametrize("said", ["no", PICTURE])
def test_a_failed_task_tells_no_secret(either_kling, scripted, success, leaks, credentials, said):
    failed = success(task_status="failed", task_status_msg=f"invalid: {said}")
    client = either_kling(transport=scripted(success(), failed), **CREDENTIALS[credentials])

    with pytest.raises(kling.TaskFailedError) as caught:
        client.run(REQUEST, extra=EXTRA)

    # Whoever wants the whole text has it in the reply.
    assert caught.value.task.message.endswith(said)
    assert said != "no" or leaks(caught.value) == []
    assert [part for part in PARTS if part in f"{caught.value!r} {caught.value.task!r}"] == []


@pytest.mark.parametrize("credentials", CREDENTIALS)
def test_a_deadline_tells_no_secret(either_kling, scripted, success, leaks, credentials):
    client = either_kling(transport=scripted(success()), **CREDENTIALS[credentials])

    with pytest.raises(kling.TaskTimeoutError) as caught:
        client.run(REQUEST, extra=EXTRA)

    assert leaks(caught.value, caught.value.task, caught.value.task.raw) == []


@pytest.mark.parametrize("call", ["create", "run"])
@pytest.mark.parametrize("request_", [WRONG, MISTYPED], ids=["wrong", "mistyped"])
def test_a_request_that_is_not_sent_tells_no_secret(either_kling, scripted, leaks, call, request_):
    client = either_kling(transport=scripted(), **PAIR)

    with pytest.raises((kling.InvalidRequestError, TypeError)) as caught:
        getattr(client, call)(request_)

    problems = getattr(caught.value, "problems", ())
    assert leaks(caught.value, problems, request_) == []


def test_an_unchecked_request_that_is_not_sent_tells_no_secret(either_kling, scripted, leaks):
    client = either_kling(transport=scripted(), **PAIR)
    request = models.ImageToVideoRequest(image=PICTURE, **OPTIONS, cfg_scale=float("nan"))

    with pytest.raises(ValueError, match="JSON") as caught:
        raw(client, create_image_to_video_task, body=request)

    assert leaks(caught.value) == []


def test_validation_tells_no_secret(leaks):
    with pytest.raises(TypeError) as caught:
        kling.validate(MISTYPED)

    assert leaks(caught.value, *kling.validate(WRONG)) == []


def test_warnings_tell_no_secret(either_kling, scripted, success, leaks):
    client = either_kling(transport=scripted(success()), **PAIR)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        client.create(WRONG, extra=EXTRA)

    assert caught
    assert leaks(RuntimeError(), *(one.message for one in caught)) == []


CONSTRUCTIONS = {
    "scheme": {"base_url": "ftp://kling.example"},
    "v1": {"base_url": "https://kling.example/v1"},
    "no-url": {"base_url": "http://kling:fox"},
    "password": {"base_url": f"https://fox:{API_KEY}@kling.example"},
    "query": {"base_url": f"https://kling.example/?key={API_KEY}"},
    "half": {"secret_key": ""},
    "other-half": {"access_key": ""},
    "spaced": {"secret_key": f"{PAIR['secret_key']} {API_KEY}"},
    "with-scheme": {"api_key": f"Bearer {API_KEY}"},
    "concurrency": {"concurrency": 0},
    "timeout": {"timeout": "60"},
    "transport": {"transport": object()},
}


@pytest.mark.parametrize("options", CONSTRUCTIONS)
@pytest.mark.parametrize("is_set", [False, True], ids=["arguments", "environment"])
@pytest.mark.parametrize("which", [Kling, AsyncKling])
def test_a_client_that_cannot_be_made_tells_no_secret(monkeypatch, leaks, options, is_set, which):
    given = {**PAIR, **CONSTRUCTIONS[options]}
    for name in ("api_key", "access_key", "secret_key"):
        if is_set and name in given:
            monkeypatch.setenv(f"KLING_{name.upper()}", given.pop(name))

    told = r"base URL|key|concurrency|timeout|transport"
    with pytest.raises((TypeError, ValueError), match=told) as caught:
        which(**given)

    found = leaks(caught.value)
    # The address is the caller's to keep, and no frame but his shows more than that.
    assert found == ([API_KEY] if options in ("password", "query") else [])
    assert API_KEY not in str(caught.value)


def test_a_client_tells_no_secret(either_kling, scripted, success, leaks):
    client = either_kling(transport=scripted(success()), **PAIR)
    client.retrieve(REF)
    one = client if isinstance(client, Kling) else client._client

    assert leaks(RuntimeError(), one, one.raw, one._http, vars(one), vars(one._http)) == []


@pytest.mark.parametrize("source", [PICTURE, PICTURE[:1000], f"data:image/png,{PICTURE}"])
@pytest.mark.parametrize("take", [media.image, media.audio])
def test_a_medium_that_cannot_be_taken_is_not_shown(leaks, take, source):
    with pytest.raises((OSError, ValueError)) as caught:
        take(source)

    assert leaks(caught.value) == []


def test_a_webhook_secret_is_not_shown():
    secret = "whsec_" + base64.b64encode(FILE[-24:]).decode()
    headers = {"webhook-id": "1", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA"}

    with pytest.raises(kling.CallbackError) as caught:
        callbacks.verify(b"{}", headers, secret)

    assert secret[6:] not in "\n".join(told(caught.value))


def test_models_are_shown_without_long_texts():
    reply = {"task_id": "1", "task_status": "failed", "added": {"inner": [PICTURE]}}
    url = f"https://example.org/{'a' * 80}.png"

    shown = repr(models.ImageToVideoRequest(image=PICTURE, image_tail=url, prompt="A fox"))

    assert shown == (
        f"ImageToVideoRequest(image=<{len(PICTURE)} characters>, image_tail='{url}', "
        "prompt='A fox')"
    )
    assert [part for part in PARTS if part in repr(models.Task.from_dict(reply))] == []


def reset(connection):
    connection.recv(1000)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hang_up(connection):
    connection.settimeout(0.02)
    with contextlib.suppress(TimeoutError):
        while connection.recv(100_000):
            pass


@pytest.fixture
def server():
    """Return a function that serves on a socket: what it does with each connection but to reply."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve(handle):
            def accept():
                with contextlib.suppress(OSError):
                    while True:
                        connection, _ = listener.accept()
                        with connection:
                            handle(connection)

            if handle:
                threading.Thread(target=accept, daemon=True).start()
            return f"http://127.0.0.1:{listener.getsockname()[1]}"

        yield serve


class ImpatientClock(ManualClock):
    async def asleep(self, seconds):
        self.sleep(seconds)


@pytest.mark.parametrize("handle", [reset, hang_up, None], ids=["reset", "hang-up", "stall"])
@pytest.mark.parametrize("call", ["create-plain", "raw-create"])
@pytest.mark.parametrize("credentials", CREDENTIALS)
def test_a_broken_connection_tells_no_secret(
    either_kling, server, leaks, monkeypatch, handle, call, credentials
):
    # More than the buffers of both sides take, so that it breaks while the body is on its way.
    monkeypatch.setattr(PLAIN, "image", PICTURE + "A" * 8_000_000)
    transport = httpx.HTTPTransport() if either_kling is Kling else httpx.AsyncHTTPTransport()
    transport.clock = ImpatientClock(1772323200.0)
    client = either_kling(
        transport=transport, base_url=server(handle), timeout=0.05, **CREDENTIALS[credentials]
    )

    with pytest.raises(kling.APIConnectionError) as caught:
        CALLS[call](client)

    assert leaks(caught.value) == []


def test_what_the_caller_was_handling_keeps_its_frames(either_kling, scripted):
    client = either_kling(api_key=API_KEY, transport=scripted(httpx.ConnectError("no way")))

    def handle():
        try:
            int("fox")
        except ValueError:
            client.retrieve(REF)

    with pytest.raises(kling.APIConnectionError) as caught:
        handle()
    [own] = [one for one in linked(caught.value) if isinstance(one, ValueError)]
    assert own.__traceback__ is not None


def test_a_fault_of_a_transport_says_where_it_is(either_kling, scripted):
    def fault(request):
        raise LookupError("a fault")

    with pytest.raises(LookupError) as caught:
        either_kling(api_key=API_KEY, transport=scripted(fault)).retrieve(REF)

    [note] = caught.value.__notes__
    assert note.endswith("in fault")


def in_a_message():
    raise kling.KlingError(f"sent {PICTURE}")


def in_a_note():
    error = kling.KlingError("no")
    error.add_note(API_KEY)
    raise error


def in_an_attribute():
    error = kling.KlingError("no")
    error.sent = {"key": PAIR["access_key"]}
    raise error


def in_a_cause():
    try:
        raise ValueError(PAIR["secret_key"])
    except ValueError:
        raise kling.KlingError("no") from None


def in_the_log():
    logging.getLogger("anything").debug("key %s", API_KEY)
    raise kling.KlingError("no")


def in_a_frame():
    scope = {"PICTURE": PICTURE}
    exec(compile("def f(body):\n raise KeyError\nf(PICTURE)", "elsewhere.py", "exec"), scope)


@pytest.mark.parametrize(
    "leak", [in_a_message, in_a_note, in_an_attribute, in_a_cause, in_the_log, in_a_frame]
)
def test_what_leaks_is_found(leaks, leak):
    with pytest.raises((kling.KlingError, KeyError)) as caught:
        leak()

    assert leaks(caught.value)
