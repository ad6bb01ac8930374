"""House rules for extensions, above all for rules and advice."""

import re
from collections import Counter
from typing import Any

from scripts.build.bundle import Document
from scripts.lint.view import SOURCES, File, Findings, rule
from scripts.lint.walk import is_date, listed, mapping, walk

EXTENSIONS = {
    "x-kling-rule",
    "x-kling-advice",
    "x-kling-guard",
    "x-kling-unlisted",
    "x-kling-default",
    "x-kling-retired",
    "x-kling-media",
    "x-kling-pattern-means",
    "x-kling-task",
    "x-kling-price",
    "x-kling-unit-values",
    "x-kling-result",
    "x-kling-spellings",
    "x-kling-rate",
    "x-kling-lag",
    "x-kling-distinct",
    "x-kling-source",
    "x-kling-family",
    "x-kling-first-families",
    "x-kling-former-families",
    "x-kling-error",
    "x-kling-messages",
    "x-kling-aliases",
    "x-kling-closed",
    "x-kling-region",
    "x-kling-jwt",
    "x-kling-console",
    "x-kling-signature",
    "x-extensible",
}
_SPELLINGS = "x-kling-spellings"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*")
# The authority that at least one source must have, for each kind of evidence.
_EVIDENCE = {"live": "observed", "documented": "vendor"}
_MEDIA_KINDS = ("image", "audio", "video")
_TOKEN_FORM = {"algorithm": str, "lifetime": int, "backdated": int}
_ERROR_ROW = {"code", "status", "kind", "retry", "meaning", "remedy"}
_RETRY = ("never", "later", "new-token", "in-doubt")


@rule
def rules_are_inline(file: File) -> Findings:
    """Let each entry of allOf be one rule: x-kling-rule, a description and keywords.

    A rule with a `check` has no keywords. x-kling-rule is only in allOf, and no entry is a $ref.
    """
    for node in file.nodes:
        if node.role != "rule" and "x-kling-rule" in node.schema:
            yield node.place, "x-kling-rule outside of allOf"
        if not node.is_shape:
            continue
        for number, entry in enumerate(listed(node.schema.get("allOf"))):
            for detail in _rule_flaws(mapping(entry)):
                yield f"{node.place}.allOf.{number}", detail


def _rule_flaws(entry: Document) -> list[str]:
    tag = entry.get("x-kling-rule")
    if not isinstance(tag, dict):
        return ["not an inline rule: x-kling-rule is missing"]
    flaws = []
    if not {"id", "field"} <= set(tag) <= {"id", "field", "check", "evidence", "sources"}:
        flaws.append("x-kling-rule must be {id, field, evidence, sources}, with or without check")
    if "description" not in entry:
        flaws.append("description is missing")
    keywords = sorted({str(key) for key in entry} - {"x-kling-rule", "description"})
    if "$ref" in keywords:
        flaws.append("write keywords here instead of a $ref")
    if "check" in tag and keywords:
        flaws.append(f"a rule with check must not have {', '.join(keywords)}")
    if "check" not in tag and not keywords:
        flaws.append("the rule has neither check nor keywords")
    return flaws


@rule
def rules_have_evidence(file: File) -> Findings:
    """Give each x-kling-rule evidence that Kling refuses (live or documented), and its sources.

    live: somebody recorded a refusal, so one source is an observation. documented: a page of
    Kling's says must or only. Without either, write advice, which may have sources too.
    """
    for node in file.nodes:
        for number, entry in enumerate(listed(node.schema.get("allOf"))):
            tag, place = mapping(entry).get("x-kling-rule"), f"{node.place}.allOf.{number}"
            if isinstance(tag, dict):
                authorities = {
                    mapping(file.whole.sources.get(str(name))).get("authority")
                    for name in listed(tag.get("sources"))
                }
                if (evidence := str(tag.get("evidence"))) not in _EVIDENCE:
                    yield place, f"evidence must be one of {', '.join(_EVIDENCE)}"
                elif _EVIDENCE[evidence] not in authorities:
                    yield (
                        place,
                        f"{evidence} evidence, but no source with authority {_EVIDENCE[evidence]}",
                    )
                yield from _source_flaws(file, place, tag)
        for number, entry in enumerate(listed(node.schema.get("x-kling-advice"))):
            if "sources" in mapping(entry):
                yield from _source_flaws(file, f"{node.place}.x-kling-advice.{number}", entry)
    if guard := mapping(file.document.get("x-kling-guard")):
        if set(guard) != {"id", "sources", "description"}:
            yield "x-kling-guard", "not {id, sources, description}"
        yield from _source_flaws(file, "x-kling-guard", guard)


