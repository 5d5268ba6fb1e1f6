import { TEAM_LABEL } from './team-namespace';

/** What is asked of pods and services of teams. */
export interface AdmissionOptions {
  readonly registries: readonly string[];
  readonly requiredLabels: readonly string[];
  readonly isAudit: boolean;
}

/** A policy and what it is about. */
interface AdmissionPolicy {
  readonly name: string;
  readonly resources: readonly string[];
  /** CEL; true lets pass. */
  readonly expression: string;
  readonly message: string;
}

/** Images of every kind of container, and those that are mounted. A pod that leaves one of the lists out does not have the field. */
const IMAGES = ['containers', 'initContainers', 'ephemeralContainers'].map((part) => `(has(object.spec.${part}) ? object.spec.${part}.map(one, one.image) : [])`)
  .concat('(has(object.spec.volumes) ? object.spec.volumes.filter(one, has(one.image) && has(one.image.reference)).map(one, one.image.reference) : [])').join(' + ');

const SCHEME = 'service.beta.kubernetes.io/aws-load-balancer-scheme';

/**
 * Policies that Kubernetes evaluates itself, in namespaces of teams: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ (v1 since 1.30, read 2026-11-23). A failure to evaluate denies.
 * Pods are looked at and not what makes them: nothing else can bring one. What a load balancer is for is an annotation: https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html (read 2026-11-23)
 */
export function admissionPolicies({ registries, requiredLabels, isAudit }: AdmissionOptions): object[] {
  // With the slash, a host that begins with another's name is not taken for it.
  const prefixes = registries.map((one) => `${one.replace(/\/+$/, '')}/`);
  const policies: AdmissionPolicy[] = [
    {
      name: 'images', resources: ['pods', 'pods/ephemeralcontainers'],
      expression: `(${IMAGES}).all(image, ${list(prefixes)}.exists(registry, image.startsWith(registry)))`, message: `Images come from ${prefixes.join(', ')}`,
    },
    ...(requiredLabels.length === 0 ? [] : [{
      name: 'labels', resources: ['pods'], expression: `${list(requiredLabels)}.all(key, has(object.metadata.labels) && key in object.metadata.labels)`, message: `Pods have the labels ${requiredLabels.join(', ')}`,
    }]),
    {
      name: 'load-balancers', resources: ['services'],
      expression: `!has(object.spec.type) || object.spec.type != 'LoadBalancer' || (has(object.metadata.annotations) && '${SCHEME}' in object.metadata.annotations && object.metadata.annotations['${SCHEME}'] == 'internal')`,
      message: `Services of type LoadBalancer have the annotation ${SCHEME}: internal`,
    },
  ];
  return policies.flatMap((policy) => [validating(policy), binding(policy, isAudit)]);
}

function validating({ name, resources, expression, message }: AdmissionPolicy): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy', metadata: { name: `landing-zone-${name}` },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources }] },
      // What is on its way out is let go, or its finalizers would stay.
      matchConditions: [{ name: 'not-being-deleted', expression: '!has(object.metadata.deletionTimestamp)' }],
      validations: [{ expression, message }],
    },
  };
}

function binding({ name }: AdmissionPolicy, isAudit: boolean): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicyBinding', metadata: { name: `landing-zone-${name}` },
    spec: { policyName: `landing-zone-${name}`, validationActions: isAudit ? ['Audit', 'Warn'] : ['Deny'], matchResources: { namespaceSelector: { matchExpressions: [{ key: TEAM_LABEL, operator: 'Exists' }] } } },
  };
}

/** A list of CEL. What is in it was checked, and has no quotes. */
function list(values: readonly string[]): string {
  return `[${values.map((one) => `'${one}'`).join(', ')}]`;
}
