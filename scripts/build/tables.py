"""The tables of the README and docs/reference; `make generate` writes each between two comments."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from scripts.build.bundle import Document, families, load
from scripts.build.price_list import price_rows
from scripts.build.rule_list import rule_rows
from scripts.lint.view import MARKS

ROOT = Path(__file__).parents[2]
_FAULTS = ROOT / "openapi" / "fixtures" / "faults.yaml"
_REFERENCE = ROOT / "docs" / "reference"
PAGES = (ROOT / "README.md", *sorted(_REFERENCE.glob("*.md")))
_METHODS = ("get", "put", "post", "delete", "patch")


def with_tables(page: str, whole: Document) -> str:
    """Return a page with each of its tables replaced."""
    for name, rows in TABLES.items():
        begin, end = (mark.format(name) for mark in MARKS)
        before, mark, rest = page.partition(begin)
        if mark:  # else the page does not have this table
            _, _, after = rest.partition(end)
            page = "".join([before, begin, *rows(whole), end, after])
    return page


def _family_rows(whole: Document) -> Iterator[str]:
    yield from _head("family", "what it makes", "name in programs", "request")
    names = families(whole)
    for tag in whole["tags"]:
        operations = [one for _, _, one in operations_of(whole, tag["name"])]
        requests = [request_name(one) for one in operations if request_name(one)]
        old = " (older or closed)" if all(one.get("deprecated") for one in operations) else ""
        request = f"`{requests[0]}`" if requests else ""
        summary = tag["description"].splitlines()[0]
        yield _row(f"{tag['name']}{old}", summary, f"`{names[tag['name']]}`", request)


def _operation_rows(whole: Document) -> Iterator[str]:
    for tag in whole["tags"]:
        yield f"\n### {tag['name']}\n\n{tag['description'].splitlines()[0]}\n\n"
        yield from _head("operation", "method and path", "what it does")
        for path, method, operation in operations_of(whole, tag["name"]):
            place = f"`{method.upper()} {path}`"
            yield _row(f"`{operation['operationId']}`", place, operation["summary"])
    yield "\n"


def _rule_rows(whole: Document) -> Iterator[str]:
    titles = {name.replace("_", "-"): tag for tag, name in families(whole).items()}
    groups: dict[str, list[str]] = {}
    for rule in rule_rows(whole):
        title = titles.get(rule.id.partition(".")[0], "Shared by several families")
        row = _row(f"`{rule.id}`", rule.evidence or "advice", rule.message)
        groups.setdefault(title, []).append(row)
    for title in (*titles.values(), "Shared by several families"):
        if title in groups:
            yield f"\n### {title}\n\n"
            yield from _head("rule", "evidence", "message")
            yield from groups[title]
    yield "\n"


def _price_rows(whole: Document) -> Iterator[str]:
    operation = ""
    for row in price_rows(whole):
        if row.operation != operation:
            operation = row.operation
            yield f"\n### {operation}\n\nCharged to the {row.package} package.\n\n"
            yield from _head("price in Kling units", "when")
        yield _row(row.cost, row.when)
    yield "\n"


def _unit_rows(whole: Document) -> Iterator[str]:
    values = whole["x-kling-unit-values"]
    yield from _head("package", "one unit costs")
    for package, value in values["values"].items():
        yield _row(package, f"{value} {values['currency']}")


def _retired_rows(whole: Document) -> Iterator[str]:
    yield from _head("family", "value", "refused from")
    for tag in whole["tags"]:
        days = dict[str, str]()  # of retirement, by value
        for _, _, operation in operations_of(whole, tag["name"]):
            days |= _retired(whole, request_name(operation))
        for value, day in sorted(days.items(), key=lambda item: (item[1], item[0])):
            yield _row(tag["name"], f"`{value}`", day)


def _retired(whole: Document, request: str) -> dict[str, str]:
    """Return the retirement date of each retired value of the fields of a request."""
    schemas = whole["components"]["schemas"]
    days: dict[str, str] = {}
    for field in schemas.get(request, {}).get("properties", {}).values():
        schema = schemas.get(str(field.get("$ref", "")).rpartition("/")[2], field)
        days |= schema.get("x-kling-retired", {})
    return days


def _code_rows(whole: Document) -> Iterator[str]:
    yield from _head("code", "HTTP", "meaning", "send again?", "what to do")
    for row in whole["components"]["schemas"]["ErrorCode"]["x-kling-error"]:
        again = SEND_AGAIN[row["retry"]]
        yield _row(row["code"], row["status"], row["meaning"], again, row["remedy"])


SEND_AGAIN = {
    "never": "no",
    "later": "yes, later",
    "new-token": "once, with a new token",
    "in-doubt": "not before you have looked for the task",
}


def _fault_rows(whole: Document) -> Iterator[str]:
    del whole
    matrix = load(_FAULTS)
    calls = matrix["calls"]
    yield from _head("fault", "plan", *calls)
    for row in matrix["faults"]:
        # Each call has two outcomes: if the fault happens once, and if it happens every time.
        outcomes = (" / ".join(dict.fromkeys(row.get(call, ()))) for call in calls)
        yield _row(row["name"], f"`{json.dumps(row['plan'])}`", *outcomes)


def _unlisted(whole: Document) -> Iterator[str]:
    yield whole["x-kling-unlisted"]["description"]


TABLES: dict[str, Callable[[Document], Iterable[str]]] = {
    "families": _family_rows,
    "operations": _operation_rows,
    "rules": _rule_rows,
    "units": _unit_rows,
    "prices": _price_rows,
    "retired": _retired_rows,
    "codes": _code_rows,
    "faults": _fault_rows,
    "unlisted": _unlisted,
}


def request_name(operation: Document) -> str:
    """Return the name of an operation's request schema; '' if the operation has no body."""
    content = operation.get("requestBody", {}).get("content", {})
    return "".join(body["schema"]["$ref"].rpartition("/")[2] for body in content.values())


def operations_of(whole: Document, tag: str) -> Iterator[tuple[str, str, Document]]:
    """Yield the path, the method and the node of each operation of a tag."""
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            if method in _METHODS and tag in operation["tags"]:
                yield path, method, operation


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table."""
    return "".join([*_head(*head), *(_row(*row) for row in rows)])


def _head(*cells: object) -> Iterator[str]:
    yield _row(*cells)
    yield _row(*["---"] * len(cells))


def _row(*cells: object) -> str:
    # chr(92) is a backslash, which must be before each | inside a cell.
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |\n"
