import { CfnResource, Validations } from 'aws-cdk-lib';

/** What a function behind custom resources is made of. */
export interface ProviderParts {
  readonly handler: CfnResource;
  readonly logGroup: CfnResource;
  /** The role, or the policy that is written for it alone. */
  readonly permissions: CfnResource;
}

const REASONS: { readonly [part in keyof ProviderParts]: { readonly [rule: string]: string } } = {
  handler: {
    LambdaConcurrency: 'CloudFormation calls the function, a few times in a deployment; a reservation would take concurrency away from workloads.',
    LambdaDLQ: 'CloudFormation waits for the answer and reports what fails; a call is never run again later.',
    LambdaInsideVPC: 'The function speaks to APIs of AWS alone, and works before the account has a network.',
  },
  logGroup: { CloudWatchLogGroupEncrypted: 'It holds no data, and CloudWatch Logs encrypts it with a key of AWS; a key would have to be there before the account has any.' },
  permissions: { IAMNoInlinePolicy: 'The policy is written for this one function, and goes with its role.' },
};

/** Says why functions behind custom resources are as they are, where NIST 800-53 of cdk-nag is switched on. */
export function acknowledgeProvider(parts: ProviderParts): void {
  for (const part of ['handler', 'logGroup', 'permissions'] as const) {
    Validations.of(parts[part]).acknowledge(...Object.entries(REASONS[part]).map(([rule, reason]) => ({ id: `NIST.800.53.R5::NIST.800.53.R5-${rule}`, reason })));
  }
}
