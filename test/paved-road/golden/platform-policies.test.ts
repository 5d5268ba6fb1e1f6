import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parseAllDocuments } from 'yaml';
import { stackOf, PRODUCT } from './samples';
import { ContainerPlatform, PavedRoad, PlatformPolicies, PlatformPoliciesProps } from '../../../src';

const REGISTRY = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const TEAM = { namespaces: ['orders', 'orders-jobs'], roleArn: 'arn:aws:iam::111122223333:role/team-orders' };

function policies(props: Partial<PlatformPoliciesProps> = {}, isPlain = false) {
  const app = new App({ analyticsReporting: false });
  const stack = stackOf(app, 'Platform');
  const platform = new ContainerPlatform(stack, 'Platform', {
    serviceName: 'platform', runbook: 'https://runbooks.acme.example/platform', version: '1.34', administratorRoleArns: ['arn:aws:iam::111122223333:role/platform-administrators'],
  });
  const made = isPlain ? undefined : new PlatformPolicies(stack, 'Policies', { platform, registries: [REGISTRY], ...props });
  platform.addTeam('Orders', TEAM);
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  return { app, stack, made: made! };
}

/** Each document of the manifests, and an error where one is no YAML. */
function objectsOf(text: string): any[] {
  return (parseAllDocuments(text) as any[]).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
}

const objects = objectsOf(policies().made.manifests);
const ofKind = (kind: string, from: any[] = objects): any[] => from.filter((one) => one.kind === kind);

test('the file of the assembly has what the construct says, with teams that came afterwards', () => {
  const { app, made } = policies();
  const { directory } = app.synth();
  expect(readdirSync(directory)).toContain(made.fileName);
  expect(readFileSync(join(directory, made.fileName), 'utf8')).toBe(made.manifests);
  expect(ofKind('Namespace').map(({ metadata: { name } }) => name)).toEqual(TEAM.namespaces);
});

test('nothing of it is in the template', () => {
  const template = (stack: Stack) => Template.fromStack(stack).toJSON().Resources;
  expect(template(policies().stack)).toEqual(template(policies({}, true).stack));
});

test('a namespace has the strictest standards of its version of Kubernetes, and only team namespaces are looked at', () => {
  expect(ofKind('Namespace')[0].metadata.labels).toEqual({
    'landing-zone/team': 'Orders',
    'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/enforce-version': 'v1.34',
    'pod-security.kubernetes.io/audit': 'restricted', 'pod-security.kubernetes.io/audit-version': 'v1.34',
    'pod-security.kubernetes.io/warn': 'restricted', 'pod-security.kubernetes.io/warn-version': 'v1.34',
  });
  for (const { spec } of ofKind('ValidatingAdmissionPolicyBinding')) expect(spec.matchResources).toEqual({ namespaceSelector: { matchExpressions: [{ key: 'landing-zone/team', operator: 'Exists' }] } });
});

test('each policy is bound once, denies, and fails closed', () => {
  const names = ofKind('ValidatingAdmissionPolicy').map(({ metadata: { name } }) => name);
  expect(names).toEqual(['landing-zone-images', 'landing-zone-labels', 'landing-zone-load-balancers']);
  expect(ofKind('ValidatingAdmissionPolicyBinding').map(({ spec: { policyName, validationActions } }) => [policyName, validationActions])).toEqual(names.map((name) => [name, ['Deny']]));
  for (const { spec } of ofKind('ValidatingAdmissionPolicy')) expect([spec.failurePolicy, spec.matchConstraints.resourceRules[0].operations]).toEqual(['Fail', ['CREATE', 'UPDATE']]);
});

test('pods of each kind of container are looked at, those that come for debugging too; a host that begins alike is another', () => {
  const [images] = ofKind('ValidatingAdmissionPolicy');
  expect(images.spec.matchConstraints.resourceRules[0].resources).toEqual(['pods', 'pods/ephemeralcontainers']);
  for (const part of ['spec.containers', 'spec.initContainers', 'spec.ephemeralContainers', 'spec.volumes']) expect(images.spec.validations[0].expression).toContain(part);
  const prefixes = (registries: string[]) => ofKind('ValidatingAdmissionPolicy', objectsOf(policies({ registries }).made.manifests))[0].spec.validations[0].expression.match(/all\(image, (\[.*?\])/)[1];
  expect(prefixes([REGISTRY])).toBe(`['${REGISTRY}/']`);
  expect(prefixes([`${REGISTRY}/approved`, 'registry.k8s.io'])).toBe(`['${REGISTRY}/approved/', 'registry.k8s.io/']`);
});

test('traffic that nobody asked for is denied both ways, and the ConfigMap makes it so', () => {
  const mine = ofKind('NetworkPolicy').filter(({ metadata: { namespace } }) => namespace === 'orders');
  expect(mine.map(({ metadata: { name } }) => name)).toEqual(['default-deny', 'within-the-namespace', 'dns-and-credentials']);
  expect(mine[0].spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  const egress = mine.flatMap(({ spec }) => spec.egress ?? []);
  expect(egress.filter(({ to }: any) => to === undefined).flatMap(({ ports }: any) => ports.map(({ port }: any) => port))).toEqual([53, 53]);
  expect(ofKind('ConfigMap')).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'amazon-vpc-cni', namespace: 'kube-system' }, data: { 'enable-network-policy-controller': 'true' } }]);
});

test('a pod without requests gets some, or the quota would refuse it', () => {
  const quotas = objectsOf(policies({ quota: { processors: 4, memoryGiB: 8 } }).made.manifests);
  expect(ofKind('ResourceQuota', quotas)[0].spec.hard).toEqual({ 'requests.cpu': '4', 'requests.memory': '8Gi', 'pods': '100' });
  const [{ spec: { limits: [{ defaultRequest }] } }] = ofKind('LimitRange', quotas);
  expect(Object.keys(defaultRequest).map((name) => `requests.${name}`).every((name) => name in ofKind('ResourceQuota', quotas)[0].spec.hard)).toBe(true);
});

test('a cluster that runs already is told first', () => {
  const audit = objectsOf(policies({ auditOnly: true }).made.manifests);
  for (const { spec } of ofKind('ValidatingAdmissionPolicyBinding', audit)) expect(spec.validationActions).toEqual(['Audit', 'Warn']);
  expect(Object.keys(ofKind('Namespace', audit)[0].metadata.labels).filter((key) => key.includes('enforce'))).toEqual([]);
});

test('mistakes, all at once, and nothing that would end a string of CEL', () => {
  expect(() => policies({ registries: ['nginx', "evil.example.com'] || true"], requiredLabels: ['a b'], quota: { pods: 0 } })).toThrow(
    /has 4 problems\n {2}registries has "nginx".*\n {2}registries has "evil.*\n {2}requiredLabels has "a b".*\n {2}quota.pods is 0/,
  );
  expect(() => policies({ registries: [] })).toThrow('no pod could start');
});

test('as a small snapshot', () => {
  expect(ofKind('ValidatingAdmissionPolicy').map(({ spec }) => spec.validations)).toMatchSnapshot();
});
