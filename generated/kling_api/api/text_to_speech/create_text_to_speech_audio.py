from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.task_reply import TaskReply
from ...models.text_to_speech_request import TextToSpeechRequest
from ...types import Response


def _get_kwargs(
    *,
    body: TextToSpeechRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/audio/tts",
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
    body: TextToSpeechRequest,
) -> Response[ApiError | TaskReply]:
    """Create speech from a text

     Speaks a text, and returns the finished MP3 in the reply: there is no task to wait for, and no
    callback.
    The reply has the form of a task that has succeeded. Lip sync and avatar accept the audio for 30
    days.
    It takes no external_task_id, so Kling cannot recognize a repeated call.
    Costs 0.05 units of a video package.
    Open: whether a reply can come before the audio is finished. In that case, one client polls GET
    /v1/audio/tts/{task_id}, a path that Kling's pages do not have.

    Args:
        body (TextToSpeechRequest): Text to speech: Speech: a voice of Kling's TTS catalogue
            speaks a text.
            The body of createTextToSpeechAudio, POST /v1/audio/tts.
            The text, and how to speak it.

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
    body: TextToSpeechRequest,
) -> TaskReply:
    """Create speech from a text

     Speaks a text, and returns the finished MP3 in the reply: there is no task to wait for, and no
    callback.
    The reply has the form of a task that has succeeded. Lip sync and avatar accept the audio for 30
    days.
    It takes no external_task_id, so Kling cannot recognize a repeated call.
    Costs 0.05 units of a video package.
    Open: whether a reply can come before the audio is finished. In that case, one client polls GET
    /v1/audio/tts/{task_id}, a path that Kling's pages do not have.

    Args:
        body (TextToSpeechRequest): Text to speech: Speech: a voice of Kling's TTS catalogue
            speaks a text.
            The body of createTextToSpeechAudio, POST /v1/audio/tts.
            The text, and how to speak it.

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
    body: TextToSpeechRequest,
) -> Response[ApiError | TaskReply]:
    """Create speech from a text

     Speaks a text, and returns the finished MP3 in the reply: there is no task to wait for, and no
    callback.
    The reply has the form of a task that has succeeded. Lip sync and avatar accept the audio for 30
    days.
    It takes no external_task_id, so Kling cannot recognize a repeated call.
    Costs 0.05 units of a video package.
    Open: whether a reply can come before the audio is finished. In that case, one client polls GET
    /v1/audio/tts/{task_id}, a path that Kling's pages do not have.

    Args:
        body (TextToSpeechRequest): Text to speech: Speech: a voice of Kling's TTS catalogue
            speaks a text.
            The body of createTextToSpeechAudio, POST /v1/audio/tts.
            The text, and how to speak it.

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
    body: TextToSpeechRequest,
) -> TaskReply:
    """Create speech from a text

     Speaks a text, and returns the finished MP3 in the reply: there is no task to wait for, and no
    callback.
    The reply has the form of a task that has succeeded. Lip sync and avatar accept the audio for 30
    days.
    It takes no external_task_id, so Kling cannot recognize a repeated call.
    Costs 0.05 units of a video package.
    Open: whether a reply can come before the audio is finished. In that case, one client polls GET
    /v1/audio/tts/{task_id}, a path that Kling's pages do not have.

    Args:
        body (TextToSpeechRequest): Text to speech: Speech: a voice of Kling's TTS catalogue
            speaks a text.
            The body of createTextToSpeechAudio, POST /v1/audio/tts.
            The text, and how to speak it.

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
