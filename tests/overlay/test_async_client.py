"""AsyncKling: what Kling does, with await, and nothing else."""

import ast
import asyncio
import importlib.util
import inspect
import re
import time
from pathlib import Path

import anyio
import httpx
import pytest
from kling import (
    APIConnectionError,
    AsyncKling,
    InvalidRequestError,
    Kling,
    KlingError,
    NotFoundError,
    RateLimitError,
    TaskError,
    TaskFailedError,
    TaskTimeoutError,
    models,
)

# private: their source is compared, line by line.
from kling._client import (
    async_client,
    async_create_methods,
    async_download_methods,
    async_query_methods,
    async_wait_methods,
    client,
    create_methods,
    download_methods,
    query_methods,
    wait_methods,
)
from kling.mock import ManualClock
from kling_api.api.text_to_video import (
    create_text_to_video_task,
    get_text_to_video_task,
    list_text_to_video_tasks,
)

REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
REFUSED = models.TextToVideoRequest(model_name="kling-v2-6", prompt="A fox", duration="7")
REF = "text_to_video/752604318974529536"
UNREACHABLE = "http://127.0.0.1:9"
VIDEO = b"\0\0\0\x18ftypmp42" + b"frame" * 2000


def load_replies():
    """Load the neighbour with the table of bad replies; test modules cannot import each other."""
    path = Path(__file__).with_name("test_replies.py")
    spec = importlib.util.spec_from_file_location("bad_replies", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TABLE = load_replies()
REPLIES = {**TABLE.BAD_REPLIES, **TABLE.NO_REPLY}


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


# --------------------------------------------------------------------- the whole road on the mock


def test_the_whole_road_can_be_awaited(kling_mock, tmp_path):
    async def main():
        async with AsyncKling(transport=kling_mock.transport) as client:
            task = await client.create(REQUEST)
            assert (task.status, task.outputs) == ("submitted", ())
            assert (await client.retrieve(task)).id == task.id
            assert (await client.retrieve(task.ref)).id == task.id
            done = await client.wait(task)
            assert [one.ref async for one in client.list(models.TextToVideoRequest)] == [task.ref]
            return done, await client.download(done, tmp_path)

    task, paths = asyncio.run(main())

    assert (task.status, task.outputs[0].duration) == ("succeeded", 5.041)
    assert paths == [tmp_path / f"text_to_video-{task.id}.mp4"]
    assert paths[0].read_bytes()[4:8] == b"ftyp"
    assert names_in(tmp_path) == [paths[0].name]


def test_run_creates_and_waits_and_reports(kling_mock):
    seen = []

    async def main():
        async with AsyncKling(transport=kling_mock.transport) as client:
            return await client.run(REQUEST, timeout=300, interval=1, on_update=seen.append)

    task = asyncio.run(main())

    assert task.status == "succeeded"
    assert seen[-1] == task
    assert list(dict.fromkeys(one.status for one in seen)) == [
        "submitted",
        "processing",
        "succeeded",
    ]


def test_a_task_is_downloaded_by_its_ref(kling_mock, tmp_path):
    async def main():
        async with AsyncKling(transport=kling_mock.transport) as client:
            task = await client.run(REQUEST)
            return await client.download(task.ref, str(tmp_path / "out"))

    [path] = asyncio.run(main())

    assert path.parent == tmp_path / "out"


def test_what_kling_would_refuse_is_not_sent(scripted, success):
    transport = scripted(success())

    async def main():
        async with AsyncKling(api_key="k", transport=transport) as client:
            with pytest.raises(InvalidRequestError, match="duration") as caught:
                await client.create(REFUSED)
            with pytest.raises(InvalidRequestError):
                await client.run(REFUSED)
            return caught.value

    error = asyncio.run(main())

    assert [problem.rule for problem in error.problems] == ["text-to-video.duration-models"]
    assert transport.requests == []


def test_a_task_that_is_not_known_is_named(kling_mock):
    async def main():
        async with AsyncKling(transport=kling_mock.transport) as client:
            await client.retrieve("text_to_video/123")

    with pytest.raises(NotFoundError, match="text_to_video/123"):
        asyncio.run(main())


def test_a_failed_task_says_why(kling_mock):
    kling_mock.plan("submitted", "failed", message="the prompt is not allowed")

    async def main():
        async with AsyncKling(transport=kling_mock.transport) as client:
            await client.run(REQUEST)

    with pytest.raises(TaskFailedError, match="the prompt is not allowed"):
        asyncio.run(main())


def test_a_task_that_takes_too_long_can_be_waited_for_again(kling_mock):
    async def main():
        async with AsyncKling(transport=kling_mock.transport) as client:
            with pytest.raises(TaskTimeoutError) as caught:
                await client.run(REQUEST, timeout=10)
            return await client.wait(caught.value.task)

    assert asyncio.run(main()).status == "succeeded"


def test_a_wait_never_blocks_the_event_loop(scripted, success):
    transport = scripted(success(), success(task_status="succeed"))
    slept = []

    class Clock(ManualClock):
        def sleep(self, seconds):
            raise AssertionError("other tasks of the event loop would have to wait")

        async def asleep(self, seconds):
            slept.append(seconds)
            self.advance(seconds)

    transport.clock = Clock(1772323200.0)

    async def main():
        async with AsyncKling(api_key="k", transport=transport) as client:
            return await client.run(REQUEST)

    assert asyncio.run(main()).status == "succeeded"
    assert len(slept) == 1


def test_without_a_clock_of_the_transport_real_time_is_awaited(success, monkeypatch):
    slept = []

    async def sleep(seconds):
        slept.append(seconds)

    monkeypatch.setattr(anyio, "sleep", sleep)
    monkeypatch.setattr(time, "monotonic", lambda: sum(slept))
    replies = iter([success(), success(task_status="succeed")])
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=next(replies)))

    async def main():
        async with AsyncKling(api_key="k", transport=transport) as client:
            return await client.run(REQUEST)

    assert asyncio.run(main()).status == "succeeded"
    assert len(slept) == 1
    assert 1.6 <= slept[0] <= 2.4


