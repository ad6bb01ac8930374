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

     Starts one video that continues another video by 4 to 5 s, with the model and the mode of that
    video.
    The source video must have been made in the last 30 days with kling-v1, kling-v1-5 or kling-v1-6, by
    text to video, image to video or this endpoint.
    You can extend a result again as long as its total length is at most 3 minutes.
    You pay for each extension. Set external_task_id: if the reply is lost, you can look the task up
    instead of paying twice.
    Those models were retired on 2026-09-15, so you cannot make a new source video. Nobody has reported
    that the endpoint itself is closed.
    Instead, use omni video with a video of refer_type feature, and ask for the next or the previous
    shot.
    Open: the message with which Kling refuses a source video of another model.

    Args:
        body (VideoExtensionRequest): Video extension: A video that continues another video. Since
            2026-09-15, no model makes videos that can be continued; use omni video instead.
            The body of createVideoExtensionTask, POST /v1/videos/video-extend.
            The video to extend, and how. You cannot choose model and mode.
            Videos of kling-v1 do not support negative_prompt and cfg_scale. The id of a video does
            not show its model.

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

     Starts one video that continues another video by 4 to 5 s, with the model and the mode of that
    video.
    The source video must have been made in the last 30 days with kling-v1, kling-v1-5 or kling-v1-6, by
    text to video, image to video or this endpoint.
    You can extend a result again as long as its total length is at most 3 minutes.
    You pay for each extension. Set external_task_id: if the reply is lost, you can look the task up
    instead of paying twice.
    Those models were retired on 2026-09-15, so you cannot make a new source video. Nobody has reported
    that the endpoint itself is closed.
    Instead, use omni video with a video of refer_type feature, and ask for the next or the previous
    shot.
    Open: the message with which Kling refuses a source video of another model.

    Args:
        body (VideoExtensionRequest): Video extension: A video that continues another video. Since
            2026-09-15, no model makes videos that can be continued; use omni video instead.
            The body of createVideoExtensionTask, POST /v1/videos/video-extend.
            The video to extend, and how. You cannot choose model and mode.
            Videos of kling-v1 do not support negative_prompt and cfg_scale. The id of a video does
            not show its model.

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

     Starts one video that continues another video by 4 to 5 s, with the model and the mode of that
    video.
    The source video must have been made in the last 30 days with kling-v1, kling-v1-5 or kling-v1-6, by
    text to video, image to video or this endpoint.
    You can extend a result again as long as its total length is at most 3 minutes.
    You pay for each extension. Set external_task_id: if the reply is lost, you can look the task up
    instead of paying twice.
    Those models were retired on 2026-09-15, so you cannot make a new source video. Nobody has reported
    that the endpoint itself is closed.
    Instead, use omni video with a video of refer_type feature, and ask for the next or the previous
    shot.
    Open: the message with which Kling refuses a source video of another model.

    Args:
        body (VideoExtensionRequest): Video extension: A video that continues another video. Since
            2026-09-15, no model makes videos that can be continued; use omni video instead.
            The body of createVideoExtensionTask, POST /v1/videos/video-extend.
            The video to extend, and how. You cannot choose model and mode.
            Videos of kling-v1 do not support negative_prompt and cfg_scale. The id of a video does
            not show its model.

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

     Starts one video that continues another video by 4 to 5 s, with the model and the mode of that
    video.
    The source video must have been made in the last 30 days with kling-v1, kling-v1-5 or kling-v1-6, by
    text to video, image to video or this endpoint.
    You can extend a result again as long as its total length is at most 3 minutes.
    You pay for each extension. Set external_task_id: if the reply is lost, you can look the task up
    instead of paying twice.
    Those models were retired on 2026-09-15, so you cannot make a new source video. Nobody has reported
    that the endpoint itself is closed.
    Instead, use omni video with a video of refer_type feature, and ask for the next or the previous
    shot.
    Open: the message with which Kling refuses a source video of another model.

    Args:
        body (VideoExtensionRequest): Video extension: A video that continues another video. Since
            2026-09-15, no model makes videos that can be continued; use omni video instead.
            The body of createVideoExtensionTask, POST /v1/videos/video-extend.
            The video to extend, and how. You cannot choose model and mode.
            Videos of kling-v1 do not support negative_prompt and cfg_scale. The id of a video does
            not show its model.

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
