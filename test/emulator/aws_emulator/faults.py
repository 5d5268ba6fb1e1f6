"""Faults in the calls of functions behind custom resources: one call is refused, or its function ends before it has the answer."""

import json
import re
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

from . import warm_handlers

CALLS: list[str] = []
"""Calls of functions since the last reset or arming: `organizations EnableAWSServiceAccess`."""

KEYS: set[str] = set()
"""Access keys that functions were given."""

_armed: dict[str, Any] = {}
REFUSAL = "InjectedFault"


def install() -> None:
    """Puts itself before moto's server; must come before the server is started."""
    from moto.moto_api._internal.urls import url_paths
    from moto.server import DomainDispatcherApplication

    url_paths["{0}/moto-api/emulator/calls$"] = lambda *_: (200, {"Content-Type": "application/json"}, json.dumps(CALLS))
    url_paths["{0}/moto-api/emulator/fault$"] = _arm
    dispatch = DomainDispatcherApplication.__call__

    def watched(self: Any, environ: dict[str, Any], start_response: Any) -> Any:
        if _key(environ) not in KEYS:
            return dispatch(self, environ, start_response)
        CALLS.append(_name(environ))
        kind = _armed.get("kind") if len(CALLS) == _armed.get("call") else None
        if kind == "refused":
            return _refuse(environ, start_response)
        answer = dispatch(self, environ, start_response)
        if kind == "ended":
            answer = [b"".join(answer)]  # the call is made, and nobody hears of it
            warm_handlers.end(str(_key(environ)))
        return answer

    DomainDispatcherApplication.__call__ = watched  # type: ignore[method-assign]


def forget() -> None:
    CALLS.clear()
    _armed.clear()


def _arm(request: Any, full_url: str, headers: Any) -> Any:
    """`?call=3&kind=refused`: the third call from now on."""
    asked = parse_qs(full_url.split("?", 1)[1])
    forget()
    _armed.update(call=int(asked["call"][0]), kind=asked["kind"][0])
    return 200, {"Content-Type": "application/json"}, "{}"


def _key(environ: dict[str, Any]) -> str | None:
    found = re.search(r"Credential=([^/]+)/", environ.get("HTTP_AUTHORIZATION", ""))
    return found.group(1) if found else None


def _service(environ: dict[str, Any]) -> str:
    return re.search(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/", environ["HTTP_AUTHORIZATION"]).group(1)  # type: ignore[union-attr]


def _name(environ: dict[str, Any]) -> str:
    """Service and operation, in each of AWS's protocols."""
    target = environ.get("HTTP_X_AMZN_TARGET") or environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return f"{_service(environ)} {target.split('.')[-1]}"
    if "x-www-form-urlencoded" in environ.get("CONTENT_TYPE", ""):
        return f"{_service(environ)} {parse_qs(_body(environ))['Action'][0]}"
    return f"{_service(environ)} {environ['REQUEST_METHOD']} {re.sub(r'[0-9a-f]{32}', '*', environ['PATH_INFO'])}"


def _body(environ: dict[str, Any]) -> str:
    data = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = BytesIO(data)
    return str(data, "utf-8")


def _refuse(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """An error that no handler knows, and no SDK repeats."""
    message = "A fault was injected"
    if "x-www-form-urlencoded" in environ.get("CONTENT_TYPE", ""):
        error = f"<Error><Code>{REFUSAL}</Code><Message>{message}</Message></Error>"
        body = (f"<Response><Errors>{error}</Errors><RequestID>1</RequestID></Response>" if _service(environ) == "ec2"
                else f"<ErrorResponse>{error}<RequestId>1</RequestId></ErrorResponse>")
        kind = "text/xml"
    else:
        body, kind = json.dumps({"__type": REFUSAL, "message": message}), "application/x-amz-json-1.1"
    start_response("400 Bad Request", [("Content-Type", kind), ("x-amzn-ErrorType", REFUSAL)])
    return [body.encode()]
