"""The commands that read only the description, and send nothing."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from kling._cli.generator import write_generator
from kling._cli.options import (
    RequestArguments,
    allow_option,
    body_options,
    dialect_option,
    json_option,
)
from kling._cli.output import (
    print_capabilities,
    print_json,
    print_lines,
    print_message,
    write_stdout,
)
from kling._cli.request_files import call_of, family_of
from kling._requests import problems_of, remarks_of
from kling.description import capabilities, load, overruled, parted, source


@click.command()
@body_options
@allow_option
@dialect_option
@json_option
def validate(
    arguments: RequestArguments,
    allow: tuple[str, ...],
    dialect: str,
    as_json: bool,
) -> None:
    """Check a request without sending it, and print one problem per line.

    A field that Kling would ignore, or a retired model, only causes a warning on standard error.
    With --path, nothing is checked. The exit code is 1 if there is a problem.

    \b
    Example: kling validate text_to_video fox.json
    """
    spec = load(dialect)
    call = call_of(arguments, spec)
    # A problem is allowed if it breaks a rule of --allow; it then causes only a warning.
    problems, allowed = parted(problems_of(call, spec), overruled(allow, spec))
    for remark in (*map(str, allowed), *remarks_of(call, spec)):
        print_message(f"Warning: {remark}")
    if as_json:
        print_json([asdict(problem) for problem in problems])
    else:
        print_lines(*problems)
    sys.exit(1 if problems else 0)


@click.command()
@click.argument("family", required=False)
@dialect_option
@json_option
def models(family: str | None, dialect: str, as_json: bool) -> None:
    """Show the modes, lengths and features of each model, by family.

    They are derived from the rules of the description.

    \b
    Example: kling models image_to_video
    """
    spec = load(dialect)
    if family is not None:
        family = family_of(family, spec, lambda operation: operation.task)
    families = {
        operation.family: list(capabilities(spec, operation))
        for operation in spec.operations.values()
        if operation.task and family in (None, operation.family)
    }
    with_models = {name: models for name, models in families.items() if models}
    if not with_models and not as_json:
        print_message(f"{family or dialect} has no models to choose from")
    print_capabilities(with_models, as_json)
    # `unlisted` is a text about products of Kling that the description does not contain.
    if family is None and spec.unlisted and not as_json:
        print_lines("", *spec.unlisted.rstrip().split("\n"))


@click.command()
@click.argument("word", required=False, default="")
@dialect_option
@json_option
def operations(word: str, dialect: str, as_json: bool) -> None:
    """List all operations, or those with WORD in a name, path or summary.

    The columns are operationId, family, method, path, request class in Python, and summary.
    Wherever a command takes an OPERATION, you can write the operationId, the family or the class.

    \b
    Example: kling operations avatar
    """
    rows = [
        {
            "operation": operation.id,
            "family": operation.family,
            "method": operation.method,
            "path": operation.path,
            "request": operation.request or "",
            "summary": operation.node["summary"],
        }
        for operation in load(dialect).operations.values()
    ]
    wanted = word.lower().replace("-", "_")
    matches = [
        row
        for row in rows
        if any(wanted in text.lower().replace("-", "_") for text in row.values())
    ]
    if not matches:
        raise click.ClickException(
            f"no operation matches {word}; kling operations lists all of them"
        )
    if as_json:
        print_json(matches)
        return
    widths = {name: max(len(row[name]) for row in matches) for name in matches[0]}
    print_lines(
        *("  ".join(f"{row[name]:{width}}" for name, width in widths.items()) for row in matches)
    )


@click.command()
@click.option(
    "--portable",
    is_flag=True,
    help="Print the variant for code generators. It states rules as sentences in descriptions.",
)
@click.option(
    "--format",
    type=click.Choice(["json", "yaml"]),
    default="json",
    show_default=True,
    help="Format to print.",
)
@click.option(
    "--generator",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Instead of printing the description, write files into DIR and print commands. The "
    "commands generate a client under another package name with openapi-python-client.",
)
@dialect_option
def spec(
    portable: bool,
    format: str,  # noqa: A002 (the option's name)
    generator: Path | None,
    dialect: str,
) -> None:
    """Print the OpenAPI description.

    \b
    Example: kling spec --format yaml > kling-openapi.yaml
    """
    if generator:
        if portable or format != "json":
            raise click.UsageError(
                "--generator always writes the portable variant in JSON; leave out --portable and "
                "--format"
            )
        print_lines(*write_generator(generator, dialect).split("\n"))
        return
    text = source(dialect, portable=portable)
    if format == "yaml":
        import yaml

        # With libyaml this takes a fifth of the time; the output is the same.
        dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
        document = json.loads(text)
        text = yaml.dump(document, Dumper=dumper, sort_keys=False, allow_unicode=True, width=100)
    # JSON and YAML are UTF-8, whatever the encoding of the terminal.
    write_stdout(text.rstrip("\n").encode())
