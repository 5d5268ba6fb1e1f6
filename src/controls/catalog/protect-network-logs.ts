import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.LOGS.2. */
export function protectNetworkLogs(): Control {
  return new Control({
    id: 'LZ.LOGS.2',
    title: 'Flow logs and DNS query logs are kept',
    description: 'Flow logs show who talked to whom, query logs of the resolver which names were asked for: often the only trace of an intruder who took data away. '
      + 'Nobody but the platform deletes flow logs or ends the logging of DNS queries. '
      + 'A team that made flow logs of its own can no longer delete them, unless by the CDK: keep it out of sandboxes.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.CIS_AWS.maps('3.7'),
      Framework.NIST_800_53.maps('AC-4(26)', 'AU-2', 'AU-3', 'AU-6(3)', 'AU-6(4)', 'AU-9', 'AU-12', 'CA-7', 'SI-7(8)'),
      Framework.PCI_DSS.maps('10.2.1', '10.3.2'),
      Framework.ISO_27001.maps('A.8.15', 'A.8.20'),
      Framework.SOC_2.maps('CC7.2'),
    ],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Protect-cloud-platform-resource/Deny-users-from-deleting-Amazon-VPC-flow-logs.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html (CIS and NIST 800-53 mapping of EC2.6, read 2026-11-22)',
      'AU-9, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'ec2:DeleteFlowLogs', 'route53:DeleteQueryLoggingConfig', 'route53resolver:DeleteResolverQueryLogConfig', 'route53resolver:DisassociateResolverQueryLogConfig',
      ],
    })],
    detective: [
      DetectiveMechanism.configRule('VPC_FLOW_LOGS_ENABLED'),
      DetectiveMechanism.securityHub('EC2.6'),
    ],
    proof: {
      denies: [
        { action: 'ec2:DeleteFlowLogs' },
        { action: 'ec2:DeleteFlowLogs', principal: 'root' },
        { action: 'route53resolver:DeleteResolverQueryLogConfig' },
        { action: 'route53resolver:DisassociateResolverQueryLogConfig' },
        { action: 'route53:DeleteQueryLoggingConfig' },
      ],
      allows: [
        { action: 'ec2:CreateFlowLogs' },
        { action: 'ec2:DeleteVpc' },
        { action: 'route53resolver:AssociateResolverQueryLogConfig' },
        { action: 'ec2:DeleteFlowLogs', principal: PLATFORM_ROLE },
      ],
    },
  });
}
