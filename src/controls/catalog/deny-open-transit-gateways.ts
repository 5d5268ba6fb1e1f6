import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, ProactiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { TemplateRule } from '../template-rule';

/** LZ.NETWORK.5. */
export function denyOpenTransitGateways(): Control {
  return new Control({
    id: 'LZ.NETWORK.5',
    title: 'No VPC joins the network by attaching itself',
    description: 'A transit gateway that accepts attachments by itself, and puts them into its default route table by itself, connects whoever attaches with everybody who is there. '
      + 'A gateway that accepts by itself neither associates nor propagates by itself: an attachment then carries nothing until the network team has given it a place. '
      + 'AWS Config and Security Hub report every gateway that accepts by itself, also one that gives no place; a hub shared with the organization alone is such a one, and is left as it is there.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4(21)', 'CA-9(1)', 'CM-2'),
      Framework.PCI_DSS.maps('1.3.1', '1.4.1'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    controlTower: ['CT.EC2.PR.6'],
    sources: [
      'https://github.com/cdklabs/cdk-validator-cfnguard/blob/main/rules/control-tower/cfn-guard/ec2/ct-ec2-pr-6.guard (and NIST 800-53 mapping in its metadata, read 2026-11-23)',
      'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html (automatic association and propagation, on by default, read 2026-11-23)',
      'PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    proactive: [ProactiveMechanism.nagRule('A transit gateway that accepts attachments by itself gives them no route table by itself', new TemplateRule({
      'AWS::EC2::TransitGateway': ({ AutoAcceptSharedAttachments, DefaultRouteTableAssociation, DefaultRouteTablePropagation }) => {
        if (AutoAcceptSharedAttachments === undefined || AutoAcceptSharedAttachments === 'disable') return [];
        return Object.entries({ DefaultRouteTableAssociation, DefaultRouteTablePropagation }).filter(([, value]) => value !== 'disable')
          .map(([name, value]) => `${name} must be "disable" and is ${JSON.stringify(value) ?? 'missing'}, where AutoAcceptSharedAttachments is ${JSON.stringify(AutoAcceptSharedAttachments)}`);
      },
    }))],
    detective: [
      DetectiveMechanism.configRule('EC2_TRANSIT_GATEWAY_AUTO_VPC_ATTACH_DISABLED'),
      DetectiveMechanism.securityHub('EC2.23'),
    ],
  });
}
