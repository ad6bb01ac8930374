"""House rules for rules and advice: their shape, ids, evidence and messages."""

import re

from scripts.build.bundle import Document
from scripts.lint.view import SOURCES, File, Findings, rule
from scripts.lint.walk import listed, mapping, walk

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*")
# The authority that at least one source must have, for each kind of evidence.
_EVIDENCE = {"live": "observed", "documented": "vendor"}


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
