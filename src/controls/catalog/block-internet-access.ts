import { Control } from '../control';
import { InternetBlockOptions } from '../control-options';
import { Framework } from '../framework';
import { locked } from '../locked';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

const EXCLUSIONS = ['ec2:CreateVpcBlockPublicAccessExclusion', 'ec2:ModifyVpcBlockPublicAccessExclusion'];

/** LZ.EC2.6. */
export function blockInternetAccess({ bidirectional = false, exclusionsAllowed = false }: InternetBlockOptions = {}): Control {
  return new Control({
    id: 'LZ.EC2.6',
    title: 'VPCs are cut off from internet gateways',
    description: 'Public addresses, open security groups and forgotten load balancers matter no longer when an internet gateway lets nothing in. VPC Block Public Access holds in every account '
      + 'and Region by a declarative policy, which no unit or account lifts; NAT gateways still reach out unless the option says bidirectional. '
      + 'Everything that serves the internet from a VPC stops at once: enable it where traffic enters elsewhere, and look at Network Access Analyzer first.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4', 'AC-4(21)', 'SC-7', 'SC-7(5)', 'SC-7(8)', 'SC-7(21)'),
      Framework.PCI_DSS.maps('1.3.1', '1.4.2', '1.4.4'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    controlTower: ['CT.EC2.PV.8', 'AWS-GR_DISALLOW_VPC_INTERNET_ACCESS'],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html (vpc_block_public_access, read 2026-11-22)',
      'https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [
      PreventiveMechanism.serviceControl({ actions: [...(exclusionsAllowed ? [] : EXCLUSIONS), 'ec2:ModifyVpcBlockPublicAccessOptions'] }),
      PreventiveMechanism.managementPolicy('DECLARATIVE_POLICY_EC2', {
        ec2_attributes: {
          vpc_block_public_access: {
            internet_gateway_block: {
              mode: locked(bidirectional ? 'block_bidirectional' : 'block_ingress'),
              exclusions_allowed: locked(exclusionsAllowed ? 'enabled' : 'disabled'),
            },
          },
        },
      }),
    ],
    detective: [DetectiveMechanism.securityHub('EC2.172')],
    proof: {
      denies: [
        { action: 'ec2:ModifyVpcBlockPublicAccessOptions' },
        { action: 'ec2:ModifyVpcBlockPublicAccessOptions', principal: 'root' },
        ...(exclusionsAllowed ? [] : EXCLUSIONS.map((action) => ({ action }))),
      ],
      allows: [
        { action: 'ec2:DescribeVpcBlockPublicAccessOptions' },
        { action: 'ec2:DeleteVpcBlockPublicAccessExclusion' },
        ...(exclusionsAllowed ? EXCLUSIONS.map((action) => ({ action })) : []),
        { action: 'ec2:ModifyVpcBlockPublicAccessOptions', principal: PLATFORM_ROLE },
      ],
    },
  });
}
