"""Refusals: Kling's code, its HTTP status by the table of the description, and words."""

from kling.description import Spec, words
from kling.mock._exchange.calls import Reply, json_reply


class Refused(Exception):  # noqa: N818 (it is no error of the mock)
    """The mock answers with one of Kling's codes.

    Args:
        code: Kling's code.
        message: the mock's own explanation; empty where Kling's words say it all.
        rules: the rules that are broken.
        said: Kling's words; those of the event, or of the code, if empty.
        event: what happened, as `x-kling-messages` names it.
        values: what Kling fills in.
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
        """Return the refusal as Kling would send it."""
        row = spec.errors[self.code]
        headers = {"x-kling-mock-rules": self.rules} if self.rules else {}
        body = {
            "code": row.code,
            "message": self._words(spec) or row.meaning,
            "request_id": request_id,
        }
        return json_reply(body, row.status, headers)

    def _words(self, spec: Spec) -> str:
        """Return Kling's words, and the mock's own behind them."""
        said = self._said
        if self._event:
            said = words(spec, self._event, self._values)
        elif not said and not self.message:
            said = words(spec, "code", {"parts": 0}, self.code)
        return f"{said} ({self.message})" if said and self.message else said or self.message
