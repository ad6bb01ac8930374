import inspect
import json
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version

import kling
import kling.batch
import kling.mock
import pytest
from every_slip import for_each

NAMES = [
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "Account",
    "Amount",
    "AsyncKling",
    "AuthenticationError",
    "BadRequestError",
    "Budget",
    "BudgetError",
    "CallOptions",
    "CallbackError",
    "ConcurrencyLimitError",
    "ContentPolicyError",
    "CredentialsError",
    "Deduction",
    "ErrorResponse",
    "Estimate",
    "InsufficientBalanceError",
    "InternalServerError",
    "InvalidRequestError",
    "Kling",
    "KlingError",
    "KlingWarning",
    "NotFoundError",
    "Output",
    "PermissionDeniedError",
    "Problem",
    "Progress",
    "RateLimitError",
    "RawResponse",
    "Request",
    "ResourcePackage",
    "Task",
    "TaskError",
    "TaskFailedError",
    "TaskTimeoutError",
    "Total",
    "Unlisted",
    "batch",
    "callbacks",
    "description",
    "errors",
    "estimate",
    "estimate_all",
    "estimate_body",
    "media",
    "mock",
    "models",
    "next_try",
    "operation_of",
    "request_class",
    "validate",
    "validate_body",
]
MOCK_NAMES = [
    "App",
    "Balance",
    "Delivery",
    "Keys",
    "KlingMock",
    "LIMITS",
    "ManualClock",
    "Package",
    "RealClock",
    "check_aliases",
    "check_plans",
    "fault_kinds",
    "plan_fields",
    "serve",
]
DESCRIPTION_NAMES = [
    "CHECKS",
    "Capabilities",
    "Cell",
    "Conversion",
    "Cost",
    "Defaults",
    "Document",
    "ErrorCode",
    "Evidence",
    "FailureKind",
    "Message",
    "Operation",
    "Prices",
    "Problem",
    "Rules",
    "Spec",
    "canonical",
    "capabilities",
    "currency",
    "dialects",
    "failure_kind",
    "field_name",
    "load",
    "meant",
    "nearest",
    "not_json",
    "overruled",
    "parted",
    "prices_of",
    "servers_of_dialects",
    "source",
    "unit_value",
    "words",
    "words_on",
]
PUBLIC = [
    *(getattr(kling, name) for name in NAMES if not inspect.ismodule(getattr(kling, name))),
    *(getattr(kling.batch, name) for name in ("Batch", "Job", "file")),
    *(getattr(kling.batch, name) for name in ("BatchError", "InvalidJobsError")),
    kling.callbacks.CallbackEvent,
    kling.callbacks.parse,
    kling.callbacks.verify,
    kling.media.image,
    kling.media.audio,
    kling.media.video,
    kling.media.MediaInfo,
    *(getattr(kling.mock, name) for name in MOCK_NAMES if not name.isupper()),
]


def test_the_public_names_are_these():
    assert sorted(kling.__all__) == NAMES
    assert sorted(kling.mock.__all__) == MOCK_NAMES
    assert sorted(kling.description.__all__) == DESCRIPTION_NAMES


def test_every_name_is_listed_and_can_be_imported():
    names = {}
    exec("from kling import *", names)

    assert set(NAMES) <= names.keys()
    assert set(NAMES) <= set(dir(kling))


def test_models_are_the_requests():
    assert kling.models.TextToVideoRequest(prompt="x").to_dict() == {"prompt": "x"}


def test_models_can_be_imported_by_every_way_and_are_the_same():
    found = fresh(
        "import kling.models; from kling.models import TextToVideoRequest as one; "
        "from kling import models; import kling_api.models; "
        "names = [n for n in kling_api.models.__all__ if getattr(models, n) is not "
        "getattr(kling_api.models, n)]; "
        "print(json.dumps([one is kling_api.models.TextToVideoRequest, models is kling.models, "
        "names, sorted(models.__all__) == dir(models)]))"
    )

    assert found == [True, True, [], True]


