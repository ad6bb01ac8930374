"""The part that holds every reply of the run to the description."""

import re

from kling.check.exchanges import Ask, Reply
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.description import Document, Rules

_JSON = "application/json"
_UNKNOWN_FIELD = "unknown-field"
_NUMBERED = re.compile(r"\[\d+\]")


class Replies:
    """Judges replies by themselves, whatever they answer.

    Args:
        inquiry: is told what is wrong.
    """

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry
        self._rules: dict[str, Rules] = {}

    def __call__(self, ask: Ask, reply: Reply) -> None:
        """Judge a reply."""
        if reply.lost:
            return
        described = ask.operation.node["responses"].get(str(reply.status))
        if described is None:
            known = ", ".join(ask.operation.node["responses"])
            self._wrong(Kind.STATUS, ask, f"one of {known}", str(reply.status), "responses")
            return
        if reply.content_type.partition(";")[0].strip().lower() != _JSON:
            got = reply.content_type[:80] or "no content type"
            self._wrong(Kind.REPLY, ask, _JSON, got, "Content-Type")
        if reply.json is None:
            got = f"{reply.status} with a body that is not JSON, or has more after it"
            self._wrong(Kind.REPLY, ask, "one JSON value", got, "body")
            return
        self._judge_code(ask, reply)
        self._judge_schema(ask, reply, described)

    def _judge_code(self, ask: Ask, reply: Reply) -> None:
        if reply.code is None:
            return  # the schema says so
        row = self._inquiry.spec.errors.get(reply.code)
        if reply.code and row is None:
            self._wrong(Kind.CODE, ask, "a code of the error table", str(reply), "ErrorCode")
            return
        right = row.status if row else 200
        if reply.status != right:
            expected = f"{right} with code {reply.code}"
            self._wrong(Kind.STATUS, ask, expected, str(reply), "ErrorCode")

    def _judge_schema(self, ask: Ask, reply: Reply, described: Document) -> None:
        content = self._inquiry.spec.resolve(described).get("content", {}).get(_JSON)
        # A success that holds an error was told of already, and has another form.
        if content is None or (reply.status == 200 and reply.code):
            return
        schema = content["schema"]
        name = schema.get("$ref", "").rpartition("/")[2] or f"{ask.operation.id} {reply.status}"
        if name not in self._rules:
            self._rules[name] = Rules(self._inquiry.spec, schema)
        rules = self._rules[name]
        if rules.are_kept_by(reply.json):
            return
        for problem in rules.problems(reply.json):
            # A server may say more than the description knows.
            if problem.rule != _UNKNOWN_FIELD:
                place = f"{name}: {_NUMBERED.sub('[]', problem.field) or 'the whole'}"
                got = f"{problem.rule} is broken in {place}"
                self._wrong(Kind.REPLY, ask, problem.message[:300], got, place)

    def _wrong(self, kind: Kind, ask: Ask, expected: str, got: str, place: str) -> None:
        self._inquiry.wrong(kind, ask, expected, got, place, part="replies")
