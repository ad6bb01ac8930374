from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.task_reply import TaskReply
from ...models.video_effects_request import VideoEffectsRequest
from ...types import Response


def _get_kwargs(
    *,
    body: VideoEffectsRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/videos/effects",
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
    body: VideoEffectsRequest,
) -> Response[ApiError | TaskReply]:
    """Create a video-effects task

     Starts one video from a scene. You cannot choose a prompt, a model or a length.
    Kling adds and removes scenes several times a month, and no endpoint lists them. The scenes in this
    description are from Kling's page of 2026-09-20.
    A third party wrote on 2026-08-26 that 119 older scenes would end on 2026-09-15. It is not known
    which scenes these are, so this description does not mark any scene as retired.
    Each scene has its own price. Set external_task_id: if the reply is lost, you can look the task up
    instead of paying twice.
    Open: how long the video of a scene is.

    Args:
        body (VideoEffectsRequest): Video effects: A video from a template (a scene), with one
            image or two.
            The body of createVideoEffectsTask, POST /v1/videos/effects.
            The scene and its images.
            Rules:
            - input must have image instead of images, because this effect_scene takes one image.
            - input must have images instead of image, because this effect_scene takes two images.

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
    body: VideoEffectsRequest,
) -> TaskReply:
    """Create a video-effects task

     Starts one video from a scene. You cannot choose a prompt, a model or a length.
    Kling adds and removes scenes several times a month, and no endpoint lists them. The scenes in this
    description are from Kling's page of 2026-09-20.
    A third party wrote on 2026-08-26 that 119 older scenes would end on 2026-09-15. It is not known
    which scenes these are, so this description does not mark any scene as retired.
    Each scene has its own price. Set external_task_id: if the reply is lost, you can look the task up
    instead of paying twice.
    Open: how long the video of a scene is.

    Args:
        body (VideoEffectsRequest): Video effects: A video from a template (a scene), with one
            image or two.
            The body of createVideoEffectsTask, POST /v1/videos/effects.
            The scene and its images.
            Rules:
            - input must have image instead of images, because this effect_scene takes one image.
            - input must have images instead of image, because this effect_scene takes two images.

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
    body: VideoEffectsRequest,
) -> Response[ApiError | TaskReply]:
    """Create a video-effects task

     Starts one video from a scene. You cannot choose a prompt, a model or a length.
    Kling adds and removes scenes several times a month, and no endpoint lists them. The scenes in this
    description are from Kling's page of 2026-09-20.
    A third party wrote on 2026-08-26 that 119 older scenes would end on 2026-09-15. It is not known
    which scenes these are, so this description does not mark any scene as retired.
    Each scene has its own price. Set external_task_id: if the reply is lost, you can look the task up
    instead of paying twice.
    Open: how long the video of a scene is.

    Args:
        body (VideoEffectsRequest): Video effects: A video from a template (a scene), with one
            image or two.
            The body of createVideoEffectsTask, POST /v1/videos/effects.
            The scene and its images.
            Rules:
            - input must have image instead of images, because this effect_scene takes one image.
            - input must have images instead of image, because this effect_scene takes two images.

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
    body: VideoEffectsRequest,
) -> TaskReply:
    """Create a video-effects task

     Starts one video from a scene. You cannot choose a prompt, a model or a length.
    Kling adds and removes scenes several times a month, and no endpoint lists them. The scenes in this
    description are from Kling's page of 2026-09-20.
    A third party wrote on 2026-08-26 that 119 older scenes would end on 2026-09-15. It is not known
    which scenes these are, so this description does not mark any scene as retired.
    Each scene has its own price. Set external_task_id: if the reply is lost, you can look the task up
    instead of paying twice.
    Open: how long the video of a scene is.

    Args:
        body (VideoEffectsRequest): Video effects: A video from a template (a scene), with one
            image or two.
            The body of createVideoEffectsTask, POST /v1/videos/effects.
            The scene and its images.
            Rules:
            - input must have image instead of images, because this effect_scene takes one image.
            - input must have images instead of image, because this effect_scene takes two images.

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
