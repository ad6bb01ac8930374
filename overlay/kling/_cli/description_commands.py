"""The commands that ask the description, and nobody else."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from kling._cli.generator import write_generator
from kling._cli.options import Given, allow_option, body_options, dialect_option, json_option
from kling._cli.output import print_json, say, show, show_capabilities, write
from kling._cli.request_files import call_of, family_of
from kling._requests import problems_of, remarks_of
from kling.description import capabilities, load, overruled, parted, source


@click.command()
@body_options
@allow_option
@dialect_option
@json_option
def validate(
    given: Given,
    allow: tuple[str, ...],
    dialect: str,
    as_json: bool,
) -> None:
    """Say what Kling would refuse of a request, a line a problem; nothing is sent.

    What Kling would ignore, and a retired model, are warnings on standard error. Beside --path
    the only thing to say is that nothing is checked.

    \b
    Example: kling validate text_to_video fox.json
    """
    spec = load(dialect)
    call = call_of(given, spec)
    problems, passed = parted(problems_of(call, spec), overruled(allow, spec))
    for remark in (*map(str, passed), *remarks_of(call, spec)):
        say(f"Warning: {remark}")
    if as_json:
        print_json([asdict(problem) for problem in problems])
    else:
        show(*problems)
    sys.exit(1 if problems else 0)


@click.command()
@click.argument("family", required=False)
@dialect_option
@json_option
def models(family: str | None, dialect: str, as_json: bool) -> None:
    """Show which model takes what, by family, worked out from the rules.

    \b
    Example: kling models image_to_video
    """
    spec = load(dialect)
    if family is not None:
        family = family_of(family, spec, lambda one: one.task)
    families = {
        operation.family: list(capabilities(spec, operation))
        for operation in spec.operations.values()
        if operation.task and family in (None, operation.family)
    }
    found = {name: rows for name, rows in families.items() if rows}
    if not found and not as_json:
        say(f"{family or dialect} has no models to choose from")
    show_capabilities(found, as_json)
    if family is None and spec.unlisted and not as_json:
        show("", *spec.unlisted.rstrip().split("\n"))


@click.command()
@click.argument("word", required=False, default="")
@dialect_option
@json_option
def operations(word: str, dialect: str, as_json: bool) -> None:
    """List the operations, or those with WORD in their names, paths or summaries.

    The request is the class of the body in Python. Commands that take an OPERATION take any of
    these names and the family.

    \b
    Example: kling operations avatar
    """
    rows = [
        {
            "operation": one.id,
            "family": one.family,
            "method": one.method,
            "path": one.path,
            "request": one.request or "",
            "summary": one.node["summary"],
        }
        for one in load(dialect).operations.values()
    ]
    wanted = word.lower().replace("-", "_")
    found = [
        row
        for row in rows
        if any(wanted in text.lower().replace("-", "_") for text in row.values())
    ]
    if not found:
        raise click.ClickException(
            f"no operation has {word} in it; kling operations lists them all"
        )
    if as_json:
        print_json(found)
        return
    widths = {name: max(len(row[name]) for row in found) for name in found[0]}
    show(*("  ".join(f"{row[name]:{width}}" for name, width in widths.items()) for row in found))


@click.command()
@click.option("--portable", is_flag=True, help="The view for generators: rules as sentences.")
@click.option("--format", type=click.Choice(["json", "yaml"]), default="json", show_default=True)
@click.option(
    "--generator",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write into DIR what openapi-python-client needs to make a client under a name of your "
    "own, and print the commands.",
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
                "--generator writes the portable view in JSON; leave --portable and --format out"
            )
        show(*write_generator(generator, dialect).split("\n"))
        return
    text = source(dialect, portable=portable)
    if format == "yaml":
        import yaml

        # The same text in a fifth of the time, where libyaml is there.
        dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
        document = json.loads(text)
        text = yaml.dump(document, Dumper=dumper, sort_keys=False, allow_unicode=True, width=100)
    # JSON and YAML are UTF-8, whatever the terminal takes.
    write(text.rstrip("\n").encode())
