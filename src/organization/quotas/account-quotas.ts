import { Aws, CfnCondition, CfnResource, CustomResource, Duration, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { QuotaIncrease } from './quota-increase';
import { quotaProblems } from './quota-problems';
import { InputError } from '../../model/input-error';
import { accountSettingFunction, SETTING_TIMEOUT } from '../account-settings/account-setting-function';

/** Properties of the quotas of an account. */
export interface AccountQuotasProps {
  /** What there should be more of. */
  readonly quotas: QuotaIncrease[];
}

/**
 * Quotas of an account and Region that are asked to be raised, where they are lower and nobody has asked yet. AWS decides some at once and some by people; no deployment waits for that, and nothing is ever lowered.
 *
 * `zone.addQuotas()` delivers it, and lets new accounts ask from the start; it is the content of a baseline of your own, too.
 *
 * @example
 * new AccountQuotas(stack, 'Quotas', { quotas: [{ serviceCode: 'lambda', quotaCode: 'L-B99A9384', value: 5000 }] });
 */
export class AccountQuotas extends Construct {
  private readonly regionConditions = new Map<string, CfnCondition>();

  public constructor(scope: Construct, id: string, { quotas }: AccountQuotasProps) {
    super(scope, id);
    const problems = quotaProblems(quotas);
    if (problems.length > 0) throw new InputError(`AccountQuotas ${this.node.path}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    const provider = accountSettingFunction(this, {
      description: 'Asks for more of quotas',
      statements: statementsFor(quotas),
      wide: { '*': 'What a quota is where nobody asked for more is read without a resource (Service Authorization Reference, read 2026-11-23).' },
    });
    for (const { serviceCode, quotaCode, value, regions } of quotas) {
      for (const region of regions ?? [undefined]) {
        const made = new CustomResource(this, [serviceCode, quotaCode, ...region === undefined ? [] : [region]].join('.'), {
          resourceType: 'Custom::ServiceQuota', serviceToken: provider.attrArn, serviceTimeout: SETTING_TIMEOUT.plus(Duration.minutes(1)),
          properties: { ServiceCode: serviceCode, QuotaCode: quotaCode, Value: String(value) },
        });
        if (region !== undefined) (made.node.defaultChild as CfnResource).cfnOptions.condition = this.isIn(region);
      }
    }
  }

  private isIn(region: string): CfnCondition {
    const condition = this.regionConditions.get(region) ?? new CfnCondition(this, `Is-${region}`, { expression: Fn.conditionEquals(Aws.REGION, region) });
    this.regionConditions.set(region, condition);
    return condition;
  }
}

/** Quotas of global services have no Region in their ARN. */
function statementsFor(quotas: readonly QuotaIncrease[]): object[] {
  const names = [...new Set(quotas.map(({ serviceCode, quotaCode }) => `${serviceCode}/${quotaCode}`))];
  const role = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-service-role/servicequotas.amazonaws.com/AWSServiceRoleForServiceQuotas`;
  return [
    {
      Sid: 'Quotas',
      Effect: 'Allow',
      Action: ['servicequotas:GetServiceQuota', 'servicequotas:ListRequestedServiceQuotaChangeHistoryByQuota', 'servicequotas:RequestServiceQuotaIncrease'],
      Resource: names.flatMap((name) => [Aws.REGION, ''].map((region) => `arn:${Aws.PARTITION}:servicequotas:${region}:${Aws.ACCOUNT_ID}:${name}`)),
    },
    { Sid: 'Defaults', Effect: 'Allow', Action: 'servicequotas:GetAWSDefaultServiceQuota', Resource: '*' },
    // Service Quotas makes it at the first request: https://docs.aws.amazon.com/servicequotas/latest/userguide/using-service-linked-roles.html (read 2026-11-23)
    { Sid: 'ServiceLinkedRole', Effect: 'Allow', Action: 'iam:CreateServiceLinkedRole', Resource: role, Condition: { StringEquals: { 'iam:AWSServiceName': 'servicequotas.amazonaws.com' } } },
  ];
}
