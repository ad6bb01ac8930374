"""House rules for extensions, the keys that begin with x-.

Other modules have the rules for some of these keys: `claims` for rules and advice, `creates` for
tasks, `prices` for prices, and `messages` for messages, aliases of paths and closed APIs.
"""

from collections import Counter
from typing import Any

from scripts.build.bundle import Document
from scripts.lint.view import File, Findings, rule
from scripts.lint.walk import is_date, listed, mapping

EXTENSIONS = {
    "x-kling-rule",
    "x-kling-advice",
    "x-kling-guard",
    "x-kling-unlisted",
    "x-kling-default",
    "x-kling-retired",
    "x-kling-media",
    "x-kling-pattern-means",
    "x-kling-task",
    "x-kling-price",
    "x-kling-unit-values",
    "x-kling-result",
    "x-kling-spellings",
    "x-kling-rate",
    "x-kling-lag",
    "x-kling-distinct",
    "x-kling-source",
    "x-kling-family",
    "x-kling-first-families",
    "x-kling-former-families",
    "x-kling-error",
    "x-kling-messages",
    "x-kling-aliases",
    "x-kling-closed",
    "x-kling-region",
    "x-kling-jwt",
    "x-kling-console",
    "x-kling-signature",
    "x-extensible",
}
_SPELLINGS = "x-kling-spellings"
_MEDIA_KINDS = ("image", "audio", "video")
_TOKEN_FORM = {"algorithm": str, "lifetime": int, "backdated": int}
_ERROR_ROW = {"code", "status", "kind", "retry", "meaning", "remedy"}
_RETRY = ("never", "later", "new-token", "in-doubt")


@rule
def extensions_are_known(file: File) -> Findings:
    """Use only the extensions that openapi/README.md explains: no program reads others."""
    pending: list[tuple[str, str, Any]] = [("", "", file.document)]
    while pending:
        place, parent, value = pending.pop()
        pairs = value.items() if isinstance(value, dict) else enumerate(listed(value))
        for key, inner in pairs:
            name = str(key)
            # Below `properties`, a key is the name of a field of Kling, and may be any word.
            if parent != "properties":
                if name in ("example", "examples"):
                    continue
                if name.startswith("x-") and name not in EXTENSIONS:
                    yield place.strip("."), f"{name} is not one of our extensions"
            pending.append((f"{place}.{name}", name, inner))


@rule
def retired_values_have_dates(file: File) -> Findings:
    """Write x-kling-retired as a mapping of values to dates.

    The enum or x-extensible of the same schema must have the values too.
    """
    for node in file.nodes:
        if "x-kling-retired" not in node.schema:
            continue
        place, retired = f"{node.place}.x-kling-retired", node.schema["x-kling-retired"]
        values = listed(node.schema.get("enum")) + listed(node.schema.get("x-extensible"))
        if not mapping(retired):
            yield place, "not a mapping of values to dates"
        for value, day in mapping(retired).items():
            if value not in values:
                yield place, f"neither enum nor x-extensible has the value {value}"
            if not is_date(day):
                yield place, f"{day} is not a date such as '2026-09-15'"


@rule
def media_limits_are_known(file: File) -> Findings:
    """Write x-kling-media as {kind, formats}, with limits.

    kind is image, audio or video. Only a video may lack formats. The limits are bytes, side,
    most_side and pixels, and [lowest, highest] of ratio, fps and seconds.
    """
    for node in file.nodes:
        if "x-kling-media" in node.schema:
            for key, detail in _media_flaws(mapping(node.schema["x-kling-media"])):
                yield f"{node.place}.x-kling-media", f"{key} {detail}"


def _media_flaws(media: Document) -> Findings:
    if media.get("kind") not in _MEDIA_KINDS:
        yield "kind", f"must be one of {', '.join(_MEDIA_KINDS)}"
    formats = listed(media.get("formats"))
    may_lack_formats = media.get("kind") == "video" and "formats" not in media
    are_names = bool(formats) and all(isinstance(name, str) for name in formats)
    if not may_lack_formats and not are_names:
        yield "formats", "must be a list of names, such as [mp4, mov]"
    for key, value in media.items():
        if key in ("bytes", "side", "most_side", "pixels"):
            if type(value) is not int or value < 1:
                yield key, "is not a whole number above 0"
        elif key in ("ratio", "seconds", "fps"):
            # Both bounds must be numbers, and the lower must be first.
            numbers = [bound for bound in listed(value) if type(bound) in (int, float)]
            if len(numbers) != 2 or value != sorted(numbers):
                yield key, "is not [lowest, highest]"
        elif key not in ("kind", "formats"):
            yield key, "is not known"


