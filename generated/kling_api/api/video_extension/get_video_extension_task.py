from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.task_reply import TaskReply
from ...types import Response


def _get_kwargs(
    id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/videos/video-extend/{id}".format(
            id=quote(str(id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | TaskReply | None:
    if response.status_code == 200:
        response_200 = TaskReply.from_dict(response.json())

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
) -> Response[ApiError | TaskReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ApiError | TaskReply]:
    """Get a video-extension task

     One task, by Kling's id or by your external_task_id.
    You cannot make new source videos, because Kling retired their models on 2026-09-15.

    Args:
        id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | TaskReply]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            id=id,
        )
    )

    return _build_response(client=client, response=response)


def sync(
    id: str,
    *,
    client: AuthenticatedClient | Client,
) -> TaskReply:
    """Get a video-extension task

     One task, by Kling's id or by your external_task_id.
    You cannot make new source videos, because Kling retired their models on 2026-09-15.

    Args:
        id (str):

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TaskReply
    """

    return errors.successful(
        sync_detailed(
            id=id,
            client=client,
        ),
        TaskReply,
    )


async def asyncio_detailed(
    id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ApiError | TaskReply]:
    """Get a video-extension task

     One task, by Kling's id or by your external_task_id.
    You cannot make new source videos, because Kling retired their models on 2026-09-15.

    Args:
        id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | TaskReply]
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            id=id,
        )
    )

    return _build_response(client=client, response=response)


async def asyncio(
    id: str,
    *,
    client: AuthenticatedClient | Client,
) -> TaskReply:
    """Get a video-extension task

     One task, by Kling's id or by your external_task_id.
    You cannot make new source videos, because Kling retired their models on 2026-09-15.

    Args:
        id (str):

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TaskReply
    """

    return errors.successful(
        await asyncio_detailed(
            id=id,
            client=client,
        ),
        TaskReply,
    )
