"""The command that looks at a local file before it goes anywhere."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from kling._cli.options import json_option
from kling._cli.output import print_json, say, show
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
    help="What the file is for, such as motion_control, or motion_control.video_url where the "
    "request takes several; a part of contents by its type: kling_30_omni_video.base_video.",
)
@json_option
def check_media(file: Path, place: str, as_json: bool) -> None:
    """Say what a video, picture or sound is, and what Kling would refuse of it.

    Kling takes videos as a URL only: so look at the file before you put it anywhere. What cannot
    be read is a warning on standard error, and no refusal.

    \b
    Example: kling check-media dance.mp4 --for motion_control
    """
    info = video(file)
    try:
        fields = [name for name, _ in media_places(place, info, load())]
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    problems, remarks = info.problems_for(place), info.remarks_for(place)
    for remark in remarks:
        say(f"Warning: {remark}")
    if as_json:
        facts = {**asdict(info), "kind": info.kind}
        print_json({**facts, "fields": fields, "problems": [asdict(one) for one in problems]})
    else:
        show(f"{file}: {info}", *problems)
        refused = {one.field for one in problems}
        for field in fields:
            if field not in refused:
                show(f"{field}: nothing is wrong with it")
    sys.exit(1 if problems else 0)
