"""Refusals: Kling's code, its HTTP status by the table of the description, and words."""

from kling.description import Spec
from kling.mock._exchange.calls import Reply, json_reply


class Refused(Exception):  # noqa: N818 (it is no error of the mock)
    """The mock answers with one of Kling's codes."""

    def __init__(self, code: int, message: str = "", rules: str = "") -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.rules = rules

    def reply(self, spec: Spec, request_id: str) -> Reply:
        """Return the refusal as Kling would send it."""
        row = spec.errors[self.code]
        headers = {"x-kling-mock-rules": self.rules} if self.rules else {}
        body = {
            "code": row.code,
            "message": self.message or row.meaning,
            "request_id": request_id,
        }
        return json_reply(body, row.status, headers)
