"""What is in doubt stays in doubt, and what reports another id is not the caller's."""

import pickle
import time

import httpx
import kling
import pytest
from hostile_service import DOUBTS, OWN_ID, REFUSED_BY_GATEWAY, Service
from kling import models

FOX = "A fox at dawn"
KEY = {"api_key": "k"}


def request_of(standard, own_id=None):
    given = {"external_task_id": own_id} if own_id else {}
    match standard:
        case "v1":
            return models.TextToVideoRequest(model_name="kling-v3", prompt=FOX, **given)
        case "current":
            options = {"options": models.TaskOptions(**given)} if given else {}
            return models.Kling30TurboTextToVideoRequest(prompt=FOX, **options)
        case "path":
            return kling.Unlisted("/v1/videos/new-thing", {"prompt": FOX, **given})
    return kling.Unlisted("/solutions/new-thing", {"options": given})


STANDARDS = ("v1", "current", "path", "solutions")
# Read at the path of the id, and by a filter.
BY_PATH, BY_FILTER = ("v1", "path"), ("current", "solutions")

pytestmark = pytest.mark.filterwarnings("ignore:.*the request is not checked")


def failure(client, request):
    with pytest.raises(kling.APIError) as caught:
        client.create(request)
    return caught.value


@pytest.fixture
def used(either_kling):
    """Return a function: a client whose own id an earlier program has used."""

    def client_of(standard, **options):
        service = Service(**options)
        either_kling(**KEY, transport=service).create(request_of(standard, OWN_ID))
        service.program, service.requests = 2, []
        return either_kling(**KEY, transport=service), service

    return client_of


# Doubt stays doubt.


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("fault", DOUBTS)
def test_that_a_task_is_not_found_never_proves_that_there_is_none(either_kling, standard, fault):
    service = Service(creates=[f"{fault} before"])

    error = failure(either_kling(**KEY, transport=service), request_of(standard))

    assert (error.not_created, error.may_exist, error.task) == (False, True, None)
    assert service.methods() == ["POST"] + ["GET"] * 6


@pytest.mark.parametrize("fault", ["code-5000", "code-5001", "code-9999", "code--5", "html-400"])
@pytest.mark.parametrize("delay", [31, 60, 120])
def test_a_task_that_appears_later_than_anybody_looks_was_in_doubt(either_kling, fault, delay):
    service = Service(creates=[f"{fault} after"], delay=delay)
    client = either_kling(**KEY, transport=service)

    error = failure(client, request_of("v1"))
    service.clock.sleep(delay)

    assert (error.not_created, error.may_exist) == (False, True)
    assert client.recover(models.TextToVideoRequest, error).id == service.paid()[0].id


@pytest.mark.parametrize("looks", ["code-1201", "empty", "other"])
def test_a_look_up_that_never_finds_anything_proves_nothing(either_kling, looks):
    service = Service(creates=["code-5000 after"], looks=[looks])

    error = failure(either_kling(**KEY, transport=service), request_of("current"))

    assert (error.not_created, error.may_exist) == (False, True)


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize(("delay", "is_found"), [(0, True), (20, True), (45, False)])
def test_an_id_that_is_taken_is_looked_for_for_half_a_minute(used, standard, delay, is_found):
    client, service = used(standard, delay=delay)

    error = failure(client, request_of(standard, OWN_ID))

    assert (error.not_created, error.may_exist, error.id_is_taken) == (False, True, True)
    assert (error.task and error.task.id) == (service.paid()[0].id if is_found else None)
    assert len(service.paid()) == 1


@pytest.mark.parametrize(
    "words",
    [
        "External_task_id {} already exists",
        "upstream said: external_task_id {} ALREADY EXISTS (try another)",
        "External_task_id {} " + "so it is " * 400 + "already exists",
    ],
    ids=["plain", "quoted", "long"],
)
def test_an_id_that_is_taken_names_recover_and_blames_no_request(used, words):
    client, _ = used("v1", words=words, delay=45)

    error = failure(client, request_of("v1", OWN_ID))

    assert "recover finds its task" in str(error)
    assert "correct the request" not in str(error)
    assert f"client.recover(models.TextToVideoRequest, {OWN_ID!r})" in error.__notes__[0]