def _source_flaws(file: File, place: str, holder: Document) -> Findings:
    names = listed(holder.get("sources"))
    if not names:
        yield place, f"sources is not a list of ids of {SOURCES}"
    for name in names:
        if str(name) not in file.whole.sources:
            yield place, f"{name} is not in {SOURCES}"


@rule
def unlisted_products_are_named(file: File) -> Findings:
    """Write x-kling-unlisted as {products, sources, description}.

    The description must name each product: users see nothing else of it.
    """
    if (unlisted := file.document.get("x-kling-unlisted")) is None:
        return
    if set(mapping(unlisted)) != {"products", "sources", "description"}:
        yield "x-kling-unlisted", "not {products, sources, description}"
        return
    yield from _source_flaws(file, "x-kling-unlisted", unlisted)
    for name in listed(unlisted["products"]):
        if not re.search(rf"\b{re.escape(str(name))}(,| and | are )", str(unlisted["description"])):
            yield "x-kling-unlisted", f"the description does not name {name}"


@rule
def advice_is_complete(file: File) -> Findings:
    """Write x-kling-advice as a list of {id, field, description} with either schema or check.

    It may name sources.
    """
    for node in file.nodes:
        if "x-kling-advice" not in node.schema:
            continue
        place, advice = f"{node.place}.x-kling-advice", node.schema["x-kling-advice"]
        if not node.is_shape or not isinstance(advice, list):
            yield place, "must be a list, in the schema with the properties that it is about"
        for number, entry in enumerate(listed(advice)):
            keys = set(mapping(entry)) - {"sources"}
            if keys - {"schema", "check"} != {"id", "field", "description"}:
                yield f"{place}.{number}", "must be {id, field, description}, and schema or check"
            elif ("schema" in keys) == ("check" in keys):
                yield f"{place}.{number}", "must have exactly one of schema and check"
            elif "schema" in keys and not isinstance(entry["schema"], dict):
                yield f"{place}.{number}", "schema is not a schema"


@rule
def ids_are_scoped(file: File) -> Findings:
    """Give each rule and each advice its own id, <scope>.<kebab-words>.

    In a family file the scope is the x-kling-family of its tag, or else the name of the file.
    """
    scope = file.family.replace("_", "-")
    for claim in file.claims:
        if not _ID.fullmatch(claim.id):
            yield claim.place, f"{claim.id!r} is not <scope>.<kebab-words>"
        elif file.is_family and claim.id.partition(".")[0] != scope:
            yield claim.place, f"{claim.id} does not begin with {scope}."
        elif file.whole.claim_ids[claim.id] > 1:
            yield claim.place, f"another rule or advice has the id {claim.id} too"


@rule
def fields_exist(file: File) -> Findings:
    """Write as field a property of the schema that holds the rule, or '' for the whole value.

    A dot separates a property from one inside it, as in settings.duration.
    """
    for claim in file.claims:
        schema = claim.holder
        for name in filter(None, claim.field.split(".")):
            if name not in (properties := mapping(file.merged(schema).get("properties"))):
                yield claim.place, f"{claim.field} is not a property here"
                break
            schema = mapping(properties[name])


@rule
def messages_are_sentences(file: File) -> Findings:
    """Write a message on one line, from a lower-case word to a full stop, and name the field.

    It is shown after the name of the field, or in a list.
    """
    for claim in file.claims:
        message = claim.message if isinstance(claim.message, str) else ""
        if not re.fullmatch(r"[a-z].*\.", message):
            yield claim.place, "not one line from a lower-case word to a full stop"
        if not re.search(rf"\b{re.escape(claim.field)}\b", message):
            yield claim.place, f"the message does not name {claim.field}"


