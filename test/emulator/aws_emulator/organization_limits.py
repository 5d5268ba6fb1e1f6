"""Limits of AWS Organizations as of 2026-11-22: quotas page after the changes of 2026-05, which aws-size PR 71 lists as well."""

from dataclasses import dataclass

MAX_UNIT_DEPTH = 5


@dataclass(frozen=True)
class PolicyLimit:
    """Bytes of a document, and policies attached to one root, unit or account, the AWS-managed one included."""

    max_bytes: int
    max_attached: int


POLICY_LIMITS = {
    "SERVICE_CONTROL_POLICY": PolicyLimit(10_240, 10),
    "RESOURCE_CONTROL_POLICY": PolicyLimit(5_120, 5),
    "AISERVICES_OPT_OUT_POLICY": PolicyLimit(2_500, 5),
    "CHATBOT_POLICY": PolicyLimit(10_000, 5),
    "BACKUP_POLICY": PolicyLimit(10_000, 10),
    "TAG_POLICY": PolicyLimit(10_000, 10),
    "DECLARATIVE_POLICY_EC2": PolicyLimit(10_000, 10),
    "SECURITYHUB_POLICY": PolicyLimit(10_000, 10),
    "SECURITYHUB_CSPM_POLICY": PolicyLimit(10_000, 10),
    "BEDROCK_POLICY": PolicyLimit(10_000, 10),
    "GUARDDUTY_POLICY": PolicyLimit(10_000, 10),
    "INSPECTOR_POLICY": PolicyLimit(10_000, 10),
    "NETWORK_SECURITY_DIRECTOR_POLICY": PolicyLimit(10_000, 10),
    "S3_POLICY": PolicyLimit(10_000, 10),
    "UPGRADE_ROLLOUT_POLICY": PolicyLimit(10_000, 10),
}
