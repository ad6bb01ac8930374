"""Write the whole API as one text for language models that write code.

All facts come from the bundle.
"""

from collections.abc import Iterator
from typing import Any

from scripts.build.bundle import Document, families
from scripts.build.rule_list import Row, rule_rows
from scripts.build.tables import SEND_AGAIN

_METHODS = ("get", "put", "post", "delete", "patch")
_FILES = """
## Where things are

- [openapi.json](generated/kling_api/openapi.json): the whole description, in OpenAPI 3.1.
- [openapi.portable.json](generated/kling_api/openapi.portable.json): the same, for code generators.
- [rules.txt](generated/rules.txt): every rule and all advice, as below, with the sources.
- [prices.txt](generated/prices.txt): what every create costs, in units of a resource package.
- `make dist-spec`: each rule as a self-contained JSON Schema (rules.json), bodies that break them
  (fixtures.json), and the API in OpenAPI 3.0.3.
- [openapi/README.md](openapi/README.md): what the extensions (x-kling-...) and these files mean.
- [README.md](README.md): the Python package `kling`, its command line, and a mock server.
"""


def llms_text(whole: Document) -> str:
    """Return the text of `llms.txt`."""
    return "\n".join(_lines(whole)) + "\n"


def _lines(whole: Document) -> Iterator[str]:
    info = whole["info"]
    yield f"# {info['title']} {info['version']}"
    yield f"\n> {info['summary']}\n"
    yield from _facts(info["description"])
    yield _FILES
    if unlisted := whole.get("x-kling-unlisted"):
        yield "## What is not described\n"
        yield from _facts(unlisted["description"])
        yield ""
    yield "## Hosts\n"
    yield from (f"- {server['url']}: {server['description']}" for server in whole["servers"])
    yield "\n## Credentials\n"
    for name, scheme in whole["components"]["securitySchemes"].items():
        yield from _facts_about(name, scheme)
    yield from _traps(whole)
    yield from _families(whole)


def _facts(text: str) -> Iterator[str]:
    """Yield a list entry for each line of a description."""
    yield from (f"- {line}" for line in text.splitlines() if line)


def _facts_about(name: str, node: Document) -> Iterator[str]:
    yield f"- {name}:"
    yield from (f"  {line}" for line in _facts(node["description"]))


def _traps(whole: Document) -> Iterator[str]:
    schemas = whole["components"]["schemas"]
    codes = schemas["ErrorCode"]["x-kling-error"]
    in_doubt_codes = [str(row["code"]) for row in codes if row["retry"] == "in-doubt"]
    yield "\n## Traps\n"
    yield from _facts(schemas["ErrorCode"]["description"])
    yield f"- HTTP 429: {whole['components']['responses']['TooManyRequests']['description']}"
    yield (
        f"- After {', '.join(in_doubt_codes)} there may be a task, which you pay for: look it up "
        "by its external_task_id before you send the create again."
    )
    yield from _facts_about("external_task_id", schemas["ExternalTaskId"])
    yield from _facts_about("element_id", schemas["ElementId"])
    for path, _, operation in _operations(whole):
        if rate := operation.get("x-kling-rate"):
            yield f"- {path}: at most {rate['requests']} request(s) in {rate['seconds']} s."
    yield from _retired(schemas)
    yield "\n## Codes of errors\n"
    for row in codes:
        again = f"Send again: {SEND_AGAIN[row['retry']]}."
        yield f"- {row['code']}, HTTP {row['status']}, {row['meaning']}: {row['remedy']}. {again}"


def _retired(schemas: Document) -> Iterator[str]:
    days: dict[str, dict[str, None]] = {}
    for schema in schemas.values():
        for value, day in schema.get("x-kling-retired", {}).items():
            days.setdefault(day, {})[value] = None
    for day, values in sorted(days.items()):
        where = "x-kling-retired says in which fields"
        yield f"- Refused from {day} on: {', '.join(values)} ({where})."


def _families(whole: Document) -> Iterator[str]:
    rules = list(rule_rows(whole))
    names = families(whole)
    # The id of a rule begins with the slug of its family, or another word if families share it.
    slugs = {tag: name.replace("_", "-") for tag, name in names.items()}
    for title, only_keys in (
        ("The current standard, and the products under /solutions: API keys", True),
        ("The /v1 standard, and the account: API keys or tokens", False),
    ):
        yield f"\n## {title}"
        for tag in whole["tags"]:
            rows = [row for row in _operations(whole) if tag["name"] in row[2]["tags"]]
            # All operations of a family take the same credentials, so look at the first.
            if _needs_api_key(rows[0][2]) is only_keys:
                yield f"\n### {tag['name']}: {names[tag['name']]}"
                yield f"\n{tag['description'].splitlines()[0]}\n"
                yield from (_operation_line(*row) for row in rows)
                yield from _rule_lines(rules, {slugs[tag["name"]]})
    yield "\n## Rules of what several families share\n"
    yield from _rule_lines(rules, {rule.id.partition(".")[0] for rule in rules} - {*slugs.values()})


def _operations(whole: Document) -> Iterator[tuple[str, str, Document]]:
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            if method in _METHODS:
                yield path, method.upper(), operation


def _needs_api_key(operation: Document) -> bool:
    return bool(operation.get("security") == [{"apiKey": []}])


def _operation_line(path: str, method: str, operation: Document) -> str:
    bodies: Any = operation.get("requestBody", {}).get("content", {}).values()
    schemas = "".join(f", {body['schema']['$ref'].rpartition('/')[2]}" for body in bodies)
    old = " (deprecated)" if operation.get("deprecated") else ""
    return f"- {method} {path}: {operation['summary']}{old}. {operation['operationId']}{schemas}"


def _rule_lines(rules: list[Row], scopes: set[str]) -> Iterator[str]:
    for row in rules:
        if row.id.partition(".")[0] in scopes:
            kind = f"Rule ({row.evidence})" if row.evidence else "Advice"
            yield f"- {kind} {row.id}: {row.message}"
