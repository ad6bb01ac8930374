"""Pictures and sounds: how they get into a request, and what is seen of them before it is sent.

The limits are read from the description, so that each field is held against its own.
"""

import base64
import io
import json
import struct
import warnings
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kling import InvalidRequestError, Kling, KlingWarning, media, models, validate, validate_body

# private: nothing outside shows that large media are not decoded, and that any bytes are read.
from kling._media import Base64File

# private: the same.
from kling._requests import MediaFields
from kling.description import load
from media_files import jpeg_header, png, wav

MIB = 1024 * 1024
DOCUMENT = json.loads(files("kling_api").joinpath("openapi.json").read_text(encoding="utf-8"))
SCHEMAS = DOCUMENT["components"]["schemas"]


def problems_of(operation, body):
    """Return the problems of a body; its advice is not what is looked at here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", KlingWarning)
        return validate_body(operation.id, body)


class Field:
    """One place of a request where a picture or a sound belongs."""

    def __init__(self, operation, path, node):
        self.operation = operation
        self.path = path
        self.limits = node["x-kling-media"]
        self.takes_files = "pattern" not in node
        self.rules = {rule["x-kling-rule"]["id"] for rule in node.get("allOf", ())}
        self.name = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in path)[1:]

    def __repr__(self):
        return f"{self.operation.family}-{self.name}"

    def body(self, text):
        """Return a body with nothing in it but this field."""
        value = text
        for step in reversed(self.path):
            value = ["https://example.org/a.png", value] if isinstance(step, int) else {step: value}
        return value

    def told(self, medium):
        """Return everything that is said of a medium, given as text or as the bytes of a file."""
        text = media.image(medium) if isinstance(medium, bytes) else medium
        return problems_of(self.operation, self.body(text))

    def problems(self, medium):
        """Return what is said of what is in the file."""
        found = [one for one in self.told(medium) if one.rule == "x-kling-media"]
        assert {one.field for one in found} <= {self.name}
        return [one.message for one in found]


def resolved(node):
    while "$ref" in node:
        target = SCHEMAS[node["$ref"].rpartition("/")[2]]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def fields(operation, node, path=()):
    for name, inner in resolved(node).get("properties", {}).items():
        here, inner = (*path, name), resolved(inner)
        if "x-kling-media" in inner:
            yield Field(operation, here, inner)
        elif "items" in inner:
            items = resolved(inner["items"])
            if "x-kling-media" in items:
                yield Field(operation, (*here, 1), items)
            yield from fields(operation, items, (*here, 1))


def with_other_limits(some):
    """Leave out the fields that have the same limits as one before."""
    return list({json.dumps(field.limits): field for field in reversed(some)}.values())[::-1]


EVERY = [
    field
    for operation in load().operations.values()
    if operation.verb == "create" and operation.request
    for field in fields(operation, SCHEMAS[operation.request])
]
FIELDS = [field for field in EVERY if field.takes_files]
HOSTED = [field for field in EVERY if not field.takes_files]
PICTURES = [field for field in FIELDS if field.limits["kind"] == "image"]
SOUNDS = [field for field in FIELDS if field.limits["kind"] == "audio"]
SHAPED = [field for field in PICTURES if "ratio" in field.limits]
LIMITED = [field for field in FIELDS if "bytes" in field.limits]
[PORTRAIT, SPEECH] = [field for field in FIELDS if field.operation.family == "avatar"]


def every(some):
    return pytest.mark.parametrize("field", some, ids=repr)


every_medium = every(EVERY)
every_field = every(FIELDS)
one_of_each_field = every(with_other_limits(FIELDS))
one_of_each_picture = every(with_other_limits(PICTURES))
one_of_each_sound = every(with_other_limits(SOUNDS))


# ------------------------------------------------------------------------- files made by hand


def box(name, *parts):
    data = b"".join(parts)
    return struct.pack(">I", 8 + len(data)) + name + data


def m4a(seconds, brand=b"M4A "):
    """Return an MP4 file of boxes that say how long it is, and no sound."""
    times = struct.pack(">IIIII", 0, 0, 0, 1000, int(seconds * 1000))
    return box(b"ftyp", brand, bytes(4)) + box(b"moov", box(b"mvhd", times, bytes(80)))


KBPS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)


def mp3_frame(kbps):
    """Return a silent frame of 1152 samples at 44.1 kHz."""
    header = b"\xff\xfb" + bytes([KBPS.index(kbps) << 4, 0xC4])
    return header.ljust(144000 * kbps // 44100, b"\0")


def mp3(seconds, kbps=128):
    return mp3_frame(kbps) * round(seconds * 44100 / 1152)


def padded(file, size):
    """Make a file as long as it should be, in a way that its format allows."""
    missing = size - len(file)
    if file[:4] == b"RIFF":
        return file + b"junk" + struct.pack("<I", missing - 8) + bytes(missing - 8)
    return file + bytes(missing)


def fitting(field):
    """Return a file that a field takes."""
    if field.limits["kind"] == "audio":
        return wav(field.limits["seconds"][0])
    return png(field.limits["side"], field.limits["side"])


def webp(width, height):
    """Return as much of a WebP as says how wide and high it is."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0" + bytes(4) + size


