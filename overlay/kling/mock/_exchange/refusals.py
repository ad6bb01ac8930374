"""Refusals: Kling's code, the HTTP status that the description gives it, and a message."""

from kling.description import Spec, words
from kling.mock._exchange.calls import Reply, json_reply


class Refused(Exception):  # noqa: N818 (a reply of Kling's, not an error in the mock)
    """Kling would refuse the request; the mock answers with Kling's code.

    Args:
        code: Kling's code.
        message: the mock's explanation; empty if Kling's message is enough.
        rules: the ids of the broken rules, separated by commas.
        kling_message: Kling's message. If `kling_message`, `event` and `message` are all empty, the
            reply has Kling's usual message for the code.
        event: what went wrong, by its name in `x-kling-messages`; it selects Kling's message.
        values: the values that Kling fills into the message of the event.
    """

    def __init__(
        self,
        code: int,
        message: str = "",
        rules: str = "",
        *,
        kling_message: str = "",
        event: str = "",
        **values: object,
    ) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.rules = rules
        self._kling_message = kling_message
        self._event = event
        self._values = values

    def reply(self, spec: Spec, request_id: str) -> Reply:
        """Return the refusal as a reply of Kling's."""
        row = spec.errors[self.code]
        headers = {"x-kling-mock-rules": self.rules} if self.rules else {}
        body = {
            "code": row.code,
            "message": self._message(spec) or row.meaning,
            "request_id": request_id,
        }
        return json_reply(body, row.status, headers)

    def _message(self, spec: Spec) -> str:
        """Return Kling's message, followed by the mock's explanation in brackets."""
        kling_message = self._kling_message
        if self._event:
            kling_message = words(spec, self._event, self._values)
        elif not kling_message and not self.message:
            # Kling's message for 1002 says how many parts the token has, so it needs a number.
            kling_message = words(spec, "code", {"parts": 0}, self.code)
        if kling_message and self.message:
            return f"{kling_message} ({self.message})"
        return kling_message or self.message
