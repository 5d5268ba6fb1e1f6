import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

/** LZ.QUARANTINE.1. */
export function quarantineAccounts(): Control {
  return new Control({
    id: 'LZ.QUARANTINE.1',
    title: 'An account without its baseline does nothing',
    description: 'Between its creation and its baseline an account has no trail, no recorder and no network of its own, and after its suspension nobody looks at it. '
      + 'In such an account only the platform acts; move it to its unit when it is ready. Service-linked roles go on working, AWS exempts them.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'CM-2', 'CM-7'),
      Framework.ISO_27001.maps('A.5.23', 'A.8.9'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    sources: [
      'https://github.com/awslabs/landing-zone-accelerator-on-aws (quarantine policy of its sample configuration, read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['*'] })],
    proof: {
      denies: [
        { action: 'ec2:RunInstances' },
        { action: 'iam:CreateUser', principal: 'root' },
        { action: 's3:GetObject', principal: 'user/someone' },
      ],
      allows: [
        { action: 'cloudformation:CreateStack', principal: PLATFORM_ROLE },
        { action: 'iam:CreateRole', principal: PLATFORM_ROLE },
        { action: 'iam:CreateRole', principal: `arn:${ZoneValue.PARTITION}:iam::*:role/stacksets-exec-0123456789abcdef` },
        { action: 'sts:AssumeRole', principal: 'role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty' },
      ],
    },
  });
}
