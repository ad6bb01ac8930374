"""Pictures and sounds: how they get into a request, and what is seen of them before it is sent.

The limits are read from the description, so that each field is held against its own.
"""

import base64
import copy
import io
import json
import struct
from importlib.resources import files

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kling import InvalidRequestError, Kling, _media, media, models, validate
from kling._media import Base64File, MediaFields
from kling._spec import load
from media_files import jpeg_header, png, wav

MIB = 1024 * 1024
SCHEMAS = json.loads(files("kling_api").joinpath("openapi.json").read_text(encoding="utf-8"))[
    "components"
]["schemas"]
PICTURE = "https://example.org/a.png"
# Bodies in which every medium has its place; what it is put in is taken from here.
BODIES = {
    "AvatarRequest": {"image": PICTURE, "sound_file": "https://example.org/a.mp3"},
    "ImageToVideoRequest": {
        "model_name": "kling-v3",
        "prompt": "x",
        "image": PICTURE,
        "image_tail": PICTURE,
        "static_mask": PICTURE,
        "dynamic_masks": [
            {"mask": PICTURE, "trajectories": [{"x": 1, "y": 1}, {"x": 2, "y": 2}]},
            {"mask": PICTURE, "trajectories": [{"x": 1, "y": 1}, {"x": 2, "y": 2}]},
        ],
    },
}


class Field:
    """One place of a request where a picture or a sound belongs."""

    def __init__(self, schema, path, limits):
        self.schema = schema
        self.path = path
        self.limits = limits
        self.name = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in path)[1:]

    def __repr__(self):
        return f"{self.schema}-{self.name}"

    def request(self, text):
        body = copy.deepcopy(BODIES[self.schema])
        holder = body
        for step in self.path[:-1]:
            holder = holder[step]
        holder[self.path[-1]] = text
        return getattr(models, self.schema).from_dict(body)

    def problems(self, medium):
        """Return what is said of a medium, given as text or as the bytes of a file."""
        text = media.image(medium) if isinstance(medium, bytes) else medium
        found = validate(self.request(text))
        media_problems = [one for one in found if one.rule == "x-kling-media"]
        assert {one.field for one in media_problems} <= {self.name}
        return [one.message for one in media_problems]


def resolved(node):
    if "$ref" in node:
        return {**SCHEMAS[node["$ref"].rpartition("/")[2]], **node}
    return node


def fields(schema, node, path=()):
    for name, inner in node.get("properties", {}).items():
        here, inner = (*path, name), resolved(inner)
        if "x-kling-media" in inner:
            yield Field(schema, here, inner["x-kling-media"])
        elif "items" in inner:
            yield from fields(schema, resolved(inner["items"]), (*here, 1))


FIELDS = [field for name in BODIES for field in fields(name, SCHEMAS[name])]
PICTURES = [field for field in FIELDS if field.limits["kind"] == "image"]
SOUNDS = [field for field in FIELDS if field.limits["kind"] == "audio"]
SHAPED = [field for field in PICTURES if "ratio" in field.limits]
SOUND = SOUNDS[0]

every_field = pytest.mark.parametrize("field", FIELDS, ids=repr)
every_picture = pytest.mark.parametrize("field", PICTURES, ids=repr)
every_shaped_picture = pytest.mark.parametrize("field", SHAPED, ids=repr)
every_sound = pytest.mark.parametrize("field", SOUNDS, ids=repr)


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