@pytest.mark.parametrize(
    "body",
    [
        {"code": "invalid_request", "message": "External_task_id a already exists"},
        {"error": {"message": "External_task_id a already exists"}},
        {"code": 9999, "message": "External_task_id a already exists"},
        {"error": "Bad Request", "message": "External_task_id a already exists"},
    ],
)
@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_relay_without_klings_codes_says_it_too(scripted, either_kling, success, body, status):
    theirs = success(task_info={"external_task_id": "a"})
    client = either_kling(**KEY, transport=scripted((status, body), theirs))

    error = failure(client, request_of("v1", "a"))

    assert (error.may_exist, error.id_is_taken) == (True, True)
    assert error.task.id == theirs["data"]["task_id"]


def test_an_id_that_we_made_up_and_that_is_taken_is_the_task_of_this_create(
    scripted, either_kling, success
):
    def found(request):
        own = {"task_info": {"external_task_id": request.url.path.rpartition("/")[2]}}
        return httpx.Response(200, json=success(task_id="7", **own))

    taken = (400, {"code": 1201, "message": "External_task_id kling-1 already exists"})
    client = either_kling(**KEY, transport=scripted(taken, found))

    assert client.create(request_of("v1")).id == "7"


REWORDED = "this id has been seen before: {}"


def test_a_refusal_in_other_words_gets_one_look(used):
    client, service = used("v1", words=REWORDED)

    error = failure(client, request_of("v1", OWN_ID))

    assert (error.may_exist, error.task.id) == (True, service.paid()[0].id)
    assert service.methods() == ["POST", "GET"]
    assert "recover finds its task" in str(error)
    assert "correct the request" not in str(error)


@pytest.mark.parametrize("looks", ["code-5000", "timeout", "other", "silent", "half", "code-9999"])
def test_a_refusal_in_other_words_is_in_doubt_where_the_look_says_nothing(used, looks):
    client, _ = used("current", words=REWORDED, looks=[looks])

    error = failure(client, request_of("current", OWN_ID))

    assert (error.not_created, error.may_exist) == (False, True)


def test_a_bad_request_with_a_free_id_is_a_refusal(either_kling):
    service = Service(creates=["refused-code-1201"])

    error = failure(either_kling(**KEY, transport=service), request_of("v1", OWN_ID))

    assert (error.not_created, error.id_is_taken) == (True, False)
    assert "correct the request" in str(error)
    assert service.methods() == ["POST", "GET"]


@pytest.mark.parametrize("status", REFUSED_BY_GATEWAY)
def test_a_gateway_refuses_without_a_code(either_kling, status):
    service = Service(creates=[f"refused-html-{status}"])

    error = failure(either_kling(**KEY, transport=service), request_of("v1"))

    assert (error.not_created, service.methods()) == (True, ["POST"])


@pytest.mark.parametrize("status", [400, 402, 406, 409, 410, 422, 429, 451, 500, 502, 503, 504])
def test_no_other_status_without_a_code_is_a_refusal(either_kling, status):
    service = Service(creates=[f"html-{status} before"])

    assert failure(either_kling(**KEY, transport=service), request_of("v1")).may_exist


def test_digits_are_a_code(either_kling):
    codes = {"refused-digits-1201": "not_created", "digits-5000 before": "may_exist"}
    for word, expected in codes.items():
        client = either_kling(**KEY, transport=Service(creates=[word]))

        assert getattr(failure(client, request_of("v1")), expected), word


def test_an_error_with_a_task_can_be_pickled(used):
    client, service = used("current")

    error = pickle.loads(pickle.dumps(failure(client, request_of("current", OWN_ID))))

    assert (error.task.id, error.id_is_taken) == (service.paid()[0].id, True)
    assert (error.operation, error.external_task_id) == (
        "createKling30TurboTextToVideoTask",
        OWN_ID,
    )


def test_a_long_refusal_takes_no_long_time(scripted, either_kling):
    body = {"code": 1201, "message": "External_task_id already exist " * 10_000}
    client = either_kling(**KEY, transport=scripted((400, body)))
    began = time.process_time()

    assert failure(client, request_of("v1")).not_created
    assert time.process_time() - began < 2


# Whose task it is.


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("own_id", [None, OWN_ID])
def test_a_task_that_reports_another_id_is_not_ours(either_kling, standard, own_id):
    service = Service(creates=["timeout after"], looks=["other"])

    error = failure(either_kling(**KEY, transport=service), request_of(standard, own_id))

    assert error.may_exist
    assert "a task other than" in str(error.__cause__)
    assert "has the external_task_id somebody-else" in str(error.__cause__)


