"""The command that estimates what requests cost."""

import json
from collections.abc import Iterator
from typing import IO, Any

import click

from kling._cli.options import RequestArguments, body_options, json_option
from kling._cli.output import print_json, print_lines
from kling._cli.request_files import call_of, open_file
from kling._cost import Estimate, Total, estimate_all, estimate_body, estimate_call
from kling.description import load, prices_of


@click.command()
@body_options
@json_option
def cost(
    arguments: RequestArguments,
    as_json: bool,
) -> None:
    """Estimate what a request costs by Kling's public price list; nothing is sent.

    Without OPERATION, FILE contains one request per line, such as {"operation": "text_to_video",
    "body": {...}}, and the sum is shown for each kind of package. If the price depends on something
    that only Kling knows, such as the length of a video at a URL, the estimate is a range.

    \b
    Example: kling cost text_to_video fox.json --set duration=10
             kling cost jobs.jsonl
    """
    # The only argument is FILE, which contains many requests.
    if arguments.path is None and len(arguments.names) == 1:
        if arguments.changes or arguments.media:
            raise click.UsageError(
                "--set, --image, --audio and --video change a single request; write OPERATION FILE"
            )
        _show_total(estimate_all(_estimates(open_file(arguments.names[0]))), as_json)
        return
    spec = load()
    call = call_of(
        arguments,
        spec,
        is_wanted=lambda operation: prices_of(spec, operation.id),
        mismatch="creates nothing, so it costs nothing",
    )
    estimate = estimate_call(call)
    if as_json:
        print_json(_fields(estimate))
    else:
        print_lines(str(estimate))


def _estimates(file: IO[Any]) -> Iterator[Estimate]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        place = f"line {number} of {file.name}"
        try:
            job = json.loads(line)
        except ValueError as error:
            raise click.ClickException(f"{place} is not JSON: {error}") from error
        fields = job if isinstance(job, dict) else {}
        operation, body = fields.get("operation"), fields.get("body")
        if not isinstance(operation, str) or not isinstance(body, dict):
            example = '{"operation": "text_to_video", "body": {...}}'
            raise click.ClickException(f"{place} is not a request; a request looks like {example}")
        try:
            yield estimate_body(operation, body)
        except ValueError as error:
            raise click.ClickException(f"{place}: {error}") from error


def _show_total(total: Total, as_json: bool) -> None:
    if as_json:
        sums = {name: getattr(total, name) for name in ("minimum", "maximum")}
        money = total.money and {"value": total.money.value, "unit": total.money.unit}
        estimates = [_fields(estimate) for estimate in total.estimates]
        print_json({**sums, "money": money, "unknown": len(total.unknown), "estimates": estimates})
        return
    for number, estimate in enumerate(total.estimates, start=1):
        print_lines(f"{number}  {estimate.operation}  {estimate}")
    print_lines(f"Total: {total}")


def _fields(estimate: Estimate) -> dict[str, Any]:
    names = ("operation", "package", "minimum", "maximum", "per", "seconds")
    money = estimate.money and {"value": estimate.money.value, "unit": estimate.money.unit}
    fields = {name: getattr(estimate, name) for name in (*names, "as_of", "sources", "reason")}
    return {**fields, "money": money}
