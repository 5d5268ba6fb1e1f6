import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Connections, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { PRODUCT, sampleTemplate, stackOf } from './samples';
import { PavedRoad, ProductNetwork, RelationalDatabase, RelationalDatabaseProps } from '../../../src';
import { violations } from '../violations';

function add(stack: Stack, props: Partial<RelationalDatabaseProps> = {}): RelationalDatabase {
  return new RelationalDatabase(stack, 'Invoices', { serviceName: 'invoices-db', runbook: 'https://runbooks.acme.example/invoices-db', ...props });
}

function made(props: Partial<RelationalDatabaseProps> = {}, more: (database: RelationalDatabase, stack: Stack) => void = () => {}) {
  const app = new App({ analyticsReporting: false });
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  const stack = stackOf(app, 'Invoices');
  more(add(stack, props), stack);
  const template = Template.fromStack(stack);
  const all = (type: string): any[] => Object.values<any>(template.findResources(type)).map(({ Properties }) => Properties);
  return { template, all, cluster: all('AWS::RDS::DBCluster')[0], names: all('AWS::CloudWatch::Alarm').map(({ AlarmName }) => AlarmName).filter((name) => /-(page|ticket)$/.test(name)) };
}

const writer = (stack: Stack): Role => new Role(stack, 'Reports', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });

/** Who may connect as whom, by the roles of a template. */
function connects(template: Template): { role: string; resource: string }[] {
  return Object.values<any>(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties: { Roles, PolicyDocument } }) => PolicyDocument.Statement
    .filter(({ Action }: any) => Action === 'rds-db:connect').flatMap(({ Resource }: any) => [Resource].flat().map((one: any) => ({ role: Roles[0].Ref as string, resource: JSON.stringify(one) }))));
}

