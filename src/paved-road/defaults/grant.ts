import { Stack, Validations } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { RoadDefault } from '../road-default';

/** Patterns of actions that `grant` methods of CDK write: some reads or writes of one service. */
const GRANTED = /^(s3:(Abort|DeleteObject|GetBucket|GetObject|List|PutObject)|kms:(GenerateDataKey|ReEncrypt))\*$/;

export const GRANT_DEFAULTS: readonly RoadDefault[] = [{
  id: 'iam.grants',
  type: 'AWS::IAM::Policy',
  why: 'What `grant` methods write for resources of the product, objects of one bucket or items of one table, is as narrow as it can be, and not asked about. Other patterns are.',
  complete: (_, resource) => {
    const policy = resource as CfnPolicy;
    const { Statement } = Stack.of(policy).resolve(policy.policyDocument);
    for (const { Effect, Action, Resource } of Array.isArray(Statement) ? Statement : []) {
      const resources = [Resource].flat().map(written);
      if (Effect !== 'Allow' || !resources.every(isOfOneResource)) continue;
      const patterns = [...[Action].flat().filter((action) => GRANTED.test(action)).map((action) => `Action::${action}`), ...resources.filter((arn) => arn.includes('*')).map((arn) => `Resource::${arn}`)];
      for (const pattern of patterns) {
        Validations.of(policy).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[${pattern}]`, reason: 'Written by a grant method of CDK, for resources of the product that are named by their ARN.' });
      }
    }
    return {};
  },
}];

/** An ARN of a resource of the stack, or of what is in it. */
function isOfOneResource(arn: string): boolean {
  return /^<[A-Za-z0-9]+\.Arn>([/:][^<>]*)?$/.test(arn);
}

/** As cdk-nag writes a resolved value: `<Receipts59C0D3E0.Arn>/receipts/*`. */
export function written(value: unknown): string {
  if (typeof value === 'string') return value;
  const [name, argument] = Object.entries(value as { readonly [name: string]: any })[0]!;
  if (name === 'Ref') return `<${argument}>`;
  if (name === 'Fn::GetAtt') return `<${argument.join('.')}>`;
  if (name === 'Fn::Join') return argument[1].map(written).join(argument[0]);
  return '*';
}
