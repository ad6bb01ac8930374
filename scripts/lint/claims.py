"""House rules for the rules and advice of the description: their form, ids, evidence, messages.

A claim is a rule or a piece of advice of the description.
"""

import re

from scripts.build.bundle import Document
from scripts.lint.view import SOURCES, File, Findings, rule
from scripts.lint.walk import listed, mapping, walk

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*")
# The authority that at least one source must have, for each kind of evidence.
_EVIDENCE = {"live": "observed", "documented": "vendor"}


@rule
def rules_are_inline(file: File) -> Findings:
    """Make each entry of allOf one rule: x-kling-rule, a description and keywords of JSON Schema.

    A rule with a `check` has no keywords. Write x-kling-rule only in allOf, and do not use $ref
    there.
    """
    for node in file.nodes:
        if node.role != "rule" and "x-kling-rule" in node.schema:
            yield node.place, "x-kling-rule outside of allOf"
        if not node.is_shape:
            continue  # inside a rule, allOf may have schemas that are not rules
        for number, entry in enumerate(listed(node.schema.get("allOf"))):
            for detail in _rule_flaws(mapping(entry)):
                yield f"{node.place}.allOf.{number}", detail


def _rule_flaws(entry: Document) -> list[str]:
    tag = entry.get("x-kling-rule")
    if not isinstance(tag, dict):
        return ["not an inline rule: x-kling-rule is missing"]
    flaws = []
    if not {"id", "field"} <= set(tag) <= {"id", "field", "check", "evidence", "sources"}:
        flaws.append("x-kling-rule must have id, field, evidence and sources; check is optional")
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
    """Say in each x-kling-rule how we know the rule, with `evidence` and `sources`.

    live: somebody recorded a refusal, and a source has the authority observed. documented: a page
    of Kling says must or only. If you have neither, write advice instead of a rule.
    """
    for node in file.nodes:
        for number, entry in enumerate(listed(node.schema.get("allOf"))):
            tag, place = mapping(entry).get("x-kling-rule"), f"{node.place}.allOf.{number}"
            if isinstance(tag, dict):
                authorities = {
                    mapping(file.whole.sources.get(str(name))).get("authority")
                    for name in listed(tag.get("sources"))
                }
                evidence = str(tag.get("evidence"))
                if evidence not in _EVIDENCE:
                    yield place, f"evidence must be one of {', '.join(_EVIDENCE)}"
                elif _EVIDENCE[evidence] not in authorities:
                    yield (
                        place,
                        f"evidence is {evidence}, but no source has the authority "
                        f"{_EVIDENCE[evidence]}",
                    )
                yield from _source_flaws(file, place, tag)
        for number, entry in enumerate(listed(node.schema.get("x-kling-advice"))):
            if "sources" in mapping(entry):
                yield from _source_flaws(file, f"{node.place}.x-kling-advice.{number}", entry)
    if guard := mapping(file.document.get("x-kling-guard")):
        if set(guard) != {"id", "sources", "description"}:
            yield "x-kling-guard", "must have exactly id, sources and description"
        yield from _source_flaws(file, "x-kling-guard", guard)


def _source_flaws(file: File, place: str, holder: Document) -> Findings:
    names = listed(holder.get("sources"))
    if not names:
        yield place, f"sources must be a list of ids from {SOURCES}"
    for name in names:
        if str(name) not in file.whole.sources:
            yield place, f"{name} is not in {SOURCES}"


@rule
def unlisted_products_are_named(file: File) -> Findings:
    """Write x-kling-unlisted as {products, sources, description}.

    The description must name each product, because users read only the description.
    """
    if (unlisted := file.document.get("x-kling-unlisted")) is None:
        return
    if set(mapping(unlisted)) != {"products", "sources", "description"}:
        yield "x-kling-unlisted", "must have exactly products, sources and description"
        return
    yield from _source_flaws(file, "x-kling-unlisted", unlisted)
    for name in listed(unlisted["products"]):
        if not re.search(rf"\b{re.escape(str(name))}(,| and | are )", str(unlisted["description"])):
            yield "x-kling-unlisted", f"the description does not name {name}"


@rule
def advice_is_complete(file: File) -> Findings:
    """Write x-kling-advice as a list of {id, field, description} with either schema or check.

    An entry may also have sources.
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
            elif ("schema" in keys) == ("check" in keys):  # both or neither
                yield f"{place}.{number}", "must have exactly one of schema and check"
            elif "schema" in keys and not isinstance(entry["schema"], dict):
                yield f"{place}.{number}", "schema must be a mapping"


@rule
def ids_are_scoped(file: File) -> Findings:
    """Give each rule and each piece of advice a unique id, such as avatar.one-sound.

    In a family's file, the part before the dot is the name of the family: x-kling-family of the
    tag, with hyphens, or else the name of the file.
    """
    scope = file.family.replace("_", "-")
    for claim in file.claims:
        if not _ID.fullmatch(claim.id):
            yield claim.place, f"{claim.id!r} is not an id such as avatar.one-sound"
        elif file.is_family and claim.id.partition(".")[0] != scope:
            yield claim.place, f"{claim.id} does not begin with {scope}."
        elif file.whole.claim_ids[claim.id] > 1:
            yield claim.place, f"another rule or piece of advice has the same id {claim.id}"


@rule
def fields_exist(file: File) -> Findings:
    """Name in `field` a property of the schema that contains the rule; '' is the whole value.

    Put a dot between a property and a property inside it, as in settings.duration.
    """
    for claim in file.claims:
        schema = claim.holder
        for name in filter(None, claim.field.split(".")):
            if name not in (properties := mapping(file.merged(schema).get("properties"))):
                yield claim.place, f"field is {claim.field}, but the schema has no such property"
                break
            schema = mapping(properties[name])


@rule
def messages_are_sentences(file: File) -> Findings:
    """Write a message on one line, begin in lower case, end with a full stop, and name the field.

    Programs show the message after the name of the field, or in a list.
    """
    for claim in file.claims:
        message = claim.message if isinstance(claim.message, str) else ""
        if not re.fullmatch(r"[a-z].*\.", message):
            yield claim.place, "the message must be one line, begin in lower case and end with '.'"
        # If the rule is about the whole value, the field is empty, which every message contains.
        if not re.search(rf"\b{re.escape(claim.field)}\b", message):
            yield claim.place, f"the message does not name {claim.field}"


@rule
def if_repeats_required(file: File) -> Findings:
    """List in `required` of an `if` each property that the `if` tests.

    Otherwise a body without the property would satisfy the `if`.
    """
    for claim in file.claims:
        for node in walk(claim.condition, claim.place, "condition"):
            for part in walk(node.schema.get("if"), f"{node.place}.if", "condition"):
                required = listed(part.schema.get("required"))
                for name in mapping(part.schema.get("properties")):
                    if name not in required:
                        yield part.place, f"this `if` tests {name}, so add {name} to its required"
