"""Converts the texts in the cells of a jobs file to the types of the fields."""

import json
import math
import re
from typing import Any

from kling.description import Document, Spec

# 5.0 is an integer too, as in JSON Schema. A text with more than 18 digits stays a text.
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}(\.0*)?")
_NUMBER = re.compile(r"[-+]?([0-9]{1,18}(\.[0-9]{0,18})?|\.[0-9]{1,18})")
_BOOLEANS = {"true": True, "false": False}


def typed(text: str, node: Document, name: str, spec: Spec) -> Any:
    """Return the value of a cell for a field with this schema.

    A text that does not fit the schema stays a text; the rules then say what would be right.

    Args:
        text: the text in the cell.
        node: the schema of the field.
        name: the name of the column, for messages.
        spec: the description that has the schema.

    Raises:
        ValueError: the field needs JSON, and the text is not valid JSON.
    """
    variants = [spec.resolve(variant) for variant in node.get("anyOf", [node])]
    string_variants = [variant for variant in variants if variant.get("type") == "string"]
    for schema in string_variants:
        # A schema without const and enum allows every text.
        allowed = [schema["const"]] if "const" in schema else schema.get("enum", [text])
        if text in allowed:
            return text
        if text.strip() in allowed:
            return text.strip()
    for variant in variants:
        value = _scalar(text.strip(), str(variant.get("type", "")))
        if value is not None:
            return value
    is_nested = any({"properties", "items", "oneOf"} & variant.keys() for variant in variants)
    # Then a text that looks like an object or a list is read as JSON.
    has_any_type = "type" not in node and not string_variants
    if is_nested or (has_any_type and text.strip()[:1] in ("{", "[")):
        return _json(text, name, "items" in variants[0])
    return text


def _scalar(text: str, kind: str) -> bool | int | float | None:
    """Return the boolean or number that a text means; None if it means neither.

    Args:
        text: the text.
        kind: the type of the field in JSON Schema; empty if the field may have any type.
    """
    if kind in ("boolean", "") and text.lower() in _BOOLEANS:
        return _BOOLEANS[text.lower()]
    if kind in ("integer", "number", ""):
        if _INTEGER.fullmatch(text):
            return int(text.partition(".")[0])
        if _NUMBER.fullmatch(text):
            # If the field needs an integer, the rules refuse this number later.
            return float(text)
    return None


def _json(text: str, name: str, is_list: bool) -> Any:
    try:
        value = json.loads(text)
        # json.loads also reads NaN and Infinity, which are not JSON.
        if not isinstance(value, float) or math.isfinite(value):
            return value
    except (RecursionError, ValueError):
        pass
    column = f"{name}[0]" if is_list else f"{name}.FIELD"
    what = "a list" if is_list else "an object"
    raise ValueError(f"{name} must be {what} in JSON; or use columns such as {column}")
