from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.advanced_lip_sync_request import AdvancedLipSyncRequest
from ...models.api_error import ApiError
from ...models.task_reply import TaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: AdvancedLipSyncRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/videos/advanced-lip-sync",
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
    body: AdvancedLipSyncRequest,
) -> Response[ApiError | TaskReply]:
    """Create an advanced-lip-sync task

     Starts one video, in which one of the faces of a session speaks a part of an audio clip.
    The part of the audio must end within the video. The face must be visible during at least 2000 ms of
    it.
    Costs 0.5 units per 5 s (price list of September 2026).
    Open: whether a started block of 5 s counts in full.
    Open: what happens to a task whose session has ended.

    Args:
        body (AdvancedLipSyncRequest): Advanced lip sync: A person in a video speaks the given
            audio. First create a session, which finds the faces in the video; then choose one of
            them.
            The body of createAdvancedLipSyncTask, POST /v1/videos/advanced-lip-sync.
            The face, and the audio that it speaks.
            Rules:
            - face_choose must use at least 2000 ms of the audio: sound_end_time minus
            sound_start_time must be 2000 or more.

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
    body: AdvancedLipSyncRequest,
) -> TaskReply:
    """Create an advanced-lip-sync task

     Starts one video, in which one of the faces of a session speaks a part of an audio clip.
    The part of the audio must end within the video. The face must be visible during at least 2000 ms of
    it.
    Costs 0.5 units per 5 s (price list of September 2026).
    Open: whether a started block of 5 s counts in full.
    Open: what happens to a task whose session has ended.

    Args:
        body (AdvancedLipSyncRequest): Advanced lip sync: A person in a video speaks the given
            audio. First create a session, which finds the faces in the video; then choose one of
            them.
            The body of createAdvancedLipSyncTask, POST /v1/videos/advanced-lip-sync.
            The face, and the audio that it speaks.
            Rules:
            - face_choose must use at least 2000 ms of the audio: sound_end_time minus
            sound_start_time must be 2000 or more.

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
    body: AdvancedLipSyncRequest,
) -> Response[ApiError | TaskReply]:
    """Create an advanced-lip-sync task

     Starts one video, in which one of the faces of a session speaks a part of an audio clip.
    The part of the audio must end within the video. The face must be visible during at least 2000 ms of
    it.
    Costs 0.5 units per 5 s (price list of September 2026).
    Open: whether a started block of 5 s counts in full.
    Open: what happens to a task whose session has ended.

    Args:
        body (AdvancedLipSyncRequest): Advanced lip sync: A person in a video speaks the given
            audio. First create a session, which finds the faces in the video; then choose one of
            them.
            The body of createAdvancedLipSyncTask, POST /v1/videos/advanced-lip-sync.
            The face, and the audio that it speaks.
            Rules:
            - face_choose must use at least 2000 ms of the audio: sound_end_time minus
            sound_start_time must be 2000 or more.

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
    body: AdvancedLipSyncRequest,
) -> TaskReply:
    """Create an advanced-lip-sync task

     Starts one video, in which one of the faces of a session speaks a part of an audio clip.
    The part of the audio must end within the video. The face must be visible during at least 2000 ms of
    it.
    Costs 0.5 units per 5 s (price list of September 2026).
    Open: whether a started block of 5 s counts in full.
    Open: what happens to a task whose session has ended.

    Args:
        body (AdvancedLipSyncRequest): Advanced lip sync: A person in a video speaks the given
            audio. First create a session, which finds the faces in the video; then choose one of
            them.
            The body of createAdvancedLipSyncTask, POST /v1/videos/advanced-lip-sync.
            The face, and the audio that it speaks.
            Rules:
            - face_choose must use at least 2000 ms of the audio: sound_end_time minus
            sound_start_time must be 2000 or more.

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
