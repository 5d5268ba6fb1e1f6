"""HTTP paths of the emulator itself, beside those of AWS."""

import json
from typing import Any
from urllib.parse import parse_qs, urlparse

from . import backup, custom_resources, faults, guardduty_types, macie, moto_gaps, security_lake, service_quotas
from .records import HISTORY

JSON_TYPE = {"Content-Type": "application/json"}


def install() -> None:
    """Adds `/moto-api/emulator/*` to moto's own paths, and forgets all when moto is reset."""
    from moto.moto_api._internal.models import MotoAPIBackend
    from moto.moto_api._internal.urls import url_paths

    url_paths["{0}/moto-api/emulator/records$"] = _records
    url_paths["{0}/moto-api/emulator/events$"] = _events
    url_paths["{0}/moto-api/emulator/custom-resource$"] = _custom_resource

    reset = MotoAPIBackend.reset

    def reset_all(self: Any) -> None:
        reset(self)
        HISTORY.clear()
        for module in (backup, faults, guardduty_types, macie, moto_gaps, security_lake, service_quotas):
            module.forget()

    MotoAPIBackend.reset = reset_all  # type: ignore[method-assign]


def _records(request: Any, full_url: str, headers: Any) -> Any:
    return 200, JSON_TYPE, json.dumps([record.describe() for record in list(HISTORY.resources.values())])


def _events(request: Any, full_url: str, headers: Any) -> Any:
    return 200, JSON_TYPE, json.dumps(HISTORY.events)


def _custom_resource(request: Any, full_url: str, headers: Any) -> Any:
    """Where handlers of custom resources put their answer."""
    request_id = parse_qs(urlparse(full_url).query)["request"][0]
    custom_resources.ANSWERS[request_id] = json.loads(request.data)
    return 200, JSON_TYPE, "{}"
