import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import { isGiven } from '../../controls/template-rule';
import { RoadDefault } from '../road-default';

const TYPE = 'AWS::EKS::Cluster';

/** All that EKS writes (EKS user guide, "Send control plane logs to CloudWatch Logs", read 2026-11-23). */
const LOG_TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

export const KUBERNETES_DEFAULTS: readonly RoadDefault[] = [
  {
    id: 'eks.private',
    type: TYPE,
    control: 'LZ.EKS.1',
    why: 'A leaked token is not enough to reach the API of a cluster: it is in the network alone.',
    complete: ({ ResourcesVpcConfig }, resource) => (ResourcesVpcConfig === undefined || isChosen(ResourcesVpcConfig) ? {} : {
      resourcesVpcConfig: { ...(resource as CfnCluster).resourcesVpcConfig as CfnCluster.ResourcesVpcConfigProperty, endpointPublicAccess: false, endpointPrivateAccess: true },
    }),
  },
  {
    id: 'eks.logs',
    type: TYPE,
    why: 'Who asked the API of a cluster for what can be looked up.',
    complete: ({ Logging }) => (isGiven(Logging) ? {} : { logging: { clusterLogging: { enabledTypes: LOG_TYPES.map((type) => ({ type })) } } }),
  },
];

/** CDK's constructs say both where nobody chose; public without a list of addresses is what AWS does by itself. */
function isChosen({ EndpointPublicAccess, PublicAccessCidrs }: { readonly EndpointPublicAccess?: unknown; readonly PublicAccessCidrs?: unknown }): boolean {
  return EndpointPublicAccess === false || (EndpointPublicAccess === true && Array.isArray(PublicAccessCidrs) && PublicAccessCidrs.length > 0);
}
