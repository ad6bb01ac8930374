"""What is wrong with the reply to a body."""

from kling.check.bodies import Case
from kling.check.exchanges import Ask, Reply
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry

WRONG_PARAMETER, WRONG_BODY, WITHDRAWN = 1200, 1201, 1203
# Says of the account that nothing can be made now, and nothing of the request.
_OF_THE_ACCOUNT = ("balance", "rate-limit", "concurrency-limit")
_NO_MORE = "The account can make no more"
_UNKNOWN = "Kling's own answer is not known: only its page, or this project, refuses it."


def status_of(inquiry: Inquiry, code: int) -> int:
    """Return the HTTP status that the error table ties to a code."""
    return inquiry.spec.errors[code].status if code else 200


def in_words(inquiry: Inquiry, code: int) -> str:
    """Return a reply as a finding names it."""
    return f"{status_of(inquiry, code)} with code {code}"


def judge_code(
    inquiry: Inquiry, ask: Ask, reply: Reply, codes: tuple[int, ...], place: str
) -> None:
    """Note it if a refusal has another status or code than the first of those that are right."""
    expected = in_words(inquiry, codes[0])
    if reply.code is not None and reply.code not in codes:
        inquiry.wrong(Kind.CODE, ask, expected, str(reply), place)
    elif reply.lost or reply.status not in {status_of(inquiry, code) for code in codes}:
        inquiry.wrong(Kind.STATUS, ask, expected, str(reply), place)
    elif reply.code is None:
        inquiry.wrong(Kind.CODE, ask, expected, str(reply), place)


def is_held_up(inquiry: Inquiry, reply: Reply) -> bool:
    """Whether a reply says of the account that it can make nothing now."""
    row = inquiry.spec.errors.get(reply.code or 0)
    return row is not None and row.kind in _OF_THE_ACCOUNT


def is_out_of_units(inquiry: Inquiry, reply: Reply) -> bool:
    """Whether a reply says that the account cannot pay."""
    row = inquiry.spec.errors.get(reply.code or 0)
    return row is not None and row.kind == "balance"


def judge_refusal(inquiry: Inquiry, case: Case, ask: Ask, reply: Reply) -> None:
    """Note what is wrong with the reply to a body that breaks rules.

    Raises:
        StoppedError: a create was accepted that nobody allowed.
    """
    place = ", ".join(case.rules)
    if is_out_of_units(inquiry, reply):
        inquiry.skip(f"bodies of {case.operation.id}", f"{_NO_MORE}: {reply}.")
        return
    withdrawn = inquiry.bodies.is_withdrawn(case.operation, case.body)
    if not reply.is_success:
        codes = (WRONG_BODY, WITHDRAWN) if withdrawn else (WRONG_BODY,)
        judge_code(inquiry, ask, reply, codes, place)
    elif case.is_certain:
        expected = in_words(inquiry, WRONG_BODY)
        inquiry.wrong(Kind.ACCEPTED, ask, expected, str(reply), place)
    else:
        inquiry.leave_open(ask, place, _UNKNOWN)
    if reply.may_have_made:
        inquiry.stop_after(reply, ask)


def judge_acceptance(inquiry: Inquiry, case: Case, ask: Ask, reply: Reply) -> None:
    """Note what is wrong with the reply to a body that breaks nothing."""
    withdrawn = inquiry.bodies.is_withdrawn(case.operation, case.body)
    if withdrawn:
        if reply.is_success:
            expected = in_words(inquiry, WITHDRAWN)
            inquiry.wrong(Kind.ACCEPTED, ask, expected, str(reply), withdrawn)
        else:
            judge_code(inquiry, ask, reply, (WITHDRAWN,), withdrawn)
    elif is_held_up(inquiry, reply):
        inquiry.skip(f"bodies of {case.operation.id}", f"{_NO_MORE}: {reply}.")
    elif case.needs_state and reply.code == WRONG_BODY:
        reason = "It names something that only an earlier task of the account can have made."
        inquiry.skip(case.name, reason)
    elif not reply.is_success:
        expected = in_words(inquiry, 0)
        inquiry.wrong(Kind.REFUSED, ask, expected, _said(reply), case.name)


def _said(reply: Reply) -> str:
    message = reply.json.get("message") if isinstance(reply.json, dict) else None
    return f"{reply}: {message[:200]}" if isinstance(message, str) and message else str(reply)
