import { Unknown } from './resolved';
import type { StackTemplate } from './stack-template';

/** Partition and DNS suffix by the beginning of a Region; AWS's public Regions are the rest (AWS partitions, botocore `partitions.json`, read 2026-11-22). */
const PARTITIONS: readonly (readonly [prefix: string, partition: string, urlSuffix: string])[] = [
  ['cn-', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-', 'aws-us-gov', 'amazonaws.com'],
  ['us-isob-', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['us-isof-', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['us-iso-', 'aws-iso', 'c2s.ic.gov'],
  ['eu-isoe-', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['eusc-', 'aws-eusc', 'amazonaws.eu'],
  ['', 'aws', 'amazonaws.com'],
];

/** The value of `AWS::AccountId` and its kind in a stack; undefined when the name is none of them. */
export function pseudoParameter(name: string, stack: StackTemplate): string | Unknown | undefined {
  const byRegion = stack.region === undefined ? undefined : PARTITIONS.find(([prefix]) => stack.region!.startsWith(prefix))!;
  switch (name) {
    case 'AWS::AccountId': return stack.account ?? new Unknown(`${name} of stack ${stack.stackName}, which may go to any account`);
    case 'AWS::Region': return stack.region ?? new Unknown(`${name} of stack ${stack.stackName}, which may go to any Region`);
    case 'AWS::Partition': return byRegion?.[1] ?? new Unknown(`${name} of stack ${stack.stackName}, which may go to any Region`);
    case 'AWS::URLSuffix': return byRegion?.[2] ?? new Unknown(`${name} of stack ${stack.stackName}, which may go to any Region`);
    case 'AWS::StackName': return stack.parent ? new Unknown(`${name} of nested stack ${stack.stackName}`) : stack.stackName;
    case 'AWS::StackId':
    case 'AWS::NotificationARNs': return new Unknown(`${name} of stack ${stack.stackName}`);
    default: return undefined;
  }
}
