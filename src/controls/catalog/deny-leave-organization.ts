import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.ORG.1. */
export function denyLeaveOrganization(): Control {
  return new Control({
    id: 'LZ.ORG.1',
    title: 'Nobody leaves the organization',
    description: 'An account that leaves the organization leaves every guardrail, the organization trail and consolidated billing behind. '
      + 'Accounts are removed and closed from the management account only, which service control policies do not bind.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.NIST_800_53.maps('CA-9(1)', 'CM-2'),
      Framework.ISO_27001.maps('A.5.23'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/tree/main/Privileged-access-controls (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/account-controls.html (NIST 800-53 mapping, read 2026-11-22)',
      'ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['account:CloseAccount', 'organizations:LeaveOrganization'] })],
    detective: [DetectiveMechanism.configRule('ACCOUNT_PART_OF_ORGANIZATIONS'), DetectiveMechanism.securityHub('Account.2')],
    proof: {
      denies: [
        { action: 'organizations:LeaveOrganization' },
        { action: 'organizations:LeaveOrganization', principal: 'root' },
        { action: 'account:CloseAccount' },
      ],
      allows: [
        { action: 'organizations:DescribeOrganization' },
        { action: 'account:PutAlternateContact' },
        { action: 'organizations:LeaveOrganization', principal: PLATFORM_ROLE },
      ],
    },
  });
}