OTHERS = {
    "gif": b"GIF89a\x2c\x01\x2c\x01" + bytes(20),
    "bmp": b"BM" + bytes(60),
    "flac": b"fLaC\0\0\0\x22" + bytes(34),
    "ogg": b"OggS\0\x02" + bytes(50),
}
KNOWN = {
    "png": lambda _: png(300, 300),
    "jpg": lambda _: jpeg_header(300, 300),
    "webp": lambda _: webp(300, 300),
    "wav": wav,
    "mp3": lambda seconds: mp3(seconds + 0.1),
    "mp3-with-tags": lambda seconds: b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + mp3(seconds + 0.1),
    "m4a": m4a,
    "mp4": lambda seconds: m4a(seconds, b"isom"),
    "aac": lambda _: b"\xff\xf1\x50\x40\x03\x9f\xfc\xde" * 20,
}


# ------------------------------------------------------------------------- into the request

ENCODERS = [media.image, media.audio]
every_encoder = pytest.mark.parametrize("encode", ENCODERS, ids=["image", "audio"])


@every_encoder
@pytest.mark.parametrize("size", [0, 1, 2, 3, 1000])
def test_bytes_become_bare_base64(encode, size):
    data = bytes(range(256)) * 4
    text = encode(data[:size])

    assert base64.b64decode(text, validate=True) == data[:size]
    assert "\n" not in text


@every_encoder
@pytest.mark.parametrize("kind", [str, lambda path: path], ids=["str", "Path"])
def test_a_file_becomes_bare_base64(encode, kind, tmp_path):
    path = tmp_path / "a picture.bin"
    path.write_bytes(b"\0\xff" * 50)

    assert base64.b64decode(encode(kind(path)), validate=True) == b"\0\xff" * 50


@every_encoder
def test_a_path_may_be_relative(encode, tmp_path, monkeypatch):
    (tmp_path / "a.png").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)

    assert encode("a.png") == "eA=="


@every_encoder
@pytest.mark.parametrize(
    "url",
    ["https://e.org/a.png", "http://e.org/a", "HTTPS://E.ORG/a", "https://e.org/?q=" + "x" * 9999],
)
def test_a_url_stays_as_it_is(encode, url):
    assert encode(url) == url


@every_encoder
@pytest.mark.parametrize(
    "head",
    [
        "data:image/png;base64,",
        "DATA:image/png;BASE64,",
        "data:;base64,",
        "data:a;charset=b;base64,",
    ],
)
def test_of_a_data_url_the_base64_remains(encode, head):
    assert encode(head + "aGFsbG8=") == "aGFsbG8="