@pytest.mark.parametrize("standard", BY_FILTER)
def test_a_task_without_an_id_is_not_ours_where_a_filter_was_to_find_it(either_kling, standard):
    service = Service(creates=["timeout after"], looks=["silent"])
    client = either_kling(**KEY, transport=service)

    error = failure(client, request_of(standard, OWN_ID))

    assert error.may_exist
    assert "has no external_task_id" in str(error.__cause__)
    service.looks = ["right"]
    assert client.recover(error_class(standard), error).id == service.paid()[0].id


@pytest.mark.parametrize("standard", BY_PATH)
def test_a_task_without_an_id_is_ours_where_the_path_asked_for_it(either_kling, standard):
    service = Service(creates=["timeout after"], looks=["silent"])

    task = either_kling(**KEY, transport=service).create(request_of(standard, OWN_ID))

    assert task.id == service.paid()[0].id


@pytest.mark.parametrize("standard", BY_FILTER)
def test_among_all_tasks_ours_is_found_by_its_id(either_kling, standard):
    service = Service(creates=["timeout after"], looks=["all"])

    task = either_kling(**KEY, transport=service).create(request_of(standard, OWN_ID))

    assert task.id == service.paid()[0].id


def error_class(standard):
    request = request_of(standard)
    return request.path if isinstance(request, kling.Unlisted) else type(request)


@pytest.mark.parametrize(
    "theirs",
    [
        {"task_id": "666"},
        {"task_id": "666", "task_info": {"external_task_id": "somebody-else"}},
    ],
)
def test_a_query_for_one_task_gives_no_other(scripted, either_kling, success, theirs):
    client = either_kling(**KEY, transport=scripted(success(**theirs)))

    with pytest.raises(kling.NotFoundError, match="text_to_video/752604318974529536 is not known"):
        client.retrieve("text_to_video/752604318974529536")


def test_a_query_by_an_own_id_gives_no_task_of_another(scripted, either_kling, success):
    theirs = success(task_id="666", task_info={"external_task_id": "somebody-else"})

    with pytest.raises(kling.NotFoundError, match="text_to_video/job-17 is not known"):
        either_kling(**KEY, transport=scripted(theirs)).retrieve("text_to_video/job-17")


def test_a_create_whose_client_is_closed_meanwhile_may_exist(either_kling, scripted):
    is_closed = RuntimeError("Cannot send a request, as the client has been closed.")
    client = either_kling(**KEY, transport=scripted(httpx.ReadError("cut"), is_closed))

    error = failure(client, request_of("v1", OWN_ID))

    assert error.may_exist
    assert error.external_task_id == OWN_ID


def test_a_fault_of_a_transport_after_the_create_was_sent_says_how_to_look_for_it(
    either_kling, scripted
):
    client = either_kling(**KEY, transport=scripted(RuntimeError("a fault after the last byte")))

    with pytest.raises(RuntimeError, match="a fault") as caught:
        client.create(request_of("v1", OWN_ID))

    assert OWN_ID in "".join(caught.value.__notes__)


def test_a_create_of_a_closed_client_is_not_looked_for(scripted):
    client = kling.Kling(**KEY, transport=(transport := scripted({})))
    client._http.close()  # private: a client does not close what it was given

    with pytest.raises(RuntimeError, match="has been closed") as caught:
        client.create(request_of("v1", OWN_ID))

    assert transport.requests == []
    assert OWN_ID not in "".join(getattr(caught.value, "__notes__", ()))


def test_a_create_of_a_closed_client_takes_nothing_from_a_budget(scripted):
    budget = kling.Budget(units={"video": 10})
    client = kling.Kling(**KEY, transport=scripted({}), budget=budget)
    client._http.close()  # private: a client does not close what it was given

    with pytest.raises(RuntimeError, match="has been closed"):
        client.create(request_of("v1", OWN_ID))

    assert budget.left["video"] == 10


@pytest.mark.parametrize(("wrong", "error"), [(5, TypeError), (None, TypeError), ("", ValueError)])
def test_another_try_of_no_id_is_refused_in_words(wrong, error):
    with pytest.raises(error, match="external_task_id must"):
        kling.next_try(wrong)
