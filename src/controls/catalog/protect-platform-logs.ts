import { Control } from '../control';
import { PlatformNamesOptions } from '../control-options';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { platformResources } from '../platform-names';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

const GROUP = 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/aws-controltower-NotificationForwarder';

/** LZ.LOGS.1. */
export function protectPlatformLogs(options: PlatformNamesOptions = {}): Control {
  return new Control({
    id: 'LZ.LOGS.1',
    title: 'Log groups of the platform are kept',
    description: 'The landing zone\'s log groups hold events of CloudTrail and what its own functions did. Nobody but the platform deletes them or their streams, '
      + 'lets their events expire sooner, takes their key, or redirects or ends what they deliver. '
      + 'They are told by a part of their name, by default aws-controltower, aws-accelerator and landing-zone; see that no team uses it for its own.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AU-9', 'AU-10', 'AU-11', 'AU-6(3)', 'AU-6(4)', 'CA-7', 'SI-12'),
      Framework.PCI_DSS.maps('10.3.2', '10.5.1'),
      Framework.ISO_27001.maps('A.8.15'),
      Framework.SOC_2.maps('CC7.2'),
    ],
    controlTower: ['AWS-GR_LOG_GROUP_POLICY', 'CT.CLOUDWATCH.PR.2'],
    sources: [
      'https://docs.aws.amazon.com/controltower/latest/controlreference/mandatory-controls.html (names of its log groups, read 2026-11-22)',
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Protect-cloud-platform-resource/'
        + 'Deny-deletion-of-specific-CloudWatch-Log-groups-and-streams.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html (NIST 800-53 mapping of CloudWatch.16, read 2026-11-22)',
      'AU-9, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'logs:DeleteLogGroup', 'logs:DeleteLogStream', 'logs:DeleteRetentionPolicy', 'logs:DeleteSubscriptionFilter', 'logs:DisassociateKmsKey',
        'logs:PutLogGroupDeletionProtection', 'logs:PutRetentionPolicy', 'logs:PutSubscriptionFilter',
      ],
      resources: platformResources('arn:*:logs:*:*:log-group:*', options),
    })],
    detective: [
      DetectiveMechanism.configRule('CW_LOGGROUP_RETENTION_PERIOD_CHECK'),
      DetectiveMechanism.securityHub('CloudWatch.16'),
    ],
    proof: {
      denies: options.namePrefixes ? options.namePrefixes.map((prefix) => ({ action: 'logs:DeleteLogGroup', resource: `arn:aws:logs:eu-west-1:111122223333:log-group:${prefix}-trail` })) : [
        { action: 'logs:DeleteLogGroup', resource: GROUP },
        { action: 'logs:PutRetentionPolicy', resource: GROUP, principal: 'root' },
        { action: 'logs:DeleteLogStream', resource: `${GROUP}:log-stream:one` },
        { action: 'logs:PutSubscriptionFilter', resource: GROUP },
        { action: 'logs:DeleteLogGroup', resource: 'arn:aws:logs:eu-west-1:111122223333:log-group:landing-zone/trail' },
      ],
      allows: [
        { action: 'logs:DeleteLogGroup', resource: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/shop' },
        { action: 'logs:PutLogEvents', resource: `${GROUP}:log-stream:one` },
        { action: 'logs:StartQuery', resource: GROUP },
        { action: 'logs:DeleteLogGroup', resource: GROUP, principal: PLATFORM_ROLE },
      ],
    },
  });
}