OTHERS = {
    "gif": b"GIF89a\x2c\x01\x2c\x01" + bytes(20),
    "webp": b"RIFF\x1a\0\0\0WEBPVP8L" + bytes(20),
    "bmp": b"BM" + bytes(60),
    "flac": b"fLaC\0\0\0\x22" + bytes(34),
    "ogg": b"OggS\0\x02" + bytes(50),
    "mp4": box(b"ftyp", b"isom", bytes(20)),
}
KNOWN = {
    "png": png(300, 300),
    "jpeg": jpeg_header(300, 300),
    "wav": wav(2),
    "mp3": mp3(3),
    "mp3-with-tags": b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + mp3(3),
    "m4a": m4a(3),
    "aac": b"\xff\xf1\x50\x40\x03\x9f\xfc\xde" * 20,
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
    with pytest.raises(OSError):  # noqa: PT011
        encode(tmp_path)


@every_encoder
def test_base64_in_the_place_of_a_path_is_a_value_error_that_does_not_show_it(encode):
    with pytest.raises(ValueError, match="base64 needs no encoding") as caught:
        encode(base64.b64encode(bytes(4000)).decode())

    assert "AAAA" not in str(caught.value)


@every_encoder
@pytest.mark.parametrize("wrong", [None, 7, ["a.png"]])
def test_what_is_no_source_is_a_type_error(encode, wrong):
    with pytest.raises(TypeError):
        encode(wrong)


def test_what_was_encoded_is_taken(tmp_path):
    (tmp_path / "portrait.png").write_bytes(png(300, 400))
    (tmp_path / "welcome.wav").write_bytes(wav(3))

    request = models.AvatarRequest(
        image=media.image(tmp_path / "portrait.png"),
        sound_file=media.audio(str(tmp_path / "welcome.wav")),
    )

    assert validate(request) == []


# ----------------------------------------------------------------------- the description's limits


def test_every_medium_of_every_request_is_looked_at_here():
    with_media = {
        name
        for name, schema in SCHEMAS.items()
        if name.endswith("Request") and any(True for _ in fields(name, schema))
    }

    assert with_media == BODIES.keys()
    assert "ImageToVideoRequest-dynamic_masks[1].mask" in map(repr, FIELDS)
    assert len(SOUNDS) == 1


@every_field
def test_a_file_that_fits_is_taken(field):
    assert field.problems(fitting(field)) == []


@every_field
def test_a_wrong_file_is_refused_before_it_is_sent(field, scripted):
    transport = scripted({})

    with pytest.raises(InvalidRequestError) as caught:
        Kling(api_key="k", transport=transport).create(field.request(media.image(OTHERS["ogg"])))

    assert ("x-kling-media", field.name) in [(p.rule, p.field) for p in caught.value.problems]
    assert transport.requests == []


@every_field
@pytest.mark.parametrize("name", KNOWN)
def test_a_format_is_taken_when_the_description_names_it(field, name):
    kind = name.partition("-")[0]
    accepted = {"jpeg" if one == "jpg" else one for one in field.limits["formats"]}

    problems = field.problems(KNOWN[name])

    if kind in accepted:
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


@every_field
@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7" + bytes(90), b"<svg xmlns=''/>" * 9, b"hello", b"\0", bytes(100), b"\x89PNX"],
    ids=["pdf", "svg", "text", "zero", "zeros", "almost"],
)
def test_garbage_is_in_no_known_format(field, data):
    [message] = field.problems(data)

    assert f"{field.name} is in no known format, not " in message


@every_picture
@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"avif"])
def test_a_picture_of_a_telephone_is_not_called_a_video(field, brand):
    # HEIC is what people will try, and "mp4" would send them the wrong way.
    [message] = field.problems(box(b"ftyp", brand, bytes(40)))

    assert "mp4" not in message


@every_field
def test_the_largest_file_is_taken_and_a_byte_more_is_not(field):
    most = field.limits["bytes"]
    file = wav(3) if field in SOUNDS else png(300, 300)

    assert field.problems(padded(file, most)) == []
    [message] = field.problems(padded(file, most + 1))
    assert message.endswith(f"at most {most // MIB} MiB are taken.")


