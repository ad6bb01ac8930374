"""Our changes to the templates of openapi-python-client, and hashes of the original templates.

Templates in `templates/` replace those of the generator, except `types_end.py.jinja`, which is
appended to `types.py.jinja`. The edits below change a few lines of installed templates, so that
this repository contains no copy of them.

To write the changed templates into a folder, run this module with the folder as its argument. The
default is `assembled/` next to this module.
"""

import hashlib
import sys
from importlib.util import find_spec
from pathlib import Path

OWN = Path(__file__).parent / "templates"

# SHA-256 of every template that is replaced or edited. Before you update a hash, review our changes.
HASHES = {
    "literal_enum.py.jinja": "04f2eb9334dd543ab7fa91a1fe3a73e7d5f2cf50e09d864429ddb58e506c8b68",
    "package_init.py.jinja": "ac15907e32dc39bd9b83ea6f2002fb87514f2182b97f88231b5a9c47321f6210",
    "models_init.py.jinja": "4f64a3d6e1b15a561be5573c1b7702eb928c0e4fa6b67107d20e57a74c44d51a",
    "model.py.jinja": "fd1c79680d51c06cfbb89809ad123750ba9add98b688036c04cabbf1f8ba40a0",
    "errors.py.jinja": "b6ba7ea79aa7d7f24b47119985d1ed20268d3da0ab70309ee138088a106b6af9",
    "types.py.jinja": "93df9d75883a4eafac77dd21bc6907f3ef612e3f7841e08656618dcf6c4ce494",
    "endpoint_module.py.jinja": "c1b2628053eb4875ba59566baa5ae907666f9cbfafa308d93f970a4404b7cd52",
    "endpoint_macros.py.jinja": "58edb8b4913db6ed4863c633fb39365364494398c8156c77151c6676f1b28fee",
    "property_templates/property_macros.py.jinja": "c79a9954579902a214d7caecf5b7c00912d1f20b941238d290099fcb027233f9",
    "property_templates/list_property.py.jinja": "4390b5f673fdb10d1ae7f47fd2720a88dce53a4c64a6137549559566f9107a2c",
    "property_templates/union_property.py.jinja": "03790f2710deaeb219c18e518ae183ad4a41eda1f78cf625d139edff7546cd26",
}

_IMPORTS_INSIDE = """\
    {% for lazy_import in model.lazy_imports | sort %}
        {{ lazy_import }} # noqa: PLC0415
    {% endfor %}
"""
_IMPORTS_FOR_TYPES = """\
{% for lazy_import in model.lazy_imports | sort %}
{% if loop.first %}
if TYPE_CHECKING:
{% endif %}
  {{ lazy_import }}
{% endfor %}
"""
_IMPORTS_AT_END = """

{% for lazy_import in model.lazy_imports | sort %}
{{ lazy_import }}
{% endfor %}
"""

# The docstring of an attribute has the description next to its `$ref`, and then the description of
# the schema to which `$ref` points. If that schema is a model, its description is left out, because
# the docstring of the model has it.
_DECLARE = """\
{% macro declare_property(property) %}
{%- if config.docstrings_on_attributes and property.description -%}
{{ property.to_string() | as_unembedded_code }}
{{ docstring(property.description | safe_for_docstring) | wordwrap(112) }}
"""
_DECLARE_WITH_DESCRIPTION = """\
{% macro description(property) %}
{% set here = (model.data.properties or {}).get(property.name).description or "" %}
{% set here = here | safe_for_docstring %}
{{ here }}
{% if not (here and property.json_is_dict) %}
{% for line in (property.description | safe_for_docstring).splitlines() if line not in here %}
{{ line }}
{% endfor %}
{% endif %}
{% endmacro %}

{% macro declare_property(property) %}
{% set said = description(property) | trim %}
{%- if config.docstrings_on_attributes and said -%}
{{ property.to_string() | as_unembedded_code }}
{{ docstring(said) | wordwrap(112) }}
"""

