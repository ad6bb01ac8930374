"""The command that says what requests will cost."""

import json
from collections.abc import Iterator
from typing import IO, Any

import click

from kling._cli.options import Given, body_options, json_option
from kling._cli.output import print_json, show
from kling._cli.request_files import call_of, opened
from kling._cost import Estimate, Total, estimate_all, estimate_body, estimate_call
from kling.description import load, prices_of


@click.command()
@body_options
@json_option
def cost(
    given: Given,
    as_json: bool,
) -> None:
    """Say what a request will cost by Kling's public price list; nothing is sent.

    FILE alone holds many requests, a line each: {"operation": "text_to_video", "body": {...}}. They
    are added up for each kind of package. Where the length of a file decides that Kling has yet to
    fetch, or the number of pictures that it chooses, there is a least and a most.

    \b
    Example: kling cost text_to_video fox.json --set duration=10
             kling cost jobs.jsonl
    """
    if given.path is None and len(given.names) == 1:
        if given.changes or given.media:
            raise click.UsageError("--set and media change one body; give OPERATION FILE")
        _show_total(estimate_all(_jobs(opened(given.names[0]))), as_json)
        return
    spec = load()
    call = call_of(
        given,
        spec,
        wanted=lambda one: prices_of(spec, one.id),
        lack="makes nothing, so it is free",
    )
    found = estimate_call(call)
    if as_json:
        print_json(_plain(found))
    else:
        show(str(found))


def _jobs(file: IO[Any]) -> Iterator[Estimate]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        place = f"line {number} of {file.name}"
        try:
            job = json.loads(line)
        except ValueError as error:
            raise click.ClickException(f"{place} is no JSON: {error}") from error
        named = job if isinstance(job, dict) else {}
        operation, body = named.get("operation"), named.get("body")
        if not isinstance(operation, str) or not isinstance(body, dict):
            form = '{"operation": "text_to_video", "body": {...}}'
            raise click.ClickException(f"{place} is no job; a job is {form}")
        try:
            yield estimate_body(operation, body)
        except ValueError as error:
            raise click.ClickException(f"{place}: {error}") from error


def _show_total(total: Total, as_json: bool) -> None:
    if as_json:
        sums = {name: getattr(total, name) for name in ("minimum", "maximum")}
        money = total.money and {"value": total.money.value, "unit": total.money.unit}
        estimates = [_plain(one) for one in total.estimates]
        print_json({**sums, "money": money, "unknown": len(total.unknown), "estimates": estimates})
        return
    for number, one in enumerate(total.estimates, start=1):
        show(f"{number}  {one.operation}  {one}")
    show(f"Together: {total}")


def _plain(found: Estimate) -> dict[str, Any]:
    names = ("operation", "package", "minimum", "maximum", "per", "seconds")
    money = found.money and {"value": found.money.value, "unit": found.money.unit}
    whole = {name: getattr(found, name) for name in (*names, "as_of", "sources", "reason")}
    return {**whole, "money": money}
