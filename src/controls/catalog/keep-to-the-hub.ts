import { Stack, Token } from 'aws-cdk-lib';
import { Control } from '../control';
import { HubOptions } from '../control-options';
import { Framework } from '../framework';
import { ProactiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { TemplateCheck, TemplateRule } from '../template-rule';

/** Connects VPCs with each other or with others, past any hub. */
const AROUND = ['AWS::EC2::ClientVpnEndpoint', 'AWS::EC2::VPCPeeringConnection', 'AWS::EC2::VPNGateway'];

/** Belongs to the network accounts. */
const NETWORK = [
  'AWS::DirectConnect::DirectConnectGateway', 'AWS::EC2::CarrierGateway', 'AWS::EC2::EgressOnlyInternetGateway', 'AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::TransitGateway',
  'AWS::EC2::TransitGatewayPeeringAttachment', 'AWS::EC2::VPNConnection', 'AWS::GlobalAccelerator::Accelerator',
];

/** LZ.NETWORK.7. */
export function keepToTheHub({ networkAccounts = [] }: HubOptions = {}): Control {
  const isExempt = (account: string) => networkAccounts.includes(account);
  return new Control({
    id: 'LZ.NETWORK.7',
    title: 'Templates keep to the hub',
    description: 'LZ.NETWORK.1 and LZ.NETWORK.2 stop gateways and peerings that are made by hand; what a team deploys by the CDK passes them, as deployment roles are the platform\'s. '
      + 'So the templates are checked: no VPC peering, virtual private gateway or client VPN; and where the option names the network accounts, internet gateways, NAT gateways, transit gateways, VPN '
      + 'connections and accelerators in their stacks only. A door of a spoke\'s own is acknowledged where it is made, with its reason.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4', 'AC-4(21)', 'CA-3', 'CM-7', 'SC-7', 'SC-7(3)', 'SC-7(5)', 'SC-7(8)'),
      Framework.PCI_DSS.maps('1.3.1', '1.3.2', '1.4.1'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.21', 'A.8.22'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    controlTower: ['AWS-GR_DISALLOW_VPC_INTERNET_ACCESS', 'AWS-GR_DISALLOW_VPN_CONNECTIONS', 'AWS-GR_NO_UNRESTRICTED_ROUTE_TO_IGW'],
    sources: [
      'https://docs.aws.amazon.com/controltower/latest/controlreference/data-residency-preventive-controls.html (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    proactive: [ProactiveMechanism.nagRule('Only network accounts connect networks', new TemplateRule(Object.fromEntries(
      [...AROUND, ...(networkAccounts.length > 0 ? NETWORK : [])].map((type): [string, TemplateCheck] => [type, ({ ConnectivityType }, resource) => {
        const { account } = Stack.of(resource);
        // A private NAT gateway translates between VPCs and reaches no internet.
        if (type === 'AWS::EC2::NatGateway' && ConnectivityType === 'private') return [];
        if (Token.isUnresolved(account) && networkAccounts.length > 0) return ['the account of its stack must be known (env: { account, region }): only network accounts connect networks'];
        return isExempt(account) ? [] : ['it leads around the hub: attach the VPC to the hub, or deploy it in a network account'];
      }]),
    )))],
  });
}
