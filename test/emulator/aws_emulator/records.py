"""What has been deployed and what happened to it, for tests to assert."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Record:
    """One deployed resource of one stack."""

    account: str
    region: str
    stack: str
    logical_id: str
    type: str
    physical_id: str
    properties: dict[str, Any]
    attributes: dict[str, Any] = field(default_factory=dict)
    native: Any = None
    """What moto itself keeps, for the few types that other services must see (a bucket)."""
    generation: int = 0
    """How often it was replaced."""
    retained: bool = False
    retained_on_rollback: bool = False

    def describe(self) -> dict[str, Any]:
        return {
            "account": self.account, "region": self.region, "stack": self.stack, "logicalId": self.logical_id, "type": self.type,
            "physicalId": self.physical_id, "properties": self.properties, "attributes": self.attributes,
        }

    # The names under which moto reads a resource of a stack.
    @property
    def logical_resource_id(self) -> str:
        return self.logical_id

    @property
    def physical_resource_id(self) -> str:
        return self.physical_id

    @property
    def cf_resource_type(self) -> str:
        return self.type

    def is_created(self) -> bool:
        return True


class History:
    """All records, and what was done in order: CREATE, UPDATE, REPLACE, DELETE, RETAIN."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.resources: dict[tuple[str, str, str, str], Record] = {}
        self.events: list[dict[str, str]] = []

    def note(self, action: str, record: Record, detail: str = "") -> None:
        key = (record.account, record.region, record.stack, record.logical_id)
        if action in ("DELETE", "RETAIN"):
            if self.resources.get(key) is record:
                del self.resources[key]
        else:
            self.resources[key] = record
        self.events.append({
            "action": action, "account": record.account, "region": record.region, "stack": record.stack, "logicalId": record.logical_id,
            "type": record.type, "physicalId": record.physical_id, "detail": detail,
        })

    def with_attribute(self, resource_type: str, attribute: str, value: str) -> Record | None:
        """The resource of a type whose attribute has this value: a function by its ARN."""
        return next((r for r in list(self.resources.values()) if r.type == resource_type and r.attributes.get(attribute) == value), None)


HISTORY = History()
