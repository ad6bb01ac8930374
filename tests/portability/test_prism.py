"""A second opinion: the generated client and Prism, a mock server that others wrote, by themselves.

Prism reads the joined description. What it says differently than our mock stands in `prism.yaml`.
"""

import contextlib
import functools
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
import pytest
from generated_calls import OPERATIONS, SPEC, bodies, endpoint, examples
from kling import Kling
from kling.mock import KlingMock
from kling_api import AuthenticatedClient, models

from scripts.build import bundle
from scripts.build.rule_fixtures import cases
from scripts.measure.prism import serving

TABLE = bundle.load(Path(__file__).with_name("prism.yaml"))
KEY = "mock-api-key"
JSON = "application/json"
CREATE = SPEC.operations["createTextToVideoTask"]
COSTS = SPEC.operations["getAccountCosts"]
BODY = json.dumps(dict(bodies(CREATE))["minimal"])
BY_REQUEST = {one.request: one for one in OPERATIONS if one.request}
CHECKED = {holder.get("id") for holder in bundle.holders(SPEC.document, "check")}


@pytest.fixture(scope="module")
def prism(spec):
    with serving(spec / "kling-openapi.json") as url:
        yield url


@pytest.fixture(scope="module")
def client(prism):
    """Return a function that gives a generated client, which may wish for a status of its own."""
    with contextlib.ExitStack() as stack:

        @functools.cache
        def client(status=None):
            headers = {"Prefer": f"code={status}"} if status else {}
            one = AuthenticatedClient(base_url=prism, token=KEY, headers=headers)
            return stack.enter_context(one)

        yield client


EXAMPLES = [
    pytest.param(operation, arguments, id=f"{operation.id}-{name}")
    for operation in OPERATIONS
    for name, arguments in examples(operation).items()
]


@pytest.mark.parametrize(("operation", "arguments"), EXAMPLES)
def test_prism_takes_every_example_and_its_reply_survives_its_model(operation, arguments, client):
    reply = endpoint(operation).sync_detailed(client=client(), **arguments)

    assert (reply.status_code, reply.parsed.code) == (200, 0)
    assert reply.parsed.to_dict() == json.loads(reply.content)
    # Prism has compared its reply with the schema too.
    assert "sl-violations" not in reply.headers


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.id)
def test_every_refusal_has_a_code_of_its_status_and_survives_its_model(operation, client):
    arguments = examples(operation)["minimal"]
    refusals = [int(status) for status in operation.node["responses"] if status != "200"]
    assert refusals

    for status in refusals:
        reply = endpoint(operation).sync_detailed(client=client(status), **arguments)

        assert reply.status_code == status
        assert isinstance(reply.parsed, models.ApiError)
        assert SPEC.errors[reply.parsed.code].status == status
        assert reply.parsed.to_dict() == json.loads(reply.content)


@pytest.mark.filterwarnings("ignore::kling.KlingWarning")  # an example may name a retired model
@pytest.mark.parametrize(
    "create", [one for one in BY_REQUEST.values() if one.makes_task], ids=lambda one: one.id
)
def test_the_package_creates_retrieves_and_lists(create, client, prism):
    request = examples(create)["minimal"]["body"]
    answer = endpoint(create).sync(client=client(), body=request).data
    info = getattr(answer, "task_info", None)
    # Prism always answers with this task; the package takes none that has another id than was sent.
    if id_of_it := getattr(info, "external_task_id", getattr(answer, "external_id", None)):
        body = request.to_dict()
        holder = body.setdefault("options", {}) if create.is_current else body
        holder["external_task_id"] = id_of_it
        request = type(request).from_dict(body)

    with Kling(api_key=KEY, base_url=prism) as client:
        task = client.create(request)
        if SPEC.query_of(create):
            assert not task.ended
            later = client.retrieve(task)
            # The list of the current standard is the only one whose example is not empty.
            listed = [one.ref for one in client.list(type(request))]
            assert listed == [task.ref] * create.is_current
        else:
            later = task

    assert later.ref == task.ref
    assert later.status == "succeeded"
    assert later.outputs


def refused_for(reply):
    """Tell what the mock refuses a body for."""
    broken = reply.headers.get("x-kling-mock-rules")
    if broken:
        return "a check" if set(broken.split(", ")) <= CHECKED else "a schema"
    return "its date" if reply.json()["code"] == 1203 else "what was before"


def said(reply):
    code = reply.json().get("code") if reply.headers["content-type"] == JSON else None
    return f"{reply.status_code}" if code is None else f"{reply.status_code} {code}"


def asking(transport, url):
    return httpx.Client(
        transport=transport,
        base_url=url,
        headers={"Authorization": f"Bearer {KEY}", "Content-Type": JSON},
    )


