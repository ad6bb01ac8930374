"""Refusals: Kling's code, the HTTP status that the description gives it, and a message."""

from kling.description import Spec, words
from kling.mock._exchange.calls import Reply, json_reply


class Refused(Exception):  # noqa: N818 (a reply of Kling's, not an error in the mock)
    """Kling would refuse the request; the mock answers with Kling's code.

    Args:
        code: Kling's code.
        message: the mock's explanation; empty if Kling's message is enough.
        rules: the ids of the broken rules, separated by commas.
        said: Kling's message; if empty, the message of the event, or of the code.
        event: what went wrong, as a name in `x-kling-messages`.
        values: the values that Kling fills into the message of the event.
    """

    def __init__(
        self,
        code: int,
        message: str = "",
        rules: str = "",
        *,
        said: str = "",
        event: str = "",
        **values: object,
    ) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.rules = rules
        self._said = said
        self._event = event
        self._values = values

    def reply(self, spec: Spec, request_id: str) -> Reply:
        """Return the refusal as a reply of Kling's."""
        row = spec.errors[self.code]
        headers = {"x-kling-mock-rules": self.rules} if self.rules else {}
        body = {
            "code": row.code,
            "message": self._words(spec) or row.meaning,
            "request_id": request_id,
        }
        return json_reply(body, row.status, headers)

    def _words(self, spec: Spec) -> str:
        """Return Kling's message, followed by the mock's explanation in brackets."""
        said = self._said
        if self._event:
            said = words(spec, self._event, self._values)
        elif not said and not self.message:
            said = words(spec, "code", {"parts": 0}, self.code)
        return f"{said} ({self.message})" if said and self.message else said or self.message
