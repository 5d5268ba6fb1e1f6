"""Calls that moto lacks and that the CDK command or functions of ours make."""

import json
from typing import Any

from moto.cloudtrail.responses import CloudTrailResponse
from moto.iam.responses import IamResponse
from moto.ssm.responses import SimpleSystemManagerResponse

ROOT_FEATURES: set[str] = set()
"""Features of central root access that are on."""

SERVICE_SETTINGS: dict[tuple[str, str, str], str] = {}
"""Values that were set, by account, Region and id."""


def install() -> None:
    """After a failed deployment the command looks in CloudTrail for denied calls, and tries again for 25 seconds when that fails."""
    CloudTrailResponse.lookup_events = _no_events  # type: ignore[attr-defined]
    IamResponse.list_organizations_features = _list_features  # type: ignore[attr-defined]
    for feature in ("RootCredentialsManagement", "RootSessions"):
        snake = "root_sessions" if feature == "RootSessions" else "root_credentials_management"
        setattr(IamResponse, f"enable_organizations_{snake}", _switch("Enable", feature))
        setattr(IamResponse, f"disable_organizations_{snake}", _switch("Disable", feature))
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


def _features(action: str) -> str:
    members = "".join(f"<member>{feature}</member>" for feature in sorted(ROOT_FEATURES))
    result = f"<{action}Result><EnabledFeatures>{members}</EnabledFeatures></{action}Result>"
    return f'<{action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/">{result}<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>'


def _list_features(self: Any) -> str:
    return _features("ListOrganizationsFeatures")


def _switch(verb: str, feature: str) -> Any:
    def switch(self: Any) -> str:
        (ROOT_FEATURES.add if verb == "Enable" else ROOT_FEATURES.discard)(feature)
        return _features(f"{verb}Organizations{feature}")
    return switch