def test_what_prism_says_of_every_body_is_what_the_mock_says_or_explained(prism):
    # Prism reads no value as another one.
    mock = KlingMock(as_of=date(2026, 3, 1), now=0, exact=True)
    occurred = defaultdict(list)
    with asking(mock.transport, "https://kling-mock.invalid") as one, asking(None, prism) as other:
        for name, case in cases():
            operation, content = BY_REQUEST[case.schema], json.dumps(case.body)
            ours, theirs = (
                server.request(operation.method, operation.path, content=content)
                for server in (one, other)
            )
            if said(ours) != said(theirs):
                reason = refused_for(ours) if ours.is_error else "nothing"
                occurred[reason, said(ours), said(theirs)].append(name)

    rows = [(row["refused_for"], row["mock"], row["prism"]) for row in TABLE["bodies"]]
    assert {key: names[:3] for key, names in occurred.items() if key not in rows} == {}
    assert [row for row in rows if row not in occurred] == []


@dataclass(frozen=True)
class Call:
    """A create as it should be, but for what is said otherwise."""

    method: str = CREATE.method
    path: str = CREATE.path
    authorization: str | None = f"Bearer {KEY}"
    media_type: str | None = JSON
    accept: str = JSON
    content: str | None = BODY

    def send(self, client):
        headers = {"Accept": self.accept}
        if self.authorization is not None:
            headers["Authorization"] = self.authorization
        if self.media_type is not None:
            headers["Content-Type"] = self.media_type
        try:
            return said(
                client.request(self.method, self.path, headers=headers, content=self.content)
            )
        except httpx.ReadTimeout:
            return "nothing"


def get(path):
    return Call("GET", path, media_type=None, content=None)


CALLS = {
    "all is well": Call(),
    "JSON in UTF-8": Call(media_type=f"{JSON}; charset=utf-8"),
    "no Authorization": Call(authorization=None),
    "an empty Authorization": Call(authorization=""),
    "Authorization by name and password": Call(authorization="Basic YTpi"),
    "a wrong key": Call(authorization="Bearer wrong"),
    "a scheme in small letters": Call(authorization=f"bearer {KEY}"),
    "a method that the path does not have": Call("PUT"),
    "a path that does not exist": get("/v1/videos/nowhere/at/all"),
    "a path that does not exist without Authorization": Call(
        path="/v1/videos/nowhere/at/all", authorization=None
    ),
    "a path that ends in a slash": Call(path=f"{CREATE.path}/"),
    "a body that is called text": Call(media_type="text/plain"),
    "a body that is called a form": Call(media_type="application/x-www-form-urlencoded"),
    "a body that is called nothing": Call(media_type=None),
    "a body that is called another JSON": Call(media_type="application/vnd.other+json"),
    "a body that is no JSON": Call(content="{"),
    "a body that is a list": Call(content="[]"),
    "a body that is null": Call(content="null"),
    "no body": Call(content=None),
    "a wish for XML": Call(accept="application/xml"),
    "a page": get(f"{CREATE.path}?pageNum=1&pageSize=500"),
    "an unknown word in the query": get(f"{CREATE.path}?pages=1"),
    "a page before the first": get(f"{CREATE.path}?pageNum=0"),
    "a page that is no number": get(f"{CREATE.path}?pageNum=x"),
    "a page that is empty": get(f"{CREATE.path}?pageNum="),
    "a page in scientific notation": get(f"{CREATE.path}?pageNum=1e2"),
    "two pages at once": get(f"{CREATE.path}?pageNum=1&pageNum=2"),
    "a query without what it requires": get(COSTS.path),
    "a task that was never created": get(f"{CREATE.path}/752604318974529536"),
}
ROWS = {name: row for row in TABLE["calls"] for name in row["calls"]}


@pytest.mark.parametrize("name", CALLS)
def test_what_prism_says_of_a_call_is_what_the_mock_says_or_explained(name, prism, kling_mock):
    with httpx.Client(
        transport=kling_mock.transport, base_url="https://kling-mock.invalid"
    ) as client:
        ours = CALLS[name].send(client)
    with httpx.Client(base_url=prism, timeout=2) as client:
        theirs = CALLS[name].send(client)

    row = ROWS.get(name)
    assert (ours, theirs) == ((row["mock"], row["prism"]) if row else (ours, ours))


def test_every_row_is_of_a_call():
    rows = [name for row in TABLE["calls"] for name in row["calls"]]

    assert sorted(rows) == sorted(ROWS.keys() & CALLS.keys())
    assert all(row["mock"] != row["prism"] for row in TABLE["calls"])
