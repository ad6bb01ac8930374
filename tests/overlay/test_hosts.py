"""URLs that lead to where only this machine or its network gets: Kling cannot fetch them."""

import asyncio
import warnings

import httpx
import pytest
from kling import AsyncKling, Kling, KlingWarning, models, validate, validate_body

PRIVATE = [
    "localhost",
    "localhost:8000",
    "LOCALHOST",
    "studio.localhost",
    "127.0.0.1",
    "127.1.2.3:9000",
    "10.0.0.8",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.20",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "[::1]",
    "[::1]:8000",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[fe80::1]",
    "[::ffff:10.0.0.1]",
    "printer.local",
    "printer.local.",
    "api.internal",
    "nas.lan",
    "router.home.arpa",
    "minio",
    "minio:9000",
    "user:secret@localhost",
]
PUBLIC = [
    "example.org",
    "localhost.example.org",
    "127.0.0.1.example.org",
    "local.example.org",
    "172.15.0.1",
    "172.32.0.1",
    "11.0.0.1",
    "8.8.8.8:8080",
    "[2606:4700::1111]",
    "my-bucket.s3.amazonaws.com",
]
VOICE = {"voice_name": "Narrator"}


def warned(operation, body):
    """Return what is warned of hosts; nothing may be refused."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", KlingWarning)
        assert validate_body(operation, body) == []
    return [str(one.message) for one in caught if "unreachable-host" in str(one.message)]


@pytest.mark.parametrize("scheme", ["http", "https", "HTTPS"])
@pytest.mark.parametrize("host", PRIVATE)
def test_a_host_that_only_this_network_reaches_is_a_warning(host, scheme):
    [told] = warned(
        "createCustomVoiceTask", VOICE | {"voice_url": f"{scheme}://{host}/narrator.wav"}
    )

    assert told.startswith("voice_url points to ")
    assert "which only this machine or its network can reach" in told
    assert "secret" not in told


@pytest.mark.parametrize("host", PUBLIC)
def test_a_host_of_the_internet_is_not_warned_of(host):
    body = VOICE | {"voice_url": f"https://{host}/narrator.wav"}

    assert warned("createCustomVoiceTask", body) == []


LOCAL = "http://localhost:8000/a"
FAR = "https://example.org/a"
FIELDS = {
    "image": ("createImageToVideoTask", {"model_name": "kling-v3", "prompt": "x", "image": LOCAL}),
    "image_tail": (
        "createImageToVideoTask",
        {"model_name": "kling-v3", "prompt": "x", "image": FAR, "image_tail": LOCAL},
    ),
    "sound_file": ("createAvatarTask", {"image": FAR, "sound_file": LOCAL}),
    "video_url": (
        "createMotionControlTask",
        {
            "image_url": FAR,
            "video_url": LOCAL,
            "character_orientation": "image",
            "mode": "std",
            "model_name": "kling-v3",
        },
    ),
    "contents[1].url": (
        "createKling30ImageToVideoTask",
        {"contents": [{"type": "prompt", "text": "x"}, {"type": "first_frame", "url": LOCAL}]},
    ),
    "callback_url": (
        "createTextToVideoTask",
        {"model_name": "kling-v3", "prompt": "x", "callback_url": LOCAL},
    ),
    "options.callback_url": (
        "createKling30TurboTextToVideoTask",
        {"prompt": "x", "settings": {"duration": 5}, "options": {"callback_url": LOCAL}},
    ),
}


@pytest.mark.parametrize("field", FIELDS)
def test_media_and_callbacks_are_looked_at_alike(field):
    [told] = warned(*FIELDS[field])

    assert told.startswith(f"{field} points to localhost, which")


@pytest.mark.parametrize("url", ["", "http://", "https://[::1", "data:,x"])
def test_what_is_no_url_is_no_exception(url):
    body = {"model_name": "kling-v3", "prompt": "x", "callback_url": url}
    with warnings.catch_warnings():
        warnings.simplefilter("error", KlingWarning)
        validate_body("createTextToVideoTask", body)


@pytest.mark.parametrize("host", ["red\x1b", "a" * 300])
def test_a_strange_name_is_not_shown(host):
    [told] = warned("createCustomVoiceTask", VOICE | {"voice_url": f"https://{host}/narrator.wav"})

    assert told.startswith("voice_url points to a host, which")


REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="x", callback_url=LOCAL)


def test_a_model_is_looked_at_as_a_body_is():
    with pytest.warns(KlingWarning, match="callback_url points to localhost") as caught:
        assert validate(REQUEST) == []
    assert caught[0].filename == __file__


def reply(request):
    return httpx.Response(
        200, json={"code": 0, "data": {"task_id": "1", "task_status": "submitted"}}
    )


@pytest.mark.parametrize("base", [None, "https://gateway.example.org", "http://8.8.8.8"])
def test_a_create_that_goes_to_the_internet_warns(base):
    client = Kling(api_key="k", base_url=base, transport=httpx.MockTransport(reply))

    with pytest.warns(KlingWarning, match="callback_url points to localhost"):
        assert client.create(REQUEST).id == "1"


@pytest.mark.parametrize("base", ["http://127.0.0.1:8000", "http://kling-mock:8000/kling"])
def test_a_create_that_goes_to_a_server_nearby_does_not_warn(base):
    client = Kling(api_key="k", base_url=base, transport=httpx.MockTransport(reply))

    assert client.create(REQUEST).id == "1"


def test_a_create_that_goes_to_a_mock_in_process_does_not_warn(kling_mock):
    base = "https://api-singapore.klingai.com"
    client = Kling(api_key="mock-api-key", base_url=base, transport=kling_mock.transport)

    assert client.create(REQUEST).status == "submitted"


@pytest.mark.anyio
def test_it_is_the_same_with_await():
    client = AsyncKling(api_key="k", transport=httpx.MockTransport(reply))

    with pytest.warns(KlingWarning, match="callback_url points to localhost"):
        asyncio.run(client.create(REQUEST))
