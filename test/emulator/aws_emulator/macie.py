"""Macie's calls about organizations, which moto lacks."""

import json
from typing import Any

CONFIGURATIONS: dict[str, dict[str, Any]] = {}
"""By account and Region."""


def install() -> None:
    """Adds the paths of the calls; must come before the server is built."""
    from moto.macie2.urls import url_paths

    url_paths["{0}/admin/configuration$"] = _configuration
    url_paths["{0}/automated-discovery/configuration$"] = _discovery


def forget() -> None:
    CONFIGURATIONS.clear()


def _of(request: Any) -> dict[str, Any]:
    from moto.core.responses import BaseResponse

    response = BaseResponse()
    response.setup_class(request, request.url, request.headers)
    return CONFIGURATIONS.setdefault(f"{response.current_account} {response.region}", {"autoEnable": False, "discovery": {"status": "DISABLED", "autoEnableOrganizationMembers": "NONE"}})


def _configuration(request: Any, full_url: str, headers: Any) -> Any:
    known = _of(request)
    if request.method == "PATCH":
        known["autoEnable"] = json.loads(request.data)["autoEnable"]
        return 200, {}, "{}"
    return 200, {}, json.dumps({"autoEnable": known["autoEnable"], "maxAccountLimitReached": False})


def _discovery(request: Any, full_url: str, headers: Any) -> Any:
    known = _of(request)
    if request.method == "PUT":
        known["discovery"] = json.loads(request.data)
        return 200, {}, "{}"
    return 200, {}, json.dumps(known["discovery"])
