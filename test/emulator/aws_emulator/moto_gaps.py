"""Calls that moto lacks and that the CDK command or functions of ours make."""

import json
from typing import Any

from moto.cloudtrail.responses import CloudTrailResponse
from moto.ssm.responses import SimpleSystemManagerResponse

SERVICE_SETTINGS: dict[tuple[str, str, str], str] = {}
"""Values that were set, by account, Region and id."""


def install() -> None:
    """After a failed deployment the command looks in CloudTrail for denied calls, and tries again for 25 seconds when that fails."""
    CloudTrailResponse.lookup_events = _no_events  # type: ignore[attr-defined]
    SimpleSystemManagerResponse.get_service_setting = _get_service_setting  # type: ignore[attr-defined]
    SimpleSystemManagerResponse.update_service_setting = _update_service_setting  # type: ignore[attr-defined]


def _no_events(self: Any) -> str:
    return json.dumps({"Events": []})


def _get_service_setting(self: Any) -> str:
    setting = self._get_param("SettingId")
    value = SERVICE_SETTINGS.get((self.current_account, self.region, setting), "Enable")
    return json.dumps({"ServiceSetting": {"SettingId": setting, "SettingValue": value}})


def _update_service_setting(self: Any) -> str:
    SERVICE_SETTINGS[(self.current_account, self.region, self._get_param("SettingId"))] = self._get_param("SettingValue")
    return "{}"
