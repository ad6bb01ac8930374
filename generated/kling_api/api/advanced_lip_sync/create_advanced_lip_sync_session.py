from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.advanced_lip_sync_session_reply import AdvancedLipSyncSessionReply
from ...models.advanced_lip_sync_session_request import AdvancedLipSyncSessionRequest
from ...models.api_error import ApiError
from ...types import Response


def _get_kwargs(
    *,
    body: AdvancedLipSyncSessionRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/videos/identify-face",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AdvancedLipSyncSessionReply | ApiError | None:
    if response.status_code == 200:
        response_200 = AdvancedLipSyncSessionReply.from_dict(response.json())

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
) -> Response[AdvancedLipSyncSessionReply | ApiError]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: AdvancedLipSyncSessionRequest,
) -> Response[AdvancedLipSyncSessionReply | ApiError]:
    """Find the faces of a video

     Opens a session for one video and finds the faces in it. The reply has the result: there is no task.
    Costs 0.05 units a call (price list of September 2026).
    A session lasts 24 hours according to the documentation of a gateway; Kling's page does not say.

    Args:
        body (AdvancedLipSyncSessionRequest): Advanced lip sync: A person in a video speaks the
            given audio. First create a session, which finds the faces in the video; then choose one
            of them.
            The body of createAdvancedLipSyncSession, POST /v1/videos/identify-face.
            The video in which a person is to speak.
            Rules:
            - exactly one of video_id and video_url must have a value; leave the other one out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AdvancedLipSyncSessionReply | ApiError]
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
    body: AdvancedLipSyncSessionRequest,
) -> AdvancedLipSyncSessionReply:
    """Find the faces of a video

     Opens a session for one video and finds the faces in it. The reply has the result: there is no task.
    Costs 0.05 units a call (price list of September 2026).
    A session lasts 24 hours according to the documentation of a gateway; Kling's page does not say.

    Args:
        body (AdvancedLipSyncSessionRequest): Advanced lip sync: A person in a video speaks the
            given audio. First create a session, which finds the faces in the video; then choose one
            of them.
            The body of createAdvancedLipSyncSession, POST /v1/videos/identify-face.
            The video in which a person is to speak.
            Rules:
            - exactly one of video_id and video_url must have a value; leave the other one out.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AdvancedLipSyncSessionReply
    """

    return errors.successful(
        sync_detailed(
            client=client,
            body=body,
        ),
        AdvancedLipSyncSessionReply,
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: AdvancedLipSyncSessionRequest,
) -> Response[AdvancedLipSyncSessionReply | ApiError]:
    """Find the faces of a video

     Opens a session for one video and finds the faces in it. The reply has the result: there is no task.
    Costs 0.05 units a call (price list of September 2026).
    A session lasts 24 hours according to the documentation of a gateway; Kling's page does not say.

    Args:
        body (AdvancedLipSyncSessionRequest): Advanced lip sync: A person in a video speaks the
            given audio. First create a session, which finds the faces in the video; then choose one
            of them.
            The body of createAdvancedLipSyncSession, POST /v1/videos/identify-face.
            The video in which a person is to speak.
            Rules:
            - exactly one of video_id and video_url must have a value; leave the other one out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AdvancedLipSyncSessionReply | ApiError]
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
    body: AdvancedLipSyncSessionRequest,
) -> AdvancedLipSyncSessionReply:
    """Find the faces of a video

     Opens a session for one video and finds the faces in it. The reply has the result: there is no task.
    Costs 0.05 units a call (price list of September 2026).
    A session lasts 24 hours according to the documentation of a gateway; Kling's page does not say.

    Args:
        body (AdvancedLipSyncSessionRequest): Advanced lip sync: A person in a video speaks the
            given audio. First create a session, which finds the faces in the video; then choose one
            of them.
            The body of createAdvancedLipSyncSession, POST /v1/videos/identify-face.
            The video in which a person is to speak.
            Rules:
            - exactly one of video_id and video_url must have a value; leave the other one out.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AdvancedLipSyncSessionReply
    """

    return errors.successful(
        await asyncio_detailed(
            client=client,
            body=body,
        ),
        AdvancedLipSyncSessionReply,
    )
