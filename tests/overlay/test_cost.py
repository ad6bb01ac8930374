"""What a request will cost, before it is sent."""

import json
import timeit
from decimal import Decimal

import kling
import pytest
from click.testing import CliRunner
from every_slip import for_each
from kling import Amount, models
from kling._cli import cli  # private: the command, as test_commands has it

from tests.support.media_files import wav
from tests.support.priced_bodies import priced_bodies

FOX = {"model_name": "kling-v3", "prompt": "A fox"}
REQUEST = models.TextToVideoRequest(**FOX)
URL = "https://example.org/a"


@pytest.fixture
def command(tmp_path, monkeypatch):
    """Return a function that runs a command in a folder with fox.json, as by hand."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fox.json").write_text(json.dumps(FOX))

    def run(*arguments):
        return CliRunner().invoke(cli, arguments, prog_name="kling")

    return run


def jobs(path, *lines):
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines))
    return path.name


# ------------------------------------------------------------------------------------- in Python


@for_each(priced_bodies(), lambda one: one.operation)
def test_an_estimate_is_what_was_worked_out_by_hand(one):
    estimate = kling.estimate_body(one.operation, one.body)

    assert (estimate.minimum, estimate.maximum) == (one.least, one.most)
    assert estimate.is_exact is one.is_exact
    assert bool(estimate.reason) is (one.least is None)


def test_a_request_and_its_body_cost_the_same():
    request = models.OmniVideoRequest(prompt="A fox", aspect_ratio="16:9", duration="10")

    estimate = kling.estimate(request)

    assert estimate == kling.estimate_body("omni-video", request.to_dict())
    assert estimate.units == Decimal("8.0")
    assert estimate.money == Amount(Decimal("1.12"), "USD")
    assert (estimate.per, estimate.seconds) == ("second", (10, 10))
    assert (estimate.as_of, estimate.sources) == ("2026-09-20", ("vendor-prices-2026-09",))


def test_values_count_as_kling_reads_them():
    body = {**FOX, "duration": 7, "mode": "", "sound": None}

    assert kling.estimate_body("text_to_video", body).units == Decimal("4.2")


@pytest.mark.parametrize(("seconds", "units"), [(7.0, ("2.8", "2.8")), (7.4, ("2.8", "3.2"))])
def test_the_length_of_a_sound_at_hand_is_read(seconds, units):
    sound = kling.media.audio(wav(seconds))

    estimate = kling.estimate(models.AvatarRequest(image=URL, sound_file=sound))

    assert (estimate.minimum, estimate.maximum) == tuple(map(Decimal, units))


@pytest.mark.parametrize("sound", [f"{URL}.mp3", "no base64!", "AAAA"])
def test_a_sound_that_cannot_be_read_has_the_limits_of_its_field(sound):
    estimate = kling.estimate(models.AvatarRequest(image=URL, sound_file=sound))

    assert (estimate.minimum, estimate.maximum) == (Decimal("0.8"), Decimal("120.0"))
    assert estimate.units == estimate.maximum
    assert str(estimate).startswith("0.8 to 120 units of the video package, at most 16.8 USD")


def test_an_unknown_price_has_a_reason():
    estimate = kling.estimate(models.VideoExtensionRequest(video_id="1"))

    assert (estimate.units, estimate.money) == (None, None)
    assert str(estimate) == "no price is known. No public source states the price of an extension."
    unlisted = kling.estimate(kling.Unlisted("/text-to-video/kling-4.0", {"prompt": "A fox"}))
    assert unlisted.units is None
    assert "This path is not in the description" in unlisted.reason


def test_a_unit_of_try_on_has_no_known_value():
    request = models.VirtualTryOnRequest(human_image=URL, cloth_image=URL)

    assert kling.estimate(request).unit_value is None


def test_many_requests_are_added_up_for_each_kind_of_package():
    pictures = models.ImageGenerationRequest(prompt="A fox", n=3)
    avatar = models.AvatarRequest(image=URL, sound_file=URL)
    unknown = models.VideoExtensionRequest(video_id="1")

    total = kling.estimate_all([REQUEST, pictures, kling.estimate(avatar), unknown])

    assert total.minimum == {"video": Decimal("3.8"), "image": 24}
    assert total.units == total.maximum == {"video": 123, "image": 24}
    assert total.money == Amount(Decimal("17.304"), "USD")
    assert [one.operation for one in total.unknown] == ["createVideoExtensionTask"]
    assert str(total).endswith("at most 17.304 USD, unknown for 1 request")
    assert str(kling.estimate_all([])) == "nothing"


def test_what_makes_nothing_has_no_estimate():
    with pytest.raises(ValueError, match="listTasks makes nothing, so it is free"):
        kling.estimate(models.ListTasksRequest())
    with pytest.raises(ValueError, match="did you mean text_to_video"):
        kling.estimate_body("text_to_vide", FOX)
    with pytest.raises(TypeError, match=r"use kling\.estimate"):
        kling.estimate_body("text_to_video", REQUEST)
    with pytest.raises(TypeError, match="put the name of the operation before a dict"):
        kling.estimate(FOX)


def test_an_estimate_takes_at_most_four_times_as_long_as_validating():
    def least(function):
        return min(timeit.repeat(lambda: function(REQUEST), number=50, repeat=7))

    least(kling.validate)
    assert least(kling.estimate) < 4 * least(kling.validate)


# --------------------------------------------------------------------------- on the command line


def test_the_command_says_what_a_request_costs(command):
    shown = command("cost", "text_to_video", "fox.json", "--set", "duration=10")

    assert shown.stdout == ("6 units of the video package, 0.84 USD (price list of 2026-09-20)\n")
    as_json = json.loads(command("cost", "text_to_video", "fox.json", "--json").stdout)
    assert (as_json["minimum"], as_json["maximum"]) == ("3.0", "3.0")
    assert as_json["money"] == {"value": "0.42", "unit": "USD"}


def test_the_command_takes_what_makes_no_task(command, tmp_path):
    (tmp_path / "speech.json").write_text('{"text": "Hello"}')

    assert command("cost", "text-to-speech", "speech.json").stdout.startswith("0.05 units")


def test_the_command_adds_jobs_up(command, tmp_path):
    speech = {"operation": "createTextToSpeechAudio", "body": {"text": "Hello"}}
    name = jobs(tmp_path / "jobs.jsonl", {"operation": "text_to_video", "body": FOX}, "", speech)

    lines = command("cost", name).stdout.splitlines()

    assert lines[0].startswith("1  createTextToVideoTask  3 units")
    assert lines[1].startswith("2  createTextToSpeechAudio  0.05 units")
    assert lines[2] == "Total: 3.05 units of the video package, 0.427 USD"
    whole = json.loads(command("cost", name, "--json").stdout)
    assert (whole["maximum"], whole["unknown"]) == ({"video": "3.05"}, 0)
    assert len(whole["estimates"]) == 2


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "line 2 of jobs.jsonl is not JSON"),
        (
            "[]",
            'line 2 of jobs.jsonl is not a request; a request looks like {"operation"',
        ),
        ({"operation": "text_to_video", "body": "secret"}, "is not a request"),
        ({"operation": "fox", "body": {}}, "line 2 of jobs.jsonl: there is no operation"),
    ],
)
def test_a_wrong_job_is_named_by_its_line(command, tmp_path, line, words):
    first = {"operation": "text_to_video", "body": FOX}

    shown = command("cost", jobs(tmp_path / "jobs.jsonl", first, line))

    assert shown.exit_code == 1
    assert words in shown.stderr
    assert "secret" not in shown.stderr


def test_jobs_are_not_changed_on_the_way(command):
    assert "write OPERATION FILE" in command("cost", "fox.json", "--set", "a=b").stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            ("--max-units", "2.9"),
            "because it may cost more than the 2.9 units that --max-units allows",
        ),
        (
            ("--max-units", "99", "--set", "model_name=kling-v1"),
            "because its price is not known, and --max-units allows only 99 units",
        ),
        (("--max-units", "two"), "'two' is not a number of units, such as 10 or 2.5"),
        (("--max-units", "nan"), "'nan' is not a number of units"),
        (("--max-units", "-1"), "'-1' is not a number of units"),
    ],
)
def test_run_sends_nothing_that_may_cost_more(command, monkeypatch, options, words):
    # Nothing listens there, and whatever is sent ends in an error of the connection.
    monkeypatch.setenv("KLING_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("KLING_API_KEY", "key")

    shown = command("run", "text_to_video", "fox.json", *options)

    assert shown.exit_code in (1, 2)
    assert words in shown.stderr
    assert "may have made" not in shown.stderr
    assert "connect" not in shown.stderr


def test_a_whole_number_may_be_written_with_a_point():
    body = {"model_name": "kling-v3", "prompt": "A fox", "n": 2.0}

    assert kling.estimate_body("image_generation", body).units == 16
