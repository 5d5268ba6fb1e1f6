import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule, within } from '../template-rule';

/** LZ.MSK.1. */
export function denyPublicBrokers(): Control {
  return new Control({
    id: 'LZ.MSK.1',
    title: 'No Kafka broker has a public address',
    description: 'Brokers of Amazon MSK start private; one later request gives each of them a public address, and what flows through them is then a password away from everybody. '
      + 'That request is denied. Producers and consumers elsewhere connect by VPC connections of MSK, which stay possible.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-4', 'SC-7', 'SC-7(5)'),
      Framework.PCI_DSS.maps('1.4.4'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    controlTower: ['CT.MSK.PR.2'],
    sources: [
      'https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmanagedstreamingforapachekafka.html (kafka:publicAccessEnabled, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['kafka:UpdateConnectivity'], conditions: { Bool: { 'kafka:publicAccessEnabled': 'true' } } })],
    proactive: [ProactiveMechanism.nagRule('A cluster keeps its brokers private', new TemplateRule({
      'AWS::MSK::Cluster': (cluster) => within('BrokerNodeGroupInfo', cluster.BrokerNodeGroupInfo,
        (group) => within('BrokerNodeGroupInfo.ConnectivityInfo', group.ConnectivityInfo,
          (connectivity) => within('BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess', connectivity.PublicAccess,
            (access) => mustBe('DISABLED', 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type', access.Type ?? 'DISABLED')))),
    }))],
    detective: [DetectiveMechanism.securityHub('MSK.4')],
    proof: {
      denies: [
        { action: 'kafka:UpdateConnectivity', context: { 'kafka:publicAccessEnabled': ['true'] } },
        { action: 'kafka:UpdateConnectivity', principal: 'root', context: { 'kafka:publicAccessEnabled': ['true'] } },
      ],
      allows: [
        { action: 'kafka:UpdateConnectivity', context: { 'kafka:publicAccessEnabled': ['false'] } },
        { action: 'kafka:UpdateConnectivity', context: { 'kafka:publicAccessEnabled': [] } },
        { action: 'kafka:CreateVpcConnection' },
        { action: 'kafka:UpdateConnectivity', principal: PLATFORM_ROLE, context: { 'kafka:publicAccessEnabled': ['true'] } },
      ],
    },
  });
}
