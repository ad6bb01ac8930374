"""House rules for schemas: what generators, fuzzers and readers need."""

import re

from scripts.lint.view import File, Findings, rule
from scripts.lint.walk import listed, mapping, subschemas

# The lists of required fields that a reply, or a task in it, may have.
_REQUIRED = (("code",), ("code", "data"), ("task_id", "task_status"), ("id", "status"))
_FLAT = {"type", "properties", "required", "additionalProperties", "description", "allOf"}


@rule
def requests_are_flat(file: File) -> Findings:
    """Write a request as type object, properties, required and additionalProperties: false.

    Write conditions on more than one field in allOf. Generators misread them in other places.
    """
    for name, schema in file.components("schemas").items():
        if not name.endswith("Request"):
            continue
        place, request = f"components.schemas.{name}", mapping(schema)
        for key in map(str, request):
            if key not in _FLAT and not key.startswith("x-kling-"):
                yield place, f"a request schema must not have {key}"
        if request.get("type") != "object":
            yield place, "type is not object"
        if request.get("additionalProperties") is not False:
            yield place, "additionalProperties is not false"


@rule
def default_needs_const(file: File) -> Findings:
    """Write x-kling-default instead of default, except in a schema with const.

    A generated client would send a `default`, or add it to a reply that lacks the field.
    """
    for node in file.nodes:
        if "default" in node.schema and "const" not in node.schema:
            yield node.place, "write x-kling-default instead of default"


@rule
def no_boolean_schemas(file: File) -> Findings:
    """Write a schema as a mapping; only additionalProperties may be true or false.

    Several generators crash on boolean schemas, or drop the schema around them.
    """
    for node in file.nodes:
        for keyword, key, value in subschemas(node.schema):
            if isinstance(value, bool) and keyword != "additionalProperties":
                yield f"{node.place}.{key}", f"must be a mapping, but is {str(value).lower()}"


@rule
def enums_and_objects_have_names(file: File) -> Findings:
    """Put each enum and each object into components/schemas, except in rules.

    A generator invents a name for an inline schema, and may change this name if you add a property.
    """
    for node in file.nodes:
        if node.role in ("property", "part"):
            for keyword in ("enum", "properties"):
                if keyword in node.schema:
                    yield (
                        node.place,
                        f"move this schema, which has {keyword}, to components/schemas",
                    )


@rule
def names_have_no_digits(file: File) -> Findings:
    """Use digits in a name only for a version, after Kling or at the end of the file's name.

    For example, createKling30TextToVideoTask and createTryOn30Task.
    """
    names = [(operation.place, operation.id) for operation in file.operations]
    for section in mapping(file.document.get("components")):
        names += [(f"components.{section}", name) for name in file.components(section)]
    for place, name in names:
        versioned = file.is_family and re.fullmatch(r"\D+\d+", file.camel_slug)
        # `camel_slug` is the name of the file in the form of names, such as TryOn30.
        plain = name.replace(file.camel_slug, "", 1) if versioned else name
        # A number directly after Kling, as in Kling30 or KlingO1, is a version.
        if re.search(r"\d", re.sub(r"([Kk]ling)O?\d+", r"\1", plain, count=1)):
            yield place, f"{name} has digits that are not the version in the file's name"


@rule
def formats_are_enforced(file: File) -> Findings:
    """Use no format except int64. Validators ignore other formats, and generators change types."""
    for node in file.nodes:
        if node.schema.get("format", "int64") != "int64":
            yield node.place, f"remove the format {node.schema['format']}"
        elif "format" in node.schema and "integer" not in node.types:
            yield node.place, "format int64 is only for integers"


@rule
def integers_have_bounds(file: File) -> Findings:
    """Give each integer a minimum and a maximum, and format int64 if it needs more than 32 bits.

    Languages differ in the range of integers; Java and Go assume 32 bits without a format.
    """
    for node in file.shapes:
        if "integer" in node.types:
            for bound in ("minimum", "maximum"):
                if bound not in node.schema:
                    yield node.place, f"{bound} is missing"
            is_long = node.schema.get("maximum", 0) >= 2**31
            if is_long and "format" not in node.schema:
                yield node.place, "format int64 is missing"


@rule
def constants_have_types(file: File) -> Findings:
    """Give a schema with const a type too. Without it, Java and Go clients make it an object."""
    for node in file.shapes:
        if "const" in node.schema and not node.types:
            yield node.place, "type is missing"


@rule
def open_lists_are_marked(file: File) -> Findings:
    """Mark each enum of a reply with x-extensible: true, and no enum of a request.

    So requests and replies cannot share an enum. If Kling may accept more values than a request
    lists, write x-extensible: [known values] instead of enum.
    """
    for node in file.shapes:
        is_enum, extensible = "enum" in node.schema, node.schema.get("x-extensible")
        sent, received = file.is_sent(node), file.is_received(node)
        if is_enum and sent and received:
            yield node.place, "requests and replies share this enum: split it in two"
        elif is_enum and sent and extensible is not None:
            yield node.place, "an enum in a request must not have x-extensible"
        elif is_enum and received and extensible is not True:
            yield node.place, "an enum in a reply needs x-extensible: true"
        elif not is_enum and extensible is not None and not isinstance(extensible, list):
            yield node.place, "x-extensible without enum must be a list"


@rule
def replies_require_little(file: File) -> Findings:
    """Require in a reply only code and data, and in a task only its id and status.

    Kling omits fields that do not apply, so no reader may depend on them.
    """
    for node in file.shapes:
        required = tuple(map(str, listed(node.schema.get("required"))))
        is_reply = file.is_received(node) and not file.is_sent(node)
        # If the id may be in either of two fields, neither field can be required.
        has_either_id = {"id", "task_id"} <= mapping(node.schema.get("properties")).keys()
        allowed = (("status",),) if has_either_id else _REQUIRED
        if required and is_reply and required not in allowed:
            yield node.place, f"a reply must not require {', '.join(required)}"


@rule
def request_objects_are_closed(file: File) -> Findings:
    """Give each object in a request additionalProperties: false, to catch misspellings.

    This includes objects that replies have too.
    """
    for node in file.shapes:
        closed = node.schema.get("additionalProperties") is False
        if node.is_object and file.is_sent(node) and not closed:
            yield node.place, "additionalProperties is not false"


@rule
def reply_objects_are_open(file: File) -> Findings:
    """Do not write additionalProperties: false in an object that only replies have.

    Kling adds fields to replies without notice.
    """
    for node in file.shapes:
        closed = node.schema.get("additionalProperties") is False
        if closed and file.is_received(node) and not file.is_sent(node):
            yield node.place, "additionalProperties is false"


@rule
def values_have_descriptions(file: File) -> Findings:
    """Describe each property and each parameter, there or in the schema that it refers to."""
    for node in file.nodes:
        if node.role == "property" and not file.merged(node.schema).get("description"):
            yield node.place, "description is missing"
    for place, parameter in file.parameters:
        schema = file.merged(mapping(parameter.get("schema")))
        if not (parameter.get("description") or schema.get("description")):
            yield place, "description is missing"
