import { Control } from '../../controls/control';
import { Framework } from '../../controls/framework';
import { PreventiveMechanism } from '../../controls/mechanism';
import { PLATFORM_ROLE } from '../../controls/proof-principals';
import { Severity } from '../../controls/severity';

/** LZ.CONTRACT.1. Freeze flags, `/landing-zone/v1/freeze/`, are the products' own. */
export function protectContract(): Control {
  const parameter = (name: string) => `arn:aws:ssm:eu-west-1:111122223333:parameter${name}`;
  return new Control({
    id: 'LZ.CONTRACT.1',
    title: 'What products read of the landing zone stays what it is',
    description: 'Stacks of products read from parameters to which bucket they write their logs and which network they are in. Whoever changes such a parameter has the logs of all later deployments written to a bucket of his own, '
      + 'or workloads started in his network. Nobody but the platform does.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AU-9', 'CM-5'),
      Framework.ISO_27001.maps('A.8.15', 'A.8.32'),
      Framework.SOC_2.maps('CC6.1', 'CC8.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html (actions on parameters, read 2026-11-23)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: ['ssm:DeleteParameter', 'ssm:DeleteParameters', 'ssm:PutParameter'],
      resources: ['arn:*:ssm:*:*:parameter/landing-zone/v1/logs/*', 'arn:*:ssm:*:*:parameter/landing-zone/v1/network/*'],
    })],
    proof: {
      denies: [
        { action: 'ssm:PutParameter', resource: parameter('/landing-zone/v1/logs/access-bucket') },
        { action: 'ssm:DeleteParameter', resource: parameter('/landing-zone/v1/logs/flow-bucket-arn'), principal: 'root' },
        { action: 'ssm:PutParameter', resource: parameter('/landing-zone/v1/network/vpc-id') },
        { action: 'ssm:DeleteParameters', resource: parameter('/landing-zone/v1/network/private-subnet-ids') },
      ],
      allows: [
        { action: 'ssm:GetParameter', resource: parameter('/landing-zone/v1/network/vpc-id') },
        { action: 'ssm:PutParameter', resource: parameter('/landing-zone/v1/freeze/orders-api') },
        { action: 'ssm:PutParameter', resource: parameter('/orders/settings') },
        { action: 'ssm:PutParameter', resource: parameter('/landing-zone/v1/network/vpc-id'), principal: PLATFORM_ROLE },
      ],
    },
  });
}
