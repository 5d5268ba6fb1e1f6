"""AWS Backup's settings of an organization, which its management account alone has: whether backups are copied between accounts. moto lacks the calls."""

import json
from typing import Any

GLOBAL_SETTINGS: dict[str, str] = {}
"""Values that were set. A call leaves those alone that it does not name."""


def install() -> None:
    """Adds the path; must come before the server is built."""
    from moto.backup.urls import url_paths

    url_paths["{0}/global-settings$"] = _settings


def forget() -> None:
    GLOBAL_SETTINGS.clear()


def _settings(request: Any, full_url: str, headers: Any) -> Any:
    from moto.core.responses import BaseResponse
    from moto.organizations.models import organizations_backends

    response = BaseResponse()
    response.setup_class(request, request.url, request.headers)
    account = str(response.current_account)
    organization = organizations_backends[account]["aws"].org
    if organization is None or organization.master_account_id != account:
        return _refused("InvalidRequestException", "The account is not the management account of an organization")
    if request.method == "PUT":
        given = json.loads(request.data).get("GlobalSettings", {})
        wrong = [name for name, value in given.items() if name not in ("isCrossAccountBackupEnabled", "isMpaEnabled") or value not in ("true", "false")]
        if wrong:
            return _refused("InvalidParameterValueException", f"Unknown: {', '.join(wrong)}")
        GLOBAL_SETTINGS.update(given)
        return 200, {}, ""
    return 200, {}, json.dumps({"GlobalSettings": {"isCrossAccountBackupEnabled": "false", **GLOBAL_SETTINGS}})


def _refused(code: str, message: str) -> Any:
    return 400, {"x-amzn-ErrorType": code}, json.dumps({"Code": code, "Message": message})
