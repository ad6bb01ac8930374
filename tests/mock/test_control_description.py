"""The OpenAPI document of what is below /_mock/, against what the mock answers there."""

import json
import re
from importlib.resources import files

import httpx
import pytest
from every_slip import fail_with
from jsonschema import Draft202012Validator
from kling.mock import fault_kinds, plan_fields
from openapi_spec_validator import validate

TEXT = "/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
JSON = {"content-type": "application/json"}


@pytest.fixture
def call(kling_mock):
    """Return a function that asks the mock for something of its own."""
    with httpx.Client(
        transport=kling_mock.transport, base_url="https://kling-mock.invalid"
    ) as client:
        yield client.request


@pytest.fixture
def document(call):
    return call("GET", "/_mock/control.openapi.json").json()


def operation(document, method, path):
    """Return the operation that a path belongs to."""
    for template, methods in document["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", ".+", template), path) and method in methods:
            return methods[method]
    raise AssertionError(f"{method} {path} is not described")


def check(document, schema, value):
    Draft202012Validator({**schema, "components": document["components"]}).validate(value)


def test_the_document_is_valid(document):
    validate(document)


def test_every_switch_and_every_page_is_described(kling_mock, document):
    # private: the table of what is answered.
    from kling.mock._control import Control

    posts = Control(kling_mock._engine)._posts  # private: the same

    described = {path for path, methods in document["paths"].items() if "post" in methods}
    assert described == {f"/_mock/{name}" for name in posts} | {"/_mock/tasks/{task_id}"}
    read = {path for path, methods in document["paths"].items() if "get" in methods}
    assert read == {
        "/_mock/",
        "/_mock/docs",
        "/_mock/state",
        "/_mock/identity",
        "/_mock/openapi.json",
        "/_mock/openapi.portable.json",
        "/_mock/control.openapi.json",
        "/_mock/files/{file}",
    }


def test_the_source_of_the_mock_names_no_other_address(document):
    # private: addresses that are compared with, in the source.
    source = (files("kling.mock._control") / "control.py").read_text(encoding="utf-8")
    names = re.findall(r'name == "([\w./-]+)"|^    "([\w-]*)": "\w+\.html"', source, re.MULTILINE)

    known = {name for pair in names for name in pair if name}
    assert {"state", "openapi.json"} <= known
    assert {f"/_mock/{name}" for name in known} <= document["paths"].keys()


def test_every_field_of_a_plan_and_every_fault_is_in_it(document):
    plan = document["components"]["schemas"]["Plan"]

    assert plan["properties"].keys() == plan_fields().keys()
    for name, meaning in plan_fields().items():
        assert plan["properties"][name]["description"][1:-1] == meaning[1:]
    assert plan["properties"]["fault"]["enum"] == list(fault_kinds())
    for name in fault_kinds():
        assert f"- `{name}`: " in plan["description"]


def test_real_replies_match(call, document, kling_mock):
    key = {"Authorization": "Bearer mock-api-key"}
    body = BODY | {"callback_url": "http://localhost:9/"}
    task = call("POST", TEXT, json=body, headers=key).json()["data"]["task_id"]
    call("POST", TEXT, json=BODY, headers=key)
    call("POST", TEXT, json=BODY | {"duration": "99"}, headers=key)
    call("POST", TEXT, content=b"{", headers=key | JSON)
    kling_mock.plan(fault="hang-up", on="get")
    with pytest.raises(httpx.HTTPError):
        call("GET", TEXT + "/1", headers=key)
    kling_mock.clock.advance(1)
    asked = [
        ("post", "plan", {"fault": "refuse", "code": 1303, "times": None}),
        ("post", "plan", [{"statuses": ["failed"]}, {"results": [{"url": "x"}], "share": 0.5}]),
        ("post", "plans/clear", {}),
        ("post", "packages", ["video:5:100", "image:1"]),
        ("post", "webhook-secrets", []),
        ("post", f"tasks/{task}", {"status": "failed", "message": "too dark"}),
        ("get", "state", None),
        ("get", "identity", None),
        ("post", "clock", {"advance": 600}),
        ("get", "state", None),
        ("post", "reset", {}),
        ("get", "state", None),
    ]

    for method, name, sent in asked:
        path = f"/_mock/{name}"
        described = operation(document, method, path)
        if sent is not None:
            content = described["requestBody"]["content"]["application/json"]
            check(document, content["schema"], sent)
        reply = call(method.upper(), path, **({} if sent is None else {"json": sent}))
        assert reply.status_code == 200, reply.text
        content = described["responses"]["200"]["content"]["application/json"]
        check(document, content["schema"], reply.json())


@pytest.mark.parametrize(
    ("name", "sent", "status"),
    [
        ("plan", {"fault": "stal"}, 400),
        ("plan", {"results": [{"uri": "x"}]}, 400),
        ("clock", {"advance": -1}, 400),
        ("packages", "video:5", 400),
        ("webhook-secrets", ["x"], 400),
        ("tasks/1", {"status": "failed"}, 404),
        ("reset", None, 415),
    ],
)
def test_real_refusals_match(call, document, name, sent, status):
    headers = JSON if sent is not None else {"content-type": "text/plain"}

    reply = call("POST", f"/_mock/{name}", content=json.dumps(sent), headers=headers)

    assert reply.status_code == status
    described = operation(document, "post", f"/_mock/{name}")["responses"][str(status)]
    assert described == {"$ref": "#/components/responses/Refused"}
    check(document, {"$ref": "#/components/schemas/Refusal"}, reply.json())


def test_the_fields_of_replies_are_all_described(call, document):
    call("POST", TEXT, json=BODY, headers={"Authorization": "Bearer mock-api-key"})
    state = call("GET", "/_mock/state").json()
    schemas = document["components"]["schemas"]

    assert state.keys() == schemas["State"]["properties"].keys()
    assert state["tasks"][0].keys() == schemas["Task"]["properties"].keys()
    assert state["requests"][0].keys() == schemas["Request"]["properties"].keys()


def undescribed(schema, place):
    """Yield the place of each field in a schema that lacks a description."""
    for name, field in schema.get("properties", {}).items():
        if not field.get("description", "").endswith("."):
            yield f"{place}.{name}"
        yield from undescribed(field, f"{place}.{name}")
    for keyword in ("items", "additionalProperties"):
        if isinstance(inner := schema.get(keyword), dict):
            yield from undescribed(inner, place)


def test_every_field_of_a_body_and_a_reply_has_a_description(document):
    schemas = dict(document["components"]["schemas"])
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            contents = described["responses"]["200"]["content"]
            schemas[f"the reply of {method} {path}"] = contents.popitem()[1]["schema"]
            if sent := described.get("requestBody"):
                schemas[f"the body of {method} {path}"] = sent["content"]["application/json"][
                    "schema"
                ]

    assert len(schemas) > len(document["components"]["schemas"]) + len(document["paths"])
    fail_with(place for name, schema in schemas.items() for place in undescribed(schema, name))
