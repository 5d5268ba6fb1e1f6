import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** Services that watch accounts or connect them to the organization, by the path of their service-linked roles. */
const SERVICES = [
  'access-analyzer', 'agentless.inspector2', 'backup', 'cloudtrail', 'config', 'config-multiaccountsetup', 'detective', 'fms', 'guardduty', 'inspector2', 'macie',
  'malware-protection.guardduty', 'member.org.stacksets.cloudformation', 'organizations', 'securityhub', 'sso',
];

/** LZ.IAM.11. */
export function protectServiceLinkedRoles(): Control {
  return new Control({
    id: 'LZ.IAM.11',
    title: 'Service-linked roles of the organization\'s services stay',
    description: 'AWS Config, CloudTrail, GuardDuty, Security Hub, StackSets, IAM Identity Center and the like work in an account through a service-linked role. '
      + 'Without it the service falls silent or can no longer be managed from the organization. Nobody but the platform deletes these roles; those of other services stay the team\'s.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AU-9', 'CM-5'),
      Framework.ISO_27001.maps('A.8.2', 'A.8.15'),
      Framework.SOC_2.maps('CC6.1', 'CC7.2'),
    ],
    sources: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html (service-linked roles, read 2026-11-22)',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html (path of the roles, read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: ['iam:DeleteServiceLinkedRole'],
      resources: SERVICES.map((service) => `arn:*:iam::*:role/aws-service-role/${service}.amazonaws.com/*`),
    })],
    proof: {
      denies: [
        { action: 'iam:DeleteServiceLinkedRole', resource: role('config', 'AWSServiceRoleForConfig') },
        { action: 'iam:DeleteServiceLinkedRole', resource: role('guardduty', 'AWSServiceRoleForAmazonGuardDuty'), principal: 'root' },
        { action: 'iam:DeleteServiceLinkedRole', resource: role('organizations', 'AWSServiceRoleForOrganizations'), principal: 'user/someone' },
        { action: 'iam:DeleteServiceLinkedRole', resource: role('sso', 'AWSServiceRoleForSSO') },
      ],
      allows: [
        { action: 'iam:DeleteServiceLinkedRole', resource: role('autoscaling', 'AWSServiceRoleForAutoScaling') },
        { action: 'iam:CreateServiceLinkedRole', resource: role('config', 'AWSServiceRoleForConfig') },
        { action: 'iam:DeleteServiceLinkedRole', resource: role('config', 'AWSServiceRoleForConfig'), principal: PLATFORM_ROLE },
      ],
    },
  });
}

function role(service: string, name: string): string {
  return `arn:aws:iam::111122223333:role/aws-service-role/${service}.amazonaws.com/${name}`;
}
