from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.avatar_request import AvatarRequest
from ...models.task_reply import TaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: AvatarRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/videos/avatar/image2video",
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
    body: AvatarRequest,
) -> Response[ApiError | TaskReply]:
    """Create an avatar task

     Starts one video in which the person in an image speaks the given audio.
    The video is as long as the audio and has the aspect ratio of the image.
    You cannot choose a model. Make the speech first, with the speech API.
    The price depends on mode and the length of the audio. Set external_task_id: if the reply is lost,
    you can look the task up instead of paying twice.
    If the image has several faces, you cannot choose one of them, according to a page of October 2025;
    later pages do not mention this.
    Open: the greatest length in mode std and in mode pro.

    Args:
        body (AvatarRequest): Avatar: A portrait that speaks or sings the given audio.
            The body of createAvatarTask, POST /v1/videos/avatar/image2video.
            The portrait, and the audio to speak.
            Rules:
            - exactly one of audio_id and sound_file must have a value; leave the other one out.

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
    body: AvatarRequest,
) -> TaskReply:
    """Create an avatar task

     Starts one video in which the person in an image speaks the given audio.
    The video is as long as the audio and has the aspect ratio of the image.
    You cannot choose a model. Make the speech first, with the speech API.
    The price depends on mode and the length of the audio. Set external_task_id: if the reply is lost,
    you can look the task up instead of paying twice.
    If the image has several faces, you cannot choose one of them, according to a page of October 2025;
    later pages do not mention this.
    Open: the greatest length in mode std and in mode pro.

    Args:
        body (AvatarRequest): Avatar: A portrait that speaks or sings the given audio.
            The body of createAvatarTask, POST /v1/videos/avatar/image2video.
            The portrait, and the audio to speak.
            Rules:
            - exactly one of audio_id and sound_file must have a value; leave the other one out.

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
    body: AvatarRequest,
) -> Response[ApiError | TaskReply]:
    """Create an avatar task

     Starts one video in which the person in an image speaks the given audio.
    The video is as long as the audio and has the aspect ratio of the image.
    You cannot choose a model. Make the speech first, with the speech API.
    The price depends on mode and the length of the audio. Set external_task_id: if the reply is lost,
    you can look the task up instead of paying twice.
    If the image has several faces, you cannot choose one of them, according to a page of October 2025;
    later pages do not mention this.
    Open: the greatest length in mode std and in mode pro.

    Args:
        body (AvatarRequest): Avatar: A portrait that speaks or sings the given audio.
            The body of createAvatarTask, POST /v1/videos/avatar/image2video.
            The portrait, and the audio to speak.
            Rules:
            - exactly one of audio_id and sound_file must have a value; leave the other one out.

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
    body: AvatarRequest,
) -> TaskReply:
    """Create an avatar task

     Starts one video in which the person in an image speaks the given audio.
    The video is as long as the audio and has the aspect ratio of the image.
    You cannot choose a model. Make the speech first, with the speech API.
    The price depends on mode and the length of the audio. Set external_task_id: if the reply is lost,
    you can look the task up instead of paying twice.
    If the image has several faces, you cannot choose one of them, according to a page of October 2025;
    later pages do not mention this.
    Open: the greatest length in mode std and in mode pro.

    Args:
        body (AvatarRequest): Avatar: A portrait that speaks or sings the given audio.
            The body of createAvatarTask, POST /v1/videos/avatar/image2video.
            The portrait, and the audio to speak.
            Rules:
            - exactly one of audio_id and sound_file must have a value; leave the other one out.

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