def test_a_task_that_has_made_nothing_makes_no_folder(kling_mock, tmp_path):
    async def main():
        async with AsyncKling(transport=kling_mock.transport) as client:
            await client.download(await client.create(REQUEST), tmp_path / "out")

    with pytest.raises(TaskError, match="nothing to download"):
        asyncio.run(main())
    assert names_in(tmp_path) == []


def test_a_token_can_be_had_for_other_programs(kling_mock):
    client = AsyncKling(transport=kling_mock.transport)

    assert client.token() == kling_mock.keys.api_key


# ----------------------------------------------------------------------------------------- raw


def test_the_functions_of_the_generated_client_can_be_awaited(kling_mock):
    async def main():
        async with AsyncKling(transport=kling_mock.transport) as client:
            made = await create_text_to_video_task.asyncio(client=client.raw, body=REQUEST)
            one = await get_text_to_video_task.asyncio(made.data.task_id, client=client.raw)
            many = await list_text_to_video_tasks.asyncio_detailed(client=client.raw)
            return made.data.task_id, one.data.task_id, [task.task_id for task in many.parsed.data]

    made, one, many = asyncio.run(main())

    assert one == made
    assert many == [made]


def test_the_generated_functions_raise_the_errors_of_this_package(scripted):
    refusal = (429, {"code": 1302, "message": "slow down", "request_id": "r-1"})

    async def main():
        async with AsyncKling(api_key="k", transport=scripted(refusal)) as client:
            await get_text_to_video_task.asyncio("1", client=client.raw)

    with pytest.raises(RateLimitError, match="slow down"):
        asyncio.run(main())


def test_raw_checks_no_rules(scripted, success):
    transport = scripted(success())

    async def main():
        async with AsyncKling(api_key="k", transport=transport) as client:
            await create_text_to_video_task.asyncio(client=client.raw, body=REFUSED)

    asyncio.run(main())

    assert len(transport.requests) == 1


def test_generated_functions_of_the_other_kind_never_leave_without_credentials(scripted, success):
    # They would build a client of their own: no key, no transport, no errors of this package.
    options = {"api_key": "k", "base_url": UNREACHABLE, "transport": scripted(success())}

    with pytest.raises((KlingError, TypeError, RuntimeError)):
        get_text_to_video_task.sync("1", client=AsyncKling(**options).raw)
    with pytest.raises((KlingError, TypeError, RuntimeError)):
        asyncio.run(get_text_to_video_task.asyncio("1", client=Kling(**options).raw))


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.with_timeout(httpx.Timeout(5)),
        lambda raw: raw.with_headers({"x-trace": "1"}),
    ],
    ids=["timeout", "headers"],
)
def test_a_changed_raw_client_keeps_the_credentials_and_the_transport(scripted, success, change):
    transport = scripted(success())
    client = Kling(api_key="k", base_url=UNREACHABLE, transport=transport)

    get_text_to_video_task.sync("1", client=change(client.raw))

    assert [one.headers["authorization"] for one in transport.requests] == ["Bearer k"]


