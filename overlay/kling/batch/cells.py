"""Converts the texts of a table to the types of their fields."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from kling.description import Document, Spec

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}(\.0*)?")
_NUMBER = re.compile(r"[-+]?([0-9]{1,18}(\.[0-9]{0,18})?|\.[0-9]{1,18})")
_BOOLEANS = {"true": True, "false": False}


def typed(text: str, node: Document, name: str, spec: Spec) -> Any:
    """Return the value of a cell for a field with this schema.

    A text that does not fit the schema stays a text; the rules then say what would be right.

    Raises:
        ValueError: the field needs JSON, and the text is not valid JSON.
    """
    variants = [spec.resolve(variant) for variant in node.get("anyOf", [node])]
    texts = [variant for variant in variants if variant.get("type") == "string"]
    for schema in texts:
        known = [schema["const"]] if "const" in schema else schema.get("enum", (text,))
        if (read := text if text in known else text.strip()) in known:
            return read
    for variant in variants:
        for found in _readings(text, str(variant.get("type", ""))):
            return found
    is_nested = any({"properties", "items", "oneOf"} & variant.keys() for variant in variants)
    if is_nested or ("type" not in node and not texts and text.strip()[:1] in ("{", "[")):
        return _json(text, name, "items" in variants[0])
    return text


def _readings(text: str, kind: str) -> Iterator[Any]:
    text = text.strip()
    if kind in ("boolean", "") and text.lower() in _BOOLEANS:
        yield _BOOLEANS[text.lower()]
    elif kind in ("integer", "number", "") and _INTEGER.fullmatch(text):
        yield int(text.partition(".")[0])
    elif kind in ("integer", "number", "") and _NUMBER.fullmatch(text):
        # If the field needs an integer, the rules say so.
        yield float(text)


def _json(text: str, name: str, is_list: bool) -> Any:
    try:
        value = json.loads(text)
        if not isinstance(value, float) or math.isfinite(value):
            return value
    except (RecursionError, ValueError):
        pass
    column = f"{name}[0]" if is_list else f"{name}.FIELD"
    what = "a list" if is_list else "an object"
    raise ValueError(f"{name} must be {what} in JSON; or use columns such as {column}")
