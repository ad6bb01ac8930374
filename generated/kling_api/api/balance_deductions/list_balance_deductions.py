from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.list_balance_deductions_reply import ListBalanceDeductionsReply
from ...models.list_balance_deductions_request import ListBalanceDeductionsRequest
from ...types import Response


def _get_kwargs(
    *,
    body: ListBalanceDeductionsRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/account/billing/balance",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | ListBalanceDeductionsReply | None:
    if response.status_code == 200:
        response_200 = ListBalanceDeductionsReply.from_dict(response.json())

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
) -> Response[ApiError | ListBalanceDeductionsReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ListBalanceDeductionsRequest,
) -> Response[ApiError | ListBalanceDeductionsReply]:
    """List deductions from the balance

     Money that Kling deducted from the balance, task by task, since 2026-07-06.
    In the first call, send times and filters. While has_more is true, send only next_cursor as cursor:
    it keeps the times and filters.
    As far as is known, this path accepts only an API key.
    Open: whether an access token works here.

    Args:
        body (ListBalanceDeductionsRequest): Balance deductions: Money that Kling deducted for
            tasks.
            The body of listBalanceDeductions, POST /account/billing/balance.
            Which deductions to list.
            Rules:
            - start_time and end_time must be given when there is no cursor.
            - start_time must be before end_time.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ListBalanceDeductionsReply]
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
    body: ListBalanceDeductionsRequest,
) -> ListBalanceDeductionsReply:
    """List deductions from the balance

     Money that Kling deducted from the balance, task by task, since 2026-07-06.
    In the first call, send times and filters. While has_more is true, send only next_cursor as cursor:
    it keeps the times and filters.
    As far as is known, this path accepts only an API key.
    Open: whether an access token works here.

    Args:
        body (ListBalanceDeductionsRequest): Balance deductions: Money that Kling deducted for
            tasks.
            The body of listBalanceDeductions, POST /account/billing/balance.
            Which deductions to list.
            Rules:
            - start_time and end_time must be given when there is no cursor.
            - start_time must be before end_time.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ListBalanceDeductionsReply
    """

    return errors.successful(
        sync_detailed(
            client=client,
            body=body,
        ),
        ListBalanceDeductionsReply,
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ListBalanceDeductionsRequest,
) -> Response[ApiError | ListBalanceDeductionsReply]:
    """List deductions from the balance

     Money that Kling deducted from the balance, task by task, since 2026-07-06.
    In the first call, send times and filters. While has_more is true, send only next_cursor as cursor:
    it keeps the times and filters.
    As far as is known, this path accepts only an API key.
    Open: whether an access token works here.

    Args:
        body (ListBalanceDeductionsRequest): Balance deductions: Money that Kling deducted for
            tasks.
            The body of listBalanceDeductions, POST /account/billing/balance.
            Which deductions to list.
            Rules:
            - start_time and end_time must be given when there is no cursor.
            - start_time must be before end_time.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ListBalanceDeductionsReply]
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
    body: ListBalanceDeductionsRequest,
) -> ListBalanceDeductionsReply:
    """List deductions from the balance

     Money that Kling deducted from the balance, task by task, since 2026-07-06.
    In the first call, send times and filters. While has_more is true, send only next_cursor as cursor:
    it keeps the times and filters.
    As far as is known, this path accepts only an API key.
    Open: whether an access token works here.

    Args:
        body (ListBalanceDeductionsRequest): Balance deductions: Money that Kling deducted for
            tasks.
            The body of listBalanceDeductions, POST /account/billing/balance.
            Which deductions to list.
            Rules:
            - start_time and end_time must be given when there is no cursor.
            - start_time must be before end_time.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ListBalanceDeductionsReply
    """

    return errors.successful(
        await asyncio_detailed(
            client=client,
            body=body,
        ),
        ListBalanceDeductionsReply,
    )
