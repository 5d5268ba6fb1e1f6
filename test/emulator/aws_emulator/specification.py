"""The CloudFormation specification: which types exist, which properties they require, know, and cannot change."""

import json
from pathlib import Path
from typing import Any

SPECIFICATION_FILE = Path(__file__).parent.parent / "spec.json"

IGNORED_TYPES = {"AWS::CDK::Metadata", "AWS::CloudFormation::WaitConditionHandle"}


class Refused(Exception):
    """CloudFormation refuses the template or the resource; the text is the reason it gives."""


class Specification:
    """Read once; `spec.json` is written by `specification.ts`."""

    def __init__(self, types: dict[str, Any]) -> None:
        self._types = types

    @staticmethod
    def load(file: Path = SPECIFICATION_FILE) -> "Specification":
        return Specification(json.loads(file.read_text())["types"])

    def knows(self, resource_type: str) -> bool:
        return resource_type in IGNORED_TYPES or is_custom(resource_type) or resource_type in self._types

    def attributes(self, resource_type: str) -> list[str]:
        return self._types.get(resource_type, {}).get("attributes", [])

    def primary_identifier(self, resource_type: str) -> list[str]:
        return self._types.get(resource_type, {}).get("primaryIdentifier", [])

    def create_only(self, resource_type: str) -> list[str]:
        return self._types.get(resource_type, {}).get("createOnly", [])

    def check_types(self, resources: dict[str, Any]) -> None:
        """Refuses a template with unknown types, all of them at once."""
        unknown = sorted({r["Type"] for r in resources.values() if not self.knows(r["Type"])})
        if unknown:
            raise Refused(f"Template format error: Unrecognized resource types: [{', '.join(unknown)}]")

    def check_properties(self, resource_type: str, properties: dict[str, Any]) -> None:
        """Refuses missing and unknown properties of the resource itself; nested ones are not looked at."""
        if is_custom(resource_type):
            if "ServiceToken" not in properties:
                raise Refused(f"Properties validation failed: required key [ServiceToken] not found ({resource_type})")
            return
        known = self._types.get(resource_type)
        if known is None:
            return
        missing = [name for name in known["required"] if name not in properties]
        unknown = [name for name in properties if name not in known["properties"]]
        if missing or unknown:
            problems = [f"required key [{name}] not found" for name in missing]
            problems += [f"extraneous key [{name}] is not permitted" for name in unknown]
            raise Refused(f"Properties validation failed ({resource_type}): {'; '.join(problems)}")


def is_custom(resource_type: str) -> bool:
    return resource_type.startswith("Custom::") or resource_type == "AWS::CloudFormation::CustomResource"
