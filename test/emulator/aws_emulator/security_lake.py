"""Security Lake's calls about organizations. moto lacks the service: its requests go where Macie's go, whose paths are others."""

import json
from typing import Any

NEW_ACCOUNTS: dict[str, dict[str, list[dict[str, Any]]]] = {}
"""What is collected of accounts that come, by the account that administers and by Region."""


def install() -> None:
    """Adds the service and its paths; must come before the server is built."""
    from moto.macie2.urls import url_paths
    from moto.moto_server import werkzeug_app

    werkzeug_app.SIGNING_ALIASES["securitylake"] = "macie2"
    url_paths["{0}/v1/datalake/delegate$"] = _delegate
    url_paths["{0}/v1/datalake/organization/configuration$"] = _configuration


def forget() -> None:
    NEW_ACCOUNTS.clear()


def _account(request: Any) -> str:
    from moto.core.responses import BaseResponse

    response = BaseResponse()
    response.setup_class(request, request.url, request.headers)
    return str(response.current_account)


def _refused(code: str, status: int, message: str) -> Any:
    return status, {"x-amzn-ErrorType": code}, json.dumps({"message": message})


def _delegate(request: Any, full_url: str, headers: Any) -> Any:
    """The service enables its trusted access, and tells AWS Organizations who administers it."""
    from moto.core.exceptions import ServiceException
    from moto.organizations.models import organizations_backends

    if request.method != "POST":
        return _refused("BadRequestException", 400, "The emulator's Security Lake keeps its administrator")
    backend = organizations_backends[_account(request)]["aws"]
    try:
        backend.enable_aws_service_access(ServicePrincipal="securitylake.amazonaws.com")
        backend.register_delegated_administrator(AccountId=json.loads(request.data)["accountId"], ServicePrincipal="securitylake.amazonaws.com")
    except ServiceException as error:
        return _refused("ConflictException", 409, str(error))
    return 200, {}, "{}"


def _configuration(request: Any, full_url: str, headers: Any) -> Any:
    known = NEW_ACCOUNTS.setdefault(_account(request), {})
    if request.method == "POST":
        for one in json.loads(request.data)["autoEnableNewAccount"]:
            sources = known.setdefault(one["region"], [])
            sources.extend(source for source in one["sources"] if source not in sources)
        return 200, {}, "{}"
    if not known:
        return _refused("ResourceNotFoundException", 404, "Nothing is collected of accounts that come")
    return 200, {}, json.dumps({"autoEnableNewAccount": [{"region": region, "sources": sources} for region, sources in known.items()]})
