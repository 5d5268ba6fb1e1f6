import unittest
from typing import Any

from aws_emulator.intrinsics import NO_VALUE, is_true, references, resolve
from aws_emulator.rules import check_parameters, check_rules
from aws_emulator.specification import Refused


class FakeScope:
    region = "us-east-1"

    def ref(self, name: str) -> Any:
        return {"Bucket": "bucket-1", "Names": ["a", "b"], "Flag": "yes"}[name]

    def attribute(self, resource: str, attribute: str) -> Any:
        return f"{resource}/{attribute}"

    def mapping(self, name: str) -> dict[str, Any]:
        return {"Sizes": {"us-east-1": {"Small": 1}}}[name]

    def condition(self, name: str) -> bool:
        return name == "Yes"

    def exported(self, name: str) -> str:
        return f"export of {name}"

    def stack_output(self, stack: str, output: str, region: str | None, role: str | None) -> Any:
        return f"{stack}.{output} in {region} by {role}"

    def ssm_parameter(self, name: str) -> str:
        return f"parameter {name}"


SCOPE = FakeScope()


class Resolving(unittest.TestCase):
    def check(self, value: Any, expected: Any) -> None:
        self.assertEqual(resolve(value, SCOPE), expected)

    def test_references_and_text(self) -> None:
        self.check({"Ref": "Bucket"}, "bucket-1")
        self.check({"Fn::GetAtt": ["Bucket", "Arn"]}, "Bucket/Arn")
        self.check({"Fn::GetAtt": "Bucket.Endpoint.Address"}, "Bucket/Endpoint.Address")
        self.check({"Fn::Sub": "${Bucket}:${Bucket.Arn}:${!Literal}"}, "bucket-1:Bucket/Arn:${Literal}")
        self.check({"Fn::Sub": ["${X}-${Bucket}", {"X": {"Ref": "Flag"}}]}, "yes-bucket-1")
        self.check({"Fn::Join": ["-", ["a", {"Ref": "Bucket"}, 1, True]]}, "a-bucket-1-1-true")
        self.check({"Fn::Select": ["1", {"Fn::Split": [",", "a,b,c"]}]}, "b")
        self.check({"Fn::ToJsonString": {"a": [1, {"Ref": "Bucket"}]}}, '{"a":[1,"bucket-1"]}')
        self.check("{{resolve:ssm:/a/b:3}}", "parameter /a/b")

    def test_other_stacks(self) -> None:
        self.check({"Fn::ImportValue": {"Fn::Sub": "${Bucket}-x"}}, "export of bucket-1-x")
        self.check({"Fn::GetStackOutput": {"StackName": "S", "OutputName": "O", "Region": "eu-west-1"}}, "S.O in eu-west-1 by None")

    def test_no_value_leaves_out(self) -> None:
        self.check({"A": {"Ref": "AWS::NoValue"}, "B": [1, {"Fn::If": ["No", 2, {"Ref": "AWS::NoValue"}]}]}, {"B": [1]})
        self.assertIs(resolve({"Ref": "AWS::NoValue"}, SCOPE), NO_VALUE)

    def test_cidr(self) -> None:
        self.check({"Fn::Cidr": ["10.0.0.0/22", 3, 8]}, ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"])
        self.check({"Fn::Cidr": ["2001:db8::/62", "2", "64"]}, ["2001:db8::/64", "2001:db8:0:1::/64"])
        with self.assertRaisesRegex(Refused, "cannot make 5 blocks"):
            resolve({"Fn::Cidr": ["10.0.0.0/22", 5, 8]}, SCOPE)

    def test_mappings(self) -> None:
        self.check({"Fn::FindInMap": ["Sizes", "us-east-1", "Small"]}, 1)
        self.check({"Fn::FindInMap": ["Sizes", "eu-west-1", "Small", {"DefaultValue": 7}]}, 7)
        with self.assertRaisesRegex(Refused, "Sizes::eu-west-1::Small"):
            resolve({"Fn::FindInMap": ["Sizes", "eu-west-1", "Small"]}, SCOPE)

    def test_what_cannot_be_resolved_is_refused(self) -> None:
        with self.assertRaisesRegex(Refused, "Fn::Telepathy"):
            resolve({"Fn::Telepathy": []}, SCOPE)
        with self.assertRaisesRegex(Refused, "nonexistent value at index 3"):
            resolve({"Fn::Select": [3, ["a"]]}, SCOPE)

    def test_references_are_found_wherever_they_hide(self) -> None:
        value = {"a": [{"Ref": "A"}, {"Fn::GetAtt": "B.Arn"}], "b": {"Fn::Sub": ["${C}${D.X}${E}${!F}", {"E": {"Ref": "G"}}]}}
        self.assertEqual(references(value), {"A", "B", "C", "D", "G"})


class Conditions(unittest.TestCase):
    def test_functions(self) -> None:
        for condition, expected in [
            ({"Fn::Equals": [{"Ref": "Flag"}, "yes"]}, True),
            ({"Fn::Equals": ["true", True]}, True),
            ({"Fn::Not": [{"Fn::Equals": [1, "1"]}]}, False),
            ({"Fn::And": [{"Condition": "Yes"}, {"Condition": "No"}]}, False),
            ({"Fn::Or": [{"Condition": "Yes"}, {"Condition": "No"}]}, True),
            ({"Fn::Contains": [["no", "yes"], {"Ref": "Flag"}]}, True),
            ({"Fn::EachMemberIn": [{"Ref": "Names"}, ["a", "c"]]}, False),
        ]:
            self.assertEqual(is_true(condition, SCOPE), expected, condition)

    def test_rules_refuse_with_all_their_descriptions(self) -> None:
        def rule(value: str, text: str) -> dict[str, Any]:
            return {"Assertions": [{"Assert": {"Fn::Equals": [{"Ref": "Flag"}, value]}, "AssertDescription": text}]}

        check_rules({"Rules": {"A": rule("yes", "never said")}}, SCOPE)
        with self.assertRaisesRegex(Refused, "first; second"):
            check_rules({"Rules": {"A": rule("no", "first"), "B": rule("no", "second")}}, SCOPE)
        check_rules({"Rules": {"A": {"RuleCondition": {"Fn::Equals": [1, 2]}, **rule("no", "not asked")}}}, SCOPE)

    def test_parameters(self) -> None:
        template = {"Parameters": {"A": {"Type": "String"}, "B": {"Type": "String", "Default": "x", "AllowedValues": ["x", "y"]}}}
        self.assertEqual(check_parameters(template, {"A": "1"}), {"A": "1", "B": "x"})
        for given, message in [({}, r"\[A\] must have values"), ({"A": "1", "C": "2"}, r"\[C\] do not exist"), ({"A": "1", "B": "z"}, "'B' must be one of")]:
            with self.assertRaisesRegex(Refused, message):
                check_parameters(template, given)
