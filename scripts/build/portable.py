"""Make the portable view of the bundle: the same API for less capable generators and renderers.

Nearly every generator misreads rules, defaults and extensions, so they become sentences in the
descriptions. Enums of decimal numbers also become sentences, because some generators make no type
for them. Callbacks are left out.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from scripts.build.bundle import FIRST, Document, copied, families, holders, references

_SCALARS = {"string", "integer", "number", "boolean"}


def portable(bundle: Document) -> Document:
    """Return the portable view of a bundle; the bundle does not change."""
    view = copied(bundle)
    schemas = view["components"]["schemas"]
    view["components"].pop("callbacks", None)
    for operation in holders(view["paths"], "operationId"):
        operation.pop("callbacks", None)
        operation.pop("security", None)
    _describe_requests(view)
    scalars = {name: _Scalar(schema) for name, schema in schemas.items() if _is_scalar(schema)}
    result: Document = _inlined(_plain(view), scalars)
    for name in scalars:
        del result["components"]["schemas"][name]
    _drop_unused(result)
    _name_tags(result, families(bundle))
    _order_tags(result, bundle.get(FIRST, ()))
    return result


def _describe_requests(view: Document) -> None:
    """Begin the description of each request schema with its purpose.

    The Python generator copies the description into the docstring of the class.
    """
    tags = {tag["name"]: tag["description"].splitlines()[0] for tag in view["tags"]}
    for path, item in view["paths"].items():
        for method, operation in item.items():
            if "requestBody" in operation:
                content = operation["requestBody"]["content"]["application/json"]
                name = content["schema"]["$ref"].removeprefix("#/components/schemas/")
                schema = view["components"]["schemas"][name]
                tag = operation["tags"][0]
                schema["description"] = "\n".join(
                    [
                        f"{tag}: {tags[tag]}",
                        f"The body of {operation['operationId']}, {method.upper()} {path}.",
                        *schema.get("description", "").splitlines(),
                    ]
                )


def sentences(node: Document) -> list[str]:
    """Return sentences that express the extensions and rules of a node."""
    stated = []
    if "x-kling-default" in node:
        stated.append(f"Kling's default: `{_text(node['x-kling-default'])}`.")
    if _is_list_of_decimals(node):
        stated.append(f"One of {', '.join(f'`{value}`' for value in node['enum'])}.")
    for value, date in node.get("x-kling-retired", {}).items():
        stated.append(f"`{value}` is retired since {date}.")
    if "x-kling-media" in node:
        stated.append(_media_sentence(node["x-kling-media"]))
    # x-extensible is a list in a request without an enum; it is true in the enum of a reply.
    if isinstance(node.get("x-extensible"), list):
        stated.append(
            "Known values: " + ", ".join(f"`{value}`" for value in node["x-extensible"]) + "."
        )
    elif "x-extensible" in node:
        stated.append("Kling may add values.")
    stated += [
        f"- {row['code']} (HTTP {row['status']}): {row['meaning']}; {row['remedy']}."
        for row in node.get("x-kling-error", ())
    ]
    if rules := [rule for rule in node.get("allOf", ()) if "x-kling-rule" in rule]:
        stated.append("Rules:")
        stated += [f"- {rule['description']}" for rule in rules]
    return stated


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _media_sentence(media: Document) -> str:
    limits = [" or ".join(media["formats"])] if "formats" in media else []
    if "bytes" in media:
        limits.append(f"at most {media['bytes'] // 1024**2} MiB")
    if "side" in media:
        limits.append(f"each side at least {media['side']} px")
    if "most_side" in media:
        limits.append(f"at most {media['most_side']} px")
    if "pixels" in media:
        limits.append(f"at most {media['pixels']} px in all")
    if "fps" in media:
        limits.append("{} to {} frames a second".format(*media["fps"]))
    if "ratio" in media:
        limits.append("width to height from {} to {}".format(*media["ratio"]))
    if "seconds" in media:
        limits.append("{} to {} s".format(*media["seconds"]))
    return f"Limits: {', '.join(limits)}."


def _plain(node: Any) -> Any:
    """Turn extensions and rules into sentences of the descriptions, at every depth."""
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if not isinstance(node, dict):
        return node
    said = sentences(node)
    plain = {
        key: _plain(value)
        for key, value in node.items()
        if not (key.startswith("x-") or (key == "allOf" and _is_rules(value)))
        and not (key == "enum" and _is_list_of_decimals(node))
    }
    if said:
        plain["description"] = "\n".join([*plain.get("description", "").splitlines(), *said])
    return plain


def _is_rules(all_of: Any) -> bool:
    return isinstance(all_of, list) and all("x-kling-rule" in entry for entry in all_of)


def _is_scalar(schema: Document) -> bool:
    # Other enums keep their names, because generators make a type for each.
    variants = schema.get("anyOf", [schema])
    return all(
        variant.get("type") in _SCALARS and ("enum" not in variant or _is_list_of_decimals(variant))
        for variant in variants
    )


def _is_list_of_decimals(schema: Document) -> bool:
    return schema.get("type") == "number" and "enum" in schema


class _Scalar:
    """A scalar schema that is copied to each place that uses it."""

    def __init__(self, schema: Document) -> None:
        self.schema = _plain(schema)
        self._sentences = sentences(schema)

    def at(self, use: Document) -> Document:
        """Return the schema in the form for one place that refers to it.

        The keys of the place replace those of the schema. The sentences about the extensions of the
        schema follow the description of the place.
        """
        other_keys = {key: value for key, value in use.items() if key != "$ref"}
        if "description" in other_keys:
            lines = [*other_keys["description"].splitlines(), *self._sentences]
            other_keys["description"] = "\n".join(lines)
        return {**self.schema, **other_keys}


def _inlined(node: Any, scalars: dict[str, _Scalar]) -> Any:
    """Copy scalar schemas to the places that refer to them.

    The Python generator ignores a description next to `$ref`.
    """
    if isinstance(node, list):
        return [_inlined(value, scalars) for value in node]
    if not isinstance(node, dict):
        return node
    name = str(node.get("$ref", "")).removeprefix("#/components/schemas/")
    if name in scalars:
        node = scalars[name].at(node)
    return {key: _inlined(value, scalars) for key, value in node.items()}


def _name_tags(view: Document, names: dict[str, str]) -> None:
    """Rename tags to their families, because generators name modules after tags.

    Renderers show x-displayName, which has the original name of the tag.
    """
    for tag in view["tags"]:
        tag |= {"name": names[tag["name"]], "x-displayName": tag["name"]}
    for operation in holders(view["paths"], "tags"):
        operation["tags"] = [names[name] for name in operation["tags"]]


def _order_tags(view: Document, first: Sequence[str]) -> None:
    """Put the families that most people use first, because renderers keep the order of tags."""
    ranks = {family: rank for rank, family in enumerate(first)}
    view["tags"].sort(key=lambda tag: ranks.get(tag["name"], len(ranks)))


def _drop_unused(view: Document) -> None:
    while unused := list(_unused(view)):
        for section, name in unused:
            del view["components"][section][name]


def _unused(view: Document) -> Iterator[tuple[str, str]]:
    used = set(references(view))
    # The document names its security schemes without $ref.
    names = {name for alternative in view["security"] for name in alternative}
    used |= {f"#/components/securitySchemes/{name}" for name in names}
    for section, named in view["components"].items():
        for name in named:
            if f"#/components/{section}/{name}" not in used:
                yield section, name
