"""The region of an account says which host is asked, and where a task may be that is not known."""

import pickle
from typing import get_args
from urllib.parse import urlsplit

import pytest
from kling import AsyncKling, BadRequestError, Kling, NotFoundError, models

# private: the words that a type checker knows are compared with the description.
from kling._client.base import Region
from kling.description import load

REF = "text_to_video/752604318974529536"
REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
HOSTS = {name: urlsplit(url).hostname for name, url in load().regions.items()}
UNKNOWN = (404, {"code": 1203, "message": "not found", "request_id": "r-1"})
REFUSED = (400, {"code": 1201, "message": "Task not found", "request_id": "r-1"})


def test_the_words_of_the_signature_are_those_of_the_description():
    assert set(get_args(Region)) == HOSTS.keys() == {"global", "china"}
    assert [*HOSTS.values()] == load().hosts


@pytest.mark.parametrize("region", HOSTS)
def test_a_region_is_asked_at_its_own_host(either_kling, scripted, success, region):
    transport = scripted(success())

    either_kling(api_key="k", region=region, transport=transport).retrieve(REF)

    assert transport.requests[0].url.host == HOSTS[region]


@pytest.mark.parametrize("which", [Kling, AsyncKling])
def test_a_client_shows_its_region(which):
    name = which.__name__

    assert repr(which(api_key="k", region="china")) == (
        f"<{name} china https://api-beijing.klingai.com>"
    )
    assert which(api_key="k").region == "global"
    assert repr(which(api_key="k")).startswith(f"<{name} global ")
    other = which(api_key="k", base_url="https://gateway.test")
    assert (other.region, repr(other)) == (None, f"<{name} https://gateway.test>")


def test_a_region_goes_before_the_environment(monkeypatch):
    monkeypatch.setenv("KLING_BASE_URL", "https://gateway.test")

    assert Kling(api_key="k").region is None
    assert Kling(api_key="k", region="china").region == "china"


def test_what_is_no_region_is_said():
    with pytest.raises(ValueError, match="region must be 'global' or 'china', not 'europe'"):
        Kling(api_key="k", region="europe")
    with pytest.raises(ValueError, match="give base_url or region, not both"):
        Kling(api_key="k", region="china", base_url="https://gateway.test")


ASK = {
    "retrieve": lambda client: client.retrieve(REF),
    "retrieve_all": lambda client: client.retrieve_all([REF]),
    "wait": lambda client: client.wait(REF, timeout=60),
    "recover": lambda client: client.recover(REF),
}


@pytest.mark.parametrize("reply", [UNKNOWN, REFUSED], ids=["1203", "1201"])
@pytest.mark.parametrize("ask", ASK.values(), ids=ASK)
@pytest.mark.parametrize("region", HOSTS)
def test_an_unknown_task_may_be_in_the_other_region(either_kling, scripted, ask, reply, region):
    [other] = HOSTS.keys() - {region}
    client = either_kling(api_key="k", region=region, transport=scripted(reply))

    with pytest.raises(NotFoundError) as caught:
        ask(client)

    said = str(caught.value)
    assert said.count(f"uses the region {region}; for a task of another region use") == 1
    assert f'Kling(region="{other}")' in said
    assert str(pickle.loads(pickle.dumps(caught.value))) == said


def test_elsewhere_there_is_no_other_region(either_kling, scripted):
    client = either_kling(api_key="k", base_url="https://gateway.test", transport=scripted(UNKNOWN))

    with pytest.raises(NotFoundError) as caught:
        client.retrieve(REF)

    assert "region" not in str(caught.value)


@pytest.mark.parametrize(("reply", "kind"), [(UNKNOWN, NotFoundError), (REFUSED, BadRequestError)])
def test_a_create_that_is_refused_is_of_no_other_region(either_kling, scripted, reply, kind):
    with pytest.raises(kind) as caught:
        either_kling(api_key="k", transport=scripted(reply)).create(REQUEST)

    assert caught.value.not_created
    assert "region" not in str(caught.value)