# ------------------------------------------------------------------------------------- closing


def test_closing_leaves_a_given_transport_open(scripted, success):
    transport = scripted(success())

    async def main():
        async with AsyncKling(api_key="k", transport=transport) as client:
            await client.create(REQUEST)
        await AsyncKling(api_key="k", transport=transport).close()
        return await AsyncKling(api_key="k", transport=transport).create(REQUEST)

    assert asyncio.run(main()).status == "submitted"
    assert not transport.closed


def test_closing_closes_connections_of_its_own():
    async def main():
        async with AsyncKling(api_key="k") as client:
            assert not client.raw.get_async_httpx_client().is_closed
        await client.close()
        return client.raw.get_async_httpx_client().is_closed

    assert asyncio.run(main())


def test_an_error_inside_of_the_context_passes_and_closes():
    clients = []

    async def main():
        async with AsyncKling(api_key="k") as client:
            clients.append(client)
            raise LookupError("of the caller")

    with pytest.raises(LookupError, match="of the caller"):
        asyncio.run(main())
    assert clients[0].raw.get_async_httpx_client().is_closed


def test_no_request_may_hang_for_ever():
    timeout = AsyncKling(api_key="k").raw.get_async_httpx_client().timeout

    assert None not in timeout.as_dict().values()


def test_a_client_is_described_by_its_server(scripted):
    client = AsyncKling(api_key="k", base_url="https://api.test/kling", transport=scripted({}))

    assert repr(client) == "<AsyncKling https://api.test/kling/>"


# ------------------------------------------------------------------------------- many at a time


class AllAtOnce(httpx.AsyncBaseTransport):
    """Answers no create before a certain number of them has come."""

    def __init__(self, transport, number):
        self._transport = transport
        self._waiting = number
        self._everybody = asyncio.Event()
        self.clock = transport.clock

    async def handle_async_request(self, request):
        if request.method == "POST":
            self._waiting -= 1
            if not self._waiting:
                self._everybody.set()
            await self._everybody.wait()
        return await self._transport.handle_async_request(request)


def test_fifty_tasks_at_once_do_not_wait_for_each_other(kling_mock, tmp_path):
    async def main():
        transport = AllAtOnce(kling_mock.transport, 50)
        async with AsyncKling(transport=transport) as client:

            async def work(number):
                request = models.TextToVideoRequest(
                    model_name="kling-v3", prompt="A fox", external_task_id=f"order-{number}"
                )
                task = await client.run(request)
                [path] = await client.download(task, tmp_path)
                return task.external_task_id, path

            return await asyncio.wait_for(asyncio.gather(*map(work, range(50))), 30)

    done = asyncio.run(main())

    assert [own_id for own_id, _ in done] == [f"order-{number}" for number in range(50)]
    assert names_in(tmp_path) == sorted(path.name for _, path in done)
    assert len({path.read_bytes() for _, path in done}) == 1


class Endless(httpx.AsyncByteStream):
    """A body that begins, and never ends."""

    def __init__(self, begun):
        self._begun = begun

    async def __aiter__(self):
        yield VIDEO[:5000]
        self._begun.set()
        await asyncio.Event().wait()


@pytest.mark.parametrize("of_before", [b"", b"of before"], ids=["new", "replaced"])
def test_a_cancelled_download_leaves_a_part(scripted, success, tmp_path, of_before):
    name = f"{REF.replace('/', '-')}.mp4"
    if of_before:
        (tmp_path / name).write_bytes(of_before)

    async def main():
        begun = asyncio.Event()
        transport = scripted(
            success(task_status="succeed", task_result={"videos": [{"url": "https://e.org/a"}]}),
            lambda request: httpx.Response(200, stream=Endless(begun)),
        )
        async with AsyncKling(api_key="k", transport=transport) as client:
            download = asyncio.create_task(client.download(REF, tmp_path))
            await begun.wait()
            during = names_in(tmp_path)
            download.cancel()
            with pytest.raises(asyncio.CancelledError):
                await download
            return during

    during = asyncio.run(main())

    assert [one for one in during if one.startswith(f"{name}.") and one.endswith(".part")]
    assert names_in(tmp_path) == [*([name] if of_before else []), f"{name}.part"]
    assert (tmp_path / f"{name}.part").read_bytes() == VIDEO[:5000]
    assert not of_before or (tmp_path / name).read_bytes() == of_before


