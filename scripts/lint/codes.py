"""A house rule for error codes in sentences: they must agree with the error table.

A sentence that lists codes is about a property that they share, such as an HTTP status. So it must
name all codes with this property.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from scripts.lint.statements import prose
from scripts.lint.view import File, Findings, rule

_CODE = r"[15]\d{3}"
_LIST = re.compile(rf"(?<![\w.-]){_CODE}(?:(?:,? and |,? or |, | to ){_CODE})+(?!\w|-|\.\d)")
_REFUSED = re.compile(rf"\bwith (?:(?:HTTP )?(\d{{3}}) and )?(?:code )?({_CODE})(?!\w| ms| s\b)")
# The properties that the codes of a list may share: columns of the error table.
_COLUMNS = ("status", "kind", "retry")

Groups = dict[frozenset[int], str]
"""The sets of codes that a sentence may list, each with what its codes have in common."""


@rule
def codes_are_those_of_the_table(file: File) -> Findings:
    """Name in a sentence one code, or all codes with the same status, kind or retry.

    The table x-kling-error has these columns. If the sentence gives the HTTP status of a code, it
    must be the status in the table.
    """
    table = {row["code"]: row for row in file.whole.errors if "code" in row}
    if not table:
        return
    groups = _groups(table.values())
    for place, _, text in prose(file):
        for found in _LIST.findall(text):
            named = _expanded(found, table)
            if unknown := named - set(table):
                yield place, f'"{text}": the error table has no {_written(unknown)}'
            elif named not in groups:
                yield place, f'"{text}": {_nearest(named, groups)}'
        for status, code in _REFUSED.findall(text):
            row = table.get(int(code), {})
            if not row:
                yield place, f'"{text}": the error table has no {code}'
            elif status and int(status) != row.get("status"):
                yield place, f'"{text}": {code} has HTTP status {row.get("status")}'


def _groups(rows: Iterable[dict[str, Any]]) -> Groups:
    groups: dict[str, set[int]] = defaultdict(set)
    for count in range(1, len(_COLUMNS) + 1):
        for columns in combinations(_COLUMNS, count):
            for row in rows:
                shared = " and ".join(f"{column} {row.get(column)}" for column in columns)
                groups[shared].add(row["code"])
    return {frozenset(codes): shared for shared, codes in groups.items()}


def _expanded(text: str, table: dict[int, Any]) -> frozenset[int]:
    """Return the codes that a list such as "1000 to 1004 and 1200" names."""
    named = set(map(int, re.findall(_CODE, text)))
    for low, high in re.findall(rf"({_CODE}) to ({_CODE})", text):
        named |= {code for code in table if int(low) <= code <= int(high)}
    return frozenset(named)


def _nearest(named: frozenset[int], groups: Groups) -> str:
    """Return a sentence about the group that differs least from the named codes."""
    codes = min(groups, key=lambda group: (len(group ^ named), len(named - group)))
    return f"the codes with {groups[codes]} are {_written(codes)}"


def _written(codes: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(codes)))