@every_encoder
@pytest.mark.parametrize(
    "url",
    ["data:,hello", "data:image/svg+xml,%3Csvg/%3E", "data:image/png;base64", "data:", "DATA:x,y"],
)
def test_every_other_data_url_is_a_value_error_that_shows_a_right_one(encode, url):
    with pytest.raises(ValueError, match="data:image/png;base64,"):
        encode(url)


@every_encoder
@pytest.mark.parametrize("missing", ["nowhere.png", "no/such/folder/a.png", ""])
def test_a_file_that_is_not_there_is_an_os_error(encode, missing, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(OSError):  # noqa: PT011 (its words are those of the system)
        encode(missing)


@every_encoder
def test_a_folder_is_an_os_error(encode, tmp_path):
    with pytest.raises(OSError):  # noqa: PT011 (the same)
        encode(tmp_path)


@every_encoder
def test_base64_in_the_place_of_a_path_is_a_value_error_that_does_not_show_it(encode):
    with pytest.raises(
        ValueError, match="if it is base64, use it in the request as it is"
    ) as caught:
        encode(base64.b64encode(bytes(4000)).decode())

    assert "AAAA" not in str(caught.value)


@every_encoder
@pytest.mark.parametrize("wrong", [None, 7, ["a.png"]])
def test_what_is_no_source_is_a_type_error(encode, wrong):
    with pytest.raises(TypeError, match="must be a URL, a path, bytes or an open file"):
        encode(wrong)


@every_encoder
def test_what_is_open_is_read_to_its_end_and_stays_open(encode, tmp_path):
    (tmp_path / "a.png").write_bytes(b"\0\xff" * 50)

    with (tmp_path / "a.png").open("rb") as file:
        assert base64.b64decode(encode(file), validate=True) == b"\0\xff" * 50
        assert not file.closed
    assert encode(io.BytesIO(b"x")) == "eA=="


@every_encoder
def test_an_open_file_that_is_text_is_a_type_error_that_says_how_to_open_it(encode):
    with pytest.raises(TypeError, match=r'must return bytes, not str; open it with .*"rb"'):
        encode(io.StringIO("x"))


@every_encoder
def test_an_open_file_that_was_read_before_is_no_absent_picture(encode):
    file = io.BytesIO(b"x")
    encode(file)

    with pytest.raises(ValueError, match="was read before"):
        encode(file)


def test_what_was_encoded_is_taken(tmp_path):
    (tmp_path / "portrait.png").write_bytes(png(300, 400))
    (tmp_path / "welcome.wav").write_bytes(wav(3))

    request = models.AvatarRequest(
        image=media.image(tmp_path / "portrait.png"),
        sound_file=media.audio(str(tmp_path / "welcome.wav")),
    )

    assert validate(request) == []


# ----------------------------------------------------------------------- the description's limits


def test_the_fields_are_those_of_the_description():
    assert {
        "avatar-image",
        "avatar-sound_file",
        "image_to_video-image",
        "image_to_video-image_tail",
        "image_to_video-static_mask",
        "image_to_video-dynamic_masks[1].mask",
    } <= set(map(repr, FIELDS))


@every_field
def test_a_file_that_fits_is_taken(field):
    assert field.problems(fitting(field)) == []


@every_field
def test_a_wrong_file_is_told(field):
    assert len(field.problems(OTHERS["ogg"])) == 1


def in_a_mask(text):
    points = [models.TrajectoryPoint(x=1, y=1), models.TrajectoryPoint(x=9, y=9)]
    return models.ImageToVideoRequest(
        model_name="kling-v1",
        prompt="x",
        image="https://example.org/a.png",
        dynamic_masks=[models.DynamicMask(mask=text, trajectories=points)],
    )


REQUESTS = {
    "image": lambda text: models.ImageToVideoRequest(model_name="kling-v3", prompt="x", image=text),
    "dynamic_masks[0].mask": in_a_mask,
    "sound_file": lambda text: models.AvatarRequest(
        image="https://example.org/a.png", sound_file=text
    ),
}


@pytest.mark.filterwarnings("ignore::kling.KlingWarning")  # only a retired model takes masks
@pytest.mark.parametrize("field", REQUESTS)
def test_a_wrong_file_is_refused_before_it_is_sent(field, scripted):
    transport = scripted({})
    request = REQUESTS[field](media.image(OTHERS["ogg"]))

    with pytest.raises(InvalidRequestError) as caught:
        Kling(api_key="k", transport=transport).create(request)

    assert [(one.rule, one.field) for one in caught.value.problems] == [("x-kling-media", field)]
    assert validate(request) == list(caught.value.problems)
    assert transport.requests == []


@one_of_each_field
@pytest.mark.parametrize("name", KNOWN)
def test_a_format_is_taken_when_the_description_names_it(field, name):
    kind = name.partition("-")[0]

    problems = field.problems(KNOWN[name](field.limits.get("seconds", [6])[0]))

    # Recorders write sounds that do not say M4A at their beginning.
    if kind in field.limits["formats"] or (kind == "mp4" and "m4a" in field.limits["formats"]):
        assert problems == []
    else:
        assert len(problems) == 1
        assert all(one in problems[0] for one in field.limits["formats"])


@every_field
@pytest.mark.parametrize("kind", OTHERS)
def test_a_format_that_is_not_taken_is_named(field, kind):
    [message] = field.problems(OTHERS[kind])

    *others, last = field.limits["formats"]
    wanted = f"{', '.join(others)} or {last}"
    assert message == f"{field.name} is in the format {kind}, not {wanted}."


@one_of_each_field
@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7" + bytes(90), b"<svg xmlns=''/>" * 9, b"hello", b"\0", bytes(100), b"\x89PNX"],
    ids=["pdf", "svg", "text", "zero", "zeros", "almost"],
)
def test_garbage_is_in_no_known_format(field, data):
    [message] = field.problems(data)

    assert f"{field.name} is in an unknown format, not " in message


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"avif"])
def test_a_picture_of_a_telephone_is_not_called_a_video(brand):
    # HEIC is what people will try, and "mp4" would send them the wrong way.
    [message] = PORTRAIT.problems(box(b"ftyp", brand, bytes(40)))

    assert "mp4" not in message


