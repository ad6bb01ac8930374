from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.lip_sync_request import LipSyncRequest
from ...models.task_reply import TaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: LipSyncRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/videos/lip-sync",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
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
    *,
    client: AuthenticatedClient | Client,
    body: LipSyncRequest,
) -> Response[ApiError | TaskReply]:
    """Create a lip-sync task

     This is the older form, in one step. Advanced lip sync replaced it, and it is not on Kling's pages
    of March 2026.
    On 2026-09-28 the service still checked its input.
    Starts one video in which a person speaks a text or an audio clip.
    Without a person the task fails with "there is no human in the video".
    You pay for each task. The create takes no external_task_id, so Kling cannot recognize a repeated
    create.
    If you send an external_task_id, Kling does not refuse it, because it ignores unknown fields.
    Open: whether you can find a task by this external_task_id.

    Args:
        body (LipSyncRequest): Lip sync: The older form of lip sync, in one step. A person in a
            video speaks a text or an audio clip.
            The body of createLipSyncTask, POST /v1/videos/lip-sync.
            The video, and what the person in it says.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | TaskReply]
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
    body: LipSyncRequest,
) -> TaskReply:
    """Create a lip-sync task

     This is the older form, in one step. Advanced lip sync replaced it, and it is not on Kling's pages
    of March 2026.
    On 2026-09-28 the service still checked its input.
    Starts one video in which a person speaks a text or an audio clip.
    Without a person the task fails with "there is no human in the video".
    You pay for each task. The create takes no external_task_id, so Kling cannot recognize a repeated
    create.
    If you send an external_task_id, Kling does not refuse it, because it ignores unknown fields.
    Open: whether you can find a task by this external_task_id.

    Args:
        body (LipSyncRequest): Lip sync: The older form of lip sync, in one step. A person in a
            video speaks a text or an audio clip.
            The body of createLipSyncTask, POST /v1/videos/lip-sync.
            The video, and what the person in it says.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TaskReply
    """

    return errors.successful(
        sync_detailed(
            client=client,
            body=body,
        ),
        TaskReply,
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: LipSyncRequest,
) -> Response[ApiError | TaskReply]:
    """Create a lip-sync task

     This is the older form, in one step. Advanced lip sync replaced it, and it is not on Kling's pages
    of March 2026.
    On 2026-09-28 the service still checked its input.
    Starts one video in which a person speaks a text or an audio clip.
    Without a person the task fails with "there is no human in the video".
    You pay for each task. The create takes no external_task_id, so Kling cannot recognize a repeated
    create.
    If you send an external_task_id, Kling does not refuse it, because it ignores unknown fields.
    Open: whether you can find a task by this external_task_id.

    Args:
        body (LipSyncRequest): Lip sync: The older form of lip sync, in one step. A person in a
            video speaks a text or an audio clip.
            The body of createLipSyncTask, POST /v1/videos/lip-sync.
            The video, and what the person in it says.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | TaskReply]
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
    body: LipSyncRequest,
) -> TaskReply:
    """Create a lip-sync task

     This is the older form, in one step. Advanced lip sync replaced it, and it is not on Kling's pages
    of March 2026.
    On 2026-09-28 the service still checked its input.
    Starts one video in which a person speaks a text or an audio clip.
    Without a person the task fails with "there is no human in the video".
    You pay for each task. The create takes no external_task_id, so Kling cannot recognize a repeated
    create.
    If you send an external_task_id, Kling does not refuse it, because it ignores unknown fields.
    Open: whether you can find a task by this external_task_id.

    Args:
        body (LipSyncRequest): Lip sync: The older form of lip sync, in one step. A person in a
            video speaks a text or an audio clip.
            The body of createLipSyncTask, POST /v1/videos/lip-sync.
            The video, and what the person in it says.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TaskReply
    """

    return errors.successful(
        await asyncio_detailed(
            client=client,
            body=body,
        ),
        TaskReply,
    )