@every_field
@pytest.mark.parametrize("more", [1, 1000, MIB // 2, 5 * MIB])
def test_the_message_never_says_that_the_limit_is_more_than_the_limit(field, more):
    most = field.limits["bytes"]

    [message] = field.problems(padded(fitting(field), most + more))

    assert f"has {most / MIB:.1f} MiB" not in message


# How long base64 is for files of nearly the same length: 0, 1 or 2 characters of padding.
@every_picture
@pytest.mark.parametrize("less", [0, 1, 2, 3, 4])
def test_the_length_is_that_of_the_file_and_not_of_its_base64(field, less):
    assert field.problems(padded(png(300, 300), field.limits["bytes"] - less)) == []


@every_picture
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


@every_shaped_picture
@pytest.mark.parametrize("draw", [png, jpeg_header], ids=["png", "jpeg"])
@pytest.mark.parametrize("number", [0, 1], ids=["upright", "wide"])
def test_the_longest_shape_is_taken_and_a_pixel_more_is_not(field, draw, number):
    least, most = field.limits["ratio"]
    width, height = edge(field, number)

    assert field.problems(draw(width, height)) == []
    size = (width + number, height + 1 - number)
    [message] = field.problems(draw(*size))
    assert f"is {size[0]} x {size[1]} px; width to height must be" in message
    assert f"from {least:g} to {most:g}" in message


@pytest.mark.parametrize("field", [f for f in PICTURES if f not in SHAPED], ids=repr)
def test_a_picture_without_a_limit_of_shape_may_have_any(field):
    assert field.problems(png(3000, 300)) == []
    assert field.problems(png(300, 3000)) == []


@every_shaped_picture
def test_everything_that_is_wrong_is_said_at_once(field):
    messages = field.problems(padded(png(1000, 20), field.limits["bytes"] + MIB))

    assert len(messages) == 3
    assert ["MiB" in messages[0], "each side" in messages[1], "width to height" in messages[2]] == [
        True
    ] * 3


@every_picture
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
    assert field.problems(file) == [f"{field.name} is a picture whose size cannot be read."]


def test_a_picture_whose_size_comes_late_is_read():
    # Cameras write a preview and colours of 64 KiB each before it.
    segment = b"\xff\xe1\xff\xff" + bytes(0xFFFF - 2)
    photo = b"\xff\xd8" + segment * 8 + jpeg_header(300, 299)[2:]

    [message] = PICTURES[0].problems(photo)

    assert "is 300 x 299 px" in message


@every_sound
@pytest.mark.parametrize("make", [wav, m4a], ids=["wav", "m4a"])
def test_the_shortest_and_the_longest_sound_are_taken(field, make):
    least, most = field.limits["seconds"]

    assert field.problems(make(least)) == []
    assert field.problems(make(most)) == []
    for seconds in (0, least - 0.5, most + 0.5):
        [message] = field.problems(make(seconds))
        assert message == (f"{field.name} lasts {seconds:.1f} s; it must last {least} to {most} s.")


@every_sound
def test_a_sound_of_frames_is_measured_too(field):
    least, most = field.limits["seconds"]

    assert field.problems(mp3(least + 0.1)) == []
    assert field.problems(mp3(most - 0.1, kbps=32)) == []
    assert "lasts 1.5 s" in field.problems(mp3(1.5))[0]
    assert f"it must last {least} to {most} s" in field.problems(mp3(most + 5, kbps=32))[0]


@every_sound
@pytest.mark.parametrize("off", [0.04, 0.001])
def test_the_message_never_says_that_the_limit_is_beyond_the_limit(field, off):
    least, most = field.limits["seconds"]

    for seconds, limit in ((least - off, least), (most + off, most)):
        [message] = field.problems(wav(seconds))
        assert f"lasts {limit:.1f} s" not in message


@every_sound
@pytest.mark.parametrize("size", [0, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_sound_that_was_streamed_is_not_refused_for_a_length_that_it_does_not_know(field, size):
    # Programs that write to a pipe do not know the length when they write the header.
    file = wav(3)
    at = file.index(b"data") + 4
    streamed = file[:at] + struct.pack("<I", size) + file[at + 4 :]

    assert field.problems(streamed) == []


@every_sound
def test_a_sound_is_not_refused_for_a_length_that_was_guessed(field):
    # A moment of silence, then speech: by its first frames it would last ten times as long.
    file = mp3_frame(32) * 40 + mp3(60, kbps=320)

    assert field.problems(file) == []


@every_sound
@pytest.mark.parametrize("brand", [b"isom", b"mp42", b"3gp4", b"dash"])
def test_a_recording_of_a_telephone_is_taken(field, brand):
    # They write .m4a files that do not say M4A at their beginning.
    assert field.problems(m4a(3, brand)) == []


@every_sound
@pytest.mark.parametrize("first", [b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xe3", b"\xff\xe2"])
def test_every_kind_of_mp3_is_one(field, first):
    # With and without a checksum, and of the low rates of a telephone.
    messages = field.problems(first + bytes([0x90, 0xC4]) + bytes(2000))

    assert not any("format" in message for message in messages)


@every_sound
@pytest.mark.parametrize("name", ["wav", "mp3", "mp3-with-tags", "m4a", "aac"])
def test_a_truncated_sound_is_no_exception(field, name):
    file = KNOWN[name]

    for length in (*range(4, min(len(file), 200)), len(file) // 2, len(file) - 1):
        assert len(field.problems(file[:length])) <= 1


# --------------------------------------------------------------------------- what is no base64


@every_field
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
        "AAAA====",
        "iVBORw0KGgo",
        "iVBORw0K-_oA",
    ],
)
def test_what_is_neither_a_url_nor_base64_is_refused(field, text):
    [message] = field.problems(text)

    assert message == (
        f"{field.name} is neither a URL, beginning with http:// or https://, nor base64."
    )


@every_field
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


@every_field
@pytest.mark.parametrize("head", ["data:image/png;base64,", "DATA:audio/mp3;base64,", "data:,"])
def test_the_prefix_of_a_data_url_is_refused_by_a_rule_that_says_how_to_get_it_right(field, head):
    request = field.request(head + base64.b64encode(fitting(field)).decode())

    [problem] = [one for one in validate(request) if one.field == field.name]

    assert problem.rule.endswith(".bare-base64")
    assert 'leave out the prefix "data:...;base64,"' in problem.message
    assert f"{field.name}: " in str(problem)


@every_field
def test_an_empty_text_is_no_medium(field):
    assert field.problems("") == []


@pytest.mark.parametrize("wrong", [7, None, ["x"], {"url": "x"}, b"bytes", True])
def test_what_is_no_text_is_reported_once(wrong):
    problems = validate(models.ImageToVideoRequest(model_name="kling-v3", prompt="x", image=wrong))

    assert [(one.rule, one.field) for one in problems] == [("type", "image")]


def test_no_media_value_is_ever_shown():
    for field in FIELDS:
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
    request = PICTURES[0].request(text)

    assert "x-kling-media" not in [problem.rule for problem in validate(request)]
    assert decoded
    assert sum(decoded) < MIB // 2


def test_a_large_sound_is_not_decoded(decoded):
    text = base64.b64encode(padded(wav(3), 5 * MIB)).decode()

    assert SOUND.problems(text) == []
    assert sum(decoded) < MIB


def test_a_picture_that_is_too_large_is_not_decoded_either(decoded):
    assert len(PICTURES[0].problems(padded(png(300, 300), 30 * MIB))) == 1
    assert sum(decoded) < MIB // 2


def test_a_url_is_not_decoded(decoded):
    assert PICTURES[0].problems("https://example.org/" + "a" * MIB) == []
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


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
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


BEGINNINGS = st.sampled_from([*OTHERS.values(), *(file[:400] for file in KNOWN.values()), b""])
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
@given(st.sampled_from(FIELDS), TEXTS)
@example(SOUND, base64.b64encode(b"ID3" + b"\x7f" * 64).decode())
@example(SOUND, "/" * 400)
@example(PICTURES[0], "/9j/" + "/" * 400)
def test_no_text_is_an_exception(field, text):
    looker = MediaFields(load(), {"$ref": f"#/components/schemas/{field.schema}"})

    for problem in looker.problems(field.request(text).to_dict()):
        assert problem.field == field.name
        assert problem.message.endswith(".")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["image", "dynamic_masks", "mask", "sound_file", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=9,
)


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(st.sampled_from(list(BODIES)), JSON)
def test_no_body_is_an_exception(schema, body):
    looker = MediaFields(load(), {"$ref": f"#/components/schemas/{schema}"})

    assert all(problem.rule == "x-kling-media" for problem in looker.problems(body))


def test_the_looker_is_the_one_of_the_client():
    assert _media.MediaFields is MediaFields
