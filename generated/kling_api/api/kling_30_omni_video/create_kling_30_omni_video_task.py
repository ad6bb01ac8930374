from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.kling_30_omni_video_request import Kling30OmniVideoRequest
from ...models.unified_task_reply import UnifiedTaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: Kling30OmniVideoRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/omni-video/kling-3.0-omni",
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
    body: Kling30OmniVideoRequest,
) -> Response[ApiError | UnifiedTaskReply]:
    """Create a Kling 3.0 Omni video task

     Starts one video of 3 to 15 s from any mix of text, reference images, a first and an end frame,
    elements and one video.
    In the /v1 standard, this model is kling-v3-omni. The path /omni-video/kling-v3-omni works in the
    same way.
    It accepts at most 3 video character elements, and with them at most 4 images and multi-image
    elements. With a video, it accepts one video character element, and with it no images and no multi-
    image elements.
    A multi-image element was made from images, a video character element from a video.
    The id of an element does not show its kind, so only Kling can check this.
    Two of Kling's own examples leave out aspect_ratio: one with only a prompt, and one with a
    feature_video. Kling has been seen to refuse such requests, so the example here has an aspect_ratio.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution, duration and audio, and is higher with an input video. Set
    options.external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    If multi_shot is absent, the model may cut the video into shots. For a single shot, set multi_shot
    to false.

    Args:
        body (Kling30OmniVideoRequest): Kling 3.0 Omni video: A video from any mix of text,
            images, elements and one video.
            The body of createKling30OmniVideoTask, POST /omni-video/kling-3.0-omni.
            The video to make.
            Rules:
            - contents must have at most one first_frame and at most one last_frame; send other images
            as refer_image.
            - contents must have a first_frame when it has a last_frame.
            - contents must have at most one video: either a feature_video or a base_video.
            - contents must have no first_frame and no last_frame with a base_video; send such images
            as refer_image.
            - contents must have at most 7 refer_images and elements together, or 4 with a
            feature_video or base_video.
            - settings.aspect_ratio must be given when contents has no first_frame and no base_video;
            a feature_video is not enough.
            - contents must not have the same id twice: the prompt refers to a part by @ and its id.
            - contents must have at most 3 elements with a first_frame.
            - settings.audio must not be "native" when contents has a feature_video, because the model
            then makes no sound.
            - settings.multi_shot must be false when contents has a base_video; the default is true.
            - settings.audio must not be "native" when contents has a base_video, because the model
            then makes no sound.
            - settings.audio must not be "original" when contents has no base_video and no
            feature_video, because there is no sound to keep.

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
    body: Kling30OmniVideoRequest,
) -> UnifiedTaskReply:
    """Create a Kling 3.0 Omni video task

     Starts one video of 3 to 15 s from any mix of text, reference images, a first and an end frame,
    elements and one video.
    In the /v1 standard, this model is kling-v3-omni. The path /omni-video/kling-v3-omni works in the
    same way.
    It accepts at most 3 video character elements, and with them at most 4 images and multi-image
    elements. With a video, it accepts one video character element, and with it no images and no multi-
    image elements.
    A multi-image element was made from images, a video character element from a video.
    The id of an element does not show its kind, so only Kling can check this.
    Two of Kling's own examples leave out aspect_ratio: one with only a prompt, and one with a
    feature_video. Kling has been seen to refuse such requests, so the example here has an aspect_ratio.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution, duration and audio, and is higher with an input video. Set
    options.external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    If multi_shot is absent, the model may cut the video into shots. For a single shot, set multi_shot
    to false.

    Args:
        body (Kling30OmniVideoRequest): Kling 3.0 Omni video: A video from any mix of text,
            images, elements and one video.
            The body of createKling30OmniVideoTask, POST /omni-video/kling-3.0-omni.
            The video to make.
            Rules:
            - contents must have at most one first_frame and at most one last_frame; send other images
            as refer_image.
            - contents must have a first_frame when it has a last_frame.
            - contents must have at most one video: either a feature_video or a base_video.
            - contents must have no first_frame and no last_frame with a base_video; send such images
            as refer_image.
            - contents must have at most 7 refer_images and elements together, or 4 with a
            feature_video or base_video.
            - settings.aspect_ratio must be given when contents has no first_frame and no base_video;
            a feature_video is not enough.
            - contents must not have the same id twice: the prompt refers to a part by @ and its id.
            - contents must have at most 3 elements with a first_frame.
            - settings.audio must not be "native" when contents has a feature_video, because the model
            then makes no sound.
            - settings.multi_shot must be false when contents has a base_video; the default is true.
            - settings.audio must not be "native" when contents has a base_video, because the model
            then makes no sound.
            - settings.audio must not be "original" when contents has no base_video and no
            feature_video, because there is no sound to keep.

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
    body: Kling30OmniVideoRequest,
) -> Response[ApiError | UnifiedTaskReply]:
    """Create a Kling 3.0 Omni video task

     Starts one video of 3 to 15 s from any mix of text, reference images, a first and an end frame,
    elements and one video.
    In the /v1 standard, this model is kling-v3-omni. The path /omni-video/kling-v3-omni works in the
    same way.
    It accepts at most 3 video character elements, and with them at most 4 images and multi-image
    elements. With a video, it accepts one video character element, and with it no images and no multi-
    image elements.
    A multi-image element was made from images, a video character element from a video.
    The id of an element does not show its kind, so only Kling can check this.
    Two of Kling's own examples leave out aspect_ratio: one with only a prompt, and one with a
    feature_video. Kling has been seen to refuse such requests, so the example here has an aspect_ratio.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution, duration and audio, and is higher with an input video. Set
    options.external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    If multi_shot is absent, the model may cut the video into shots. For a single shot, set multi_shot
    to false.

    Args:
        body (Kling30OmniVideoRequest): Kling 3.0 Omni video: A video from any mix of text,
            images, elements and one video.
            The body of createKling30OmniVideoTask, POST /omni-video/kling-3.0-omni.
            The video to make.
            Rules:
            - contents must have at most one first_frame and at most one last_frame; send other images
            as refer_image.
            - contents must have a first_frame when it has a last_frame.
            - contents must have at most one video: either a feature_video or a base_video.
            - contents must have no first_frame and no last_frame with a base_video; send such images
            as refer_image.
            - contents must have at most 7 refer_images and elements together, or 4 with a
            feature_video or base_video.
            - settings.aspect_ratio must be given when contents has no first_frame and no base_video;
            a feature_video is not enough.
            - contents must not have the same id twice: the prompt refers to a part by @ and its id.
            - contents must have at most 3 elements with a first_frame.
            - settings.audio must not be "native" when contents has a feature_video, because the model
            then makes no sound.
            - settings.multi_shot must be false when contents has a base_video; the default is true.
            - settings.audio must not be "native" when contents has a base_video, because the model
            then makes no sound.
            - settings.audio must not be "original" when contents has no base_video and no
            feature_video, because there is no sound to keep.

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
    body: Kling30OmniVideoRequest,
) -> UnifiedTaskReply:
    """Create a Kling 3.0 Omni video task

     Starts one video of 3 to 15 s from any mix of text, reference images, a first and an end frame,
    elements and one video.
    In the /v1 standard, this model is kling-v3-omni. The path /omni-video/kling-v3-omni works in the
    same way.
    It accepts at most 3 video character elements, and with them at most 4 images and multi-image
    elements. With a video, it accepts one video character element, and with it no images and no multi-
    image elements.
    A multi-image element was made from images, a video character element from a video.
    The id of an element does not show its kind, so only Kling can check this.
    Two of Kling's own examples leave out aspect_ratio: one with only a prompt, and one with a
    feature_video. Kling has been seen to refuse such requests, so the example here has an aspect_ratio.
    Use an API key: Kling refuses an access token with HTTP 401 and code 1002.
    The price depends on resolution, duration and audio, and is higher with an input video. Set
    options.external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    If multi_shot is absent, the model may cut the video into shots. For a single shot, set multi_shot
    to false.

    Args:
        body (Kling30OmniVideoRequest): Kling 3.0 Omni video: A video from any mix of text,
            images, elements and one video.
            The body of createKling30OmniVideoTask, POST /omni-video/kling-3.0-omni.
            The video to make.
            Rules:
            - contents must have at most one first_frame and at most one last_frame; send other images
            as refer_image.
            - contents must have a first_frame when it has a last_frame.
            - contents must have at most one video: either a feature_video or a base_video.
            - contents must have no first_frame and no last_frame with a base_video; send such images
            as refer_image.
            - contents must have at most 7 refer_images and elements together, or 4 with a
            feature_video or base_video.
            - settings.aspect_ratio must be given when contents has no first_frame and no base_video;
            a feature_video is not enough.
            - contents must not have the same id twice: the prompt refers to a part by @ and its id.
            - contents must have at most 3 elements with a first_frame.
            - settings.audio must not be "native" when contents has a feature_video, because the model
            then makes no sound.
            - settings.multi_shot must be false when contents has a base_video; the default is true.
            - settings.audio must not be "native" when contents has a base_video, because the model
            then makes no sound.
            - settings.audio must not be "original" when contents has no base_video and no
            feature_video, because there is no sound to keep.

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
