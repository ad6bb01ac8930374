"""Compare the reply to a request with the reply that Kling would give."""

from kling.check.bodies import Case
from kling.check.exchanges import Reply, Request
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.description import Problem

UNKNOWN_FIELD = "unknown-field"
WRONG_PARAMETER, WRONG_BODY, WITHDRAWN = 1200, 1201, 1203
# These errors are about the state of the account, not about the request.
_OF_THE_ACCOUNT = ("balance", "rate-limit", "concurrency-limit")
_NO_MORE = "The account cannot create more tasks"
_UNKNOWN = (
    "Kling's documentation or this project says that Kling refuses it. "
    "No recorded reply shows that."
)


def status_of(inquiry: Inquiry, code: int) -> int:
    """Return the HTTP status that the error table has for a code."""
    return inquiry.spec.errors[code].status if code else 200


def code_in_words(inquiry: Inquiry, code: int) -> str:
    """Return the status and the code of a reply in words, for a finding."""
    return f"{status_of(inquiry, code)} with code {code}"


def problem_in_words(problem: Problem) -> tuple[str, str]:
    """Return (what the description expects, what the server sent) in a reply or callback."""
    if problem.rule == "required":
        return "a value", "no such field"
    return f'"{problem.message[:300]}"', f"a value that violates {problem.rule}"


def judge_code(
    inquiry: Inquiry,
    request: Request,
    reply: Reply,
    codes: tuple[int, ...],
    place: str,
    *,
    family: str = "",
) -> None:
    """Add a finding if the status or the code of a refusal is wrong.

    Args:
        inquiry: the check.
        request: the request that was refused.
        reply: the refusal.
        codes: the codes that Kling may answer with, the most likely one first.
        place: the place of the finding.
        family: the family of the finding. The default is the family of the request.
    """
    kind = None
    # A wrong code is reported before a wrong status, and a wrong status before a missing code.
    if reply.code is not None and reply.code not in codes:
        kind = Kind.CODE
    elif reply.lost or reply.status not in {status_of(inquiry, code) for code in codes}:
        kind = Kind.STATUS
    elif reply.code is None:
        kind = Kind.CODE
    if kind:
        expected = code_in_words(inquiry, codes[0])
        inquiry.add_finding(kind, request, expected, str(reply), place, family=family)


def is_at_account_limit(inquiry: Inquiry, reply: Reply) -> bool:
    """Whether a reply says that the account cannot create anything now."""
    row = inquiry.spec.errors.get(reply.code or 0)
    return row is not None and row.kind in _OF_THE_ACCOUNT


def is_out_of_units(inquiry: Inquiry, reply: Reply) -> bool:
    """Whether a reply says that the account cannot pay."""
    row = inquiry.spec.errors.get(reply.code or 0)
    return row is not None and row.kind == "balance"


def judge_refusal(inquiry: Inquiry, case: Case, request: Request, reply: Reply) -> None:
    """Judge the reply to a body that breaks rules.

    Raises:
        StoppedError: the server accepted a create that the budget does not allow.
    """
    place = ", ".join(case.rules)
    if is_out_of_units(inquiry, reply):
        inquiry.skip(f"bodies of {case.operation.id}", f"{_NO_MORE}: {reply}.")
        return
    withdrawn = inquiry.bodies.withdrawal(case.operation, case.body)
    if not reply.is_success:
        codes = (WRONG_BODY, WITHDRAWN) if withdrawn else (WRONG_BODY,)
        judge_code(inquiry, request, reply, codes, place)
    elif case.is_sure_refusal:
        expected = code_in_words(inquiry, WRONG_BODY)
        inquiry.add_finding(Kind.ACCEPTED, request, expected, str(reply), place)
    else:
        inquiry.add_undecided(request, place, _UNKNOWN)
    if reply.may_have_created:
        inquiry.stop_unless_allowed(reply, request)


def judge_acceptance(inquiry: Inquiry, case: Case, request: Request, reply: Reply) -> None:
    """Judge the reply to a body that breaks no rule."""
    # What the body uses although Kling has withdrawn it; also the place of a finding about that.
    withdrawn = inquiry.bodies.withdrawal(case.operation, case.body)
    if withdrawn:
        if reply.is_success:
            expected = code_in_words(inquiry, WITHDRAWN)
            inquiry.add_finding(Kind.ACCEPTED, request, expected, str(reply), withdrawn)
        else:
            judge_code(inquiry, request, reply, (WITHDRAWN,), withdrawn)
    elif is_at_account_limit(inquiry, reply):
        inquiry.skip(f"bodies of {case.operation.id}", f"{_NO_MORE}: {reply}.")
    elif case.needs_state and reply.code == WRONG_BODY:
        reason = "It uses something that an earlier request of the account must have made."
        inquiry.skip(case.name, reason)
    elif not reply.is_success:
        expected = code_in_words(inquiry, 0)
        inquiry.add_finding(Kind.REFUSED, request, expected, _with_message(reply), case.name)


def _with_message(reply: Reply) -> str:
    message = reply.json.get("message") if isinstance(reply.json, dict) else None
    return f"{reply}: {message[:200]}" if isinstance(message, str) and message else str(reply)
