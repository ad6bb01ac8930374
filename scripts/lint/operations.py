"""House rules for operations, for the names in a family file, and for the sources."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from scripts.build.bundle import ENTRY, FAMILY, Document, holders
from scripts.lint.parts import Operation
from scripts.lint.view import COVERAGE, SOURCES, File, Findings, rule
from scripts.lint.walk import is_date, listed, mapping

_VERBS = ("create", "get", "list", "update", "delete")
# The verbs that a summary may begin with. If an operation needs a new verb, add it here.
_COMMANDS = {"Create", "Get", "List", "Update", "Delete", "Add", "Clear", "Find", "Preview"}
_PROPER_NAMES = {"Kling", "Kolors", "Omni", "Turbo"}
_CURRENT_SECURITY: list[Document] = [{"apiKey": []}]
_AUTHORITIES = ("vendor", "observed", "third-party")
_FAMILY_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_SOURCE_KEYS = {"what", "date", "authority"}


@rule
def operations_have_one_tag(file: File) -> Findings:
    """Give each operation exactly one tag, which its document declares."""
    for operation in file.operations:
        tags = listed(operation.body.get("tags"))
        if len(tags) != 1 or tags[0] not in file.tags:
            given = ", ".join(map(str, tags)) or "missing"
            yield operation.place, f"tags must have exactly one tag of this file, but is {given}"


@rule
def summaries_are_commands(file: File) -> Findings:
    """Begin a summary with a verb such as Create, in sentence case, without a full stop.

    It has at most 60 characters: it is a heading in the documentation.
    """
    for operation in file.operations:
        summary = str(operation.body.get("summary", ""))
        first = summary.partition(" ")[0]
        if first not in _COMMANDS:
            commands = ", ".join(sorted(_COMMANDS))
            yield operation.place, f"summary begins with {first!r}, which is not one of {commands}"
        for word in _needless_capitals(summary):
            yield operation.place, f"write {word!r} in summary without a capital letter"
        if summary.endswith("."):
            yield operation.place, "summary ends with a full stop"
        if len(summary) > 60:
            yield operation.place, f"summary has {len(summary)} characters, but may have 60"


@rule
def operations_have_descriptions(file: File) -> Findings:
    """Describe each operation: units, limits, cost, and what else its schemas cannot express."""
    for operation in file.operations:
        if not operation.body.get("description"):
            yield operation.place, "description is missing"


@rule
def every_status_is_listed(file: File) -> Findings:
    """In responses, list 200 and each status of the error table, but not `default`.

    A client cannot parse a reply whose status is not listed.
    """
    wanted = {"200"} | file.whole.error_statuses
    for operation in file.operations:
        listed_here = {str(status) for status in mapping(operation.body.get("responses"))}
        for status in sorted(wanted - listed_here):
            yield operation.place, f"the response {status} is missing"
        for status in sorted(listed_here - wanted):
            yield operation.place, f"the error table has no status {status}; remove this response"


@rule
def only_current_narrows_security(file: File) -> Findings:
    """Write security only in by-model/ and solutions/, and there as [{apiKey: []}].

    Only these operations refuse access tokens. For all others, security in openapi.yaml applies.
    """
    for operation in file.operations:
        security = operation.body.get("security")
        if file.is_current and security != _CURRENT_SECURITY:
            yield operation.place, "security must be [{apiKey: []}]"
        if not file.is_current and "security" in operation.body:
            yield operation.place, "remove security; only by-model/ and solutions/ have it"


@rule
def operations_name_sources(file: File) -> Findings:
    """Say in x-kling-source {ids, checked} where the facts are from and when they were checked.

    The ids are those of sources.yaml; checked is a date in quotes.
    """
    for operation in file.operations:
        source = mapping(operation.body.get("x-kling-source"))
        if set(source) != {"ids", "checked"}:
            yield operation.place, "x-kling-source must be {ids, checked}"
            continue
        if not listed(source["ids"]):
            yield operation.place, f"ids must be a list of ids from {SOURCES}"
        for name in listed(source["ids"]):
            if str(name) not in file.whole.sources:
                yield operation.place, f"{name} is not in {SOURCES}"
        if not is_date(source["checked"]):
            yield operation.place, f"{source['checked']} is not a date such as '2026-09-15'"


@rule
def lists_in_queries(file: File) -> Findings:
    """If a query parameter is a list, write `style: form` and `explode: false`.

    They mean that commas join the entries of the list, as the generated client does it.
    """
    for place, parameter in file.parameters:
        is_list = file.merged(mapping(parameter.get("schema"))).get("type") == "array"
        if is_list and (parameter.get("style"), parameter.get("explode")) != ("form", False):
            yield place, "a list in a query needs style: form and explode: false"


@rule
def operations_link_to_their_page(file: File) -> Findings:
    """Give each operation externalDocs with the url of Kling's page about it.

    The address of the whole documentation, as in openapi.yaml, is not enough.
    """
    for operation in file.operations:
        url = mapping(operation.body.get("externalDocs")).get("url")
        if not url:
            yield operation.place, "externalDocs has no url"
        elif "/" not in urlsplit(str(url)).path.strip("/"):
            yield operation.place, f"{url} is the address of the whole documentation, not of a page"


@rule
def names_follow_the_slug(file: File) -> Findings:
    """Make the tag, the operationIds and the names of request schemas from the file's name.

    text-to-video.yaml has the tag "Text to video", createTextToVideoTask and TextToVideoRequest.
    An operationId begins with create, get, list, update or delete. For tasks, it ends with Task, or
    for lists with Tasks.
    """
    if not file.is_family:
        return
    tags = [str(tag) for tag in file.tags]
    if [_slug(tag) for tag in tags] != [file.slug]:
        yield "tags", f"must be one tag with the words of {file.slug}"
    for tag in tags:
        if not tag[:1].isupper() or _needless_capitals(tag):
            yield "tags", f"{tag!r} is not in sentence case"
    task_paths = {operation.path for operation in file.operations if operation.creates_task}
    for operation in file.operations:
        yield from _name_flaws(file, operation, task_paths)


@rule
def former_families_are_names(file: File) -> Findings:
    """List in x-kling-former-families, on a tag, the former names of its family.

    Stored refs begin with these names, so no other family may have them. Write x-kling-family only
    if refs begin with a name that differs from that of the file.
    """
    families = Counter(other.family for other in file.whole.files if other.is_family)
    for number, tag in enumerate(listed(file.document.get("tags"))):
        place = f"tags.{number}"
        former_names = mapping(tag).get("x-kling-former-families")
        if (name := mapping(tag).get(FAMILY)) is not None:
            if name == file.slug.replace("-", "_"):
                yield place, "remove x-kling-family, because it is the same as the file's name"
            if not _FAMILY_NAME.fullmatch(str(name)) or families[str(name)] > 1:
                yield (
                    place,
                    f"{name} is not lower-case words joined with _, or another family has it",
                )
        if former_names is not None and not listed(former_names):
            yield place, "x-kling-former-families is not a list of names"
        for former in map(str, listed(former_names)):
            if not _FAMILY_NAME.fullmatch(former):
                yield place, f"{former} is not lower-case words joined with _"
            if former in families:
                yield place, f"{former} is the current name of a family"
            if file.whole.former_families[former] > 1:
                yield place, f"{former} is listed twice as a former name"


def _name_flaws(file: File, operation: Operation, task_paths: set[str]) -> Findings:
    camel, place = file.camel_slug, operation.place
    # The operation is about tasks if a create has the same path, without the id at its end.
    is_task = re.sub(r"/\{\w+\}$", "", operation.path) in task_paths
    verb = next((verb for verb in _VERBS if operation.id.startswith(verb)), "")
    end = "Tasks" if verb == "list" else "Task"
    if not verb or camel not in operation.id:
        yield (
            place,
            f"{operation.id or 'operationId'} must begin with one of {', '.join(_VERBS)}, and "
            f"contain {camel}",
        )
    elif is_task and operation.id != f"{verb}{camel}{end}":
        yield place, f"{operation.id} must be {verb}{camel}{end}"
    for schema in operation.request_schemas:
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        if operation.creates_task and name != f"{camel}Request":
            yield place, f"the schema of the body must be {camel}Request"
        elif not (camel in name and name.endswith("Request")):
            yield place, f"the name of the body's schema must be ...{camel}...Request"


def _needless_capitals(text: str) -> list[str]:
    capitals = [word for word in text.split()[1:] if re.fullmatch(r"[A-Z][a-z-]+\.?", word)]
    return [word for word in capitals if word not in _PROPER_NAMES]


def _slug(tag: str) -> str:
    return re.sub(r"[ -]+", "-", tag.replace(".", "")).lower()


@rule
def info_is_not_repeated(file: File) -> Findings:
    """Write in info the version '0', except in openapi.yaml. The title of a family is its tag.

    In this way, the version of the description, and the name of each family, are in one place only.
    """
    # Sources and other texts are not documents, so they have no info.
    if file.path == Path(ENTRY) or file.path not in file.whole.documents:
        return
    info = mapping(file.document.get("info"))
    if info.get("version") != "0":
        yield "info.version", f"must be '0', but is {info.get('version')}"
    if file.is_family and [info.get("title")] != file.tags:
        yield "info.title", f"must be the tag of the file, but is {info.get('title')}"


@rule
def sources_are_used(file: File) -> Findings:
    """Give each source {what, date, authority}, and name it in the description.

    authority is vendor, observed or third-party. An operation, rule, advice, message, alias, price,
    overlay, or a product in coverage.yaml must name the source.
    """
    if file.path != SOURCES:
        return
    operations = [operation for other in file.whole.files for operation in other.operations]
    infos = [mapping(overlay.get("info")) for overlay in file.whole.overlays.values()]
    nodes = [*(operation.body for operation in operations), *infos]
    # Each entry is a list of ids, or None.
    used = [mapping(node.get("x-kling-source")).get("ids") for node in nodes]
    for key in ("x-kling-messages", "x-kling-aliases"):
        for holder in holders(list(file.whole.documents.values()), key):
            used += [mapping(entry).get("sources") for entry in listed(holder[key])]
    used += [claim.tag.get("sources") for other in file.whole.files for claim in other.claims]
    for key in ("x-kling-guard", "x-kling-unlisted", "x-kling-unit-values"):
        used += [mapping(other.document.get(key)).get("sources") for other in file.whole.files]
    for price in (mapping(operation.body.get("x-kling-price")) for operation in operations):
        used += [mapping(one).get("sources") for one in (price, *listed(price.get("rows")))]
    rows = mapping(mapping(file.whole.other_texts.get(COVERAGE)).get("products")).values()
    used += [mapping(row).get("sources") for row in rows]
    used_names = {str(name) for names in used for name in listed(names)}
    for name, source in file.document.items():
        if set(mapping(source)) != _SOURCE_KEYS:
            yield name, "must have exactly what, date and authority"
        elif source["authority"] not in _AUTHORITIES:
            yield name, f"authority {source['authority']} is not one of {', '.join(_AUTHORITIES)}"
        elif not re.fullmatch(r"\d{4}(-\d{2}){0,2}", str(source["date"])):
            yield name, f"{source['date']} is not a date such as '2026', '2026-09' or '2026-09-15'"
        if name not in used_names:
            yield name, "nothing in the description names this source"
