import * as path from 'path';
import { accountOf } from './levels';
import { LintFinding, LintPolicy } from '../../../src/analysis/lint/lint-finding';
import { LevelLint } from '../../../src/analysis/lint/lint-levels';
import { lintPolicy } from '../../../src/analysis/lint/lint-policy';
import { validatePolicyDocument } from '../../../src/analysis/validate-policy';
import { policyLint } from '../../../src/compliance/checks/policy-lint';
import { actionIndex } from '../../../src/model/action-index-file';
import { readLzaConfiguration } from '../../../src/model/lza/read-lza-configuration';
import { modelOfDefinition } from '../../../src/organization/model-of-definition';
import { hasInputs, INPUTS, inputFiles } from '../inputs';

const FOLDERS: ReadonlyArray<readonly [string, LintPolicy['kind']]> = [
  ['aws-scp-examples', 'service-control'], ['data-perimeter/service_control_policies', 'service-control'], ['data-perimeter/resource_control_policies', 'resource-control'],
  ['lza-universal/service-control-policies', 'service-control'], ['lza-universal/rcp-policies', 'resource-control'], ['rcp-examples', 'resource-control'],
];

/** Far more than it takes (under a second), so that a loaded machine does not fail it. */
const MAX_MILLISECONDS = 20_000;

const describeInputs = hasInputs ? describe : describe.skip;
if (!hasInputs) {
  process.stderr.write(`published policies are not tried: ${INPUTS} is absent (set LZ_INPUTS)\n`);
}

/** Each policy of the folders; examples of resource control policies are in an envelope. Those that are no JSON, or that AWS would refuse, are left out. */
function policies(): LintPolicy[] {
  return FOLDERS.flatMap(([folder, kind]) => inputFiles(folder).flatMap(({ name, text }): LintPolicy[] => {
    try {
      const json = JSON.parse(text) as any;
      const policy = { name: path.basename(name), kind, document: folder === 'rcp-examples' ? json.policy : json };
      return validatePolicyDocument(policy.document, policy.name, kind).problems.length > 0 ? [] : [policy];
    } catch {
      return [];
    }
  }));
}

const line = ({ rule, policy, statement, what }: LintFinding): string => `${rule} ${policy} ${statement}: ${what}`;

describeInputs('published policies', () => {
  test('each finding is right: read one by one', () => {
    const start = process.hrtime.bigint();
    const all = policies();
    const found = all.flatMap((policy) => [...lintPolicy(policy, actionIndex()), ...together(policy)]);
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    process.stdout.write(`lint: ${all.length} policies in ${milliseconds.toFixed(0)} ms\n`);
    expect(all).toHaveLength(103);
    expect(milliseconds).toBeLessThan(MAX_MILLISECONDS);
    expect(found.map(line)).toEqual([
      // A set of stacks has no ARN before it is created.
      'LZ.LINT.3 Deny-modifications-to-specific-AWS-CloudFormation-resources.json #1: cloudformation:CreateStackSet does not work on arn:aws:cloudformation:*:*:stackset/**, '
      + 'arn:aws:cloudformation:*:*:stack/** and arn:aws:cloudformation:*:*:stack/*',
      // A mapping has an ARN of its own; which function it is for, lambda:FunctionArn says.
      'LZ.LINT.3 Deny-modifications-to-specific-Amazon-Lambda-functions.json #1: lambda:CreateEventSourceMapping, lambda:DeleteEventSourceMapping and lambda:UpdateEventSourceMapping '
      + 'do not work on arn:aws:lambda:*:*:function:*',
      // Private marketplaces are made through the catalog API of AWS Marketplace now.
      'LZ.LINT.1 Deny-unwanted-cancellation-or-changes-to-AWS-Marketplace-product-subscription.json #1: aws-marketplace:CreatePrivateMarketplace and '
      + 'aws-marketplace:UpdatePrivateMarketplaceSettings match no action of AWS',
      // The first statement denies what the second one makes an exception of.
      'LZ.LINT.4 deny-creating-any-service-specific-credentials.json DenyCreatingAnyServiceSpecificWithExceptionBasedOnTag: All that it denies, '
      + 'DenyCreatingAnyServiceSpecificCredential of the same policy denies too',
    ]);
  });

  test('LZA as it is imported, with its tree', () => {
    const { definition } = readLzaConfiguration(path.join(INPUTS, 'lza-universal'));
    const { findings, summary } = policyLint(modelOfDefinition(definition!).model, actionIndex());
    expect(findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual([]);
    expect(summary).toBe('8 policies, 41 statements looked at');
  });
});

/** What its statements show together. */
function together(policy: LintPolicy): LintFinding[] {
  const account = accountOf({});
  const levels = [{ level: 'Root', policies: [policy] }];
  return new LevelLint(actionIndex(), [policy])
    .coveredEverywhere(policy.kind, [policy.kind === 'service-control' ? { ...account, serviceControl: levels } : { ...account, resourceControl: levels }]);
}
