from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.kling_o1_video_request import KlingO1VideoRequest
from ...models.unified_task_reply import UnifiedTaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: KlingO1VideoRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/omni-video/kling-o1",
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
    body: KlingO1VideoRequest,
) -> Response[ApiError | UnifiedTaskReply]:
    """Create a Kling O1 video task

     Starts one video of 3 to 10 s from any mix of text, reference images, a first and an end frame,
    elements and one video; it makes no sound.
    In the /v1 standard, this model is kling-video-o1.
    It accepts only elements made from images (multi-image elements). The id of an element does not show
    its kind, so only Kling can check this.
    According to a message of Kling, lengths other than 5 and 10 s need a refer_image. In Kling's table
    of models, these lengths also work with a first frame and an end frame, or with elements.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution and duration, and is higher with an input video. Set
    options.external_task_id: if the reply is lost, you can look the task up instead of paying twice.

    Args:
        body (KlingO1VideoRequest): Kling O1 video: A video from any mix of text, images, elements
            and one video.
            The body of createKlingO1VideoTask, POST /omni-video/kling-o1.
            The video to make.
            Rules:
            - the prompt in contents must have at most 2500 characters with this model.
            - contents must have at most one first_frame and at most one last_frame; send other images
            as refer_image.
            - contents must have a first_frame when it has a last_frame.
            - contents must have at most one video: either a feature_video or a base_video.
            - contents must have no first_frame and no last_frame with a base_video; send such images
            as refer_image.
            - contents must have at most 7 refer_images and elements together, or 4 with a
            feature_video or base_video.
            - settings.aspect_ratio must be given when contents has no first_frame, no feature_video
            and no base_video.
            - contents must not have the same id twice: the prompt refers to a part by @ and its id.
            - contents must have no refer_image and no element when it has both a first_frame and a
            last_frame.
            - contents must have no last_frame with a feature_video; a first_frame is allowed.
            - settings.duration must be 5 or 10 when contents has only a prompt, or a prompt and a
            first_frame; add a refer_image for other lengths.

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
    body: KlingO1VideoRequest,
) -> UnifiedTaskReply:
    """Create a Kling O1 video task

     Starts one video of 3 to 10 s from any mix of text, reference images, a first and an end frame,
    elements and one video; it makes no sound.
    In the /v1 standard, this model is kling-video-o1.
    It accepts only elements made from images (multi-image elements). The id of an element does not show
    its kind, so only Kling can check this.
    According to a message of Kling, lengths other than 5 and 10 s need a refer_image. In Kling's table
    of models, these lengths also work with a first frame and an end frame, or with elements.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution and duration, and is higher with an input video. Set
    options.external_task_id: if the reply is lost, you can look the task up instead of paying twice.

    Args:
        body (KlingO1VideoRequest): Kling O1 video: A video from any mix of text, images, elements
            and one video.
            The body of createKlingO1VideoTask, POST /omni-video/kling-o1.
            The video to make.
            Rules:
            - the prompt in contents must have at most 2500 characters with this model.
            - contents must have at most one first_frame and at most one last_frame; send other images
            as refer_image.
            - contents must have a first_frame when it has a last_frame.
            - contents must have at most one video: either a feature_video or a base_video.
            - contents must have no first_frame and no last_frame with a base_video; send such images
            as refer_image.
            - contents must have at most 7 refer_images and elements together, or 4 with a
            feature_video or base_video.
            - settings.aspect_ratio must be given when contents has no first_frame, no feature_video
            and no base_video.
            - contents must not have the same id twice: the prompt refers to a part by @ and its id.
            - contents must have no refer_image and no element when it has both a first_frame and a
            last_frame.
            - contents must have no last_frame with a feature_video; a first_frame is allowed.
            - settings.duration must be 5 or 10 when contents has only a prompt, or a prompt and a
            first_frame; add a refer_image for other lengths.

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
    body: KlingO1VideoRequest,
) -> Response[ApiError | UnifiedTaskReply]:
    """Create a Kling O1 video task

     Starts one video of 3 to 10 s from any mix of text, reference images, a first and an end frame,
    elements and one video; it makes no sound.
    In the /v1 standard, this model is kling-video-o1.
    It accepts only elements made from images (multi-image elements). The id of an element does not show
    its kind, so only Kling can check this.
    According to a message of Kling, lengths other than 5 and 10 s need a refer_image. In Kling's table
    of models, these lengths also work with a first frame and an end frame, or with elements.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution and duration, and is higher with an input video. Set
    options.external_task_id: if the reply is lost, you can look the task up instead of paying twice.

    Args:
        body (KlingO1VideoRequest): Kling O1 video: A video from any mix of text, images, elements
            and one video.
            The body of createKlingO1VideoTask, POST /omni-video/kling-o1.
            The video to make.
            Rules:
            - the prompt in contents must have at most 2500 characters with this model.
            - contents must have at most one first_frame and at most one last_frame; send other images
            as refer_image.
            - contents must have a first_frame when it has a last_frame.
            - contents must have at most one video: either a feature_video or a base_video.
            - contents must have no first_frame and no last_frame with a base_video; send such images
            as refer_image.
            - contents must have at most 7 refer_images and elements together, or 4 with a
            feature_video or base_video.
            - settings.aspect_ratio must be given when contents has no first_frame, no feature_video
            and no base_video.
            - contents must not have the same id twice: the prompt refers to a part by @ and its id.
            - contents must have no refer_image and no element when it has both a first_frame and a
            last_frame.
            - contents must have no last_frame with a feature_video; a first_frame is allowed.
            - settings.duration must be 5 or 10 when contents has only a prompt, or a prompt and a
            first_frame; add a refer_image for other lengths.

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
    body: KlingO1VideoRequest,
) -> UnifiedTaskReply:
    """Create a Kling O1 video task

     Starts one video of 3 to 10 s from any mix of text, reference images, a first and an end frame,
    elements and one video; it makes no sound.
    In the /v1 standard, this model is kling-video-o1.
    It accepts only elements made from images (multi-image elements). The id of an element does not show
    its kind, so only Kling can check this.
    According to a message of Kling, lengths other than 5 and 10 s need a refer_image. In Kling's table
    of models, these lengths also work with a first frame and an end frame, or with elements.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution and duration, and is higher with an input video. Set
    options.external_task_id: if the reply is lost, you can look the task up instead of paying twice.

    Args:
        body (KlingO1VideoRequest): Kling O1 video: A video from any mix of text, images, elements
            and one video.
            The body of createKlingO1VideoTask, POST /omni-video/kling-o1.
            The video to make.
            Rules:
            - the prompt in contents must have at most 2500 characters with this model.
            - contents must have at most one first_frame and at most one last_frame; send other images
            as refer_image.
            - contents must have a first_frame when it has a last_frame.
            - contents must have at most one video: either a feature_video or a base_video.
            - contents must have no first_frame and no last_frame with a base_video; send such images
            as refer_image.
            - contents must have at most 7 refer_images and elements together, or 4 with a
            feature_video or base_video.
            - settings.aspect_ratio must be given when contents has no first_frame, no feature_video
            and no base_video.
            - contents must not have the same id twice: the prompt refers to a part by @ and its id.
            - contents must have no refer_image and no element when it has both a first_frame and a
            last_frame.
            - contents must have no last_frame with a feature_video; a first_frame is allowed.
            - settings.duration must be 5 or 10 when contents has only a prompt, or a prompt and a
            first_frame; add a refer_image for other lengths.

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
