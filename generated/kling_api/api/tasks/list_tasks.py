from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.list_tasks_reply import ListTasksReply
from ...models.list_tasks_request import ListTasksRequest
from ...types import Response


def _get_kwargs(
    *,
    body: ListTasksRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/tasks",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | ListTasksReply | None:
    if response.status_code == 200:
        response_200 = ListTasksReply.from_dict(response.json())

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
) -> Response[ApiError | ListTasksReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ListTasksRequest,
) -> Response[ApiError | ListTasksReply]:
    """List tasks

     The tasks of a period, from both standards, newest first, one part at a time.
    In the first call, send times and filters. While has_more is true, send next_cursor as cursor in the
    next call.
    Only asynchronous tasks are on the list.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    Open: in which order the tasks come. This description assumes that the newest comes first.

    Args:
        body (ListTasksRequest): Tasks: The tasks of an account, both those of the paths below /v1
            and those of the current standard.
            The body of listTasks, POST /tasks.
            Which tasks to list.
            Rules:
            - start_time must be before end_time.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ListTasksReply]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: ListTasksRequest,
) -> ListTasksReply:
    """List tasks

     The tasks of a period, from both standards, newest first, one part at a time.
    In the first call, send times and filters. While has_more is true, send next_cursor as cursor in the
    next call.
    Only asynchronous tasks are on the list.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    Open: in which order the tasks come. This description assumes that the newest comes first.

    Args:
        body (ListTasksRequest): Tasks: The tasks of an account, both those of the paths below /v1
            and those of the current standard.
            The body of listTasks, POST /tasks.
            Which tasks to list.
            Rules:
            - start_time must be before end_time.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ListTasksReply
    """

    return errors.successful(
        sync_detailed(
            client=client,
            body=body,
        ),
        ListTasksReply,
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ListTasksRequest,
) -> Response[ApiError | ListTasksReply]:
    """List tasks

     The tasks of a period, from both standards, newest first, one part at a time.
    In the first call, send times and filters. While has_more is true, send next_cursor as cursor in the
    next call.
    Only asynchronous tasks are on the list.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    Open: in which order the tasks come. This description assumes that the newest comes first.

    Args:
        body (ListTasksRequest): Tasks: The tasks of an account, both those of the paths below /v1
            and those of the current standard.
            The body of listTasks, POST /tasks.
            Which tasks to list.
            Rules:
            - start_time must be before end_time.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ListTasksReply]
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: ListTasksRequest,
) -> ListTasksReply:
    """List tasks

     The tasks of a period, from both standards, newest first, one part at a time.
    In the first call, send times and filters. While has_more is true, send next_cursor as cursor in the
    next call.
    Only asynchronous tasks are on the list.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    Open: in which order the tasks come. This description assumes that the newest comes first.

    Args:
        body (ListTasksRequest): Tasks: The tasks of an account, both those of the paths below /v1
            and those of the current standard.
            The body of listTasks, POST /tasks.
            Which tasks to list.
            Rules:
            - start_time must be before end_time.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ListTasksReply
    """

    return errors.successful(
        await asyncio_detailed(
            client=client,
            body=body,
        ),
        ListTasksReply,
    )