@rule
def if_repeats_required(file: File) -> Findings:
    """Require in an `if` each property that it tests: a body without it would satisfy the `if`."""
    for claim in file.claims:
        for node in walk(claim.condition, claim.place, "condition"):
            for part in walk(node.schema.get("if"), f"{node.place}.if", "condition"):
                required = listed(part.schema.get("required"))
                for name in mapping(part.schema.get("properties")):
                    if name not in required:
                        yield part.place, f"required does not list {name}"


@rule
def extensions_are_known(file: File) -> Findings:
    """Use only the extensions that openapi/README.md explains: no program reads others."""
    pending: list[tuple[str, str, Any]] = [("", "", file.document)]
    while pending:
        place, parent, value = pending.pop()
        pairs = value.items() if isinstance(value, dict) else enumerate(listed(value))
        for key, inner in pairs:
            name = str(key)
            if parent != "properties":
                if name in ("example", "examples"):
                    continue
                if name.startswith("x-") and name not in EXTENSIONS:
                    yield place.strip("."), f"{name} is not one of our extensions"
            pending.append((f"{place}.{name}", name, inner))


@rule
def retired_values_have_dates(file: File) -> Findings:
    """Map in x-kling-retired values to dates; the same schema lists the values."""
    for node in file.nodes:
        if "x-kling-retired" not in node.schema:
            continue
        place, retired = f"{node.place}.x-kling-retired", node.schema["x-kling-retired"]
        values = listed(node.schema.get("enum")) + listed(node.schema.get("x-extensible"))
        if not mapping(retired):
            yield place, "not a mapping of values to dates"
        for value, day in mapping(retired).items():
            if value not in values:
                yield place, f"neither enum nor x-extensible has the value {value}"
            if not is_date(day):
                yield place, f"{day} is not a date such as '2026-09-15'"


@rule
def media_limits_are_known(file: File) -> Findings:
    """Write x-kling-media as {kind, formats}, and limits of bytes, pixels, ratio, fps or seconds.

    kind is image, audio or video; a video may lack formats. ratio, fps and seconds are
    [lowest, highest].
    """
    for node in file.nodes:
        if "x-kling-media" in node.schema:
            for key, detail in _media_flaws(mapping(node.schema["x-kling-media"])):
                yield f"{node.place}.x-kling-media", f"{key} {detail}"


def _media_flaws(media: Document) -> Findings:
    if media.get("kind") not in _MEDIA_KINDS:
        yield "kind", f"must be one of {', '.join(_MEDIA_KINDS)}"
    formats = listed(media.get("formats"))
    any_format = media.get("kind") == "video" and "formats" not in media
    if not any_format and (not formats or not all(isinstance(name, str) for name in formats)):
        yield "formats", "is not a list of names"
    for key, value in media.items():
        if key in ("bytes", "side", "most_side", "pixels"):
            if type(value) is not int or value < 1:
                yield key, "is not a whole number above 0"
        elif key in ("ratio", "seconds", "fps"):
            numbers = [bound for bound in listed(value) if type(bound) in (int, float)]
            if len(numbers) != 2 or value != sorted(numbers):
                yield key, "is not [lowest, highest]"
        elif key not in ("kind", "formats"):
            yield key, "is not known"


@rule
def patterns_have_words(file: File) -> Findings:
    """Give each pattern x-kling-pattern-means, which says in words what matches it.

    Messages show the words after "must be". Rules have a description instead.
    """
    for node in file.shapes:
        words = node.schema.get("x-kling-pattern-means")
        if "pattern" in node.schema and not (isinstance(words, str) and words):
            yield node.place, "pattern without x-kling-pattern-means"
        elif "pattern" not in node.schema and words is not None:
            yield node.place, "x-kling-pattern-means without pattern"


