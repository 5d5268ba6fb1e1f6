"""How each resource type is created, changed and deleted."""

from dataclasses import dataclass
from typing import Any, Protocol

from moto.cloudformation import parsing
from moto.moto_api._internal import mock_random

from .naming import arn_of, names
from .records import Record
from .specification import Refused, Specification, is_custom

SPECIFICATION = Specification.load()

NATIVE_TYPES = {"AWS::S3::Bucket", "AWS::SSM::Parameter", "AWS::ECR::Repository"}
"""Types that other services of moto must see, because the CDK command or a handler asks for them by API."""


@dataclass
class Request:
    """One resource of one stack as CloudFormation wants it."""

    account: str
    region: str
    stack: str
    stack_id: str
    logical_id: str
    type: str
    properties: dict[str, Any]
    generation: int = 0


class ResourceType(Protocol):
    """Creates and deletes by physical id; `update` returns the physical id, a new one meaning that the resource was replaced."""

    def create(self, request: Request) -> Record: ...
    def update(self, request: Request, old: Record) -> Record: ...
    def delete(self, record: Record, stack_id: str) -> None: ...
    def replaces(self, request: Request, old: Record) -> list[str]: ...


def record_of(request: Request, physical_id: str, attributes: dict[str, Any], native: Any = None) -> Record:
    return Record(request.account, request.region, request.stack, request.logical_id, request.type, physical_id, request.properties, attributes, native,
                  request.generation)


def changed_create_only(request: Request, old: Record) -> list[str]:
    """Properties that changed and that a resource of this type cannot change."""
    if request.type != old.type:
        return ["Type"]
    return [name for name in SPECIFICATION.create_only(request.type) if request.properties.get(name) != old.properties.get(name)]


class Recorded:
    """Does nothing but remember."""

    def create(self, request: Request) -> Record:
        return record_of(request, *names(SPECIFICATION, request.type, request.properties, request.account, request.region, request.stack,
                                         request.logical_id, request.generation))

    def update(self, request: Request, old: Record) -> Record:
        _, attributes = names(SPECIFICATION, request.type, request.properties, request.account, request.region, request.stack, request.logical_id,
                              request.generation)
        kept = {key: value for key, value in old.attributes.items() if key not in request.properties}
        return record_of(request, old.physical_id, {**attributes, **kept})

    def delete(self, record: Record, stack_id: str) -> None:
        pass

    def replaces(self, request: Request, old: Record) -> list[str]:
        return changed_create_only(request, old)


class Native(Recorded):
    """Creates the resource in moto as well; what moto cannot update in place is only remembered."""

    def create(self, request: Request) -> Record:
        recorded = super().create(request)
        model = parsing.get_model_map()[request.type]
        name_property = model.cloudformation_name_type()
        name = request.properties.get(name_property) or _generated_name(request)
        resource = model.create_from_cloudformation_json(
            name, {"Type": request.type, "Properties": _for_moto(request, name)}, request.account, request.region, LogicalId=request.logical_id,
            StackId=request.stack_id, ResourceType=request.type)
        recorded.native = resource
        recorded.physical_id = resource.physical_resource_id
        if "Arn" in recorded.attributes:
            recorded.attributes["Arn"] = arn_of(request.type, request.account, request.region, recorded.physical_id)
        return recorded

    def update(self, request: Request, old: Record) -> Record:
        recorded = super().update(request, old)
        recorded.native = old.native
        if request.type == "AWS::SSM::Parameter":
            model = parsing.get_model_map()[request.type]
            recorded.native = model.update_from_cloudformation_json(
                old.native, old.physical_id, {"Type": request.type, "Properties": _for_moto(request, old.physical_id)}, request.account,
                request.region)
        return recorded

    def delete(self, record: Record, stack_id: str) -> None:
        model = parsing.get_model_map()[record.type]
        model.delete_from_cloudformation_json(
            record.physical_id, {"Type": record.type, "Properties": record.properties}, record.account, record.region)


def _for_moto(request: Request, name: str) -> dict[str, Any]:
    """moto does not name a parameter by itself, and wants its tags as a list."""
    if request.type != "AWS::SSM::Parameter":
        return request.properties
    tags = [{"Key": key, "Value": value} for key, value in request.properties.get("Tags", {}).items()]
    return {**request.properties, "Name": name, "Tags": tags}


def _generated_name(request: Request) -> str:
    name = f"{request.stack}-{request.logical_id}-{mock_random.get_random_hex(12)}"
    return name.lower()[:63] if request.type in ("AWS::S3::Bucket", "AWS::ECR::Repository") else name


_RECORDED = Recorded()
_NATIVE = Native()
_TYPES: dict[str, ResourceType] = {}


def register(resource_type: str, behaviour: ResourceType) -> None:
    """Gives a type behaviour of its own; `Custom::*` stands for all custom resources."""
    _TYPES[resource_type] = behaviour


def behaviour_of(resource_type: str) -> ResourceType:
    if is_custom(resource_type):
        return _TYPES["Custom::*"]
    if resource_type in _TYPES:
        return _TYPES[resource_type]
    if not SPECIFICATION.knows(resource_type):
        raise Refused(f"Template format error: Unrecognized resource types: [{resource_type}]")
    return _NATIVE if resource_type in NATIVE_TYPES else _RECORDED
