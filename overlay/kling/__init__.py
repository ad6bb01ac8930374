"""Use Kling AI from Python: check a request before paying for it, and wait for its task.

from kling import Kling, models

with Kling() as client:
    task = client.run(models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn"))
    print(client.download(task, "out"))
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    __version__: str

    from kling import batch as batch
    from kling import callbacks as callbacks
    from kling import description as description
    from kling import errors as errors
    from kling import media as media
    from kling import mock as mock
    from kling import models as models
    from kling._client import AsyncKling as AsyncKling
    from kling._client import Kling as Kling
    from kling._client import RawResponse as RawResponse
    from kling._cost import Budget as Budget
    from kling._cost import Estimate as Estimate
    from kling._cost import Total as Total
    from kling._cost import estimate as estimate
    from kling._cost import estimate_all as estimate_all
    from kling._cost import estimate_body as estimate_body
    from kling._creating import next_try as next_try
    from kling._files import Progress as Progress
    from kling._http import CallOptions as CallOptions
    from kling._requests import Request as Request
    from kling._requests import Unlisted as Unlisted
    from kling._requests import operation_of as operation_of
    from kling._requests import request_class as request_class
    from kling._requests import validate as validate
    from kling._requests import validate_body as validate_body
    from kling._tasks import Account as Account
    from kling._tasks import Amount as Amount
    from kling._tasks import Deduction as Deduction
    from kling._tasks import Output as Output
    from kling._tasks import ResourcePackage as ResourcePackage
    from kling._tasks import Task as Task
    from kling.description import Problem as Problem
    from kling.errors import APIConnectionError as APIConnectionError
    from kling.errors import APIError as APIError
    from kling.errors import APIStatusError as APIStatusError
    from kling.errors import APITimeoutError as APITimeoutError
    from kling.errors import AuthenticationError as AuthenticationError
    from kling.errors import BadRequestError as BadRequestError
    from kling.errors import BudgetError as BudgetError
    from kling.errors import CallbackError as CallbackError
    from kling.errors import ConcurrencyLimitError as ConcurrencyLimitError
    from kling.errors import ContentPolicyError as ContentPolicyError
    from kling.errors import CredentialsError as CredentialsError
    from kling.errors import ErrorResponse as ErrorResponse
    from kling.errors import InsufficientBalanceError as InsufficientBalanceError
    from kling.errors import InternalServerError as InternalServerError
    from kling.errors import InvalidRequestError as InvalidRequestError
    from kling.errors import KlingError as KlingError
    from kling.errors import KlingWarning as KlingWarning
    from kling.errors import NotFoundError as NotFoundError
    from kling.errors import PermissionDeniedError as PermissionDeniedError
    from kling.errors import RateLimitError as RateLimitError
    from kling.errors import TaskError as TaskError
    from kling.errors import TaskFailedError as TaskFailedError
    from kling.errors import TaskTimeoutError as TaskTimeoutError

# Public name -> its module, imported on first use, so that `import kling` is fast.
_MODULES = {
    "Request": "_requests",
    "Unlisted": "_requests",
    "operation_of": "_requests",
    "request_class": "_requests",
    "validate": "_requests",
    "validate_body": "_requests",
    "Kling": "_client",
    "AsyncKling": "_client",
    "RawResponse": "_client",
    "Estimate": "_cost",
    "Total": "_cost",
    "estimate": "_cost",
    "estimate_all": "_cost",
    "estimate_body": "_cost",
    "Budget": "_cost",
    "next_try": "_creating",
    "CallOptions": "_http",
    "Problem": "description",
    "Account": "_tasks",
    "Amount": "_tasks",
    "Deduction": "_tasks",
    "Progress": "_files",
    "Output": "_tasks",
    "ResourcePackage": "_tasks",
    "Task": "_tasks",
    "APIConnectionError": "errors",
    "APIError": "errors",
    "APIStatusError": "errors",
    "APITimeoutError": "errors",
    "AuthenticationError": "errors",
    "BadRequestError": "errors",
    "BudgetError": "errors",
    "CallbackError": "errors",
    "ConcurrencyLimitError": "errors",
    "ContentPolicyError": "errors",
    "CredentialsError": "errors",
    "ErrorResponse": "errors",
    "InsufficientBalanceError": "errors",
    "InternalServerError": "errors",
    "InvalidRequestError": "errors",
    "KlingError": "errors",
    "KlingWarning": "errors",
    "NotFoundError": "errors",
    "PermissionDeniedError": "errors",
    "RateLimitError": "errors",
    "TaskError": "errors",
    "TaskFailedError": "errors",
    "TaskTimeoutError": "errors",
}

_PUBLIC_MODULES = ("batch", "callbacks", "description", "errors", "media", "mock", "models")

__all__ = (*_PUBLIC_MODULES, *_MODULES)


if not TYPE_CHECKING:  # a type checker that saw __getattr__ would accept any name

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
