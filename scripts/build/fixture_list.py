"""List the bodies of `openapi/fixtures/bodies/` as requests, each with the expected reply."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from kling.description import Rules, Spec

from scripts.build.bundle import Document
from scripts.build.rule_fixtures import Case, cases
from scripts.build.rule_list import operation_ids, rule_rows

_WRONG_BODY = 1201
# The fields whose values come from the reply to an earlier call, such as the id of a task.
_MADE_EARLIER = {
    *("session_id", "cursor", "task_id", "video_id", "audio_id", "face_id"),
    *("voice_id", "element_id", "element_voice_id"),
}


def fixture_list(whole: Document, dialect: str = "") -> Iterator[Document]:
    """Yield every body with the rules that it breaks, its endpoint, and the expected reply.

    The reply is expected before the date in `retired`. From that date on, Kling refuses the body.
    """
    operations, endpoints = operation_ids(whole), _endpoints(whole)
    spec = Spec(whole, dialect)
    live_rules = {row.id for row in rule_rows(whole) if row.evidence == "live"}
    canonical = reader(spec)
    for name, case in cases(dialect):
        # A dialect may lack operations. In Kling's API, a case without an
        # operation is a mistake, and raises a KeyError.
        if not dialect or case.schema in operations:
            operation = operations[case.schema]
            method, path = endpoints[operation]
            canonical_body = canonical(case.schema, case.body)
            yield {
                "name": name,
                "operation": operation,
                "method": method,
                "path": path,
                "request": case.schema,
                "body": case.body,
                "rules": sorted(case.rules),
                "fields": case.fields,
                "advice": None if case.advice is None else sorted(case.advice),
                **_expected_reply(whole, case),
                "evidence": _evidence(case, live_rules),
                "retired": _retired(spec, operation, case.schema, canonical_body),
                "needs_state": _needs_earlier_call(case.body),
            }


def reader(spec: Spec) -> Callable[[str, Any], Any]:
    """Return a function that converts a body into its canonical form, which is what Kling reads.

    The arguments of this function are the name of the request schema, and the body.
    """

    @cache
    def rules_of(request: str) -> Rules:
        return Rules(spec, {"$ref": f"#/components/schemas/{request}"})

    return lambda request, body: rules_of(request).canonical(body)[0]


def _expected_reply(whole: Document, case: Case) -> Document:
    code = _WRONG_BODY if case.rules else 0
    rows = whole["components"]["schemas"]["ErrorCode"]["x-kling-error"]
    status = {row["code"]: row["status"] for row in rows}
    return {"status": status[code] if code else 200, "code": code}


def _evidence(case: Case, live_rules: set[str]) -> str | None:
    """Return how we know that Kling refuses a body; None if Kling accepts it.

    "live" means that somebody recorded a refusal for one of the rules that the body breaks.
    """
    if not case.rules:
        return None
    return "live" if case.rules & live_rules else "documented"


def _retired(spec: Spec, operation: str, request: str, body: Any) -> str | None:
    """Return the first day on which Kling refuses the operation or a value in the body."""
    retirements = spec.retirements(request, body) if isinstance(body, dict) else ()
    days = [spec.operations[operation].closed, *(day for _, _, day in retirements)]
    return min((day.isoformat() for day in days if day), default=None)


def _endpoints(whole: Document) -> dict[str, tuple[str, str]]:
    """Return the method and the path of each operation, by its operationId."""
    return {
        operation["operationId"]: (method.upper(), path)
        for path, methods in whole["paths"].items()
        for method, operation in methods.items()
        if "operationId" in operation
    }


def _needs_earlier_call(value: Any) -> bool:
    if isinstance(value, dict):
        has_id = any(value.get(name) not in (None, "", []) for name in _MADE_EARLIER)
        return has_id or any(map(_needs_earlier_call, value.values()))
    return isinstance(value, list) and any(map(_needs_earlier_call, value))
