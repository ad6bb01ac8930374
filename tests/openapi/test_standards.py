"""Which standard an operation belongs to, and which operations ask for its tasks, as data."""

from kling.description import load

SPEC = load()
CREATES = [one for one in SPEC.operations.values() if one.task]


def ids(operation: str) -> list[str]:
    create = SPEC.operations[operation]
    found = (create, SPEC.query_of(create), SPEC.list_of(create))
    return [one.id if one else "" for one in found]


def test_the_tasks_of_each_standard_have_a_query_and_a_list_of_their_own() -> None:
    assert ids("createAvatarTask")[1:] == ["getAvatarTask", "listAvatarTasks"]
    assert ids("createKling30OmniVideoTask")[1:] == ["getTasks", "listTasks"]
    assert ids("createDramaSubtitlesTask")[1:] == ["getSolutionTasks", "listSolutionTasks"]


def test_refs_begin_with_the_family_the_query_or_its_path() -> None:
    begins = {SPEC.task_family(one) for one in CREATES if one.path.startswith("/solutions")}

    assert begins == {"solutions"}
    assert SPEC.task_family(SPEC.operations["createKlingO1VideoTask"]) == "tasks"
    assert SPEC.task_family(SPEC.operations["createAvatarTask"]) == "avatar"
    query = SPEC.query_in("solutions")
    assert query
    assert query.id == "getSolutionTasks"


def test_the_form_of_the_reply_says_the_standard() -> None:
    for one in CREATES:
        assert one.standard == ("v1" if one.path.startswith("/v1") else "current"), one.id
        assert one.makes_task, one.id
    others = ("getTasks", "listTasks", "deleteBasicElement", "createImageRecognition")
    assert [SPEC.operations[name].standard for name in others] == [""] * 4


def test_the_path_names_the_model_where_it_is_not_below_that_of_the_query() -> None:
    for one in CREATES:
        named = one.path.rpartition("/")[2] if "/kling-" in one.path else None
        assert one.path_model == named, one.id
    goods = SPEC.operations["createGoodsStudioTask"]
    assert SPEC.model(goods, {}) is None
    assert SPEC.model(SPEC.operations["createKlingO1VideoTask"], {}) == "kling-o1"


def test_only_the_end_of_subtitles_is_called_back() -> None:
    assert [one.id for one in CREATES if one.calls_back_at_end] == ["createDramaSubtitlesTask"]
