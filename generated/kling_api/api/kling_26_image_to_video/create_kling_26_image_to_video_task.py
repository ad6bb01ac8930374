from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.kling_26_image_to_video_request import Kling26ImageToVideoRequest
from ...models.unified_task_reply import UnifiedTaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: Kling26ImageToVideoRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/image-to-video/kling-2.6",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | UnifiedTaskReply | None:
    if response.status_code == 200:
        response_200 = UnifiedTaskReply.from_dict(response.json())

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
) -> Response[ApiError | UnifiedTaskReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: Kling26ImageToVideoRequest,
) -> Response[ApiError | UnifiedTaskReply]:
    """Create a Kling 2.6 image-to-video task

     Starts one video of 5 or 10 s from a first frame, with or without an end frame. Storyboards are not
    supported.
    In the /v1 standard, this model is kling-v2-6.
    According to Kling's capability map of 2026-05-19, a video with an end frame is silent. The model's
    own page only says that an end frame needs 1080p.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution, duration and audio, and is higher with a voice. Set
    options.external_task_id: if the reply is lost, you can look the task up instead of paying twice.

    Args:
        body (Kling26ImageToVideoRequest): Kling 2.6 image to video: A video that begins with a
            given image.
            The body of createKling26ImageToVideoTask, POST /image-to-video/kling-2.6.
            The video to make.
            Rules:
            - contents must have a first_frame, the image that the video begins with. A last_frame by
            itself does not work.
            - the prompt in contents must have at most 2500 characters with this model.
            - settings.audio can be "native" with this model only when settings.resolution is 1080p;
            the default resolution is 720p.
            - settings.resolution must be 1080p when contents has a last_frame; the default is 720p.
            - settings.audio must be "off" when contents has a last_frame.
            - settings.audio must be "native" when contents has a voice; the default is "off".
            - contents must have at most 2 voices.
            - contents must not have the same id twice: the prompt refers to a part by @ and its id.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | UnifiedTaskReply]
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
    body: Kling26ImageToVideoRequest,
) -> UnifiedTaskReply:
    """Create a Kling 2.6 image-to-video task

     Starts one video of 5 or 10 s from a first frame, with or without an end frame. Storyboards are not
    supported.
    In the /v1 standard, this model is kling-v2-6.
    According to Kling's capability map of 2026-05-19, a video with an end frame is silent. The model's
    own page only says that an end frame needs 1080p.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution, duration and audio, and is higher with a voice. Set
    options.external_task_id: if the reply is lost, you can look the task up instead of paying twice.

    Args:
        body (Kling26ImageToVideoRequest): Kling 2.6 image to video: A video that begins with a
            given image.
            The body of createKling26ImageToVideoTask, POST /image-to-video/kling-2.6.
            The video to make.
            Rules:
            - contents must have a first_frame, the image that the video begins with. A last_frame by
            itself does not work.
            - the prompt in contents must have at most 2500 characters with this model.
            - settings.audio can be "native" with this model only when settings.resolution is 1080p;
            the default resolution is 720p.
            - settings.resolution must be 1080p when contents has a last_frame; the default is 720p.
            - settings.audio must be "off" when contents has a last_frame.
            - settings.audio must be "native" when contents has a voice; the default is "off".
            - contents must have at most 2 voices.
            - contents must not have the same id twice: the prompt refers to a part by @ and its id.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        UnifiedTaskReply
    """

    return errors.successful(
        sync_detailed(
            client=client,
            body=body,
        ),
        UnifiedTaskReply,
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: Kling26ImageToVideoRequest,
) -> Response[ApiError | UnifiedTaskReply]:
    """Create a Kling 2.6 image-to-video task

     Starts one video of 5 or 10 s from a first frame, with or without an end frame. Storyboards are not
    supported.
    In the /v1 standard, this model is kling-v2-6.
    According to Kling's capability map of 2026-05-19, a video with an end frame is silent. The model's
    own page only says that an end frame needs 1080p.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution, duration and audio, and is higher with a voice. Set
    options.external_task_id: if the reply is lost, you can look the task up instead of paying twice.

    Args:
        body (Kling26ImageToVideoRequest): Kling 2.6 image to video: A video that begins with a
            given image.
            The body of createKling26ImageToVideoTask, POST /image-to-video/kling-2.6.
            The video to make.
            Rules:
            - contents must have a first_frame, the image that the video begins with. A last_frame by
            itself does not work.
            - the prompt in contents must have at most 2500 characters with this model.
            - settings.audio can be "native" with this model only when settings.resolution is 1080p;
            the default resolution is 720p.
            - settings.resolution must be 1080p when contents has a last_frame; the default is 720p.
            - settings.audio must be "off" when contents has a last_frame.
            - settings.audio must be "native" when contents has a voice; the default is "off".
            - contents must have at most 2 voices.
            - contents must not have the same id twice: the prompt refers to a part by @ and its id.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | UnifiedTaskReply]
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
    body: Kling26ImageToVideoRequest,
) -> UnifiedTaskReply:
    """Create a Kling 2.6 image-to-video task

     Starts one video of 5 or 10 s from a first frame, with or without an end frame. Storyboards are not
    supported.
    In the /v1 standard, this model is kling-v2-6.
    According to Kling's capability map of 2026-05-19, a video with an end frame is silent. The model's
    own page only says that an end frame needs 1080p.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution, duration and audio, and is higher with a voice. Set
    options.external_task_id: if the reply is lost, you can look the task up instead of paying twice.

    Args:
        body (Kling26ImageToVideoRequest): Kling 2.6 image to video: A video that begins with a
            given image.
            The body of createKling26ImageToVideoTask, POST /image-to-video/kling-2.6.
            The video to make.
            Rules:
            - contents must have a first_frame, the image that the video begins with. A last_frame by
            itself does not work.
            - the prompt in contents must have at most 2500 characters with this model.
            - settings.audio can be "native" with this model only when settings.resolution is 1080p;
            the default resolution is 720p.
            - settings.resolution must be 1080p when contents has a last_frame; the default is 720p.
            - settings.audio must be "off" when contents has a last_frame.
            - settings.audio must be "native" when contents has a voice; the default is "off".
            - contents must have at most 2 voices.
            - contents must not have the same id twice: the prompt refers to a part by @ and its id.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        UnifiedTaskReply
    """

    return errors.successful(
        await asyncio_detailed(
            client=client,
            body=body,
        ),
        UnifiedTaskReply,
    )
