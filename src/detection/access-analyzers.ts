import { CfnAnalyzer } from 'aws-cdk-lib/aws-accessanalyzer';
import { Construct } from 'constructs';
import { InputError } from '../model/input-error';

/** Which resources internal access is looked at for: all that match each list that is given. */
export interface CriticalResources {
  /** ARNs. @default - any */
  readonly arns?: string[];
  /** Types that AWS can look at: buckets, DynamoDB tables and streams, snapshots of RDS. @default - any of them */
  readonly types?: string[];
  /** Ids of accounts. @default - all accounts of the organization */
  readonly accounts?: string[];
}

/** What can be chosen of IAM Access Analyzer. */
export interface AccessAnalyzerOptions {
  /** Days after which access that nobody used is a finding, from 1 to 365; 0 is no such analyzer. AWS bills by role and user. @default 90 */
  readonly unusedAfterDays?: number;
  /** Ids of accounts where unused access is not looked for: sandboxes. @default - none */
  readonly unusedExceptAccounts?: string[];
  /** Resources of which it is said who in the organization reaches them; AWS bills by resource. @default - none */
  readonly internal?: CriticalResources[];
}

/** Properties of the analyzers of a Region. */
export interface AccessAnalyzersProps extends AccessAnalyzerOptions {
  /** Whether it has the analyzer of unused access: roles and users are the same in all Regions, so one Region looks at them. */
  readonly isHomeRegion: boolean;
}

/** Types that internal access is analyzed for (AWS CloudFormation, AWS::AccessAnalyzer::Analyzer InternalAccessAnalysisRuleCriteria, read 2026-11-23). */
const INTERNAL_TYPES = ['AWS::DynamoDB::Stream', 'AWS::DynamoDB::Table', 'AWS::RDS::DBClusterSnapshot', 'AWS::RDS::DBSnapshot', 'AWS::S3::Bucket', 'AWS::S3Express::DirectoryBucket'];

/**
 * IAM Access Analyzer for the whole organization: what is open to others than the organization, in this Region; what nobody uses; and who reaches what is critical. Retrospective, where
 * `LZ.PERIMETER.1` prevents.
 *
 * For the account that administers `access-analyzer.amazonaws.com` for the organization.
 *
 * @example
 * new AccessAnalyzers(stack, 'AccessAnalyzers', { isHomeRegion: true, internal: [{ arns: ['arn:aws:s3:::card-data'] }] });
 */
export class AccessAnalyzers extends Construct {
  public constructor(scope: Construct, id: string, props: AccessAnalyzersProps) {
    super(scope, id);
    const { isHomeRegion, unusedAfterDays = 90, unusedExceptAccounts = [], internal = [] } = props;
    this.check(props);
    new CfnAnalyzer(this, 'External', { analyzerName: 'landing-zone-external', type: 'ORGANIZATION' });
    if (isHomeRegion && unusedAfterDays > 0) {
      new CfnAnalyzer(this, 'Unused', {
        analyzerName: 'landing-zone-unused',
        type: 'ORGANIZATION_UNUSED_ACCESS',
        analyzerConfiguration: {
          unusedAccessConfiguration: { unusedAccessAge: unusedAfterDays, ...(unusedExceptAccounts.length > 0 ? { analysisRule: { exclusions: [{ accountIds: unusedExceptAccounts }] } } : {}) },
        },
      });
    }
    if (internal.length > 0) {
      new CfnAnalyzer(this, 'Internal', {
        analyzerName: 'landing-zone-internal',
        type: 'ORGANIZATION_INTERNAL_ACCESS',
        analyzerConfiguration: { internalAccessConfiguration: { internalAccessAnalysisRule: { inclusions: internal.map(criteria) } } },
      });
    }
  }

  private check({ unusedAfterDays = 90, unusedExceptAccounts = [], internal = [] }: AccessAnalyzersProps): void {
    const accounts = [...unusedExceptAccounts, ...internal.flatMap((one) => one.accounts ?? [])];
    const types = internal.flatMap((one) => one.types ?? []);
    const problems = [
      ...(Number.isInteger(unusedAfterDays) && unusedAfterDays >= 0 && unusedAfterDays <= 365 ? [] : [`unusedAfterDays is ${unusedAfterDays}, whole days from 1 to 365 are expected, or 0 for none`]),
      ...accounts.filter((account) => !/^\d{12}$/.test(account) && !account.includes('${')).map((account) => `"${account}" is no account id: twelve digits are expected`),
      ...types.filter((type) => !INTERNAL_TYPES.includes(type)).map((type) => `internal access to ${type} is not analyzed by AWS, which takes ${INTERNAL_TYPES.join(', ')}`),
      ...(internal.some(({ arns = [], types: own = [], accounts: owners = [] }) => arns.length + own.length + owners.length === 0) ? ['internal has an entry that names nothing: name arns, types or accounts'] : []),
    ];
    if (problems.length > 0) throw new InputError(`AccessAnalyzers ${this.node.path}: ${problems.join('; ')}`);
  }
}

function criteria({ arns, types, accounts }: CriticalResources): CfnAnalyzer.InternalAccessAnalysisRuleCriteriaProperty {
  return { resourceArns: arns, resourceTypes: types, accountIds: accounts };
}
