from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.kling_30_turbo_image_to_video_request import (
    Kling30TurboImageToVideoRequest,
)
from ...models.unified_task_reply import UnifiedTaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: Kling30TurboImageToVideoRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/image-to-video/kling-3.0-turbo",
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
    body: Kling30TurboImageToVideoRequest,
) -> Response[ApiError | UnifiedTaskReply]:
    """Create a Kling 3.0 Turbo image-to-video task

     Starts one video of 3 to 15 s from a first frame. An end frame is not supported.
    The video always has sound; no field turns it off.
    According to Kling's page, the prompt has at most 2500 characters, although text to video with this
    model takes 3072.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution and duration, and includes the sound. Set options.external_task_id:
    if the reply is lost, you can look the task up instead of paying twice.

    Args:
        body (Kling30TurboImageToVideoRequest): Kling 3.0 Turbo image to video: A video that
            begins with a given image.
            The body of createKling30TurboImageToVideoTask, POST /image-to-video/kling-3.0-turbo.
            The video to make.
            Rules:
            - contents must have a first_frame, the image that the video begins with.
            - the prompt in contents must have at most 2500 characters with this model.

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
    body: Kling30TurboImageToVideoRequest,
) -> UnifiedTaskReply:
    """Create a Kling 3.0 Turbo image-to-video task

     Starts one video of 3 to 15 s from a first frame. An end frame is not supported.
    The video always has sound; no field turns it off.
    According to Kling's page, the prompt has at most 2500 characters, although text to video with this
    model takes 3072.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution and duration, and includes the sound. Set options.external_task_id:
    if the reply is lost, you can look the task up instead of paying twice.

    Args:
        body (Kling30TurboImageToVideoRequest): Kling 3.0 Turbo image to video: A video that
            begins with a given image.
            The body of createKling30TurboImageToVideoTask, POST /image-to-video/kling-3.0-turbo.
            The video to make.
            Rules:
            - contents must have a first_frame, the image that the video begins with.
            - the prompt in contents must have at most 2500 characters with this model.

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
    body: Kling30TurboImageToVideoRequest,
) -> Response[ApiError | UnifiedTaskReply]:
    """Create a Kling 3.0 Turbo image-to-video task

     Starts one video of 3 to 15 s from a first frame. An end frame is not supported.
    The video always has sound; no field turns it off.
    According to Kling's page, the prompt has at most 2500 characters, although text to video with this
    model takes 3072.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution and duration, and includes the sound. Set options.external_task_id:
    if the reply is lost, you can look the task up instead of paying twice.

    Args:
        body (Kling30TurboImageToVideoRequest): Kling 3.0 Turbo image to video: A video that
            begins with a given image.
            The body of createKling30TurboImageToVideoTask, POST /image-to-video/kling-3.0-turbo.
            The video to make.
            Rules:
            - contents must have a first_frame, the image that the video begins with.
            - the prompt in contents must have at most 2500 characters with this model.

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
    body: Kling30TurboImageToVideoRequest,
) -> UnifiedTaskReply:
    """Create a Kling 3.0 Turbo image-to-video task

     Starts one video of 3 to 15 s from a first frame. An end frame is not supported.
    The video always has sound; no field turns it off.
    According to Kling's page, the prompt has at most 2500 characters, although text to video with this
    model takes 3072.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution and duration, and includes the sound. Set options.external_task_id:
    if the reply is lost, you can look the task up instead of paying twice.

    Args:
        body (Kling30TurboImageToVideoRequest): Kling 3.0 Turbo image to video: A video that
            begins with a given image.
            The body of createKling30TurboImageToVideoTask, POST /image-to-video/kling-3.0-turbo.
            The video to make.
            Rules:
            - contents must have a first_frame, the image that the video begins with.
            - the prompt in contents must have at most 2500 characters with this model.

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