class FirstHangs(httpx.AsyncBaseTransport):
    """Answers no request, but passes on the later ones."""

    def __init__(self, transport):
        self._transport = transport
        self.arrived = asyncio.Event()

    async def handle_async_request(self, request):
        if not self.arrived.is_set():
            self.arrived.set()
            await asyncio.Event().wait()
        return await self._transport.handle_async_request(request)


def test_a_cancelled_request_is_cancelled_and_the_client_lives_on(kling_mock):
    async def main():
        transport = FirstHangs(kling_mock.transport)
        async with AsyncKling(transport=transport) as client:
            hanging = asyncio.create_task(client.create(REQUEST))
            await transport.arrived.wait()
            hanging.cancel()
            # No KlingError in its place: who cancels must learn that it worked.
            with pytest.raises(asyncio.CancelledError):
                await hanging
            return await client.create(REQUEST)

    assert asyncio.run(main()).status == "submitted"


# --------------------------------------------------------------------------- whatever may come


@pytest.mark.parametrize("ask", TABLE.ASK.values(), ids=TABLE.ASK)
@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_a_bad_reply_is_the_same_error_in_both_clients(scripted, reply, ask):
    async def main():
        async with AsyncKling(api_key="k", transport=scripted(reply)) as client:
            await ask(client)

    with pytest.raises(KlingError) as awaited:
        asyncio.run(main())
    with pytest.raises(KlingError) as direct:
        ask(Kling(api_key="k", transport=scripted(reply)))

    assert type(awaited.value) is type(direct.value)
    assert str(awaited.value) == str(direct.value)
    assert set(vars(awaited.value)) == set(vars(direct.value))


class Cut(httpx.AsyncByteStream):
    async def __aiter__(self):
        yield VIDEO[:5000]
        raise httpx.ReadError("connection reset")


def test_a_broken_download_leaves_a_part(scripted, success, tmp_path):
    transport = scripted(
        success(task_status="succeed", task_result={"videos": [{"url": "https://e.org/a?key=1"}]}),
        lambda request: httpx.Response(200, stream=Cut()),
    )

    async def main():
        async with AsyncKling(api_key="secret-key", transport=transport) as client:
            await client.download(REF, tmp_path)

    with pytest.raises(APIConnectionError, match=r"GET https://e\.org/a: connection reset"):
        asyncio.run(main())
    assert names_in(tmp_path) == ["text_to_video-752604318974529536.mp4.part"]
    assert "authorization" not in transport.requests[1].headers


# -------------------------------------------------------------------------------------- parity


def public(cls):
    return {
        name: member
        for name, member in vars(cls).items()
        if not name.startswith("_") or name == "__init__"
    }


METHODS = sorted(name for name, member in public(Kling).items() if inspect.isfunction(member))


def test_both_clients_have_the_same_members():
    assert public(Kling).keys() == public(AsyncKling).keys()
    for name, member in public(Kling).items():
        assert type(member) is type(public(AsyncKling)[name]), name


@pytest.mark.parametrize("name", METHODS)
def test_both_clients_take_the_same_arguments(name):
    def shape(cls):
        return [
            (one.name, one.kind, one.default)
            for one in inspect.signature(getattr(cls, name)).parameters.values()
        ]

    assert shape(AsyncKling) == shape(Kling)


def described(cls, name):
    """Return the arguments that a docstring describes, itself or where it sends its reader."""
    text = inspect.getdoc(cls if name == "__init__" else getattr(cls, name))
    section = re.search(r"^Args:\n((?:    .*\n?|\n)+)", text, re.MULTILINE)
    if section:
        return set(re.findall(r"^    (\w+):", section[1], re.MULTILINE))
    sent_to = re.search(r"\bsee (`.+`)\.$", text, re.MULTILINE)
    others = re.findall(r"`(?:Kling\.)?(\w+)`", sent_to[1]) if sent_to else []
    return set().union(*(described(Kling, other) for other in others))


