from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.task_reply import TaskReply
from ...models.virtual_try_on_request import VirtualTryOnRequest
from ...types import Response


def _get_kwargs(
    *,
    body: VirtualTryOnRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/images/kolors-virtual-try-on",
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
    body: VirtualTryOnRequest,
) -> Response[ApiError | TaskReply]:
    """Create a virtual-try-on task

     Starts one image, which shows a person with the clothes from another image.
    Since 2026-09-15, both models use version 3.0. It accepts images of clothes that lie flat, are on a
    mannequin, or are on a person.
    The result has the size of the image of the person. According to a partner's page, it has at most
    2048 px on its longer side.
    You cannot choose a prompt, a number of images or a watermark.
    Each task makes one image, occupies one slot of the concurrency of the try-on package, and is paid
    from the same package.
    Set external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    Kling's page on unit deductions names resource packages for video, image and try-on. It is inferred
    from the name that this endpoint uses the try-on package.
    This older endpoint has no fields to keep pose, face or background. Virtual try-on 3.0, which is on
    /solutions/virtual_try_on since 2026-09-15, has a field for each of these.
    The models still worked on 2026-09-28, after Kling had moved them to version 3.0.
    Open: the price, which no known page states; and which package pays now that both models use version
    3.0.

    Args:
        body (VirtualTryOnRequest): Virtual try-on: An image of a person in different clothes.
            The body of createVirtualTryOnTask, POST /v1/images/kolors-virtual-try-on.
            The person, and the clothes to wear.

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
    body: VirtualTryOnRequest,
) -> TaskReply:
    """Create a virtual-try-on task

     Starts one image, which shows a person with the clothes from another image.
    Since 2026-09-15, both models use version 3.0. It accepts images of clothes that lie flat, are on a
    mannequin, or are on a person.
    The result has the size of the image of the person. According to a partner's page, it has at most
    2048 px on its longer side.
    You cannot choose a prompt, a number of images or a watermark.
    Each task makes one image, occupies one slot of the concurrency of the try-on package, and is paid
    from the same package.
    Set external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    Kling's page on unit deductions names resource packages for video, image and try-on. It is inferred
    from the name that this endpoint uses the try-on package.
    This older endpoint has no fields to keep pose, face or background. Virtual try-on 3.0, which is on
    /solutions/virtual_try_on since 2026-09-15, has a field for each of these.
    The models still worked on 2026-09-28, after Kling had moved them to version 3.0.
    Open: the price, which no known page states; and which package pays now that both models use version
    3.0.

    Args:
        body (VirtualTryOnRequest): Virtual try-on: An image of a person in different clothes.
            The body of createVirtualTryOnTask, POST /v1/images/kolors-virtual-try-on.
            The person, and the clothes to wear.

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
    body: VirtualTryOnRequest,
) -> Response[ApiError | TaskReply]:
    """Create a virtual-try-on task

     Starts one image, which shows a person with the clothes from another image.
    Since 2026-09-15, both models use version 3.0. It accepts images of clothes that lie flat, are on a
    mannequin, or are on a person.
    The result has the size of the image of the person. According to a partner's page, it has at most
    2048 px on its longer side.
    You cannot choose a prompt, a number of images or a watermark.
    Each task makes one image, occupies one slot of the concurrency of the try-on package, and is paid
    from the same package.
    Set external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    Kling's page on unit deductions names resource packages for video, image and try-on. It is inferred
    from the name that this endpoint uses the try-on package.
    This older endpoint has no fields to keep pose, face or background. Virtual try-on 3.0, which is on
    /solutions/virtual_try_on since 2026-09-15, has a field for each of these.
    The models still worked on 2026-09-28, after Kling had moved them to version 3.0.
    Open: the price, which no known page states; and which package pays now that both models use version
    3.0.

    Args:
        body (VirtualTryOnRequest): Virtual try-on: An image of a person in different clothes.
            The body of createVirtualTryOnTask, POST /v1/images/kolors-virtual-try-on.
            The person, and the clothes to wear.

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
    body: VirtualTryOnRequest,
) -> TaskReply:
    """Create a virtual-try-on task

     Starts one image, which shows a person with the clothes from another image.
    Since 2026-09-15, both models use version 3.0. It accepts images of clothes that lie flat, are on a
    mannequin, or are on a person.
    The result has the size of the image of the person. According to a partner's page, it has at most
    2048 px on its longer side.
    You cannot choose a prompt, a number of images or a watermark.
    Each task makes one image, occupies one slot of the concurrency of the try-on package, and is paid
    from the same package.
    Set external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    Kling's page on unit deductions names resource packages for video, image and try-on. It is inferred
    from the name that this endpoint uses the try-on package.
    This older endpoint has no fields to keep pose, face or background. Virtual try-on 3.0, which is on
    /solutions/virtual_try_on since 2026-09-15, has a field for each of these.
    The models still worked on 2026-09-28, after Kling had moved them to version 3.0.
    Open: the price, which no known page states; and which package pays now that both models use version
    3.0.

    Args:
        body (VirtualTryOnRequest): Virtual try-on: An image of a person in different clothes.
            The body of createVirtualTryOnTask, POST /v1/images/kolors-virtual-try-on.
            The person, and the clothes to wear.

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
