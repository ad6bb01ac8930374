"""Removes the unknown fields of a request, because Kling ignores them."""

from typing import Any

from kling.description import Document, Spec


def without_unknown(
    spec: Spec, schema: Document, value: Any, field: str = ""
) -> tuple[Any, list[str]]:
    """Return a value without unknown fields, and a note about each field that was removed."""
    schema = spec.resolve(schema)
    # In the description, only the first variant of an anyOf can be an object.
    if variants := schema.get("anyOf"):
        schema = spec.resolve(variants[0])
    # The discriminator is the field whose value decides which of several schemas applies.
    discriminator, branches = spec.branches(schema)
    if isinstance(value, dict) and isinstance(kind := value.get(discriminator), str):
        schema = branches.get(kind, schema)
    notes: list[str] = []
    if isinstance(value, dict) and "properties" in schema:
        known, names = {}, _names(schema["properties"])
        for key, inner in value.items():
            path = f"{field}.{key}".lstrip(".")
            if node := names.get(key):
                known[key], more = without_unknown(spec, node, inner, path)
                notes += more
            else:
                notes.append(f"{path} is unknown and was ignored.")
        return known, notes
    if isinstance(value, list) and "items" in schema:
        entries = []
        for index, inner in enumerate(value):
            entry, more = without_unknown(spec, schema["items"], inner, f"{field}[{index}]")
            entries.append(entry)
            notes += more
        return entries, notes
    return value, notes


def _names(properties: Document) -> dict[str, Document]:
    """Return the schemas of fields, by every spelling of their names that Kling accepts."""
    others = {
        name: node for node in properties.values() for name in node.get("x-kling-spellings", ())
    }
    return {**others, **properties}
