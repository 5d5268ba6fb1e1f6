import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PRODUCT, sampleTemplate, stackOf } from './samples';
import { ContainerPlatform, ContainerPlatformProps, PavedRoad, PlatformTeam } from '../../../src';

const ADMINISTRATORS = 'arn:aws:iam::111122223333:role/platform-administrators';

function platform(props: Partial<ContainerPlatformProps> = {}, ...teams: PlatformTeam[]): any {
  const app = new App({ analyticsReporting: false });
  const stack = stackOf(app, 'Platform');
  const made = new ContainerPlatform(stack, 'Platform', { serviceName: 'platform', runbook: 'https://runbooks.acme.example/platform', version: '1.34', administratorRoleArns: [ADMINISTRATORS], ...props });
  teams.forEach((team, at) => made.addTeam(`Team${at}`, team));
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  return Template.fromStack(stack).toJSON();
}

const sample = sampleTemplate('ContainerPlatform');
const ofType = (template: any, type: string): any[] => Object.values<any>(template.Resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const trust = (part: string): any[] => Object.entries<any>(sample.Resources).find(([id, { Type }]) => Type === 'AWS::IAM::Role' && id.includes(part))![1].Properties.AssumeRolePolicyDocument.Statement;

test('its API is in the network alone, its nodes are AWS\'s to run, and it stays', () => {
  const [cluster] = ofType(sample, 'AWS::EKS::Cluster');
  expect(cluster).toMatchObject({
    ComputeConfig: { Enabled: true, NodePools: ['general-purpose', 'system'] }, KubernetesNetworkConfig: { ElasticLoadBalancing: { Enabled: true } }, StorageConfig: { BlockStorage: { Enabled: true } },
    ResourcesVpcConfig: { EndpointPrivateAccess: true, EndpointPublicAccess: false }, DeletionProtection: true, UpgradePolicy: { SupportType: 'STANDARD' },
  });
  expect(cluster.Logging.ClusterLogging.EnabledTypes).toHaveLength(5);
});

test('who made it has no rights in it; administrators have all, a team its namespaces', () => {
  expect(ofType(sample, 'AWS::EKS::Cluster')[0].AccessConfig).toEqual({ AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false });
  const entries = ofType(sample, 'AWS::EKS::AccessEntry').map(({ PrincipalArn, AccessPolicies: [{ PolicyArn, AccessScope }] }) => [PrincipalArn, PolicyArn['Fn::Join'][1].at(-1).split('/').at(-1), AccessScope]);
  expect(entries).toEqual([
    [ADMINISTRATORS, 'AmazonEKSClusterAdminPolicy', { Type: 'cluster' }],
    ['arn:aws:iam::111122223333:role/team-orders', 'AmazonEKSEditPolicy', { Type: 'namespace', Namespaces: ['orders'] }],
  ]);
});

test('pods of a service account have a role that nobody outside the account lends', () => {
  const [association] = ofType(sample, 'AWS::EKS::PodIdentityAssociation');
  expect([association.Namespace, association.ServiceAccount]).toEqual(['orders', 'shop']);
  for (const { Principal, Condition } of trust('PodShop')) expect([Principal, Condition]).toEqual([{ Service: 'pods.eks.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }]);
  expect(trust('PodShop').flatMap(({ Action }) => Action).sort()).toEqual(['sts:AssumeRole', 'sts:TagSession']);
  expect(trust('ClusterRole').flatMap(({ Action }) => Action).sort()).toEqual(['sts:AssumeRole', 'sts:TagSession']);
});

test('another team changes nothing of those that are there', () => {
  const one = { namespaces: ['orders'], roleArn: 'arn:aws:iam::111122223333:role/team-orders' };
  const before = platform({}, one).Resources;
  const after = platform({}, one, { namespaces: ['search'], roleArn: 'arn:aws:iam::111122223333:role/team-search' }).Resources;
  for (const [id, resource] of Object.entries(before)) expect([id, after[id]]).toEqual([id, resource]);
});

test('its objective is the API of Kubernetes; pods without a place are told of', () => {
  const alarms = ofType(sample, 'AWS::CloudWatch::Alarm');
  expect(alarms.find(({ AlarmName }) => AlarmName === 'platform-unschedulable-ticket')).toMatchObject({ Namespace: 'AWS/EKS', MetricName: 'scheduler_pending_pods_UNSCHEDULABLE', Statistic: 'Minimum', EvaluationPeriods: 3 });
  expect(JSON.stringify(alarms.find(({ AlarmName }) => AlarmName === 'platform-availability-fast-long').Metrics)).toContain('apiserver_request_total_5XX');
});

test('mistakes, all at once', () => {
  expect(() => platform({ version: 'latest', administratorRoleArns: ['admin'] })).toThrow(/has 2 problems\n {2}version is "latest".*\n {2}administratorRoleArns has "admin"/);
  expect(() => platform({ administratorRoleArns: [] })).toThrow('nobody could ever reach the cluster');
  const roleArn = 'arn:aws:iam::111122223333:role/team';
  expect(() => platform({}, { namespaces: ['kube-system', 'default', 'Orders', 'orders'], roleArn })).toThrow('kube-system, default, Orders: names in lower case');
  expect(() => platform({}, { namespaces: [], roleArn })).toThrow('namespaces is empty');
});

test('as a small snapshot', () => {
  expect(Object.fromEntries(Object.entries<any>(sample.Resources).map(([id, { Type }]) => [id, Type]))).toMatchSnapshot();
});