@pytest.mark.parametrize("cls", [Kling, AsyncKling])
@pytest.mark.parametrize("name", METHODS)
def test_every_argument_is_described_here_or_where_the_docstring_sends_its_reader(cls, name):
    taken = inspect.signature(getattr(cls, name)).parameters.keys() - {"self"}
    found = described(cls, name)

    # What `run` is made of describes the task too, which it has not.
    assert found - {"task"} == taken - {"task"}


@pytest.mark.parametrize("name", METHODS)
def test_a_docstring_of_the_async_client_sends_its_reader_to_the_right_one(name):
    text = inspect.getdoc(AsyncKling if name == "__init__" else getattr(AsyncKling, name))
    referred = set(re.findall(r"`Kling\.(\w+)`", text))

    assert referred <= {name}


# What is called otherwise with await; all else differs by the words async, await and Async alone.
TWINS = {
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "aclose": "close",
    "asleep": "sleep",
    "AsyncClient": "Client",
    "AsyncDownloads": "Downloads",
    "AsyncHTTPClient": "HTTPClient",
    "AsyncIterator": "Iterator",
    "AsyncKeyFunction": "KeyFunction",
    "AsyncKling": "Kling",
    "AsyncRawResponses": "RawResponses",
    "AsyncSteps": "SyncSteps",
    "AsyncTransport": "Transport",
    **{f"Async{kind}Methods": f"{kind}Methods" for kind in ("Create", "Wait", "Download", "Query")},
}


class WithoutAwait(ast.NodeTransformer):
    """Turns the code of the async client into that of the other one."""

    def visit_Await(self, node):
        return self.visit(node.value)

    def visit_For(self, node):
        match node:
            # An async function cannot say it shorter.
            case ast.For(ast.Name(one), body=[ast.Expr(ast.Yield(ast.Name(other)))]) if (
                one == other
            ):
                return self.visit(ast.Expr(ast.YieldFrom(node.iter)))
        return self.generic_visit(node)

    def generic_visit(self, node):
        node = super().generic_visit(node)
        kind = type(node).__name__
        if kind.startswith("Async"):
            fields = {name: getattr(node, name) for name in node._fields if hasattr(node, name)}
            node = getattr(ast, kind.removeprefix("Async"))(**fields)
        for field in ("id", "attr", "name"):
            if getattr(node, field, None) in TWINS:
                setattr(node, field, TWINS[getattr(node, field)])
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = node.value.replace("<AsyncKling ", "<Kling ")
        if isinstance(getattr(node, "body", None), list):
            node.body = [one for one in node.body if not is_left_out(one)]
        return node


def is_left_out(node):
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or isinstance(node, ast.Import | ast.ImportFrom)


def statements(module):
    """Return the code of a module without await, by method."""
    tree = WithoutAwait().visit(ast.parse(Path(module.__file__).read_text(encoding="utf-8")))
    ast.fix_missing_locations(tree)
    [cls] = (node for node in tree.body if isinstance(node, ast.ClassDef))
    assert [one for one in tree.body if not isinstance(one, ast.If)] == [cls]
    methods = (node for node in cls.body if not isinstance(node, ast.AnnAssign))
    return {node.name: ast.unparse(node) for node in methods}


PAIRS = [
    (client, async_client),
    (create_methods, async_create_methods),
    (wait_methods, async_wait_methods),
    (download_methods, async_download_methods),
    (query_methods, async_query_methods),
]


@pytest.mark.parametrize(("plain", "awaiting"), PAIRS)
def test_both_clients_have_the_same_methods_in_the_same_order(plain, awaiting):
    assert list(statements(awaiting)) == list(statements(plain))


@pytest.mark.parametrize(("plain", "awaiting"), PAIRS)
def test_a_method_is_the_same_text_but_for_await(plain, awaiting):
    assert statements(awaiting) == statements(plain)


@pytest.mark.parametrize(("plain", "awaiting"), PAIRS)
def test_what_one_client_imports_the_other_one_imports(plain, awaiting):
    def imported(module):
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        return {
            TWINS.get(alias.name, alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }

    assert imported(awaiting) == imported(plain)
