"""The differences that the user allows: by rule, by operation, or by place in the report."""

import re
from collections.abc import Collection
from functools import cache

from kling.check.bodies import fixtures
from kling.check.findings import Finding
from kling.description import Spec, overruled

# The places of findings that do not belong to a single operation, schema or rule.
_GENERAL = ("body", "Content-Type", "responses", "security", "ErrorCode")
_HINT = (
    "docs/reference/rules.md lists all rules, and kling operations lists all operationIds; the "
    'place of a finding is the text before ": expected"'
)
# The end of a place that names something that Kling has withdrawn.
_WITHDRAWN = re.compile(r"(closed|retired) on \d{4}-\d\d-\d\d$")


def allowances(allow: Collection[str], spec: Spec) -> frozenset[str]:
    """Check the entries of `allow`, and return them with single spaces.

    Args:
        allow: ids of rules, places with which findings begin, and operationIds.
        spec: the description that the server is compared with.

    Raises:
        TypeError: `allow` is a single string, or one of its entries is not a string.
        ValueError: an entry is not a rule, a place or an operationId.
    """
    if isinstance(allow, str) or not all(isinstance(entry, str) for entry in allow):
        raise TypeError("allow must be a set of rule ids, places of findings, and operationIds")
    # A place that was copied from a terminal may have a line break.
    wanted = frozenset(" ".join(text.split()) for text in allow)
    must_be_rules = {text for text in wanted if not _is_place(text, spec)}
    overruled(must_be_rules, spec, _HINT)  # raises ValueError for an unknown rule
    return wanted


def is_allowed(finding: Finding, allowed: Collection[str]) -> bool:
    """Whether the place or the operation of a finding is allowed.

    A finding about a body that breaks rules has the ids of the rules as its place.
    """
    return finding.place in allowed or finding.operation in allowed


def _is_place(text: str, spec: Spec) -> bool:
    """Whether a finding may have this place."""
    # Most places begin with the name of an operation or a schema, such as "getTasks: order",
    # "createVoice 200: data" and "TaskReply: data.task_status".
    name = text.partition(":")[0].partition(" ")[0]
    if name in _GENERAL or name in spec.operations or name in spec.schemas:
        return True
    return text in _fixture_places() or bool(_WITHDRAWN.search(text))


@cache
def _fixture_places() -> frozenset[str]:
    """Return the places of findings about the bodies of fixtures.json."""
    names = (entry["name"] for entry in fixtures())
    rules = (", ".join(entry["rules"]) for entry in fixtures())
    return frozenset((*names, *rules))
