"""The OpenAPI document of the paths below /_mock/; it describes the plans and the faults."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from kling.mock._faults import FIELDS, kinds


@cache
def control_description() -> dict[str, Any]:
    """Return the document, completed with the fields of plans and the kinds of faults."""
    source = files("kling.mock._control") / "control.openapi.json"
    document: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    plan = document["components"]["schemas"]["Plan"]
    faults = kinds()
    for name, meaning in FIELDS.items():
        plan["properties"][name]["description"] = f"{meaning[0].upper()}{meaning[1:]}."
    plan["properties"]["fault"]["enum"] = list(faults)
    plan["description"] += "".join(
        f"\n- `{name}`: {kind['meaning']}{_fields(kind['fields'])}" for name, kind in faults.items()
    )
    return document


def _fields(fields: dict[str, Any]) -> str:
    # Brackets mark an optional field.
    shown = [f"`{name}`" if field["needed"] else f"[`{name}`]" for name, field in fields.items()]
    return f": {', '.join(shown)}" if shown else ""