# Describe the attributes in the docstring of the class too, because help() does not show docstrings
# of attributes.
_ATTRIBUTES = """\
    {% if (not config.docstrings_on_attributes) and (model.required_properties or model.optional_properties) %}
    Attributes:
    {% for property in model.required_properties + model.optional_properties %}
        {{ property.to_docstring() | wordwrap(112) | indent(12) }}
"""
_DESCRIBED_ATTRIBUTES = """\
    {% if model.required_properties or model.optional_properties %}
Attributes:
    {% for property in model.required_properties + model.optional_properties %}
    {{ property.python_name }}: {{ description(property) | trim | wordwrap(104) | indent(8) }}
"""

_TO_DICT = "    def to_dict(self) -> dict[str, Any]:\n"

# Refuse an unknown field. Otherwise it is dropped silently, and the task is charged without it.
_MAKE_MODEL = """\
{% endfor %}
{% endif %}
        {{ module_name }} = cls(
"""
_REFUSE_UNKNOWN_FIELDS = """\
{% endfor %}
{% if not model.additional_properties %}
        if d:
            raise unknown_field(cls, d)

{% endif %}
{% endif %}
        {{ module_name }} = cls(
"""
_NEXT_OF_UNION = """\
    except (TypeError, ValueError, AttributeError, KeyError):
        pass
"""

# Models compare values with `is UNSET`. So copying or unpickling UNSET must return the same object.
_UNSET = """\
    def __bool__(self) -> Literal[False]:
        return False
"""
_COPY_UNSET = """
    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"
"""

# Join the entries of a list by commas. Without this, httpx repeats the parameter for each entry.
_PARAMETERS = "params = {k: v for k, v in params.items() if v is not UNSET and v is not None}"
_JOINED_PARAMETERS = """params = {
    k: ",".join(v) if isinstance(v, list) else v
    for k, v in params.items()
    if v is not UNSET and v is not None
}"""

# Keep the arguments out of local variables, because error trackers log the local variables of a
# function that fails.
_KWARGS = """\
    kwargs = _get_kwargs(
        {{ kwargs(endpoint, include_client=False) }}
    )

    response ="""
_REQUEST = """request(
        **kwargs%s
    )"""
_REQUEST_WITHOUT_LOCALS = """request(
        **_get_kwargs({{ kwargs(endpoint, include_client=False) }})
    )"""

# `sync` and `asyncio` return the model of a successful reply, and raise an error for any other
# reply. So their return type is this model.
_RETURN_STRING = "{% set return_string = endpoint.response_type() %}\n"
_SUCCESS = """\
{% set success = (endpoint.responses.patterns | first).prop.get_type_string() %}
"""
_DOCUMENTED = "{{ docstring(endpoint, %s, is_detailed=false) | indent(4) }}"
_RETURNED = "{{ return_string | as_unembedded_code }} | None:"
_RETURNED_SUCCESS = "{{ success | as_unembedded_code }}:"
_PARSED = """\
    return sync_detailed(
        {{ kwargs(endpoint) }}
    ).parsed
"""
_PARSED_ASYNC = """\
    return (await asyncio_detailed(
        {{ kwargs(endpoint) }}
    )).parsed
"""
_PARSED_SUCCESS = """\
    return errors.successful(
        %s({{ kwargs(endpoint) }}),
        {{ success | as_unembedded_code }},
    )
"""
_RAISED = "    errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.\n"
_RAISED_FOR_ERRORS = f"""\
{{% if is_detailed %}}
{_RAISED}\
{{% else %}}
    errors.UnexpectedStatus: If the reply is not a success.
{{% endif %}}
"""

