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
# They distinguish commands from noun phrases. Add a verb when an operation needs a new one.
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
            yield operation.place, f"tags must be one tag of this file, but is {given}"


@rule
def summaries_are_commands(file: File) -> Findings:
    """Begin a summary with a verb such as Create, in sentence case, without a full stop.

    It has at most 60 characters: it is a heading in the documentation.
    """
    for operation in file.operations:
        summary = str(operation.body.get("summary", ""))
        first = summary.partition(" ")[0]
        if first not in _COMMANDS:
            yield operation.place, f"{first!r} is not one of {', '.join(sorted(_COMMANDS))}"
        for word in _needless_capitals(summary):
            yield operation.place, f"{word!r} has a capital letter"
        if summary.endswith("."):
            yield operation.place, "a full stop"
        if len(summary) > 60:
            yield operation.place, f"{len(summary)} characters"


@rule
def operations_have_descriptions(file: File) -> Findings:
    """Describe each operation: units, limits, cost, and what else its schemas cannot express."""
    for operation in file.operations:
        if not operation.body.get("description"):
            yield operation.place, "description is missing"


@rule
def every_status_is_listed(file: File) -> Findings:
    """List 200 and each status of the error table as responses, and no default.

    A client cannot parse a reply with an unlisted status.
    """
    wanted = {"200"} | file.whole.error_statuses
    for operation in file.operations:
        listed_here = {str(status) for status in mapping(operation.body.get("responses"))}
        for status in sorted(wanted - listed_here):
            yield operation.place, f"{status} is missing"
        for status in sorted(listed_here - wanted):
            yield operation.place, f"{status} is not in the error table"


@rule
def only_current_narrows_security(file: File) -> Findings:
    """Write security only in by-model/ and solutions/, where it is [{apiKey: []}].

    Only the current standard refuses access tokens; elsewhere security is inherited.
    """
    for operation in file.operations:
        security = operation.body.get("security")
        if file.is_current and security != _CURRENT_SECURITY:
            yield operation.place, "security must be [{apiKey: []}]"
        if not file.is_current and "security" in operation.body:
            yield operation.place, "security is only for by-model/ and solutions/"


@rule
def operations_name_sources(file: File) -> Findings:
    """Say in x-kling-source {ids, checked} where the facts are from and when they were checked.

    The ids are those of sources.yaml; checked is a date in quotes.
    """
    for operation in file.operations:
        source = mapping(operation.body.get("x-kling-source"))
        if set(source) != {"ids", "checked"}:
            yield operation.place, "x-kling-source is not {ids, checked}"
            continue
        if not listed(source["ids"]):
            yield operation.place, "ids is not a list of sources"
        for name in listed(source["ids"]):
            if str(name) not in file.whole.sources:
                yield operation.place, f"{name} is not in {SOURCES}"
        if not is_date(source["checked"]):
            yield operation.place, f"{source['checked']} is not a date such as '2026-09-15'"


@rule
def lists_in_queries(file: File) -> Findings:
    """Give a list in a query style: form and explode: false, which joins its entries with commas.

    The generated client joins every list with commas.
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
            yield operation.place, f"{url} is the whole documentation, not one page"


@rule
def names_follow_the_slug(file: File) -> Findings:
    """Make tag, operationIds and request schemas from the file's name.

    text-to-video.yaml has the tag "Text to video", createTextToVideoTask, listTextToVideoTasks and
    TextToVideoRequest; other operations have a verb (create get list update delete) and the name.
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
    """List in x-kling-former-families, on a tag, the former names of its family, such as avatar.

    Stored refs begin with them, so no other family may have one. Omit x-kling-family, which the
    bundler makes from the name of the file, unless refs begin with something else.
    """
    families = Counter(other.family for other in file.whole.files if other.is_family)
    for number, tag in enumerate(listed(file.document.get("tags"))):
        place, names = f"tags.{number}", mapping(tag).get("x-kling-former-families")
        if (name := mapping(tag).get(FAMILY)) is not None:
            if name == file.slug.replace("-", "_"):
                yield place, "omit x-kling-family: the bundler makes the same name from the file's"
            if not _FAMILY_NAME.fullmatch(str(name)) or families[str(name)] > 1:
                yield place, f"{name} is not a valid name, or another family has it"
        if names is not None and not listed(names):
            yield place, "x-kling-former-families is not a list of names"
        for name in map(str, listed(names)):
            if not _FAMILY_NAME.fullmatch(name):
                yield place, f"{name} is not lower-case words joined with _"
            if name in families:
                yield place, f"{name} is the current name of a family"
            if file.whole.former_families[name] > 1:
                yield place, f"{name} is listed twice"


def _name_flaws(file: File, operation: Operation, task_paths: set[str]) -> Findings:
    camel, place = file.camel_slug, operation.place
    is_task = re.sub(r"/\{\w+\}$", "", operation.path) in task_paths
    verb = next((verb for verb in _VERBS if operation.id.startswith(verb)), "")
    end = "Tasks" if verb == "list" else "Task"
    if not verb or camel not in operation.id:
        yield place, f"{operation.id or 'operationId'} must be a verb and {camel}"
    elif is_task and operation.id != f"{verb}{camel}{end}":
        yield place, f"{operation.id} is not {verb}{camel}{end}"
    for schema in operation.request_schemas:
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        if operation.creates_task and name != f"{camel}Request":
            yield place, f"the body is not {camel}Request"
        elif not (camel in name and name.endswith("Request")):
            yield place, f"the name of the body's schema must be ...{camel}...Request"


def _needless_capitals(text: str) -> list[str]:
    capitals = [word for word in text.split()[1:] if re.fullmatch(r"[A-Z][a-z-]+\.?", word)]
    return [word for word in capitals if word not in _PROPER_NAMES]


def _slug(tag: str) -> str:
    return re.sub(r"[ -]+", "-", tag.replace(".", "")).lower()


@rule
def info_is_not_repeated(file: File) -> Findings:
    """Write in info the version '0', except in openapi.yaml, and as title of a family its tag.

    So the version number, and the name of each family, are written only once.
    """
    if file.path == Path(ENTRY) or file.path not in file.whole.documents:
        return
    info = mapping(file.document.get("info"))
    if info.get("version") != "0":
        yield "info.version", f"{info.get('version')} is not '0'"
    if file.is_family and [info.get("title")] != file.tags:
        yield "info.title", f"{info.get('title')} is not the tag"


@rule
def sources_are_used(file: File) -> Findings:
    """Give each source what, date and authority (vendor, observed or third-party), and use it.

    An operation, rule, advice, message, alias, price or overlay must name it, or a product of
    coverage.yaml.
    """
    if file.path != SOURCES:
        return
    operations = [operation for other in file.whole.files for operation in other.operations]
    infos = [mapping(overlay.get("info")) for overlay in file.whole.overlays.values()]
    nodes = [*(operation.body for operation in operations), *infos]
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
            yield name, "not {what, date, authority}"
        elif source["authority"] not in _AUTHORITIES:
            yield name, f"{source['authority']} is not one of {', '.join(_AUTHORITIES)}"
        elif not re.fullmatch(r"\d{4}(-\d{2}){0,2}", str(source["date"])):
            yield name, f"{source['date']} is not a date such as '2026', '2026-09' or '2026-09-15'"
        if name not in used_names:
            yield name, "no operation, rule, advice, message, alias, price or overlay names it"
