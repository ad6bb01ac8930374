"""Kling AI from Python: requests that are checked before they are paid for, and tasks to wait for.

from kling import Kling, models

with Kling() as client:
    task = client.run(models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn"))
    print(client.download(task, "out"))
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    __version__: str

    from kling import callbacks as callbacks
    from kling import media as media
    from kling import mock as mock
    from kling import models as models
    from kling._async_client import AsyncKling as AsyncKling
    from kling._billing import Deduction as Deduction
    from kling._calls import Request as Request
    from kling._checking import validate as validate
    from kling._checking import validate_body as validate_body
    from kling._client import Kling as Kling
    from kling._downloads import Progress as Progress
    from kling._errors import APIConnectionError as APIConnectionError
    from kling._errors import APIError as APIError
    from kling._errors import APIStatusError as APIStatusError
    from kling._errors import APITimeoutError as APITimeoutError
    from kling._errors import AuthenticationError as AuthenticationError
    from kling._errors import BadRequestError as BadRequestError
    from kling._errors import CallbackError as CallbackError
    from kling._errors import ConcurrencyLimitError as ConcurrencyLimitError
    from kling._errors import ContentPolicyError as ContentPolicyError
    from kling._errors import CredentialsError as CredentialsError
    from kling._errors import InsufficientBalanceError as InsufficientBalanceError
    from kling._errors import InternalServerError as InternalServerError
    from kling._errors import InvalidRequestError as InvalidRequestError
    from kling._errors import KlingError as KlingError
    from kling._errors import KlingWarning as KlingWarning
    from kling._errors import NotFoundError as NotFoundError
    from kling._errors import PermissionDeniedError as PermissionDeniedError
    from kling._errors import RateLimitError as RateLimitError
    from kling._errors import TaskError as TaskError
    from kling._errors import TaskFailedError as TaskFailedError
    from kling._errors import TaskTimeoutError as TaskTimeoutError
    from kling._money import Amount as Amount
    from kling._rules import Problem as Problem
    from kling._tasks import Output as Output
    from kling._tasks import Task as Task

# name -> where it lives; loaded when first asked for, so that `import kling` costs next to nothing.
_MODULES = {
    "Request": "_calls",
    "validate": "_checking",
    "validate_body": "_checking",
    "Kling": "_client",
    "AsyncKling": "_async_client",
    "Problem": "_rules",
    "Amount": "_money",
    "Deduction": "_billing",
    "Progress": "_downloads",
    "Output": "_tasks",
    "Task": "_tasks",
    "APIConnectionError": "_errors",
    "APIError": "_errors",
    "APIStatusError": "_errors",
    "APITimeoutError": "_errors",
    "AuthenticationError": "_errors",
    "BadRequestError": "_errors",
    "CallbackError": "_errors",
    "ConcurrencyLimitError": "_errors",
    "ContentPolicyError": "_errors",
    "CredentialsError": "_errors",
    "InsufficientBalanceError": "_errors",
    "InternalServerError": "_errors",
    "InvalidRequestError": "_errors",
    "KlingError": "_errors",
    "KlingWarning": "_errors",
    "NotFoundError": "_errors",
    "PermissionDeniedError": "_errors",
    "RateLimitError": "_errors",
    "TaskError": "_errors",
    "TaskFailedError": "_errors",
    "TaskTimeoutError": "_errors",
}

_PUBLIC_MODULES = ("callbacks", "media", "mock", "models")

__all__ = (*_PUBLIC_MODULES, *_MODULES)


if not TYPE_CHECKING:  # a checker would take every name for a good one

    def __getattr__(name: str) -> Any:
        if name in _PUBLIC_MODULES:
            return import_module(f"kling.{name}")
        if name == "__version__":
            value = import_module("importlib.metadata").version("kling-openapi")
        elif name in _MODULES:
            value = getattr(import_module(f"kling.{_MODULES[name]}"), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