# Template: [(old text, new text), ...]. If the old text is empty, the new text is appended.
EDITS = {
    # Move imports to the end of the module. Inside from_dict and to_dict, they take half of the time
    # that it takes to parse a long list.
    "model.py.jinja": [
        (_IMPORTS_FOR_TYPES, ""),
        (_IMPORTS_INSIDE, ""),
        ("", _IMPORTS_AT_END),
        ("import UNSET, Unset\n", "import UNSET, UnknownFieldError, Unset, shown, unknown_field\n"),
        # Fields have the order of the description, so a new field may come between two others. This
        # would change the meaning of positional arguments.
        ("@_attrs_define\n", "@_attrs_define(kw_only=True)\n"),
        (_ATTRIBUTES, _DESCRIBED_ATTRIBUTES),
        (_DECLARE, _DECLARE_WITH_DESCRIPTION),
        (_MAKE_MODEL, _REFUSE_UNKNOWN_FIELDS),
        (_TO_DICT, f"    __repr__ = shown\n\n{_TO_DICT}"),
    ],
    "types.py.jinja": [
        ("from attrs import define\n", "from attrs import define, fields\n"),
        ("import BinaryIO,", "import Any, BinaryIO,"),
        (_UNSET, _UNSET + _COPY_UNSET),
        ("", (OWN / "types_end.py.jinja").read_text(encoding="utf-8")),
    ],
    "endpoint_module.py.jinja": [
        (_KWARGS, "    response ="),
        (_REQUEST % ",", _REQUEST_WITHOUT_LOCALS),
        (_REQUEST % "", _REQUEST_WITHOUT_LOCALS),
        (_RETURN_STRING, _RETURN_STRING + _SUCCESS),
        (_RETURNED, _RETURNED_SUCCESS),
        (_DOCUMENTED % "return_string", _DOCUMENTED % "success"),
        (_PARSED, _PARSED_SUCCESS % "sync_detailed"),
        (_PARSED_ASYNC, _PARSED_SUCCESS % "await asyncio_detailed"),
    ],
    "endpoint_macros.py.jinja": [
        # All lists in queries are separated by commas; the lint rule `lists_in_queries` checks this.
        (_PARAMETERS, _JOINED_PARAMETERS),
        (_RAISED, _RAISED_FOR_ERRORS),
    ],
    # Kling sends null for absent values. Without these edits, the generated code fails on null.
    "property_templates/property_macros.py.jinja": [
        (
            "if isinstance(_{{ property.python_name }},  Unset):",
            "if _{{ property.python_name }} is None or isinstance(_{{ property.python_name }}, Unset):",
        ),
    ],
    "property_templates/list_property.py.jinja": [
        (
            "if _{{ property.python_name }} is not UNSET:",
            "if _{{ property.python_name }} is not None and _{{ property.python_name }} is not UNSET:",
        ),
    ],
    # The generated code tries the models of a union one after the other. Each model compares the type
    # of the object first, and the fields later. So if a model finds an unknown field, the type is
    # right, and no other model needs to be tried.
    "property_templates/union_property.py.jinja": [
        (_NEXT_OF_UNION, f"    except UnknownFieldError:\n        raise\n{_NEXT_OF_UNION}"),
    ],
}


class TemplateError(Exception):
    """The installed generator does not fit our templates."""


def upstream() -> Path:
    """Return the folder with the templates of the installed generator.

    Raises:
        TemplateError: the generator is not installed.
    """
    # Not imported, because the import takes a second.
    found = find_spec("openapi_python_client")
    if found is None or found.origin is None:
        raise TemplateError(
            "openapi-python-client is not installed; run: pip install -r "
            f"{Path(__file__).with_name('requirements.txt')}"
        )
    return Path(found.origin).with_name("templates")


def assemble(target: Path) -> None:
    """Write all templates into an existing folder.

    Raises:
        TemplateError: a template of the installed generator has changed.
    """
    for name, expected in HASHES.items():
        source = upstream() / name
        if hashlib.sha256(source.read_bytes()).hexdigest() != expected:
            raise TemplateError(
                f"{name} of the generator has changed: review our changes, then update HASHES"
            )
        (target / name).parent.mkdir(exist_ok=True)
        own = OWN / name
        text = own.read_text() if own.exists() else _edited(source.read_text(), EDITS[name])
        (target / name).write_text(text)


def _edited(text: str, edits: list[tuple[str, str]]) -> str:
    for old, new in edits:
        text = text.replace(old, new) if old else text + new
    return text


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_name("assembled")
    folder.mkdir(exist_ok=True)
    try:
        assemble(folder)
    except TemplateError as error:
        sys.exit(f"template_edits: {error}")
