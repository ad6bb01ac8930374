from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.unified_task_reply import UnifiedTaskReply
from ...models.video_commerce_request import VideoCommerceRequest
from ...types import Response


def _get_kwargs(
    *,
    body: VideoCommerceRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/solutions/talking_agent",
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
    body: VideoCommerceRequest,
) -> Response[ApiError | UnifiedTaskReply]:
    """Create a video-commerce task

     Makes a video of a presenter who speaks a script. If contents has a part about goods, the video also
    shows the goods.
    The length of the video follows from the script; there is no field for it.
    If moderation blocks the content, Kling refuses the request with code 1201.
    The video package pays for it. Set options.external_task_id: if the reply is lost, you can look the
    task up instead of paying twice.
    The page shows an API key as the only credential.
    A refusal has code 1201, and the message that Kling's page states. It is inferred that its HTTP
    status is 400.
    It is inferred that a task occupies one slot of the concurrency, and that other codes have their
    usual meaning.
    It is also inferred that accounts outside China have this product on their host, because the English
    changelog announced it on 2026-09-07.
    Open: whether Kling accepts an access token; what Kling answers to a presenter that its page does
    not list; the price. A third party read in the console on 2026-10-04 that a video with goods costs
    1.4 units a second.

    Args:
        body (VideoCommerceRequest): Video commerce: A video of a presenter who speaks a script,
            with or without goods to sell.
            The body of createVideoCommerceTask, POST /solutions/talking_agent.
            The presenter, the script and the goods.
            Rules:
            - contents must have exactly one presenter: either an avatar_image or an avatar_id.
            - settings.voice_id must be given when contents has an avatar_image.
            - settings.voice_id must be left out when contents has an avatar_id, because that
            presenter already has a voice.
            - contents must have a speech_script.
            - contents must have at most one speech_script.
            - contents must have a ref_image when it has a goods_title, goods_price,
            goods_target_audience or goods_selling_point.
            - contents must have a goods_title when it has a ref_image, goods_price,
            goods_target_audience or goods_selling_point.
            - settings.speech_rate must be left out when contents has a ref_image, goods_title,
            goods_price, goods_target_audience or goods_selling_point.
            - contents must have at most 5 parts of type ref_image.
            - contents must have at most one goods_title.
            - contents must have at most one goods_price.
            - contents must have at most 20 parts of type goods_target_audience.
            - contents must have at most 20 parts of type goods_selling_point.

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
    body: VideoCommerceRequest,
) -> UnifiedTaskReply:
    """Create a video-commerce task

     Makes a video of a presenter who speaks a script. If contents has a part about goods, the video also
    shows the goods.
    The length of the video follows from the script; there is no field for it.
    If moderation blocks the content, Kling refuses the request with code 1201.
    The video package pays for it. Set options.external_task_id: if the reply is lost, you can look the
    task up instead of paying twice.
    The page shows an API key as the only credential.
    A refusal has code 1201, and the message that Kling's page states. It is inferred that its HTTP
    status is 400.
    It is inferred that a task occupies one slot of the concurrency, and that other codes have their
    usual meaning.
    It is also inferred that accounts outside China have this product on their host, because the English
    changelog announced it on 2026-09-07.
    Open: whether Kling accepts an access token; what Kling answers to a presenter that its page does
    not list; the price. A third party read in the console on 2026-10-04 that a video with goods costs
    1.4 units a second.

    Args:
        body (VideoCommerceRequest): Video commerce: A video of a presenter who speaks a script,
            with or without goods to sell.
            The body of createVideoCommerceTask, POST /solutions/talking_agent.
            The presenter, the script and the goods.
            Rules:
            - contents must have exactly one presenter: either an avatar_image or an avatar_id.
            - settings.voice_id must be given when contents has an avatar_image.
            - settings.voice_id must be left out when contents has an avatar_id, because that
            presenter already has a voice.
            - contents must have a speech_script.
            - contents must have at most one speech_script.
            - contents must have a ref_image when it has a goods_title, goods_price,
            goods_target_audience or goods_selling_point.
            - contents must have a goods_title when it has a ref_image, goods_price,
            goods_target_audience or goods_selling_point.
            - settings.speech_rate must be left out when contents has a ref_image, goods_title,
            goods_price, goods_target_audience or goods_selling_point.
            - contents must have at most 5 parts of type ref_image.
            - contents must have at most one goods_title.
            - contents must have at most one goods_price.
            - contents must have at most 20 parts of type goods_target_audience.
            - contents must have at most 20 parts of type goods_selling_point.

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
    body: VideoCommerceRequest,
) -> Response[ApiError | UnifiedTaskReply]:
    """Create a video-commerce task

     Makes a video of a presenter who speaks a script. If contents has a part about goods, the video also
    shows the goods.
    The length of the video follows from the script; there is no field for it.
    If moderation blocks the content, Kling refuses the request with code 1201.
    The video package pays for it. Set options.external_task_id: if the reply is lost, you can look the
    task up instead of paying twice.
    The page shows an API key as the only credential.
    A refusal has code 1201, and the message that Kling's page states. It is inferred that its HTTP
    status is 400.
    It is inferred that a task occupies one slot of the concurrency, and that other codes have their
    usual meaning.
    It is also inferred that accounts outside China have this product on their host, because the English
    changelog announced it on 2026-09-07.
    Open: whether Kling accepts an access token; what Kling answers to a presenter that its page does
    not list; the price. A third party read in the console on 2026-10-04 that a video with goods costs
    1.4 units a second.

    Args:
        body (VideoCommerceRequest): Video commerce: A video of a presenter who speaks a script,
            with or without goods to sell.
            The body of createVideoCommerceTask, POST /solutions/talking_agent.
            The presenter, the script and the goods.
            Rules:
            - contents must have exactly one presenter: either an avatar_image or an avatar_id.
            - settings.voice_id must be given when contents has an avatar_image.
            - settings.voice_id must be left out when contents has an avatar_id, because that
            presenter already has a voice.
            - contents must have a speech_script.
            - contents must have at most one speech_script.
            - contents must have a ref_image when it has a goods_title, goods_price,
            goods_target_audience or goods_selling_point.
            - contents must have a goods_title when it has a ref_image, goods_price,
            goods_target_audience or goods_selling_point.
            - settings.speech_rate must be left out when contents has a ref_image, goods_title,
            goods_price, goods_target_audience or goods_selling_point.
            - contents must have at most 5 parts of type ref_image.
            - contents must have at most one goods_title.
            - contents must have at most one goods_price.
            - contents must have at most 20 parts of type goods_target_audience.
            - contents must have at most 20 parts of type goods_selling_point.

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
    body: VideoCommerceRequest,
) -> UnifiedTaskReply:
    """Create a video-commerce task

     Makes a video of a presenter who speaks a script. If contents has a part about goods, the video also
    shows the goods.
    The length of the video follows from the script; there is no field for it.
    If moderation blocks the content, Kling refuses the request with code 1201.
    The video package pays for it. Set options.external_task_id: if the reply is lost, you can look the
    task up instead of paying twice.
    The page shows an API key as the only credential.
    A refusal has code 1201, and the message that Kling's page states. It is inferred that its HTTP
    status is 400.
    It is inferred that a task occupies one slot of the concurrency, and that other codes have their
    usual meaning.
    It is also inferred that accounts outside China have this product on their host, because the English
    changelog announced it on 2026-09-07.
    Open: whether Kling accepts an access token; what Kling answers to a presenter that its page does
    not list; the price. A third party read in the console on 2026-10-04 that a video with goods costs
    1.4 units a second.

    Args:
        body (VideoCommerceRequest): Video commerce: A video of a presenter who speaks a script,
            with or without goods to sell.
            The body of createVideoCommerceTask, POST /solutions/talking_agent.
            The presenter, the script and the goods.
            Rules:
            - contents must have exactly one presenter: either an avatar_image or an avatar_id.
            - settings.voice_id must be given when contents has an avatar_image.
            - settings.voice_id must be left out when contents has an avatar_id, because that
            presenter already has a voice.
            - contents must have a speech_script.
            - contents must have at most one speech_script.
            - contents must have a ref_image when it has a goods_title, goods_price,
            goods_target_audience or goods_selling_point.
            - contents must have a goods_title when it has a ref_image, goods_price,
            goods_target_audience or goods_selling_point.
            - settings.speech_rate must be left out when contents has a ref_image, goods_title,
            goods_price, goods_target_audience or goods_selling_point.
            - contents must have at most 5 parts of type ref_image.
            - contents must have at most one goods_title.
            - contents must have at most one goods_price.
            - contents must have at most 20 parts of type goods_target_audience.
            - contents must have at most 20 parts of type goods_selling_point.

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
