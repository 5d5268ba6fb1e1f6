import { Duration, Names } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { IConnectable, IVpc, Port, SecurityGroup, SubnetSelection, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AuroraPostgresEngineVersion, CfnDBProxyTargetGroup, ClusterInstance, DatabaseCluster, DatabaseClusterEngine, DatabaseInsightsMode, DatabaseProxy, DefaultAuthScheme, ProxyTarget } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { GoldenPath, GoldenPathOptions } from './golden-path';
import { InputError } from '../../model/input-error';
import { ServiceLevelIndicator } from '../../resilience/service-level-indicator';
import { ProductNetwork } from '../product-network';

/** Properties of a relational database. */
export interface RelationalDatabaseProps extends GoldenPathOptions {
  /** Version of Aurora PostgreSQL; say it, and an upgrade of this library is none of the database. @default AuroraPostgresEngineVersion.VER_17_7 */
  readonly version?: AuroraPostgresEngineVersion;
  /** Database that is there from the beginning. Another name is another cluster. @default - none but PostgreSQL's own */
  readonly databaseName?: string;
  /** Network, with isolated subnets in two zones or more. @default ProductNetwork.vpcOf(stack): that of the account */
  readonly vpc?: IVpc;
  /** Instances beside the writer, 0 to 15. The first is as large as the writer and takes over when its zone fails; without one, Aurora makes a new writer, which takes minutes. @default 1 */
  readonly readers?: number;
  /** Least capacity of each instance, in Aurora capacity units of 2 GiB, in steps of a half. 0 lets it pause, which it never does behind a proxy. @default 1 */
  readonly minCapacity?: number;
  /** Most capacity of each instance, 1 to 256. @default 16 */
  readonly maxCapacity?: number;
  /** How long the database can be had back as it was at any second, 7 to 35 whole days. @default Duration.days(14) */
  readonly backupRetention?: Duration;
  /** Whether programs go through an RDS Proxy, which shares connections and keeps them when the writer changes. It is charged by the capacity of the database, as for 8 units at least. Without it there is no objective. @default true */
  readonly proxy?: boolean;
  /** Whether Database Insights keeps seven days of what the database waited for, which is not charged. @default true */
  readonly insights?: boolean;
  /** Whether its log goes to CloudWatch Logs, to a log group that Amazon RDS makes and keeps until somebody sets its retention. @default false */
  readonly exportLogs?: boolean;
  /** Share of time in percent that the proxy reaches the writer. @default 99.9 */
  readonly availabilityTarget?: number;
}

const PORT = 5432;
const FIVE_MINUTES = Duration.minutes(5);
const ISOLATED: SubnetSelection = { subnetType: SubnetType.PRIVATE_ISOLATED };

/** Percent of the most capacity: what comes then is slow. */
const BUSY = 90;

/** Milliseconds that readers may be behind; usually it is much less than 100. */
const LAG = 5_000;

/** Microseconds that a request may wait for a connection. */
const WAIT = 1_000_000;

/**
 * PostgreSQL stops writing when transactions that were not vacuumed are 2,146,483,648; AWS proposes to be told at a thousand millions
 * (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html, read 2026-11-23).
 */
const OLD_TRANSACTIONS = 1_000_000_000;

/**
 * An Aurora PostgreSQL database that grows and shrinks by itself, in subnets that nothing in the internet reaches; programs sign in by their role, and no password is handed to anybody.
 *
 * Nobody reaches it until `allowFrom`, and nobody signs in until `grantConnect`. Through the proxy, both sides sign in by IAM (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-iam-setup.html, read 2026-11-23). The
 * password of the first user, `postgres`, is made, kept and rotated each week by Amazon RDS (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html, read 2026-11-23): it is for making users,
 * `CREATE USER app; GRANT rds_iam TO app;`. Encryption and protection against deletion come from the paved road.
 *
 * @example
 * const invoices = new RelationalDatabase(stack, 'Invoices', {
 *   serviceName: 'invoices-db', runbook: 'https://runbooks.acme.example/invoices-db', databaseName: 'invoices', readers: 2, maxCapacity: 32,
 * });
 */
