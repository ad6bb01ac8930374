"""The part of a check that compares the replies of all parts with the description."""

import re

from kling.check.exchanges import Reply, Request
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.judging import UNKNOWN_FIELD, problem_in_words
from kling.description import Document, Problem, Rules

_JSON = "application/json"
_NUMBERED = re.compile(r"\[\d+\]")


class Replies:
    """Compares each reply with the statuses, codes and schemas of the description.

    It does not judge whether Kling would give this reply to this request.

    Args:
        inquiry: the check, to which findings are added.
    """

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry
        self._rules: dict[str, Rules] = {}

    def __call__(self, request: Request, reply: Reply) -> None:
        """Check a reply."""
        if reply.lost:
            return
        described = request.operation.node["responses"].get(str(reply.status))
        if described is None:
            known = ", ".join(request.operation.node["responses"])
            self._add_finding(
                Kind.STATUS, request, f"one of {known}", str(reply.status), "responses"
            )
            return
        if reply.content_type.partition(";")[0].strip().lower() != _JSON:
            got = reply.content_type[:80] or "no content type"
            self._add_finding(Kind.REPLY, request, _JSON, got, "Content-Type")
        if reply.json is None:
            got = f"{reply.status} with a body that is not exactly one JSON value"
            self._add_finding(Kind.REPLY, request, "one JSON value", got, "body")
            return
        self._check_code(request, reply)
        self._check_schema(request, reply, described)

    def _check_code(self, request: Request, reply: Reply) -> None:
        if reply.code is None:
            return  # _check_schema reports a missing code
        row = self._inquiry.spec.errors.get(reply.code)
        # Code 0 means success, and has no row.
        if reply.code and row is None:
            self._add_finding(
                Kind.CODE, request, "a code of the error table", str(reply), "ErrorCode"
            )
            return
        right_status = row.status if row else 200
        if reply.status != right_status:
            expected = f"{right_status} with code {reply.code}"
            self._add_finding(Kind.STATUS, request, expected, str(reply), "ErrorCode")

    def _check_schema(self, request: Request, reply: Reply, described: Document) -> None:
        content = self._inquiry.spec.resolve(described).get("content", {}).get(_JSON)
        # If an error code comes with status 200, _check_code has reported it. The schema of this
        # status describes a success, so it does not apply.
        if content is None or (reply.status == 200 and reply.code):
            return
        schema = content["schema"]
        name = schema.get("$ref", "").rpartition("/")[2] or f"{request.operation.id} {reply.status}"
        if name not in self._rules:
            self._rules[name] = Rules(self._inquiry.spec, schema)
        rules = self._rules[name]
        if rules.are_kept_by(reply.json):
            return
        # The entries of a list often have the same problem. Count it once for each reply.
        found: dict[str, Problem] = {}
        for problem in rules.problems(reply.json):
            # A server may have fields that the description does not know.
            if problem.rule != UNKNOWN_FIELD:
                place = f"{name}: {_NUMBERED.sub('[]', problem.field) or 'the whole body'}"
                found.setdefault(place, problem)
        for place, problem in found.items():
            expected, got = problem_in_words(problem)
            self._add_finding(Kind.REPLY, request, expected, got, place)

    def _add_finding(
        self, kind: Kind, request: Request, expected: str, got: str, place: str
    ) -> None:
        self._inquiry.add_finding(kind, request, expected, got, place, part="replies")
