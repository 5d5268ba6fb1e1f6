import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

const PUBLIC = 'eks:endpointPublicAccess';

/** LZ.EKS.1. */
export function denyPublicKubernetesEndpoints(): Control {
  return new Control({
    id: 'LZ.EKS.1',
    title: 'Kubernetes API endpoints are private',
    description: 'The API of a new EKS cluster is on the internet unless the request says otherwise, and a leaked token or a flaw in Kubernetes is then enough. '
      + 'A cluster is created with a private endpoint, and none is opened later. '
      + 'Give people and pipelines a way into the network first: a VPN, Session Manager, or runners in the VPC.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7', 'SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'),
      Framework.PCI_DSS.maps('1.4.4'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.1', 'CC6.6'),
    ],
    controlTower: ['AWS-GR_EKS_ENDPOINT_NO_PUBLIC_ACCESS', 'CT.EKS.PR.1'],
    sources: [
      'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html (public where the request does not say, read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html (eks:endpointPublicAccess, read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/eks-controls.html (NIST 800-53 and PCI DSS mapping of EKS.1, read 2026-11-22)',
      'ISO 27001 and SOC 2: by the text of the requirement',
    ],
    // Two statements: a creation that does not say is public, a change that does not say leaves the endpoint as it is.
    preventive: [PreventiveMechanism.serviceControl(
      { actions: ['eks:CreateCluster'], conditions: { BoolIfExists: { [PUBLIC]: 'true' } } },
      { actions: ['eks:UpdateClusterConfig'], conditions: { Bool: { [PUBLIC]: 'true' } } },
    )],
    proactive: [ProactiveMechanism.nagRule('A cluster says that its endpoint is not public', new TemplateRule({
      'AWS::EKS::Cluster': (cluster) => mustBe(false, 'ResourcesVpcConfig.EndpointPublicAccess', cluster.ResourcesVpcConfig?.EndpointPublicAccess),
    }))],
    detective: [
      DetectiveMechanism.configRule('EKS_ENDPOINT_NO_PUBLIC_ACCESS'),
      DetectiveMechanism.securityHub('EKS.1'),
    ],
    proof: {
      denies: [
        { action: 'eks:CreateCluster', context: { [PUBLIC]: ['true'] } },
        { action: 'eks:CreateCluster', context: { [PUBLIC]: [] } },
        { action: 'eks:UpdateClusterConfig', principal: 'root', context: { [PUBLIC]: ['true'] } },
      ],
      allows: [
        { action: 'eks:CreateCluster', context: { [PUBLIC]: ['false'] } },
        { action: 'eks:UpdateClusterConfig', context: { [PUBLIC]: [] } },
        { action: 'eks:UpdateClusterVersion' },
        { action: 'eks:CreateCluster', principal: PLATFORM_ROLE, context: { [PUBLIC]: ['true'] } },
      ],
    },
  });
}