export class RelationalDatabase extends GoldenPath {
  /** The cluster of the writer and its readers. */
  public readonly cluster: DatabaseCluster;
  /** The way in; undefined without a proxy. */
  public readonly proxy?: DatabaseProxy;
  private readonly proxyRole?: Role;

  public constructor(scope: Construct, id: string, private readonly props: RelationalDatabaseProps) {
    super(scope, id, props);
    const { readers = 1, minCapacity = 1, maxCapacity = 16, insights = true } = props;
    this.check();
    const vpc = props.vpc ?? ProductNetwork.vpcOf(this);
    this.cluster = new DatabaseCluster(this, 'Cluster', {
      engine: DatabaseClusterEngine.auroraPostgres({ version: props.version ?? AuroraPostgresEngineVersion.VER_17_7 }),
      vpc, vpcSubnets: ISOLATED, securityGroups: [new SecurityGroup(this, 'Access', { vpc, allowAllOutbound: false, description: `Who reaches ${props.serviceName}` })],
      writer: ClusterInstance.serverlessV2('Writer'),
      readers: Array.from({ length: readers }, (_, index) => ClusterInstance.serverlessV2(`Reader${index + 1}`, { scaleWithWriter: index === 0 })),
      serverlessV2MinCapacity: minCapacity, serverlessV2MaxCapacity: maxCapacity,
      port: PORT, defaultDatabaseName: props.databaseName, storageEncrypted: true, iamAuthentication: true, manageMasterUserPassword: true,
      backup: { retention: props.backupRetention ?? Duration.days(14) },
      ...(insights ? { enablePerformanceInsights: true, databaseInsightsMode: DatabaseInsightsMode.STANDARD } : {}),
      cloudwatchLogsExports: props.exportLogs === true ? ['postgresql'] : undefined,
    });
    if (props.proxy ?? true) {
      this.proxyRole = new Role(this, 'ProxyRole', { assumedBy: new ServicePrincipal('rds.amazonaws.com') });
      this.proxy = this.addProxy(vpc, this.proxyRole);
    }
    this.watch(readers);
  }

  /** Host name that programs connect to, at port 5432, by TLS. */
  public get endpoint(): string {
    return this.proxy?.endpoint ?? this.cluster.clusterEndpoint.hostname;
  }

  /** Lets something in the network reach the database, or its proxy. */
  public allowFrom(other: IConnectable): void {
    (this.proxy ?? this.cluster).connections.allowFrom(other, Port.tcp(PORT), 'PostgreSQL');
  }

