import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccessAnalyzerOptions, AccessAnalyzers } from '../../src';

function analyzers(options: AccessAnalyzerOptions = {}, isHomeRegion = true) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Access', { env: { account: '333344445555', region: 'eu-west-1' } });
  new AccessAnalyzers(stack, 'AccessAnalyzers', { isHomeRegion, ...options });
  return Object.fromEntries(Object.values(Template.fromStack(stack).findResources('AWS::AccessAnalyzer::Analyzer')).map(({ Properties: { Type, AnalyzerConfiguration } }) => [Type, AnalyzerConfiguration ?? {}]));
}

test('what is open to others in every Region, what is unused in the home Region', () => {
  expect(analyzers()).toEqual({ ORGANIZATION: {}, ORGANIZATION_UNUSED_ACCESS: { UnusedAccessConfiguration: { UnusedAccessAge: 90 } } });
  expect(analyzers({}, false)).toEqual({ ORGANIZATION: {} });
  expect(analyzers({ unusedAfterDays: 0 })).toEqual({ ORGANIZATION: {} });
});

test('accounts are left out of unused access, and who reaches critical resources is said, by choice', () => {
  expect(analyzers({ unusedAfterDays: 30, unusedExceptAccounts: ['444455556666'], internal: [{ arns: ['arn:aws:s3:::card-data'] }, { types: ['AWS::DynamoDB::Table'], accounts: ['777788889999'] }] })).toEqual({
    ORGANIZATION: {},
    ORGANIZATION_UNUSED_ACCESS: { UnusedAccessConfiguration: { UnusedAccessAge: 30, AnalysisRule: { Exclusions: [{ AccountIds: ['444455556666'] }] } } },
    ORGANIZATION_INTERNAL_ACCESS: {
      InternalAccessConfiguration: { InternalAccessAnalysisRule: { Inclusions: [{ ResourceArns: ['arn:aws:s3:::card-data'] }, { ResourceTypes: ['AWS::DynamoDB::Table'], AccountIds: ['777788889999'] }] } },
    },
  });
});

test('what cannot be is said, all of it', () => {
  expect(() => analyzers({ unusedAfterDays: 400, unusedExceptAccounts: ['sandbox'], internal: [{ types: ['AWS::SQS::Queue'] }, {}] }))
    .toThrow(/unusedAfterDays is 400, .*; "sandbox" is no account id.*; internal access to AWS::SQS::Queue is not analyzed by AWS.*; internal has an entry that names nothing/);
});
