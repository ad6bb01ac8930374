from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.get_tasks_reply import GetTasksReply
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    task_ids: list[str] | Unset = UNSET,
    external_task_ids: list[str] | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_task_ids: list[str] | Unset = UNSET
    if not isinstance(task_ids, Unset):
        json_task_ids = task_ids

    params["task_ids"] = json_task_ids

    json_external_task_ids: list[str] | Unset = UNSET
    if not isinstance(external_task_ids, Unset):
        json_external_task_ids = external_task_ids

    params["external_task_ids"] = json_external_task_ids

    params = {
        k: ",".join(v) if isinstance(v, list) else v
        for k, v in params.items()
        if v is not UNSET and v is not None
    }

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/tasks",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | GetTasksReply | None:
    if response.status_code == 200:
        response_200 = GetTasksReply.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = ApiError.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = ApiError.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = ApiError.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = ApiError.from_dict(response.json())

        return response_404

    if response.status_code == 429:
        response_429 = ApiError.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = ApiError.from_dict(response.json())

        return response_500

    if response.status_code == 503:
        response_503 = ApiError.from_dict(response.json())

        return response_503

    if response.status_code == 504:
        response_504 = ApiError.from_dict(response.json())

        return response_504

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ApiError | GetTasksReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    task_ids: list[str] | Unset = UNSET,
    external_task_ids: list[str] | Unset = UNSET,
) -> Response[ApiError | GetTasksReply]:
    """Get tasks by their ids

     Up to 20 tasks of either standard, by Kling's ids or by your own.
    Send either Kling's ids or your own ids, not both. Kling refuses a request without ids with 1201. It
    also refuses a request with more than 20 ids; this limit was seen, but is not on the page.
    The reply leaves out unknown ids.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The older host api.klingai.com does not have this path.

    Args:
        task_ids (list[str] | Unset):
        external_task_ids (list[str] | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | GetTasksReply]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            task_ids=task_ids,
            external_task_ids=external_task_ids,
        )
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    task_ids: list[str] | Unset = UNSET,
    external_task_ids: list[str] | Unset = UNSET,
) -> GetTasksReply:
    """Get tasks by their ids

     Up to 20 tasks of either standard, by Kling's ids or by your own.
    Send either Kling's ids or your own ids, not both. Kling refuses a request without ids with 1201. It
    also refuses a request with more than 20 ids; this limit was seen, but is not on the page.
    The reply leaves out unknown ids.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The older host api.klingai.com does not have this path.

    Args:
        task_ids (list[str] | Unset):
        external_task_ids (list[str] | Unset):

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GetTasksReply
    """

    return errors.successful(
        sync_detailed(
            client=client,
            task_ids=task_ids,
            external_task_ids=external_task_ids,
        ),
        GetTasksReply,
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    task_ids: list[str] | Unset = UNSET,
    external_task_ids: list[str] | Unset = UNSET,
) -> Response[ApiError | GetTasksReply]:
    """Get tasks by their ids

     Up to 20 tasks of either standard, by Kling's ids or by your own.
    Send either Kling's ids or your own ids, not both. Kling refuses a request without ids with 1201. It
    also refuses a request with more than 20 ids; this limit was seen, but is not on the page.
    The reply leaves out unknown ids.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The older host api.klingai.com does not have this path.

    Args:
        task_ids (list[str] | Unset):
        external_task_ids (list[str] | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | GetTasksReply]
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            task_ids=task_ids,
            external_task_ids=external_task_ids,
        )
    )

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    task_ids: list[str] | Unset = UNSET,
    external_task_ids: list[str] | Unset = UNSET,
) -> GetTasksReply:
    """Get tasks by their ids

     Up to 20 tasks of either standard, by Kling's ids or by your own.
    Send either Kling's ids or your own ids, not both. Kling refuses a request without ids with 1201. It
    also refuses a request with more than 20 ids; this limit was seen, but is not on the page.
    The reply leaves out unknown ids.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The older host api.klingai.com does not have this path.

    Args:
        task_ids (list[str] | Unset):
        external_task_ids (list[str] | Unset):

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GetTasksReply
    """

    return errors.successful(
        await asyncio_detailed(
            client=client,
            task_ids=task_ids,
            external_task_ids=external_task_ids,
        ),
        GetTasksReply,
    )