  /** Lets a role sign in as a user of the database, which has to be there and have `rds_iam`; and the proxy, in its place. Fails for `postgres`, who may do everything. */
  public grantConnect(grantee: IGrantable, user: string): Grant {
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(user) || user === 'postgres') {
      throw new InputError(`RelationalDatabase ${this.node.path}: user is "${user}": a user of your own is expected, of at most 63 lower-case letters, digits and _`);
    }
    if (this.proxyRole) this.cluster.grantConnect(this.proxyRole, user);
    return this.proxy ? this.proxy.grantConnect(grantee, user) : this.cluster.grantConnect(grantee, user);
  }

  private addProxy(vpc: IVpc, role: Role): DatabaseProxy {
    const proxy = new DatabaseProxy(this, 'Proxy', {
      // Amazon RDS makes no name of its own for it.
      dbProxyName: Names.uniqueResourceName(this, { maxLength: 60 }), proxyTarget: ProxyTarget.fromCluster(this.cluster), defaultAuthScheme: DefaultAuthScheme.IAM_AUTH, requireTLS: true, role,
      vpc, vpcSubnets: ISOLATED, securityGroups: [new SecurityGroup(this, 'ProxyAccess', { vpc, allowAllOutbound: false, description: `Who reaches the proxy of ${this.props.serviceName}` })],
    });
    // CDK tags it, and CloudFormation's schema of the type refuses tags.
    (proxy.node.findChild('ProxyTargetGroup') as CfnDBProxyTargetGroup).addPropertyDeletionOverride('Tags');
    return proxy;
  }

  /** Metrics of clusters and of proxies: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.monitoring.html (read 2026-11-23). */
  private watch(readers: number): void {
    if (this.proxy) {
      const proxied = { ProxyName: this.proxy.dbProxyName };
      const reached = metric('AvailabilityPercentage', { ...proxied, TargetGroup: 'default', TargetRole: 'READ_WRITE' }, 'Average');
      this.health.addObjective('Availability', { indicator: ServiceLevelIndicator.uptime(reached), target: this.props.availabilityTarget ?? 99.9 });
      this.health.addAlarm('Connections', { meaning: 'Requests wait more than a second for a connection', metric: metric('DatabaseConnectionsBorrowLatency', proxied, 'Average'), threshold: WAIT, periods: 3 });
    }
    const clustered = { DBClusterIdentifier: this.cluster.clusterIdentifier };
    this.health.addAlarm('Capacity', { meaning: 'The database is at its most capacity and gets slow', metric: metric('ACUUtilization', clustered, 'Maximum'), threshold: BUSY, periods: 3 });
    this.health.addAlarm('Transactions', { meaning: 'Old transactions were not vacuumed: the database will stop writing', metric: metric('MaximumUsedTransactionIDs', clustered, 'Maximum'), threshold: OLD_TRANSACTIONS });
    if (readers > 0) this.health.addAlarm('Lag', { meaning: 'Readers are more than five seconds behind', metric: metric('AuroraReplicaLagMaximum', clustered, 'Maximum'), threshold: LAG, periods: 3 });
    this.health.addGraph('Capacity units', [metric('ServerlessDatabaseCapacity', clustered, 'Average')]);
    this.health.addGraph('Connections', [metric('DatabaseConnections', clustered, 'Maximum')]);
    this.health.addGraph('Deadlocks a second', [metric('Deadlocks', clustered, 'Average')]);
  }

  private check(): void {
    const { readers = 1, minCapacity = 1, maxCapacity = 16, backupRetention, proxy = true, availabilityTarget } = this.props;
    const days = backupRetention?.toDays({ integral: false }) ?? 14;
    const isHalf = (value: number) => Number.isInteger(value * 2);
    const problems = [
      ...(Number.isInteger(readers) && readers >= 0 && readers <= 15 ? [] : [`readers is ${readers}: a whole number of 0 to 15 is expected`]),
      ...(isHalf(minCapacity) && minCapacity >= 0 && minCapacity <= 256 ? [] : [`minCapacity is ${minCapacity}: 0 to 256 in steps of 0.5 are expected`]),
      ...(isHalf(maxCapacity) && maxCapacity >= 1 && maxCapacity <= 256 ? [] : [`maxCapacity is ${maxCapacity}: 1 to 256 in steps of 0.5 are expected`]),
      ...(minCapacity > maxCapacity ? [`minCapacity is ${minCapacity}, and maxCapacity ${maxCapacity}`] : []),
      ...(minCapacity === 0 && proxy ? ['minCapacity is 0, and the proxy keeps a connection: the database would never pause. Say proxy: false, or 0.5'] : []),
      ...(Number.isInteger(days) && days >= 7 && days <= 35 ? [] : [`backupRetention is ${days} days: 7 to 35 whole days are expected`]),
      ...(availabilityTarget !== undefined && !proxy ? ['availabilityTarget is given, and there is no proxy: nothing else tells whether the database is there'] : []),
    ];
    if (problems.length > 0) throw new InputError(`RelationalDatabase ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}

function metric(metricName: string, dimensionsMap: { readonly [name: string]: string }, statistic: string): Metric {
  return new Metric({ namespace: 'AWS/RDS', metricName, dimensionsMap: { ...dimensionsMap }, statistic, period: FIVE_MINUTES });
}