@rule
def patterns_have_words(file: File) -> Findings:
    """Give each pattern x-kling-pattern-means, which says in words what matches it.

    Messages show the words after "must be". A pattern in a rule needs no words, because the rule
    has a description.
    """
    for node in file.shapes:
        words = node.schema.get("x-kling-pattern-means")
        if "pattern" in node.schema and not (isinstance(words, str) and words):
            yield node.place, "pattern without x-kling-pattern-means"
        elif "pattern" not in node.schema and words is not None:
            yield node.place, "x-kling-pattern-means without pattern"


@rule
def error_rows_are_complete(file: File) -> Findings:
    """Give each row of x-kling-error its own code, and status, kind, retry, meaning and remedy."""
    for node in file.nodes:
        if "x-kling-error" not in node.schema:
            continue
        place, rows = f"{node.place}.x-kling-error", listed(node.schema["x-kling-error"])
        if not rows:
            yield place, "not a list of rows"
        codes = [mapping(row).get("code") for row in rows]
        for number, row in enumerate(rows):
            if set(mapping(row)) != _ERROR_ROW:
                yield f"{place}.{number}", f"must have exactly {', '.join(sorted(_ERROR_ROW))}"
            elif row["retry"] not in _RETRY:
                yield f"{place}.{number}.retry", f"must be one of {', '.join(_RETRY)}"
            if codes.count(codes[number]) > 1:
                yield f"{place}.{number}", f"another row has the same code {codes[number]}"


@rule
def token_forms_are_complete(file: File) -> Findings:
    """Write x-kling-jwt, on a security scheme, as {algorithm, lifetime, backdated}.

    lifetime and backdated are whole numbers of seconds.
    """
    for name, scheme in file.components("securitySchemes").items():
        form = mapping(scheme).get("x-kling-jwt")
        shape = {key: type(value) for key, value in mapping(form).items()}
        if form is not None and shape != _TOKEN_FORM:
            yield (
                f"components.securitySchemes.{name}",
                "x-kling-jwt must be {algorithm, lifetime, backdated}",
            )


@rule
def results_say_how_long(file: File) -> Findings:
    """Write x-kling-result, on a list of results, as {seconds: [least, most], days}.

    seconds is the length of a result; days is how long Kling keeps it. One key is enough.
    """
    for node in file.nodes:
        if "x-kling-result" not in node.schema:
            continue
        place, result = f"{node.place}.x-kling-result", mapping(node.schema["x-kling-result"])
        if not result or not set(result) <= {"seconds", "days"}:
            yield place, "must have seconds, days or both, and no other key"
        if "days" in result and not _is_positive(result["days"]):
            yield place, "days is not a whole number above 0"
        span = listed(result.get("seconds", [1, 1]))  # [1, 1] passes the test below
        if len(span) != 2 or not all(map(_is_positive, span)) or span != sorted(span):
            yield place, "seconds is not [least, most]"


@rule
def rates_are_whole(file: File) -> Findings:
    """Write x-kling-rate, on an operation, as {requests, seconds}, whole numbers above 0."""
    for operation in file.operations:
        rate = operation.body.get("x-kling-rate")
        numbers = mapping(rate)
        has_both = set(numbers) == {"requests", "seconds"}
        if rate is not None and not (has_both and all(map(_is_positive, numbers.values()))):
            yield operation.place, "x-kling-rate must be {requests, seconds}, numbers above 0"


@rule
def lags_are_whole(file: File) -> Findings:
    """Write x-kling-lag, on an operation, as {hours}, a whole number above 0."""
    for operation in file.operations:
        lag = operation.body.get("x-kling-lag")
        if lag is not None and not (set(mapping(lag)) == {"hours"} and _is_positive(lag["hours"])):
            yield operation.place, "x-kling-lag must be {hours}, a whole number above 0"


@rule
def distinct_values_are_counted(file: File) -> Findings:
    """Write x-kling-distinct, on a property, as a whole number above 0.

    It is how many different values the property may have in all calls about one object.
    """
    for node in file.nodes:
        if "x-kling-distinct" in node.schema and not _is_positive(node.schema["x-kling-distinct"]):
            yield f"{node.place}.x-kling-distinct", "is not a whole number above 0"


@rule
def spellings_are_free(file: File) -> Findings:
    """Write x-kling-spellings, on a property, as a list of other names that Kling accepts for it.

    No other property of the object may have one of these names.
    """
    for node in file.nodes:
        properties, spellings = mapping(node.schema.get("properties")), Counter[str]()
        for name, schema in properties.items():
            place, others = f"{node.place}.properties.{name}", mapping(schema).get(_SPELLINGS)
            if others is not None and not listed(others):
                yield place, f"{_SPELLINGS} is not a list of names"
            spellings.update(map(str, listed(others)))
        for name, count in spellings.items():
            if name in properties or count > 1:
                yield node.place, f"{name} is a property too, or a spelling of two properties"


def _is_positive(value: object) -> bool:
    return type(value) is int and value > 0