@rule
def error_rows_are_complete(file: File) -> Findings:
    """Give each row of x-kling-error its own code, and status, kind, retry, meaning and remedy."""
    for node in file.nodes:
        if "x-kling-error" not in node.schema:
            continue
        place, rows = f"{node.place}.x-kling-error", listed(node.schema["x-kling-error"])
        if not rows:
            yield place, "not a list of rows"
        codes = [mapping(row).get("code") for row in rows]
        for number, row in enumerate(rows):
            if set(mapping(row)) != _ERROR_ROW:
                yield f"{place}.{number}", f"must have exactly {', '.join(sorted(_ERROR_ROW))}"
            elif row["retry"] not in _RETRY:
                yield f"{place}.{number}.retry", f"must be one of {', '.join(_RETRY)}"
            if codes.count(codes[number]) > 1:
                yield f"{place}.{number}", f"another row has the code {codes[number]} too"


@rule
def token_forms_are_complete(file: File) -> Findings:
    """Write x-kling-jwt, on a security scheme, as {algorithm, lifetime, backdated} (seconds)."""
    for name, scheme in file.components("securitySchemes").items():
        form = mapping(scheme).get("x-kling-jwt")
        shape = {key: type(value) for key, value in mapping(form).items()}
        if form is not None and shape != _TOKEN_FORM:
            yield f"components.securitySchemes.{name}", "not {algorithm, lifetime, backdated}"


@rule
def results_say_how_long(file: File) -> Findings:
    """Write x-kling-result, on a list, as {seconds: [least, most], days}, with one key or both."""
    for node in file.nodes:
        if "x-kling-result" not in node.schema:
            continue
        place, result = f"{node.place}.x-kling-result", mapping(node.schema["x-kling-result"])
        if not result or not set(result) <= {"seconds", "days"}:
            yield place, "must have seconds, days or both, and no other key"
        if "days" in result and not _is_positive(result["days"]):
            yield place, "days is not a whole number above 0"
        span = listed(result.get("seconds", [1, 1]))
        if len(span) != 2 or not all(map(_is_positive, span)) or span != sorted(span):
            yield place, "seconds is not [least, most]"


@rule
def rates_are_whole(file: File) -> Findings:
    """Write x-kling-rate, on an operation, as {requests, seconds}, whole numbers above 0."""
    for operation in file.operations:
        rate = operation.body.get("x-kling-rate")
        numbers = mapping(rate)
        whole = set(numbers) == {"requests", "seconds"} and all(map(_is_positive, numbers.values()))
        if rate is not None and not whole:
            yield operation.place, "x-kling-rate is not {requests, seconds}"


@rule
def lags_are_whole(file: File) -> Findings:
    """Write x-kling-lag, on an operation, as {hours}, a whole number above 0."""
    for operation in file.operations:
        lag = operation.body.get("x-kling-lag")
        if lag is not None and not (set(mapping(lag)) == {"hours"} and _is_positive(lag["hours"])):
            yield operation.place, "x-kling-lag is not {hours}"


@rule
def distinct_values_are_counted(file: File) -> Findings:
    """Write x-kling-distinct, on a property, as a whole number above 0."""
    for node in file.nodes:
        if "x-kling-distinct" in node.schema and not _is_positive(node.schema["x-kling-distinct"]):
            yield f"{node.place}.x-kling-distinct", "is not a whole number above 0"


@rule
def spellings_are_free(file: File) -> Findings:
    """Write x-kling-spellings, on a property, as a list of other names that Kling takes for it.

    No other property of the object has such a name.
    """
    for node in file.nodes:
        properties, taken = mapping(node.schema.get("properties")), Counter[str]()
        for name, schema in properties.items():
            place, others = f"{node.place}.properties.{name}", mapping(schema).get(_SPELLINGS)
            if others is not None and not listed(others):
                yield place, f"{_SPELLINGS} is not a list of names"
            taken.update(map(str, listed(others)))
        for name, count in taken.items():
            if name in properties or count > 1:
                yield node.place, f"{name} is already a property, or another spelling of one"


def _is_positive(value: object) -> bool:
    return type(value) is int and value > 0