test('it is encrypted, in isolated subnets, has no address in the internet, is not deleted by a click, and leaves a snapshot', () => {
  const { template, cluster, all } = made();
  expect(cluster).toMatchObject({ StorageEncrypted: true, DeletionProtection: true, BackupRetentionPeriod: 14, CopyTagsToSnapshot: true, Port: 5432 });
  expect(cluster.KmsKeyId).toBeDefined();
  for (const one of all('AWS::RDS::DBInstance')) expect(one).toMatchObject({ PubliclyAccessible: false, DBInstanceClass: 'db.serverless' });
  expect(JSON.stringify(all('AWS::RDS::DBSubnetGroup'))).toContain('LandingZoneIsolatedSubnetIds');
  expect(JSON.stringify(all('AWS::RDS::DBProxy')[0].VpcSubnetIds)).toContain('LandingZoneIsolatedSubnetIds');
  template.hasResource('AWS::RDS::DBCluster', { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
});

test('no password is handed to anybody: Amazon RDS keeps and rotates the one of the first user, the proxy signs in by IAM', () => {
  const { template, cluster, all } = made();
  expect(cluster).toMatchObject({ ManageMasterUserPassword: true, EnableIAMDatabaseAuthentication: true, MasterUsername: 'postgres' });
  expect(cluster).not.toHaveProperty('MasterUserPassword');
  template.resourceCountIs('AWS::SecretsManager::Secret', 0);
  expect(all('AWS::RDS::DBProxy')).toEqual([expect.objectContaining({ DefaultAuthScheme: 'IAM_AUTH', RequireTLS: true })]);
  expect(all('AWS::RDS::DBProxy')[0]).not.toHaveProperty('Auth');
  expect(Object.keys(all('AWS::RDS::DBProxyTargetGroup')[0])).not.toContain('Tags');
});

describe('who reaches it', () => {
  test('the proxy alone, until it is said; and out of it nothing goes', () => {
    const { all } = made();
    const idOf = ({ 'Fn::GetAtt': [id] }: any): string => id.replace(/[0-9A-F]{8}$/, '');
    expect(all('AWS::EC2::SecurityGroupIngress').map(({ GroupId, SourceSecurityGroupId }) => [idOf(GroupId), idOf(SourceSecurityGroupId)])).toEqual([['InvoicesAccess', 'InvoicesProxyAccess']]);
    expect(all('AWS::EC2::SecurityGroupEgress').map(({ GroupId, DestinationSecurityGroupId }) => [idOf(GroupId), idOf(DestinationSecurityGroupId)])).toEqual([['InvoicesProxyAccess', 'InvoicesAccess']]);
    for (const { SecurityGroupEgress, SecurityGroupIngress } of all('AWS::EC2::SecurityGroup')) {
      expect(SecurityGroupIngress).toBeUndefined();
      expect(JSON.stringify(SecurityGroupEgress ?? [])).not.toContain('0.0.0.0/0');
    }
  });

  test('allowFrom lets in to the proxy, or where there is none, to the database', () => {
    const enter = (props: Partial<RelationalDatabaseProps>) => made(props, (database, stack) => {
      const group = new SecurityGroup(stack, 'Service', { vpc: ProductNetwork.vpcOf(stack), allowAllOutbound: true });
      database.allowFrom(new Connections({ securityGroups: [group], defaultPort: Port.tcp(1) }));
    }).all('AWS::EC2::SecurityGroupIngress').filter(({ SourceSecurityGroupId }) => /^Service/.test(SourceSecurityGroupId['Fn::GetAtt'][0])).map(({ GroupId, ToPort }) => [GroupId['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, ''), ToPort]);
    expect(enter({})).toEqual([['InvoicesProxyAccess', 5432]]);
    expect(enter({ proxy: false })).toEqual([['InvoicesAccess', 5432]]);
  });
});

describe('who signs in', () => {
  test('nobody, until it is said', () => {
    expect(connects(made().template)).toEqual([]);
  });

  test('a role as one user at the proxy, and the proxy as that user at the cluster, by its resource id', () => {
    const found = connects(made({}, (database, stack) => { database.grantConnect(writer(stack), 'reports'); }).template);
    expect(found.map(({ role }) => role.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(['InvoicesProxyRole', 'Reports']);
    const [proxy, reports] = ['InvoicesProxyRole', 'Reports'].map((name) => found.find(({ role }) => role.startsWith(name))!.resource);
    expect(proxy).toMatch(/:dbuser:.*DBClusterResourceId.*\/reports/);
    expect(reports).toMatch(/:dbuser:.*DBProxyArn.*\/reports/);
    expect(`${proxy}${reports}`).not.toContain('*');
  });

  test('without a proxy, at the cluster', () => {
    const found = connects(made({ proxy: false }, (database, stack) => { database.grantConnect(writer(stack), 'reports'); }).template);
    expect(found).toEqual([{ role: expect.stringContaining('Reports'), resource: expect.stringMatching(/DBClusterResourceId.*\/reports/) }]);
  });

  test.each(['postgres', '*', 'Reports', 'a/b', ''])('not as "%s"', (user) => {
    expect(() => made({}, (database, stack) => { database.grantConnect(writer(stack), user); })).toThrow(`user is "${user}": a user of your own is expected`);
  });
});

test('a reader takes over, and one more replaces nothing', () => {
  const ids = (readers: number) => Object.keys(made({ readers }).template.toJSON().Resources);
  expect(made().all('AWS::RDS::DBInstance').map(({ PromotionTier }) => PromotionTier).sort()).toEqual([0, 1]);
  expect(ids(2)).toEqual(expect.arrayContaining(ids(1)));
  expect(made({ readers: 0 }).all('AWS::RDS::DBInstance')).toHaveLength(1);
});

describe('what is watched', () => {
  test('with a proxy whether it reaches the writer, which is the objective, and how long requests wait for it', () => {
    const { names, all } = made();
    expect(names.sort()).toEqual(['capacity', 'connections', 'lag', 'transactions'].map((name) => `invoices-db-${name}-ticket`));
    const long = all('AWS::CloudWatch::Alarm').find(({ AlarmName }) => AlarmName === 'invoices-db-availability-fast-long');
    expect(long.Metrics[0].Expression).toBe('(100 - up) / 100');
    expect(long.Metrics[1].MetricStat).toMatchObject({ Stat: 'Average', Metric: { MetricName: 'AvailabilityPercentage', Namespace: 'AWS/RDS' } });
  });

  test('without proxy and readers, what is left', () => {
    const { template, names } = made({ proxy: false, readers: 0 });
    expect(names.sort()).toEqual(['invoices-db-capacity-ticket', 'invoices-db-transactions-ticket']);
    template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 0);
    template.resourceCountIs('AWS::RDS::DBProxy', 0);
  });

  test('what the database waited for, and its log', () => {
    expect(made().cluster).toMatchObject({ PerformanceInsightsEnabled: true, DatabaseInsightsMode: 'standard' });
    expect(made({ insights: false }).cluster).not.toHaveProperty('DatabaseInsightsMode');
    expect([made().cluster.EnableCloudwatchLogsExports, made({ exportLogs: true }).cluster.EnableCloudwatchLogsExports]).toEqual([undefined, ['postgresql']]);
  });
});

test('with other options, and in a network of one\'s own, it passes all checks', () => {
  const vpcOf = (stack: Stack) => Vpc.fromVpcAttributes(stack, 'Network', {
    vpcId: 'vpc-0123456789abcdef0', vpcCidrBlock: '10.0.0.0/16', availabilityZones: ['eu-west-1a', 'eu-west-1b'], isolatedSubnetIds: ['subnet-33333333333333333', 'subnet-44444444444444444'],
  });
  expect(violations((app) => {
    PavedRoad.apply(app, PRODUCT);
    const stack = stackOf(app, 'Invoices');
    const database = add(stack, { vpc: vpcOf(stack), proxy: false, minCapacity: 0, readers: 2, exportLogs: true, backupRetention: Duration.days(35) });
    database.grantConnect(writer(stack), 'reports');
  })).toEqual([]);
}, 120_000);

test('programs are told the proxy, or the writer', () => {
  const endpoint = (props: Partial<RelationalDatabaseProps>) => {
    const stack = stackOf(new App({ analyticsReporting: false }), 'Invoices');
    return JSON.stringify(stack.resolve(add(stack, props).endpoint));
  };
  expect([endpoint({}), endpoint({ proxy: false })]).toEqual([expect.stringMatching(/Proxy.*Endpoint/), expect.stringMatching(/Cluster.*Endpoint.Address/)]);
});

test('mistakes, all at once', () => {
  expect(() => made({ readers: 16, minCapacity: 0.3, maxCapacity: 300, backupRetention: Duration.days(1) })).toThrow(/has 4 problems\n {2}readers is 16.*\n {2}minCapacity is 0.3.*\n {2}maxCapacity is 300.*\n {2}backupRetention is 1 days/);
  expect(() => made({ minCapacity: 8, maxCapacity: 4 })).toThrow('minCapacity is 8, and maxCapacity 4');
  expect(() => made({ minCapacity: 0 })).toThrow('the database would never pause');
  expect(() => made({ proxy: false, availabilityTarget: 99.9 })).toThrow('availabilityTarget is given, and there is no proxy');
});

test('as a small snapshot', () => {
  expect(Object.values<any>(sampleTemplate('RelationalDatabase').Resources).map(({ Type, Properties }) => `${Type} ${Properties.AlarmName ?? ''}`.trim()).sort()).toMatchSnapshot();
});
