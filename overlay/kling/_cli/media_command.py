"""The command that checks a local media file before it is sent or uploaded."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from kling._cli.options import json_option
from kling._cli.output import print_json, print_lines, print_message
from kling._requests import media_places
from kling.description import load
from kling.media import video


@click.command("check-media")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--for",
    "place",
    required=True,
    metavar="OPERATION[.FIELD]",
    help="The operation that takes the file, such as motion_control. If several fields take media, "
    "add FIELD, as in motion_control.video_url. For an entry of contents, FIELD is the type of the "
    "entry, as in kling_30_omni_video.base_video.",
)
@json_option
def check_media(file: Path, place: str, as_json: bool) -> None:
    """Show the format and size of a media file, and why Kling would refuse it.

    FILE is a video, an image or an audio clip. Kling takes a video only as a URL, so check the
    file before you upload it. If a property cannot be read from the file, the command prints a
    warning. The exit code is 1 if Kling would refuse the file.

    \b
    Example: kling check-media dance.mp4 --for motion_control
    """
    info = video(file)  # `video` also reads images and audio clips
    try:
        fields = [name for name, _ in media_places(place, info, load())]
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    problems, remarks = info.problems_for(place), info.remarks_for(place)
    for remark in remarks:
        print_message(f"Warning: {remark}")
    if as_json:
        facts = {**asdict(info), "kind": info.kind, "fields": fields}
        print_json({**facts, "problems": [asdict(problem) for problem in problems]})
    else:
        print_lines(f"{file}: {info}", *problems)
        fields_with_problems = {problem.field for problem in problems}
        for field in fields:
            if field not in fields_with_problems:
                print_lines(f"{field}: no problem found")
    sys.exit(1 if problems else 0)
