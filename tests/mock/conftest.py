"""Ask the mock as a stranger would, and hold every reply against the description."""

import json
import re
import uuid
from functools import cache
from importlib.resources import files

import httpx
import pytest
from click.testing import CliRunner
from command_line import cli
from jsonschema import Draft202012Validator


@cache
def document():
    return json.loads(files("kling_api").joinpath("openapi.json").read_text(encoding="utf-8"))


@cache
def schema_of(path, method, status):
    """Return the schema of a reply; that of every refusal where there is no such operation."""

    def fits(template):
        return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template) + "/?", path)

    for template, methods in document()["paths"].items():
        aliases = methods.get(method, {}).get("x-kling-aliases", [])
        if any(map(fits, [template, *(one["path"] for one in aliases)])) and method in methods:
            reply = methods[method]["responses"][str(status)]
            if "$ref" in reply:
                reply = document()["components"]["responses"][reply["$ref"].rpartition("/")[2]]
            return validator(reply["content"]["application/json"]["schema"]["$ref"])
    assert status >= 400, f"{method} {path} is not described"
    return validator("#/components/schemas/ApiError")


@cache
def validator(ref):
    return Draft202012Validator({"$ref": ref, "components": document()["components"]})


def check(response):
    """Assert that a reply is one of the description."""
    request = response.request
    path, _, _ = request.url.raw_path.decode().partition("?")
    body = response.json()
    assert response.headers["content-type"] == "application/json"
    schema_of(path, request.method.lower(), response.status_code).validate(body)
    rows = document()["components"]["schemas"]["ErrorCode"]["x-kling-error"]
    statuses = {0: 200} | {row["code"]: row["status"] for row in rows}
    assert response.status_code == statuses[body["code"]]
    uuid.UUID(body["request_id"])


@pytest.fixture
def ask_of():
    """Return a function of a mock: how to ask it, with its API key unless told otherwise."""

    def of(mock):
        client = httpx.Client(transport=mock.transport, base_url="https://kling-mock.invalid")

        def ask(method, path, *, authorization="Bearer mock-api-key", headers=(), **options):
            credentials = [] if authorization is None else [("Authorization", authorization)]
            headers = [*credentials, *dict(headers).items()]
            response = client.request(method, path, headers=headers, **options)
            check(response)
            return response

        return ask

    return of


@pytest.fixture
def ask(ask_of, kling_mock):
    """Return a function: ask("GET", "/v1/videos/text2video", params=...)."""
    return ask_of(kling_mock)


@pytest.fixture
def refused():
    """Return a function that asserts how a reply refuses, and returns its message."""

    def check_refusal(response, status, code):
        body = response.json()
        assert (response.status_code, body["code"]) == (status, code)
        assert body["message"]
        return body["message"]

    return check_refusal


@pytest.fixture
def valid():
    """Return a function that takes a success for one of a described path, and returns its data."""

    def data_of(response, path, method="post"):
        assert response.status_code == 200, response.text
        schema_of(path, method, 200).validate(response.json())
        return response.json()["data"]

    return data_of


@pytest.fixture
def bundle():
    """Return the description as it is shipped, to be changed at will."""
    return json.loads(json.dumps(document()))


@pytest.fixture
def switch(kling_mock):
    """Return a function that asks something of the mock itself: switch("/_mock/reset", json={})."""
    headers = {"content-type": "application/json"}
    with httpx.Client(
        transport=kling_mock.transport, base_url="https://kling-mock.invalid", headers=headers
    ) as client:
        yield client.post


@pytest.fixture
def kling_command(monkeypatch):
    """Return a function that runs `kling` with arguments, which serves nothing."""

    def serves(*_, **options):
        raise AssertionError("it serves")

    def run(*arguments):
        done = CliRunner().invoke(cli, arguments, prog_name="kling")
        # An exception that is no exit would be a traceback.
        assert isinstance(done.exception, SystemExit), done.exception
        return done

    monkeypatch.setattr("uvicorn.Server.run", serves)
    return run
