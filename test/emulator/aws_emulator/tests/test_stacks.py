import json
import unittest
import uuid
from typing import Any

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import Stack, cloudformation_backends
from aws_emulator.records import HISTORY
from aws_emulator.specification import Refused, Specification

ACCOUNT, OTHER = "111111111111", "222222222222"


def resource(resource_type: str, properties: dict[str, Any] | None = None, **options: Any) -> dict[str, Any]:
    return {"Type": resource_type, "Properties": properties or {}, **options}


TOPIC, VPC = "AWS::SNS::Topic", "AWS::EC2::VPC"
BROKEN = resource("AWS::SNS::Subscription", {"Protocol": "sms"})


class Stacks(unittest.TestCase):
    def setUp(self) -> None:
        self.region = f"test-{uuid.uuid4().hex[:8]}"
        self.backend: Any = type(cloudformation_backends[ACCOUNT]["us-east-1"])("us-east-1", ACCOUNT)
        cloudformation_backends[ACCOUNT]["us-east-1"] = self.backend
        HISTORY.clear()

    def create(self, resources: dict[str, Any], name: str = "S", **sections: Any) -> Stack:
        return self.backend.create_stack(name, json.dumps({"Resources": resources, **sections}), {})  # type: ignore[no-any-return]

    def update(self, resources: dict[str, Any], name: str = "S", parameters: list[dict[str, Any]] | None = None, **sections: Any) -> Stack:
        return self.backend.update_stack(name, json.dumps({"Resources": resources, **sections}), None, parameters or [], None)  # type: ignore[no-any-return]

    def done(self) -> list[tuple[str, str]]:
        return [(event["action"], event["logicalId"]) for event in HISTORY.events]

    def deployed(self) -> set[str]:
        return {record.logical_id for record in HISTORY.resources.values()}

    def test_order_follows_references(self) -> None:
        self.create({
            "C": resource(TOPIC, {"DisplayName": {"Fn::Sub": "${B}"}}), "B": resource(TOPIC, {"DisplayName": {"Ref": "A"}}), "A": resource(TOPIC),
            "First": resource(TOPIC, DependsOn="C"),
        })
        self.assertEqual([name for _, name in self.done()], ["A", "B", "C", "First"])

    def test_templates_are_refused_before_anything_happens(self) -> None:
        for resources, message in [
            ({"A": resource("AWS::Nothing::Here"), "B": resource("AWS::Nor::There")}, r"\[AWS::Nor::There, AWS::Nothing::Here\]"),
            ({"A": resource(TOPIC, DependsOn="X")}, r"Unresolved resource dependencies \[X\]"),
            ({"A": resource(TOPIC, {"DisplayName": {"Ref": "B"}}), "B": resource(TOPIC, {"DisplayName": {"Ref": "A"}})}, r"Circular .* \[A, B\]"),
            ({}, "At least one Resources member"),
        ]:
            with self.assertRaisesRegex(ValidationError, message):
                self.create(resources)
        self.assertEqual(self.backend.stacks, {})
        self.assertEqual(HISTORY.events, [])

    def test_missing_and_unknown_properties_are_all_named(self) -> None:
        stack = self.create({"A": resource("AWS::SNS::Subscription", {"Protokoll": "sms"})})
        self.assertEqual(stack.status, "ROLLBACK_COMPLETE")
        reason = next(event.resource_status_reason for event in stack.events if event.resource_status == "CREATE_FAILED")
        self.assertRegex(str(reason), r"\[Protocol\] not found; required key \[TopicArn\] not found; extraneous key \[Protokoll\]")

    def test_a_failed_creation_deletes_what_it_made_but_keeps_what_is_retained(self) -> None:
        stack = self.create({
            "A": resource(TOPIC), "Kept": resource(TOPIC, DeletionPolicy="Retain"), "Gone": resource(TOPIC, DeletionPolicy="RetainExceptOnCreate"),
            "Z": {**BROKEN, "DependsOn": ["A", "Kept", "Gone"]},
        })
        self.assertEqual(stack.status, "ROLLBACK_COMPLETE")
        self.assertEqual(self.done()[3:], [("DELETE", "Gone"), ("RETAIN", "Kept"), ("DELETE", "A")])

    def test_an_update_touches_only_what_changed_and_deletes_last(self) -> None:
        self.create({"A": resource(TOPIC), "B": resource(TOPIC, {"DisplayName": "x"}), "Old": resource(TOPIC)})
        HISTORY.events.clear()
        self.update({"A": resource(TOPIC), "B": resource(TOPIC, {"DisplayName": "y"}), "New": resource(TOPIC)})
        self.assertEqual(self.done(), [("UPDATE", "B"), ("CREATE", "New"), ("DELETE", "Old")])

    def test_a_changed_create_only_property_replaces_and_the_change_ripples(self) -> None:
        def resources(block: str) -> dict[str, Any]:
            return {"Vpc": resource(VPC, {"CidrBlock": block}), "Topic": resource(TOPIC, {"DisplayName": {"Ref": "Vpc"}})}

        self.create(resources("10.0.0.0/16"))
        before = next(record.physical_id for record in HISTORY.resources.values() if record.type == VPC)
        HISTORY.events.clear()
        self.update(resources("10.1.0.0/16"))
        self.assertEqual([(event["action"], event["logicalId"], event["detail"]) for event in HISTORY.events],
                         [("REPLACE", "Vpc", "CidrBlock"), ("UPDATE", "Topic", ""), ("DELETE", "Vpc", "")])
        self.assertEqual(HISTORY.events[-1]["physicalId"], before)
        self.assertEqual(self.deployed(), {"Vpc", "Topic"})

    def test_what_has_a_name_of_its_own_cannot_be_replaced_under_it(self) -> None:
        def role(path: str) -> dict[str, Any]:
            return {"R": resource("AWS::IAM::Role", {"RoleName": "reader", "Path": path, "AssumeRolePolicyDocument": {}})}

        self.create(role("/"))
        stack = self.update(role("/other/"))
        self.assertEqual(stack.status, "UPDATE_ROLLBACK_COMPLETE")
        self.assertTrue(any("custom-named resource" in str(event.resource_status_reason) for event in stack.events))
        self.assertEqual([record.properties["Path"] for record in HISTORY.resources.values()], ["/"])

    def test_a_failed_update_restores(self) -> None:
        first = {"A": resource(TOPIC, {"DisplayName": "x"}), "Vpc": resource(VPC, {"CidrBlock": "10.0.0.0/16"})}
        self.create(first)
        before = {record.logical_id: (record.physical_id, record.properties) for record in HISTORY.resources.values()}
        stack = self.update({
            "A": resource(TOPIC, {"DisplayName": "y"}), "Vpc": resource(VPC, {"CidrBlock": "10.1.0.0/16"}), "New": resource(TOPIC),
            "Z": {**BROKEN, "DependsOn": ["A", "Vpc", "New"]},
        })
        self.assertEqual(stack.status, "UPDATE_ROLLBACK_COMPLETE")
        self.assertEqual({record.logical_id: (record.physical_id, record.properties) for record in HISTORY.resources.values()}, before)
        with self.assertRaisesRegex(ValidationError, "No updates"):
            self.update(first)

    def test_accounts_must_follow_each_other(self) -> None:
        def account(name: str, **options: Any) -> dict[str, Any]:
            return resource("AWS::Organizations::Account", {"AccountName": name, "Email": f"{name}@acme.example"}, **options)

        organization = {"O": resource("AWS::Organizations::Organization")}
        stack = self.create({**organization, "A": account("a"), "B": account("b"), "C": account("c", DependsOn="A")})
        self.assertEqual(stack.status, "ROLLBACK_COMPLETE")
        reasons = [str(event.resource_status_reason) for event in stack.events if event.resource_status == "CREATE_FAILED"]
        self.assertEqual(len(reasons), 1)
        self.assertIn("at the same time", reasons[0])
        self.backend.delete_stack("S")
        stack = self.create({**organization, "A": account("a", DependsOn="O"), "B": account("b", DependsOn="A"), "C": account("c", DependsOn="B")})
        self.assertEqual(stack.status, "CREATE_COMPLETE")

    def test_conditions_outputs_exports_and_other_stacks(self) -> None:
        self.create(
            {"A": resource(TOPIC), "No": resource(TOPIC, Condition="Never")},
            name="Producer", Conditions={"Never": {"Fn::Equals": [1, 2]}},
            Outputs={"Name": {"Value": {"Ref": "A"}, "Export": {"Name": "exported"}}, "No": {"Condition": "Never", "Value": {"Ref": "No"}}})
        self.create({
            "B": resource(TOPIC, {"DisplayName": {"Fn::ImportValue": "exported"}}),
            "C": resource(TOPIC, {"DisplayName": {"Fn::GetStackOutput": {
                "StackName": "Producer", "OutputName": "Name", "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/reader"}}}),
        }, name="Consumer")
        names = {record.properties.get("DisplayName") for record in HISTORY.resources.values() if record.stack == "Consumer"}
        self.assertEqual(len(names), 1)
        self.assertEqual(self.deployed(), {"A", "B", "C"})
        failed = self.create({"D": resource(TOPIC, {"DisplayName": {"Fn::GetStackOutput": {"StackName": "Producer", "OutputName": "No"}}})}, name="Wrong")
        self.assertEqual(failed.status, "ROLLBACK_COMPLETE")

    def test_previous_values_of_parameters(self) -> None:
        sections = {"Parameters": {"P": {"Type": "String", "Default": "default"}}}
        self.backend.create_stack("S", json.dumps({"Resources": {"A": resource(TOPIC, {"DisplayName": {"Ref": "P"}})}, **sections}), {"P": "given"})
        self.update({"A": resource(TOPIC, {"DisplayName": {"Fn::Sub": "${P}!"}})}, parameters=[{"ParameterKey": "P", "UsePreviousValue": True}], **sections)
        self.assertEqual([record.properties for record in HISTORY.resources.values()], [{"DisplayName": "given!"}])

    def test_deleting_a_stack_keeps_what_is_retained(self) -> None:
        self.create({"A": resource(TOPIC), "B": resource(TOPIC, DeletionPolicy="Retain")})
        HISTORY.events.clear()
        self.backend.delete_stack("S")
        self.assertEqual(sorted(self.done()), [("DELETE", "A"), ("RETAIN", "B")])
        self.assertEqual(self.backend.stacks, {})


    def test_what_other_services_see(self) -> None:
        from moto.s3.models import s3_backends
        from moto.ssm.models import ssm_backends

        def resources(value: str) -> dict[str, Any]:
            return {"P": resource("AWS::SSM::Parameter", {"Type": "String", "Value": value, "Tags": {"a": "b"}}),
                    "B": resource("AWS::S3::Bucket", {"BucketName": f"bucket-{self.region}"})}

        self.assertEqual(self.create(resources("one")).status, "CREATE_COMPLETE")
        names = {record.logical_id: record for record in HISTORY.resources.values()}
        parameters = ssm_backends[ACCOUNT]["us-east-1"]
        self.assertEqual(parameters.get_parameter(names["P"].physical_id).value, "one")
        self.assertIn(names["B"].physical_id, s3_backends[ACCOUNT]["aws"].buckets)
        self.assertEqual(names["B"].attributes["Arn"], f"arn:aws:s3:::bucket-{self.region}")
        self.update(resources("two"))
        self.assertEqual(parameters.get_parameter(names["P"].physical_id).value, "two")
        self.backend.delete_stack("S")
        self.assertNotIn(names["B"].physical_id, s3_backends[ACCOUNT]["aws"].buckets)


class TheSpecification(unittest.TestCase):
    def test_knows_what_is_required(self) -> None:
        specification = Specification.load()
        self.assertTrue(specification.knows("Custom::Anything"))
        self.assertFalse(specification.knows("AWS::Nothing::Here"))
        with self.assertRaisesRegex(Refused, "ServiceToken"):
            specification.check_properties("Custom::Anything", {})
