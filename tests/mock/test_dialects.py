"""The mock as each dialect has it."""

import httpx
import jwt
import pytest
from kling import Kling, models
from kling.mock import KlingMock

IMAGE = "/v1/videos/image2video"
TEXT = "/v1/videos/text2video"
TURBO = "/text-to-video/kling-3.0-turbo"
GATEWAY = "kkiai-gateway"
BODY = {
    "model_name": "kling-v1",  # Kling has retired it, and the gateway has not
    "image": "https://example.org/a.png",
    "mode": "std",
    "duration": 5,
}


@pytest.fixture
def mock_of():
    """Return a function that makes a mock of a dialect."""
    return lambda name: KlingMock(dialect=name)


@pytest.mark.parametrize("prefix", ["/kling", ""])
def test_the_gateway_makes_a_video_behind_its_prefix(mock_of, prefix):
    mock = mock_of(GATEWAY)
    client = httpx.Client(
        transport=mock.transport,
        base_url=f"https://www.kkiai.com{prefix}",
        headers={"authorization": f"Bearer {mock.keys.api_key}"},
    )

    made = client.post(IMAGE, json=BODY).json()
    mock.clock.advance(600)
    done = client.get(f"{IMAGE}/{made['data']['task_id']}").json()
    page = client.get(IMAGE).json()

    assert made["code"] == 0
    assert done["data"]["task_status"] == "succeed"
    assert [one["task_id"] for one in page["data"]] == [made["data"]["task_id"]]
    (video,) = done["data"]["task_result"]["videos"]
    assert httpx.Client(transport=mock.transport).get(video["url"]).content


def test_a_client_with_the_gateways_address_reaches_it(mock_of):
    mock = mock_of(GATEWAY)
    request = models.ImageToVideoRequest(
        model_name="kling-v3",
        image="https://example.org/a.png",
        prompt="A slow push in",
        mode="std",
        duration="5",
    )
    with Kling(
        api_key=mock.keys.api_key,
        base_url="https://www.kkiai.com/kling",
        transport=mock.transport,
    ) as client:
        task = client.run(request)

    assert task.status == "succeeded"


@pytest.mark.parametrize("field", BODY)
def test_what_the_gateway_requires_is_required(mock_of, ask_of, refused, field):
    ask = ask_of(mock_of(GATEWAY))
    body = {name: value for name, value in BODY.items() if name != field}

    message = refused(ask("POST", IMAGE, json=body), 400, 1201)

    assert f"{field} is required" in message


@pytest.mark.parametrize("path", [TEXT, TURBO, "/tasks", "/account/costs"])
def test_the_gateway_has_nothing_else(mock_of, ask_of, refused, path):
    refused(ask_of(mock_of(GATEWAY))("POST", path, json=BODY), 404, 1203)


def test_the_gateway_takes_no_access_token(mock_of, ask_of, refused):
    mock = mock_of(GATEWAY)
    token = jwt.encode(
        {"iss": mock.keys.access_key, "exp": mock.clock.time() + 60, "nbf": 0},
        mock.keys.secret_key,
    )
    ask = ask_of(mock)

    refused(ask("POST", IMAGE, json=BODY, authorization=f"Bearer {token}"), 401, 1002)
    assert ask("POST", IMAGE, json=BODY).json()["code"] == 0


def test_the_current_standard_alone_knows_no_path_below_v1(mock_of, ask_of, refused):
    ask = ask_of(mock_of("current-only"))

    unknown = refused(ask("POST", "/v1/nothing", json=BODY), 404, 1203)
    for path in (TEXT, IMAGE):
        assert refused(ask("POST", path, json=BODY), 404, 1203) == unknown.replace(
            "/v1/nothing", path
        )
        refused(ask("GET", path), 404, 1203)
    task = ask("POST", TURBO, json={"prompt": "A fox"}).json()["data"]
    assert task["status"] == "submitted"
    (same,) = ask("GET", "/tasks", params={"task_ids": task["id"]}).json()["data"]
    assert same["id"] == task["id"]


def test_open_bodies_let_unknown_fields_pass_and_keep_the_rules(mock_of, ask_of, refused):
    ask = ask_of(mock_of("open-bodies"))
    body = {"model_name": "kling-v3", "prompt": "A fox", "seed": 1}

    assert ask("POST", TEXT, json=body).json()["code"] == 0
    message = refused(ask("POST", TEXT, json=body | {"prompt": ""}), 400, 1201)
    assert "text-to-video.prompt-required" in message


def test_without_a_dialect_the_same_field_is_refused(kling_mock, ask_of, refused):
    body = {"model_name": "kling-v3", "prompt": "A fox", "seed": 1}

    refused(ask_of(kling_mock)("POST", TEXT, json=body), 400, 1201)
    refused(ask_of(kling_mock)("POST", f"/kling{TEXT}", json=body), 404, 1203)


@pytest.mark.parametrize("name", ["china", "current-only", GATEWAY, "open-bodies"])
@pytest.mark.parametrize("view", ["openapi.json", "openapi.portable.json"])
def test_the_mock_shows_the_description_that_it_is_built_from(mock_of, name, view):
    client = httpx.Client(transport=mock_of(name).transport, base_url="https://mock.invalid")
    plain = httpx.Client(transport=KlingMock().transport, base_url="https://mock.invalid")

    shown = client.get(f"/_mock/{view}").json()

    assert shown["info"]["title"] != plain.get(f"/_mock/{view}").json()["info"]["title"]


def test_an_unknown_dialect_is_an_error():
    with pytest.raises(ValueError, match="no dialect klingon; the dialects are china,"):
        KlingMock(dialect="klingon")


def test_a_dialect_of_another_document_is_an_error(bundle):
    with pytest.raises(ValueError, match="document or dialect, not both"):
        KlingMock(dialect="china", document=bundle)


@pytest.mark.parametrize(("name", "keys"), [(GATEWAY, 1), ("current-only", 3), ("china", 3)])
def test_a_served_mock_names_the_keys_that_it_takes(mock_process, name, keys):
    said = [line for line in mock_process("--dialect", name).lines if " key  " in line]

    assert len(said) == keys
    assert "API key" in said[0]


def test_of_the_current_standard_only_costs_take_a_token(mock_of, ask_of, refused):
    mock = mock_of("current-only")
    now = mock.clock.time()
    claims = {"iss": mock.keys.access_key, "exp": now + 60, "nbf": 0}
    authorization = f"Bearer {jwt.encode(claims, mock.keys.secret_key)}"
    ask, span = ask_of(mock), {"start_time": 0, "end_time": int(now * 1000)}

    costs = ask("GET", "/account/costs", params=span, authorization=authorization)
    assert costs.json()["code"] == 0
    lost = ask("GET", "/tasks", params={"task_ids": "1"}, authorization=authorization)
    refused(lost, 401, 1002)


def test_a_served_mock_names_the_prefix(mock_process):
    mock = mock_process("--dialect", GATEWAY)
    (line,) = (one for one in mock.lines if "KLING_BASE_URL" in one)
    url = line.split()[0].removeprefix("KLING_BASE_URL=")

    assert url == f"{mock.url}/kling"
    headers = {"authorization": "Bearer mock-api-key"}
    assert httpx.post(f"{url}{IMAGE}", json=BODY, headers=headers).json()["code"] == 0