@every(with_other_limits(LIMITED))
def test_the_largest_file_is_taken_and_a_byte_more_is_not(field):
    most = field.limits["bytes"]
    file = fitting(field)

    assert field.problems(padded(file, most)) == []
    [message] = field.problems(padded(file, most + 1))
    assert message.endswith(f"accepts at most {most // MIB} MiB.")


@every([PORTRAIT, SPEECH])
@pytest.mark.parametrize("more", [1, 1000, MIB // 2, 5 * MIB])
def test_the_message_never_says_that_the_limit_is_more_than_the_limit(field, more):
    most = field.limits["bytes"]

    [message] = field.problems(padded(fitting(field), most + more))

    assert f"has {most / MIB:.1f} MiB" not in message


# How much padding base64 has depends on the last bytes.
@pytest.mark.parametrize("less", [0, 1, 2, 3])
def test_the_length_is_that_of_the_file_and_not_of_its_base64(less):
    most = PORTRAIT.limits["bytes"]

    assert PORTRAIT.problems(padded(png(300, 300), most - less)) == []


@one_of_each_picture
@pytest.mark.parametrize("draw", [png, jpeg_header], ids=["png", "jpeg"])
def test_the_smallest_side_is_taken_and_a_pixel_less_is_not(field, draw):
    side = field.limits["side"]

    assert field.problems(draw(side, side)) == []
    for size in ((side - 1, side), (side, side - 1), (side - 1, side - 1)):
        [message] = field.problems(draw(*size))
        assert f"is {size[0]} x {size[1]} px; each side must have at least {side} px" in message


def edge(field, number):
    """Return the width and height of a picture that is just as long as it may be."""
    least, most = field.limits["ratio"]
    side = field.limits["side"]
    return (side, round(side / least)) if number == 0 else (round(side * most), side)


@every(with_other_limits(SHAPED))
@pytest.mark.parametrize("draw", [png, jpeg_header], ids=["png", "jpeg"])
@pytest.mark.parametrize("number", [0, 1], ids=["upright", "wide"])
def test_the_longest_shape_is_taken_and_a_pixel_more_is_not(field, draw, number):
    least, most = field.limits["ratio"]
    width, height = edge(field, number)

    assert field.problems(draw(width, height)) == []
    size = (width + number, height + 1 - number)
    [message] = field.problems(draw(*size))
    assert f"is {size[0]} x {size[1]} px; width divided by height must be" in message
    assert message.endswith(f"must be {least:g} to {most:g}.")


@every(with_other_limits([field for field in PICTURES if field not in SHAPED]))
def test_a_picture_without_a_limit_of_shape_may_have_any(field):
    assert field.problems(png(3000, 300)) == []
    assert field.problems(png(300, 3000)) == []


@every(with_other_limits(SHAPED))
def test_everything_that_is_wrong_is_said_at_once(field):
    messages = field.problems(padded(png(1000, 20), field.limits["bytes"] + MIB))

    assert len(messages) == 3
    assert [
        "MiB" in messages[0],
        "each side" in messages[1],
        "width divided by height" in messages[2],
    ] == [True] * 3


@one_of_each_picture
@pytest.mark.parametrize(
    "file",
    [
        png(300, 300)[:8],
        png(300, 300)[:20],
        png(0, 0),
        png(0, 300),
        jpeg_header(300, 300)[:3],
        jpeg_header(300, 300)[:6],
        jpeg_header(300, 0),
        b"\xff\xd8\xff\xe0\xff\xff" + bytes(100),
        b"\xff\xd8\xff" + b"\xff" * 1000,
        b"\xff\xd8\xff\xc0\0\0" + bytes(100),
    ],
    ids=range(10),
)
def test_a_truncated_picture_is_refused(field, file):
    assert field.problems(file) == [
        f"{field.name} is an image whose width and height cannot be read."
    ]


def test_a_picture_whose_size_comes_late_is_read():
    # Cameras write a preview and colours of 64 KiB each before it.
    segment = b"\xff\xe1\xff\xff" + bytes(0xFFFF - 2)
    photo = b"\xff\xd8" + segment * 8 + jpeg_header(300, 299)[2:]

    [message] = PORTRAIT.problems(photo)

    assert "is 300 x 299 px" in message


@one_of_each_sound
@pytest.mark.parametrize("name", ["wav", "mp4"])
def test_the_shortest_and_the_longest_sound_are_taken(field, name):
    least, most = field.limits["seconds"]
    make = m4a if name == "mp4" and "m4a" in field.limits["formats"] else KNOWN[name]

    assert field.problems(make(least)) == []
    assert field.problems(make(most)) == []
    # An MP4 that says 0 says that it does not know.
    for seconds in (least - 0.5, most + 0.5, *([0] if name == "wav" else [])):
        [message] = field.problems(make(seconds))
        assert message == (f"{field.name} lasts {seconds:.1f} s; it must last {least} to {most} s.")


@one_of_each_sound
def test_a_sound_of_frames_is_measured_too(field):
    least, most = field.limits["seconds"]

    assert field.problems(mp3(least + 0.1)) == []
    assert field.problems(mp3(most - 0.1, kbps=32)) == []
    assert f"lasts {least - 0.5} s" in field.problems(mp3(least - 0.5))[0]
    assert f"lasts {most + 5}.0 s" in field.problems(mp3(most + 5, kbps=32))[0]


@one_of_each_sound
@pytest.mark.parametrize("off", [0.04, 0.001])
def test_the_message_never_says_that_the_limit_is_beyond_the_limit(field, off):
    least, most = field.limits["seconds"]

    for seconds, limit in ((least - off, least), (most + off, most)):
        [message] = field.problems(wav(seconds))
        assert f"lasts {limit:.1f} s" not in message


@every([SPEECH])
@pytest.mark.parametrize("size", [0x7FFFF000, 0xFFFFFFFF], ids=hex)
def test_a_sound_that_was_streamed_is_not_refused_for_a_length_that_it_does_not_know(field, size):
    # Programs that write to a pipe do not know the length when they write the header.
    file = fitting(field)
    at = file.index(b"data") + 4
    streamed = file[:at] + struct.pack("<I", size) + file[at + 4 :]

    assert field.problems(streamed) == []


@every([SPEECH])
def test_a_sound_is_not_refused_for_a_length_that_was_guessed(field):
    # A moment of silence, then speech: by its first frames it would last ten times as long.
    least, most = field.limits["seconds"]
    file = mp3_frame(32) * 40 + mp3((least + most) / 3, kbps=320)

    assert field.problems(file) == []


@pytest.mark.parametrize("brand", [b"isom", b"mp42", b"3gp4", b"dash"])
def test_a_recording_of_a_telephone_is_taken(brand):
    # They write .m4a files that do not say M4A at their beginning.
    assert SPEECH.problems(m4a(3, brand)) == []


@every([SPEECH])
@pytest.mark.parametrize("second", [0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2], ids=hex)
def test_every_kind_of_mp3_is_one(field, second):
    # With and without a checksum, and of the low rates of a telephone.
    messages = field.problems(bytes([0xFF, second, 0x90, 0xC4]) + bytes(2000))

    assert not any("format" in message for message in messages)


@one_of_each_sound
@pytest.mark.parametrize("name", ["wav", "mp3", "mp3-with-tags", "m4a", "mp4", "aac"])
def test_a_truncated_sound_is_no_exception(field, name):
    file = KNOWN[name](6)

    for length in (*range(4, min(len(file), 200)), len(file) // 2, len(file) - 1):
        assert len(field.problems(file[:length])) <= 1


# --------------------------------------------------------------------------- what is no base64


@one_of_each_field
@pytest.mark.parametrize(
    "text",
    [
        "portrait.png",
        "./portrait",
        "/home/me/portrait.png",
        "C:\\portrait.png",
        "file:///portrait.png",
        "ftp://example.org/a.png",
        "example.org/a.png",
        " https://example.org/a.png",
        "the portrait of a lady",
        "Bild ä",
        "\0",
        "=",
        "====",
        "iVBORw0KGgo",
        "iVBORw0K-_oA",
    ],
)
def test_what_is_neither_a_url_nor_base64_is_refused(field, text):
    [message] = field.problems(text)

    assert message == (
        f"{field.name} is neither a URL that begins with http:// or https://, nor base64; "
        f"kling.media.{field.limits['kind']}(path) makes base64 from a file."
    )


A_FILE = pytest.mark.parametrize(
    "file",
    [Path("a.png"), b"bytes", bytearray(b"x"), io.BytesIO(b"x")],
    ids=lambda one: type(one).__name__,
)


@every_field
@A_FILE
def test_a_file_in_the_place_of_a_medium_is_told_how_to_get_in(field, file):
    problems = problems_of(field.operation, field.body(file))
    [problem] = [one for one in problems if one.field == field.name]

    kind = field.limits["kind"]
    assert problem.message.endswith(f"; kling.media.{kind}(path) makes base64 from a file.")


HOST_IT = (
    "; upload the file to where Kling can fetch it, and give its URL; before that, you can check "
    "the file with `kling check-media`."
)


@every(HOSTED)
@A_FILE
def test_a_file_where_only_a_url_is_taken_is_not_told_to_encode_it(field, file):
    problems = problems_of(field.operation, field.body(file))
    [problem] = [one for one in problems if one.field == field.name]

    assert problem.message.endswith(HOST_IT)
    assert "kling.media" not in problem.message


@every(HOSTED)
@pytest.mark.parametrize(
    "text",
    [
        "/home/me/voice.wav",
        "clip.mp4",
        "C:\\clip.mp4",
        "file:///clip.mp4",
        "data:video/mp4;base64,AAAA",
        base64.b64encode(OTHERS["ogg"]).decode(),
    ],
)
def test_where_only_a_url_is_taken_nothing_else_is_advised(field, text):
    problems = problems_of(field.operation, field.body(text))
    [problem] = [one for one in problems if one.field == field.name and "." not in one.rule]

    name = field.path[-1]
    assert problem.message == (
        f"{name} must be a URL that begins with http:// or https://, not a path and not base64"
        f"{HOST_IT}"
    )


def test_a_file_where_no_medium_belongs_is_told_no_way_in():
    body = {"image": "https://e.org/a.png", "prompt": b"A fox"}
    [problem] = problems_of(load().operations["createImageToVideoTask"], body)

    assert problem.message == "prompt is of the Python type bytes, which JSON does not have."


@every_medium
@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a.gif",
        "http://localhost/a",
        "HTTPS://EXAMPLE.ORG/A",
        "https://example.org/small.bmp?width=1",
        "https://",
    ],
)
def test_a_url_is_not_looked_at(field, url):
    assert field.problems(url) == []


BARE = [field for field in FIELDS if "image-input.bare-base64" in field.rules]


@every(BARE)
@pytest.mark.parametrize("head", ["data:image/png;base64,", "DATA:audio/mp3;base64,", "data:,"])
def test_the_prefix_of_a_data_url_is_refused_by_a_rule_that_says_how_to_get_it_right(field, head):
    told = field.told(head + base64.b64encode(fitting(field)).decode())

    [problem] = [one for one in told if "base64" in one.message]
    assert problem.rule.endswith(".bare-base64")
    assert problem.field == field.name
    assert 'leave out the prefix "data:...;base64,"' in problem.message
    assert str(problem).startswith(f"{field.name}: ")


def test_all_media_of_the_first_families_have_that_rule():
    families = {"avatar", "image_to_video"}
    fields = {field for field in FIELDS if field.operation.family in families}

    # Of sounds nobody recorded a refusal, so they are only advised.
    assert {field for field in fields if field.limits["kind"] == "image"} <= set(BARE)


@every_medium
def test_an_empty_text_is_no_medium(field):
    assert field.problems("") == []


@pytest.mark.parametrize("wrong", [7, ["x"], {"url": "x"}, b"bytes", True])
def test_what_is_no_text_is_reported_once(wrong):
    problems = validate(models.ImageToVideoRequest(model_name="kling-v3", prompt="x", image=wrong))

    assert [(one.rule, one.field) for one in problems] == [("type", "image")]


def test_no_media_value_is_ever_shown():
    for field in EVERY:
        secret = base64.b64encode(b"secret " * 50).decode()
        shown = " ".join(field.problems(secret) + field.problems("no/base64: " + secret))
        assert secret[:12] not in shown


# -------------------------------------------------------------------------- at what expense


@pytest.fixture
def decoded(monkeypatch):
    """Return a list of how many bytes of base64 were decoded, piece by piece."""
    pieces = []
    real = Base64File.readinto

    def readinto(self, buffer):
        pieces.append(len(buffer))
        return real(self, buffer)

    monkeypatch.setattr(Base64File, "readinto", readinto)
    return pieces


@pytest.mark.parametrize("draw", [png, jpeg_header], ids=["png", "jpeg"])
def test_a_large_picture_is_not_decoded(decoded, draw):
    text = base64.b64encode(padded(draw(300, 300), 10 * MIB)).decode()

    assert validate(REQUESTS["image"](text)) == []
    assert decoded
    assert sum(decoded) < MIB // 2


def test_a_large_sound_is_not_decoded(decoded):
    text = base64.b64encode(padded(wav(3), 5 * MIB)).decode()

    assert SPEECH.problems(text) == []
    assert sum(decoded) < MIB


def test_a_picture_that_is_too_large_is_not_decoded_either(decoded):
    assert len(PORTRAIT.problems(padded(png(300, 300), 30 * MIB))) == 1
    assert sum(decoded) < MIB // 2


def test_a_url_is_not_decoded(decoded):
    assert PORTRAIT.problems("https://example.org/" + "a" * MIB) == []
    assert decoded == []


# ------------------------------------------------------------------------- whatever may come

STEP = st.one_of(
    st.tuples(st.just("read"), st.integers(0, 40)),
    st.tuples(st.just("read"), st.just(-1)),
    st.tuples(st.just("seek"), st.integers(0, 300)),
    st.tuples(st.just("seek"), st.integers(-300, 300), st.just(io.SEEK_CUR)),
    st.tuples(st.just("seek"), st.integers(-300, 300), st.just(io.SEEK_END)),
    st.tuples(st.just("tell")),
)


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(st.binary(max_size=200), st.lists(STEP, max_size=12))
def test_the_file_behind_base64_is_read_like_any_other(data, steps):
    file, model = Base64File(base64.b64encode(data).decode()), io.BytesIO(data)

    assert file.size == len(data)
    for name, *arguments in steps:
        assert getattr(file, name)(*arguments) == getattr(model, name)(*arguments)


@settings(max_examples=100, deadline=None, database=None, derandomize=True)
@given(st.binary(max_size=20_000), st.lists(STEP, max_size=12), st.integers(1, 9000))
def test_it_is_also_through_a_buffer(data, steps, size):
    file = io.BufferedReader(Base64File(base64.b64encode(data).decode()), size)
    model = io.BytesIO(data)

    for name, *arguments in steps:
        if name == "seek" and len(arguments) == 2 and sum(arguments) < 0:
            # Before the beginning a buffer is an error and BytesIO its beginning.
            continue
        assert getattr(file, name)(*arguments) == getattr(model, name)(*arguments)


LOOKERS = {
    field.operation.request: MediaFields(
        load(), {"$ref": f"#/components/schemas/{field.operation.request}"}
    )
    for field in EVERY
}
BEGINNINGS = st.sampled_from([*OTHERS.values(), *(make(6)[:400] for make in KNOWN.values()), b""])
FILES = st.builds(
    lambda head, cut, tail: head[:cut] + tail, BEGINNINGS, st.integers(0, 400), st.binary()
)
TEXTS = st.one_of(
    st.text(),
    FILES.map(lambda data: base64.b64encode(data).decode()),
    FILES.map(lambda data: base64.b64encode(data).decode()[:-1]),
    FILES.map(lambda data: base64.encodebytes(data).decode()),
)


@settings(max_examples=500, deadline=None, database=None, derandomize=True)
@given(st.sampled_from(EVERY), TEXTS)
@example(SPEECH, base64.b64encode(b"ID3" + b"\x7f" * 64).decode())
@example(SPEECH, "/" * 400)
@example(PORTRAIT, "/9j/" + "/" * 400)
def test_no_text_is_an_exception(field, text):
    for problem, _ in LOOKERS[field.operation.request].file_problems(field.body(text)):
        assert problem.field == field.name
        assert problem.message.endswith(".")


NAMES = st.sampled_from(["image", "dynamic_masks", "mask", "sound_file", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=9,
)


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(st.sampled_from(list(LOOKERS)), JSON)
def test_no_body_is_an_exception(schema, body):
    problems = [problem for problem, _ in LOOKERS[schema].file_problems(body)]
    assert all(problem.rule == "x-kling-media" for problem in problems)
