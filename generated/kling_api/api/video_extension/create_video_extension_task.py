from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.task_reply import TaskReply
from ...models.video_extension_request import VideoExtensionRequest
from ...types import Response


def _get_kwargs(
    *,
    body: VideoExtensionRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/videos/video-extend",
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
    body: VideoExtensionRequest,
) -> Response[ApiError | TaskReply]:
    """Create a video-extension task

     Starts one video that goes on 4 to 5 s after the end of another one, with the model and the mode of
    that one.
    The other one was made with kling-v1, kling-v1-5 or kling-v1-6 in the last 30 days, by text to
    video, image to video or this endpoint.
    A result can be extended again while it has at most 3 minutes in all.
    Each extension is paid for; set external_task_id, so that a create whose answer is lost can be
    looked up rather than paid for twice.
    Those models were retired on 2026-09-15, so that no new source can be made; nobody has reported that
    the endpoint itself is closed.
    Use omni video with a video of refer_type feature, and ask for the next or the previous shot,
    instead.
    Open: the words of the refusal of a source of another model.

    Args:
        body (VideoExtensionRequest): Video extension: A video that goes on where another one
            ended; without sources since 2026-09-15, use omni video.
            The body of createVideoExtensionTask, POST /v1/videos/video-extend.
            What to extend, and how. Model and mode cannot be chosen.
            Videos of kling-v1 support neither negative_prompt nor cfg_scale; from the id alone this
            cannot be seen.

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
    body: VideoExtensionRequest,
) -> TaskReply:
    """Create a video-extension task

     Starts one video that goes on 4 to 5 s after the end of another one, with the model and the mode of
    that one.
    The other one was made with kling-v1, kling-v1-5 or kling-v1-6 in the last 30 days, by text to
    video, image to video or this endpoint.
    A result can be extended again while it has at most 3 minutes in all.
    Each extension is paid for; set external_task_id, so that a create whose answer is lost can be
    looked up rather than paid for twice.
    Those models were retired on 2026-09-15, so that no new source can be made; nobody has reported that
    the endpoint itself is closed.
    Use omni video with a video of refer_type feature, and ask for the next or the previous shot,
    instead.
    Open: the words of the refusal of a source of another model.

    Args:
        body (VideoExtensionRequest): Video extension: A video that goes on where another one
            ended; without sources since 2026-09-15, use omni video.
            The body of createVideoExtensionTask, POST /v1/videos/video-extend.
            What to extend, and how. Model and mode cannot be chosen.
            Videos of kling-v1 support neither negative_prompt nor cfg_scale; from the id alone this
            cannot be seen.

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
    body: VideoExtensionRequest,
) -> Response[ApiError | TaskReply]:
    """Create a video-extension task

     Starts one video that goes on 4 to 5 s after the end of another one, with the model and the mode of
    that one.
    The other one was made with kling-v1, kling-v1-5 or kling-v1-6 in the last 30 days, by text to
    video, image to video or this endpoint.
    A result can be extended again while it has at most 3 minutes in all.
    Each extension is paid for; set external_task_id, so that a create whose answer is lost can be
    looked up rather than paid for twice.
    Those models were retired on 2026-09-15, so that no new source can be made; nobody has reported that
    the endpoint itself is closed.
    Use omni video with a video of refer_type feature, and ask for the next or the previous shot,
    instead.
    Open: the words of the refusal of a source of another model.

    Args:
        body (VideoExtensionRequest): Video extension: A video that goes on where another one
            ended; without sources since 2026-09-15, use omni video.
            The body of createVideoExtensionTask, POST /v1/videos/video-extend.
            What to extend, and how. Model and mode cannot be chosen.
            Videos of kling-v1 support neither negative_prompt nor cfg_scale; from the id alone this
            cannot be seen.

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
    body: VideoExtensionRequest,
) -> TaskReply:
    """Create a video-extension task

     Starts one video that goes on 4 to 5 s after the end of another one, with the model and the mode of
    that one.
    The other one was made with kling-v1, kling-v1-5 or kling-v1-6 in the last 30 days, by text to
    video, image to video or this endpoint.
    A result can be extended again while it has at most 3 minutes in all.
    Each extension is paid for; set external_task_id, so that a create whose answer is lost can be
    looked up rather than paid for twice.
    Those models were retired on 2026-09-15, so that no new source can be made; nobody has reported that
    the endpoint itself is closed.
    Use omni video with a video of refer_type feature, and ask for the next or the previous shot,
    instead.
    Open: the words of the refusal of a source of another model.

    Args:
        body (VideoExtensionRequest): Video extension: A video that goes on where another one
            ended; without sources since 2026-09-15, use omni video.
            The body of createVideoExtensionTask, POST /v1/videos/video-extend.
            What to extend, and how. Model and mode cannot be chosen.
            Videos of kling-v1 support neither negative_prompt nor cfg_scale; from the id alone this
            cannot be seen.

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