def test_the_models_have_no_second_copies():
    # A module that passed every name on would look like a package.
    assert not hasattr(kling.models, "__path__")
    with pytest.raises(ModuleNotFoundError):
        import_module("kling.models.text_to_video_request")
    with pytest.raises(ImportError, match="NoSuchRequest"):
        exec("from kling.models import NoSuchRequest")


def test_the_mock_is_reached_without_an_import_of_its_own():
    assert fresh("import kling; print(json.dumps(kling.mock.KlingMock().keys.api_key))")


def test_the_version_is_that_of_the_package():
    assert kling.__version__ == version("kling-openapi")
    assert "__version__" in dir(kling)
    assert "importlib.metadata" not in modules_after("import kling")


def test_an_unknown_name_is_an_attribute_error_that_names_it():
    with pytest.raises(AttributeError, match="module 'kling' has no attribute 'Klingon'"):
        _ = kling.Klingon


def modules_after(code):
    """Return the names of the modules that a fresh Python has loaded after some code."""
    return set(fresh(f"{code}; print(json.dumps(list(sys.modules)))"))


def fresh(code):
    """Return the JSON that a fresh Python prints."""
    path = f"sys.path[:0] = {[p for p in sys.path if p]!r}"
    command = [sys.executable, "-I", "-c", f"import json, sys; {path}; {code}"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def test_the_import_of_the_package_loads_nothing_heavy():
    heavy = {"httpx", "jsonschema_rs", "jwt", "attr", "attrs", "kling_api", "kling._client"}

    assert heavy & modules_after("import kling") == set()
    others = {"kling.models", "kling.mock", "kling.media", "kling.callbacks"}
    assert others & modules_after("from kling import Kling") == set()


def test_the_list_of_commands_loads_none_of_them():
    heavy = {"httpx", "attr", "kling.description", "kling._client", "kling._cli.task_commands"}

    loaded = modules_after(
        "from click.testing import CliRunner; from kling._cli import cli; "
        "assert 'validate' in CliRunner().invoke(cli, ['--help']).output"
    )

    assert heavy & loaded == set()


def test_a_client_with_an_api_key_loads_neither_rules_nor_tokens():
    loaded = modules_after("import kling; kling.Kling(api_key='k')")

    assert {"jsonschema_rs", "jwt", "kling.mock"} & loaded == set()
    # Each is a module of its own, and takes its time.
    assert [name for name in loaded if name.startswith("kling_api.models.")] == []


def test_a_check_of_a_request_loads_no_models_of_replies():
    fields = "model_name='kling-v3', prompt='A fox at dawn'"
    loaded = modules_after(
        f"import kling; kling.validate(kling.models.TextToVideoRequest({fields}))"
    )

    assert "kling_api.models.text_to_video_request" in loaded
    assert {"kling_api.models.task", "kling_api.models.api_error"} & loaded == set()


def test_a_task_has_its_status_and_its_outputs_without_its_model():
    video = {"url": "https://example.org/1.mp4"}
    reply = {"task_id": "1", "task_status": "succeed", "task_result": {"videos": [video]}}
    kept = {"format": 1, "family": "text_to_video", "reply": reply}
    seen = "task.status, task.outputs[0].url, task.external_task_id, task.units"
    code = f"import kling; task = kling.Task.from_dict({kept}); {seen}"

    assert "kling_api.models.task" not in modules_after(code)
    assert "kling_api.models.task" in modules_after(f"{code}; task.raw")


def members():
    for one in PUBLIC:
        yield one.__name__, one
        for name, member in vars(one).items() if inspect.isclass(one) else ():
            if not name.startswith("_") and (inspect.isfunction(member) or is_property(member)):
                yield f"{one.__name__}.{name}", member


def is_property(member):
    return isinstance(member, property | classmethod | staticmethod)


@for_each(members(), lambda one: one[0])
def test_everything_public_is_described(one):
    name, member = one
    # Data classes without a docstring get their signature for one.
    text = inspect.getdoc(member) or ""

    assert text[:1].isalpha(), f"{name} has no docstring"
    assert not text.startswith(f"{name}("), f"{name} has no docstring"


def test_the_packages_are_described():
    assert kling.__doc__
    assert kling.mock.__doc__
