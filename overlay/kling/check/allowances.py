"""What the user accepts on purpose: rules, operations, and places as the report prints them."""

import re
from collections.abc import Collection

from kling.check.bodies import entries
from kling.check.findings import Finding
from kling.description import Spec, overruled

# The places that are not in one operation, schema or rule.
_GENERAL = ("body", "Content-Type", "responses", "security", "ErrorCode")
_WITHDRAWN = re.compile(r"(closed|retired) on \d{4}-\d\d-\d\d$")


def allowances(allow: Collection[str], spec: Spec) -> frozenset[str]:
    """Return what is allowed, after a check that a finding can begin with it.

    Args:
        allow: ids of rules, places that findings begin with, and operationIds.
        spec: the description that the server is compared with.

    Raises:
        TypeError: `allow` is a single string, or one of its entries is not a string.
        ValueError: an entry is not one of these.
    """
    if isinstance(allow, str) or not all(isinstance(one, str) for one in allow):
        raise TypeError("allow must be a set of rule ids and of places that the report prints")
    # A report on a terminal may break a long place into two lines.
    wanted = frozenset(" ".join(text.split()) for text in allow)
    overruled(_without_places(wanted, spec), spec)
    return wanted


def is_allowed(finding: Finding, allowed: Collection[str]) -> bool:
    """Whether the place or the operation of a finding is allowed."""
    return finding.place in allowed or finding.operation in allowed


def _without_places(wanted: Collection[str], spec: Spec) -> set[str]:
    """Return the texts that are not a place in this description."""
    if not wanted:
        return set()
    names = {text for entry in entries() for text in (entry["name"], ", ".join(entry["rules"]))}
    heads = {*_GENERAL, *spec.operations, *spec.schemas}

    def is_place(text: str) -> bool:
        # Such as "getTasks: ...", "createVoice 200: ..." and "TaskReply: data.task_status".
        head = text.partition(":")[0].partition(" ")[0]
        return head in heads or text in names or bool(_WITHDRAWN.search(text))

    return {text for text in wanted if not is_place(text)}
