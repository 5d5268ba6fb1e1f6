import json
import unittest
from typing import Any

from moto.organizations.exceptions import OrganizationsClientError
from moto.organizations.models import organizations_backends

ACCOUNT = "123456789012"
DENY = {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


class Organizations(unittest.TestCase):
    def setUp(self) -> None:
        organizations_backends[ACCOUNT].reset()
        organizations_backends.master_accounts.clear()
        self.backend = organizations_backends[ACCOUNT]["aws"]
        self.backend._reset()
        self.backend.create_organization("us-east-1", FeatureSet="ALL")
        self.root = self.backend.org.root_id

    def refused(self, code: str, call: Any, **arguments: Any) -> str:
        with self.assertRaises(OrganizationsClientError) as raised:
            call(**arguments)
        self.assertEqual(raised.exception.code, code)
        return str(raised.exception.message)

    def unit(self, name: str, parent: str | None = None) -> str:
        return str(self.backend.create_organizational_unit(ParentId=parent or self.root, Name=name)["OrganizationalUnit"]["Id"])

    def policy(self, name: str, policy_type: str = "SERVICE_CONTROL_POLICY", content: str | None = None) -> str:
        created = self.backend.create_policy(Name=name, Type=policy_type, Content=content or document(DENY), Description="")
        return str(created["Policy"]["PolicySummary"]["Id"])

    def test_names_and_e_mails_are_unique(self) -> None:
        prod = self.unit("Prod")
        self.refused("DuplicateOrganizationalUnitException", self.backend.create_organizational_unit, ParentId=self.root, Name="Prod")
        self.unit("Prod", prod)
        test = self.unit("Test")
        self.refused("DuplicateOrganizationalUnitException", self.backend.update_organizational_unit, OrganizationalUnitId=test, Name="Prod")
        self.backend.create_account(AccountName="a", Email="a@acme.example")
        self.refused("EMAIL_ALREADY_EXISTS", self.backend.create_account, AccountName="b", Email="A@acme.example")
        self.policy("p")
        self.refused("DuplicatePolicyException", self.backend.create_policy, Name="p", Type="SERVICE_CONTROL_POLICY", Content=document(DENY), Description="")

    def test_depth(self) -> None:
        parent = self.root
        for level in range(1, 6):
            parent = self.unit(f"level-{level}", parent)
        self.assertIn("OU_DEPTH_LIMIT_EXCEEDED", self.refused("ConstraintViolationException", self.backend.create_organizational_unit, ParentId=parent, Name="6"))

    def test_a_unit_with_something_in_it_stays(self) -> None:
        unit = self.unit("Prod")
        account = self.backend.create_account(AccountName="a", Email="a@acme.example")["CreateAccountStatus"]["AccountId"]
        self.backend.move_account(AccountId=account, SourceParentId=self.root, DestinationParentId=unit)
        self.refused("OrganizationalUnitNotEmptyException", self.backend.delete_organizational_unit, OrganizationalUnitId=unit)
        self.backend.move_account(AccountId=account, SourceParentId=unit, DestinationParentId=self.root)
        self.backend.delete_organizational_unit(OrganizationalUnitId=unit)

    def test_quota_of_service_control_policies_counts_the_one_of_aws(self) -> None:
        unit = self.unit("Prod")
        for index in range(9):
            self.backend.attach_policy(PolicyId=self.policy(f"p{index}"), TargetId=unit)
        tenth = self.policy("p9")
        self.assertIn("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
                      self.refused("ConstraintViolationException", self.backend.attach_policy, PolicyId=tenth, TargetId=unit))
        self.backend.attach_policy(PolicyId=tenth, TargetId=self.root)  # inherited policies do not count

    def test_quota_of_resource_control_policies(self) -> None:
        self.backend.enable_policy_type(RootId=self.root, PolicyType="RESOURCE_CONTROL_POLICY")
        content = document({**DENY, "Principal": "*"})
        for index in range(4):
            self.backend.attach_policy(PolicyId=self.policy(f"r{index}", "RESOURCE_CONTROL_POLICY", content), TargetId=self.root)
        fifth = self.policy("r4", "RESOURCE_CONTROL_POLICY", content)
        self.refused("ConstraintViolationException", self.backend.attach_policy, PolicyId=fifth, TargetId=self.root)

    def test_sizes_to_the_byte(self) -> None:
        for policy_type, limit in [("SERVICE_CONTROL_POLICY", 10_240), ("RESOURCE_CONTROL_POLICY", 5_120), ("TAG_POLICY", 10_000), ("AISERVICES_OPT_OUT_POLICY", 2_500)]:
            statement = {**DENY, "Principal": "*"} if policy_type == "RESOURCE_CONTROL_POLICY" else DENY
            content = document({**statement, "Sid": ""})
            fitting = document({**statement, "Sid": "x" * (limit - len(content))})
            self.policy(policy_type, policy_type, fitting)
            with self.assertRaises(OrganizationsClientError):
                self.policy("large", policy_type, fitting.replace("x", "xx", 1))
            with self.assertRaises(OrganizationsClientError):  # characters are not bytes
                self.policy("wide", policy_type, fitting.replace("x", "ü", 1))

    def test_documents(self) -> None:
        for policy_type, content in [
            ("SERVICE_CONTROL_POLICY", "{"),
            ("SERVICE_CONTROL_POLICY", "[]"),
            ("SERVICE_CONTROL_POLICY", json.dumps({"Statement": [DENY]})),
            ("SERVICE_CONTROL_POLICY", document({**DENY, "Principal": "*"})),
            ("SERVICE_CONTROL_POLICY", document({"Effect": "Deny", "Resource": "*"})),
            ("RESOURCE_CONTROL_POLICY", document({**DENY, "Principal": "*", "Effect": "Allow"})),
            ("RESOURCE_CONTROL_POLICY", document(DENY)),
        ]:
            self.refused("MalformedPolicyDocumentException", self.backend.create_policy, Name="x", Type=policy_type, Content=content, Description="")

    def test_attaching_and_detaching(self) -> None:
        tag = self.policy("tags", "TAG_POLICY", "{}")
        self.refused("PolicyTypeNotEnabledException", self.backend.attach_policy, PolicyId=tag, TargetId=self.root)
        self.backend.enable_policy_type(RootId=self.root, PolicyType="TAG_POLICY")
        self.backend.attach_policy(PolicyId=tag, TargetId=self.root)
        self.refused("DuplicatePolicyAttachmentException", self.backend.attach_policy, PolicyId=tag, TargetId=self.root)
        self.backend.disable_policy_type(RootId=self.root, PolicyType="TAG_POLICY")
        self.refused("PolicyNotAttachedException", self.backend.detach_policy, PolicyId=tag, TargetId=self.root)
        self.assertIn("MIN_POLICY_TYPE", self.refused("ConstraintViolationException", self.backend.detach_policy, PolicyId="p-FullAWSAccess", TargetId=self.root))

    def test_delegated_administrators_need_trust_and_keep_it(self) -> None:
        account = self.backend.create_account(AccountName="a", Email="a@acme.example")["CreateAccountStatus"]["AccountId"]
        service = {"ServicePrincipal": "securityhub.amazonaws.com"}
        self.assertIn("SERVICE_ACCESS_NOT_ENABLED", self.refused(
            "ConstraintViolationException", self.backend.register_delegated_administrator, AccountId=account, **service))
        self.backend.enable_aws_service_access(**service)
        self.backend.register_delegated_administrator(AccountId=account, **service)
        self.refused("AccountAlreadyRegisteredException", self.backend.register_delegated_administrator, AccountId=account, **service)
        self.refused("ConstraintViolationException", self.backend.disable_aws_service_access, **service)
        self.backend.deregister_delegated_administrator(AccountId=account, **service)
        self.backend.disable_aws_service_access(**service)
        self.refused("AccountNotRegisteredException", self.backend.deregister_delegated_administrator, AccountId=account, **service)
