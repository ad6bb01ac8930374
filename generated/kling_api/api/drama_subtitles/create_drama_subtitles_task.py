from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.drama_subtitles_request import DramaSubtitlesRequest
from ...models.unified_task_reply import UnifiedTaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: DramaSubtitlesRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/solutions/drama_subtitle",
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
    body: DramaSubtitlesRequest,
) -> Response[ApiError | UnifiedTaskReply]:
    """Create a drama-subtitles task

     Translates the Chinese speech in a short video, and burns English subtitles into the video.
    The result is the video, and the subtitles as files in SRT and ASS.
    Kling calls back only when the task has ended, unlike the other products under /solutions.
    You cannot ask for a watermarked copy.
    The video package pays for it. Set options.external_task_id: if the reply is lost, you can look the
    task up instead of paying twice.
    The page shows an API key as the only credential.
    A refusal has code 1201, and the message that Kling's page states. It is inferred that its HTTP
    status is 400.
    It is inferred that a task occupies one slot of the concurrency, and that other codes have their
    usual meaning.
    It is also inferred that accounts outside China have this product on their host, because the English
    changelog announced it on 2026-09-03.
    Open: whether an access token is accepted; the price.

    Args:
        body (DramaSubtitlesRequest): Drama subtitles: English subtitles for a short video in
            Chinese.
            The body of createDramaSubtitlesTask, POST /solutions/drama_subtitle.
            The video, a glossary of names, and the look of the subtitles.
            Rules:
            - contents must have a source_video.
            - contents must have at most one source_video.
            - contents must have at most 200 parts of type glossary.

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
    body: DramaSubtitlesRequest,
) -> UnifiedTaskReply:
    """Create a drama-subtitles task

     Translates the Chinese speech in a short video, and burns English subtitles into the video.
    The result is the video, and the subtitles as files in SRT and ASS.
    Kling calls back only when the task has ended, unlike the other products under /solutions.
    You cannot ask for a watermarked copy.
    The video package pays for it. Set options.external_task_id: if the reply is lost, you can look the
    task up instead of paying twice.
    The page shows an API key as the only credential.
    A refusal has code 1201, and the message that Kling's page states. It is inferred that its HTTP
    status is 400.
    It is inferred that a task occupies one slot of the concurrency, and that other codes have their
    usual meaning.
    It is also inferred that accounts outside China have this product on their host, because the English
    changelog announced it on 2026-09-03.
    Open: whether an access token is accepted; the price.

    Args:
        body (DramaSubtitlesRequest): Drama subtitles: English subtitles for a short video in
            Chinese.
            The body of createDramaSubtitlesTask, POST /solutions/drama_subtitle.
            The video, a glossary of names, and the look of the subtitles.
            Rules:
            - contents must have a source_video.
            - contents must have at most one source_video.
            - contents must have at most 200 parts of type glossary.

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
    body: DramaSubtitlesRequest,
) -> Response[ApiError | UnifiedTaskReply]:
    """Create a drama-subtitles task

     Translates the Chinese speech in a short video, and burns English subtitles into the video.
    The result is the video, and the subtitles as files in SRT and ASS.
    Kling calls back only when the task has ended, unlike the other products under /solutions.
    You cannot ask for a watermarked copy.
    The video package pays for it. Set options.external_task_id: if the reply is lost, you can look the
    task up instead of paying twice.
    The page shows an API key as the only credential.
    A refusal has code 1201, and the message that Kling's page states. It is inferred that its HTTP
    status is 400.
    It is inferred that a task occupies one slot of the concurrency, and that other codes have their
    usual meaning.
    It is also inferred that accounts outside China have this product on their host, because the English
    changelog announced it on 2026-09-03.
    Open: whether an access token is accepted; the price.

    Args:
        body (DramaSubtitlesRequest): Drama subtitles: English subtitles for a short video in
            Chinese.
            The body of createDramaSubtitlesTask, POST /solutions/drama_subtitle.
            The video, a glossary of names, and the look of the subtitles.
            Rules:
            - contents must have a source_video.
            - contents must have at most one source_video.
            - contents must have at most 200 parts of type glossary.

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
    body: DramaSubtitlesRequest,
) -> UnifiedTaskReply:
    """Create a drama-subtitles task

     Translates the Chinese speech in a short video, and burns English subtitles into the video.
    The result is the video, and the subtitles as files in SRT and ASS.
    Kling calls back only when the task has ended, unlike the other products under /solutions.
    You cannot ask for a watermarked copy.
    The video package pays for it. Set options.external_task_id: if the reply is lost, you can look the
    task up instead of paying twice.
    The page shows an API key as the only credential.
    A refusal has code 1201, and the message that Kling's page states. It is inferred that its HTTP
    status is 400.
    It is inferred that a task occupies one slot of the concurrency, and that other codes have their
    usual meaning.
    It is also inferred that accounts outside China have this product on their host, because the English
    changelog announced it on 2026-09-03.
    Open: whether an access token is accepted; the price.

    Args:
        body (DramaSubtitlesRequest): Drama subtitles: English subtitles for a short video in
            Chinese.
            The body of createDramaSubtitlesTask, POST /solutions/drama_subtitle.
            The video, a glossary of names, and the look of the subtitles.
            Rules:
            - contents must have a source_video.
            - contents must have at most one source_video.
            - contents must have at most 200 parts of type glossary.

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
