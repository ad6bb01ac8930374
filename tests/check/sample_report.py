"""A report with one of everything, by a server that means harm."""

from datetime import UTC, datetime
from decimal import Decimal

from kling.check import Finding, Kind, NotTried, Part, Report, Undecided

# What a server may answer to harm whoever reads it.
HOSTILE = (
    'No <script>alert(1)</script>]]> \x1b[31mred\x1b[0m \u202egnp.exe\r\n\x00\ud800\uffff & "q"'
)


def found(kind, part="refusals", family="text_to_video", **fields):
    return Finding(
        **{
            "kind": kind,
            "part": part,
            "family": family,
            "operation": "createTextToVideoTask",
            "request": 'POST /v1/videos/text2video {"sound":"on"}',
            "expected": "400 with code 1201",
            "got": "200 with code 0",
            "place": "text-to-video.sound-models",
            **fields,
        }
    )


REPORT = Report(
    url="http://gateway.example:8080",
    server="no kling mock",
    dialect="",
    seed=7,
    started=datetime(2026, 11, 30, 20, 0, tzinfo=UTC),
    parts=(
        Part("credentials", 5, 0.25),
        Part("refusals", 812, 20.0, "a wrong request was accepted"),
        Part("stories", 120, 12.5),
    ),
    findings=(
        found(Kind.ACCEPTED, times=8),
        found(Kind.CODE, got=f"400 with code 1203: {HOSTILE}", place="", times=19),
        found(Kind.REFUSED, "stories", "image_to_video", place="example 1"),
        found(Kind.CALLBACK, "stories", "", operation="", place="webhook-signature"),
    ),
    undecided=tuple(
        Undecided(
            "types",
            "text_to_video",
            "createTextToVideoTask",
            "POST /v1/videos/text2video {}",
            f"CreateTextToVideo.field{number}",
            "only a page says that it is refused",
        )
        for number in range(5)
    ),
    not_tried=(NotTried("acceptances", "all of it", "needs --spend", 230),),
    created=12,
    units={"video": Decimal("84.50"), "image": Decimal(300)},
    unpriced=2,
)
