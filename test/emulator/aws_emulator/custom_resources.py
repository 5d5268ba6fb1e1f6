"""Custom resources: the real code of the handler runs in Node with the emulator as its AWS."""

import io
import json
import os
import shutil
import subprocess
import tempfile
import uuid
import zipfile
from pathlib import Path
from typing import Any

from moto.s3.models import s3_backends
from moto.sts.models import sts_backends

from . import faults, warm_handlers
from .records import HISTORY, Record
from .resource_types import Request, record_of
from .specification import Refused

PORT = 5000
ANSWERS: dict[str, dict[str, Any]] = {}

ROOT = Path(__file__).parent.parent.parent.parent
RUNNER = Path(__file__).parent / "run_handler.js"
MAX_ANSWER_BYTES = 4096
"""CloudFormation refuses larger answers."""
MAX_PHYSICAL_ID_BYTES = 1024


class CustomResource:
    """Sends Create, Update and Delete as CloudFormation does, and believes the physical id of the answer."""

    def create(self, request: Request) -> Record:
        answer = _ask("Create", request.stack_id, request.logical_id, request.type, request.properties, request.account, request.region)
        return record_of(request, answer["PhysicalResourceId"], answer.get("Data") or {})

    def update(self, request: Request, old: Record) -> Record:
        answer = _ask("Update", request.stack_id, request.logical_id, request.type, request.properties, request.account, request.region,
                      physical_id=old.physical_id, old_properties=old.properties)
        return record_of(request, answer["PhysicalResourceId"], answer.get("Data") or {})

    def delete(self, record: Record, stack_id: str) -> None:
        _ask("Delete", stack_id, record.logical_id, record.type, record.properties, record.account, record.region, physical_id=record.physical_id)

    def replaces(self, request: Request, old: Record) -> list[str]:
        return [name for name in ("ServiceToken",) if request.properties.get(name) != old.properties.get(name)]


class FailedCreation(Refused):
    """The handler refused to create, but named what CloudFormation must delete; where it did not answer, CloudFormation makes a name up."""

    def __init__(self, reason: str, record_id: str) -> None:
        super().__init__(reason)
        self.physical_id = record_id


def _ask(request_type: str, stack_id: str, logical_id: str, resource_type: str, properties: dict[str, Any], account: str, region: str,
         physical_id: str | None = None, old_properties: dict[str, Any] | None = None) -> dict[str, Any]:
    token = properties["ServiceToken"]
    function = HISTORY.with_attribute("AWS::Lambda::Function", "Arn", token)
    if function is None:
        raise Refused(f"No function {token} to handle {logical_id}")
    request_id = str(uuid.uuid4())
    event: dict[str, Any] = {
        "RequestType": request_type, "ServiceToken": token, "StackId": stack_id, "RequestId": request_id, "LogicalResourceId": logical_id,
        "ResourceType": resource_type, "ResourceProperties": _as_text(properties),
        "ResponseURL": f"http://localhost:{PORT}/moto-api/emulator/custom-resource?request={request_id}",
    }
    if physical_id is not None:
        event["PhysicalResourceId"] = physical_id
    if old_properties is not None:
        event["OldResourceProperties"] = _as_text(old_properties)
    log = invoke(function, event)
    answer = ANSWERS.pop(request_id, None)
    if answer is None:
        reason = f"Custom resource {logical_id} did not answer. Log of its function: {log[-1500:]}"
        raise FailedCreation(reason, f"{logical_id}-{request_id[:8]}") if request_type == "Create" else Refused(reason)
    return _checked(answer, event, log)


def _checked(answer: dict[str, Any], event: dict[str, Any], log: str) -> dict[str, Any]:
    problems = [f"{name} is {answer.get(name)!r} instead of {event[name]!r}" for name in ("StackId", "RequestId", "LogicalResourceId")
                if answer.get(name) != event[name]]
    if not answer.get("PhysicalResourceId"):
        problems.append("PhysicalResourceId is missing")
    elif len(answer["PhysicalResourceId"].encode()) > MAX_PHYSICAL_ID_BYTES:
        problems.append(f"PhysicalResourceId is longer than {MAX_PHYSICAL_ID_BYTES} bytes")
    if len(json.dumps(answer).encode()) > MAX_ANSWER_BYTES:
        problems.append(f"the answer is longer than {MAX_ANSWER_BYTES} bytes")
    if problems:
        raise Refused(f"Invalid answer of custom resource {event['LogicalResourceId']}: {'; '.join(problems)}")
    if answer["Status"] == "SUCCESS":
        return answer
    reason = f"Received response status [FAILED] from custom resource. Message returned: {answer.get('Reason')} (log: {log[-500:]})"
    if event["RequestType"] == "Create":
        raise FailedCreation(reason, answer["PhysicalResourceId"])
    raise Refused(reason)


def _as_text(value: Any) -> Any:
    """CloudFormation hands numbers and booleans to custom resources as text."""
    if isinstance(value, dict):
        return {key: _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, (int, float)) else value


def invoke(function: Record, event: dict[str, Any]) -> str:
    """Runs a function and returns its log."""
    properties = function.properties
    code = Path(tempfile.mkdtemp(prefix="emulator-function-"))
    try:
        _unpack(function, code)
        source = code / "index.js"
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(code), "NODE_PATH": str(ROOT / "node_modules"), "AWS_ENDPOINT_URL": f"http://localhost:{PORT}",
            "AWS_REGION": function.region, "AWS_DEFAULT_REGION": function.region, "AWS_LAMBDA_FUNCTION_NAME": function.physical_id,
            "AWS_EC2_METADATA_DISABLED": "true", **_credentials(function.account, function.region),
            **{key: str(value) for key, value in properties.get("Environment", {}).get("Variables", {}).items()},
        }
        timeout = int(properties.get("Timeout", 3))
        if source.exists() and warm_handlers.is_own(text := source.read_text()):
            return warm_handlers.run(text, properties["Handler"], event, environment, timeout)
        command = ["node", str(RUNNER), str(code), properties["Handler"], str(timeout)]
        done = subprocess.run(command, input=json.dumps(event), env=environment, cwd=code, capture_output=True, text=True, timeout=timeout + 10)
        return done.stdout + done.stderr
    except subprocess.TimeoutExpired:
        return "The function timed out"
    finally:
        shutil.rmtree(code, ignore_errors=True)


def _unpack(function: Record, directory: Path) -> None:
    code = function.properties["Code"]
    if "ZipFile" in code:
        (directory / "index.js").write_text(code["ZipFile"])
        return
    content = s3_backends[function.account]["aws"].get_object(code["S3Bucket"], code["S3Key"])
    if content is None:
        raise Refused(f"Error occurred while GetObject. S3 Error Code: NoSuchKey ({code['S3Bucket']}/{code['S3Key']})")
    with zipfile.ZipFile(io.BytesIO(content.value)) as archive:
        archive.extractall(directory)


def _credentials(account: str, region: str) -> dict[str, str]:
    role = sts_backends[account]["aws"].assume_role(region, "function", f"arn:aws:iam::{account}:role/function", "", 900, "")
    faults.KEYS.add(role.access_key_id)
    return {"AWS_ACCESS_KEY_ID": role.access_key_id, "AWS_SECRET_ACCESS_KEY": role.secret_access_key, "AWS_SESSION_TOKEN": role.session_token}
