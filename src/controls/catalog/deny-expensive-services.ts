import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.COST.1. */
export function denyExpensiveServices(): Control {
  return new Control({
    id: 'LZ.COST.1',
    title: 'Nothing is started that costs a fortune while it idles',
    description: 'Some requests cost hundreds or thousands a month from their first minute, used or not: Shield Advanced, Outposts, Snowball, domains, dedicated hosts, reserved capacity, '
      + 'provisioned throughput of Bedrock, private certificate authorities, CloudHSM, Kendra. In accounts for experiments they are denied; '
      + 'who needs one gets an account for it, with a budget.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('CM-7', 'SA-9'),
      Framework.ISO_27001.maps('A.5.23', 'A.8.6'),
      Framework.SOC_2.maps('CC6.8'),
    ],
    sources: [
      'https://docs.aws.amazon.com/waf/latest/developerguide/ddos-advanced-summary.html (one-year subscription, read 2026-11-22)',
      'https://docs.aws.amazon.com/bedrock/latest/userguide/prov-throughput.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservations-pricing-billing.html (read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'acm-pca:CreateCertificateAuthority', 'athena:CreateCapacityReservation', 'bedrock:CreateProvisionedModelThroughput', 'cloudhsm:CreateCluster',
        'ec2:AllocateHosts', 'ec2:CreateCapacityReservation', 'ec2:CreateCapacityReservationFleet', 'kendra:CreateIndex', 'outposts:CreateOrder',
        'route53domains:RegisterDomain', 'route53domains:TransferDomain', 'shield:CreateSubscription', 'snowball:CreateCluster', 'snowball:CreateJob',
      ],
    })],
    proof: {
      denies: [
        { action: 'shield:CreateSubscription' },
        { action: 'outposts:CreateOrder' },
        { action: 'snowball:CreateJob' },
        { action: 'route53domains:RegisterDomain', principal: 'root' },
        { action: 'bedrock:CreateProvisionedModelThroughput' },
        { action: 'ec2:AllocateHosts' },
      ],
      allows: [
        { action: 'bedrock:InvokeModel' },
        { action: 'ec2:RunInstances' },
        { action: 'acm:RequestCertificate' },
        { action: 'shield:DescribeSubscription' },
        { action: 'shield:CreateSubscription', principal: PLATFORM_ROLE },
      ],
    },
  });
}
