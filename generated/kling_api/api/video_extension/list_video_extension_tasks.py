from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.task_list_reply import TaskListReply
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["pageNum"] = page_num

    params["pageSize"] = page_size

    params = {
        k: ",".join(v) if isinstance(v, list) else v
        for k, v in params.items()
        if v is not UNSET and v is not None
    }

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/videos/video-extend",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | TaskListReply | None:
    if response.status_code == 200:
        response_200 = TaskListReply.from_dict(response.json())

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
) -> Response[ApiError | TaskListReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
) -> Response[ApiError | TaskListReply]:
    """List video-extension tasks

     One page of the account's video-extension tasks.
    You cannot make new source videos, because Kling retired their models on 2026-09-15.

    Args:
        page_num (int | Unset):
        page_size (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | TaskListReply]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            page_num=page_num,
            page_size=page_size,
        )
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
) -> TaskListReply:
    """List video-extension tasks

     One page of the account's video-extension tasks.
    You cannot make new source videos, because Kling retired their models on 2026-09-15.

    Args:
        page_num (int | Unset):
        page_size (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TaskListReply
    """

    return errors.successful(
        sync_detailed(
            client=client,
            page_num=page_num,
            page_size=page_size,
        ),
        TaskListReply,
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
) -> Response[ApiError | TaskListReply]:
    """List video-extension tasks

     One page of the account's video-extension tasks.
    You cannot make new source videos, because Kling retired their models on 2026-09-15.

    Args:
        page_num (int | Unset):
        page_size (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | TaskListReply]
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            page_num=page_num,
            page_size=page_size,
        )
    )

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    page_num: int | Unset = UNSET,
    page_size: int | Unset = UNSET,
) -> TaskListReply:
    """List video-extension tasks

     One page of the account's video-extension tasks.
    You cannot make new source videos, because Kling retired their models on 2026-09-15.

    Args:
        page_num (int | Unset):
        page_size (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TaskListReply
    """

    return errors.successful(
        await asyncio_detailed(
            client=client,
            page_num=page_num,
            page_size=page_size,
        ),
        TaskListReply,
    )
