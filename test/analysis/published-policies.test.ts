import { hasInputs, INPUTS, inputFiles } from './inputs';
import { evaluate } from '../../src/analysis/evaluate';
import { parsePolicyDocument, PolicyKind, problemText, validatePolicyDocument } from '../../src/analysis/parse-policy';
import { AccountPolicies, NamedPolicy, PolicyDocument } from '../../src/analysis/policy-document';

const FULL: NamedPolicy = { name: 'FullAWSAccess', document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } };

const FOLDERS: ReadonlyArray<readonly [string, PolicyKind, number]> = [
  ['aws-scp-examples', 'service-control', 57],
  ['data-perimeter/service_control_policies', 'service-control', 13],
  ['data-perimeter/resource_control_policies', 'resource-control', 6],
  ['data-perimeter/vpc_endpoint_policies', 'resource', 10],
  ['lza-universal/service-control-policies', 'service-control', 8],
  ['lza-universal/rcp-policies', 'resource-control', 1],
];

/** Everything that is refused, and why. */
const REFUSED: { readonly [file: string]: readonly string[] } = {
  // Not valid JSON as published: a comment in a list.
  'Service-specific-controls/AWS-IAM/deny-service-specific-credential-by-type.json': [':15:13  "//add" is not expected here; expected a comma, or ] at the end of the list'],
  // Resource policies that lie among the resource control policies; an RCP has to name services.
  'service_specific_controls/api_gateway_policy.json': [8, 27, 49, 79].map((line, index) => (
    `:${line}:10  Statement[${index}].Action: "*" names no service; expected a service that supports resource control policies, such as s3:*`
  )),
  'service_specific_controls/sns_topic_policy.json': [
    ':75:10  Statement[2].Action: "*" names no service; expected a service that supports resource control policies, such as s3:*',
  ],
  // A placeholder for an action.
  's3_endpoint_policy.json': [[118, 4], [137, 5]].map(([line, index]) => (
    `:${line}:13  Statement[${index}].Action: "<action>" is no action; expected service:Action, such as s3:GetObject or s3:Get*, or "*"`
  )),
};

const describeInputs = hasInputs ? describe : describe.skip;
if (!hasInputs) {
  process.stderr.write(`published policies are not tried: ${INPUTS} is absent (set LZ_INPUTS)\n`);
}

describeInputs('published policies', () => {
  test.each(FOLDERS)('%s as %s: each of %d is read, or refused for what it is', (folder, kind, count) => {
    const files = inputFiles(folder);
    expect(files).toHaveLength(count);
    for (const { name, text } of files) {
      expect(parsePolicyDocument(text, name, kind).problems.map(problemText)).toEqual((REFUSED[name] ?? []).map((problem) => `${name}${problem}`));
    }
  });

  test('the ones that are refused as RCPs are resource policies', () => {
    for (const { name, text } of inputFiles('data-perimeter/resource_control_policies').filter((file) => REFUSED[file.name])) {
      expect(parsePolicyDocument(text, name, 'resource').problems).toEqual([]);
    }
  });

  test('rcp-examples: 21 of 23 policies, each in an envelope, are read', () => {
    const files = inputFiles('rcp-examples').map(({ name, text }) => ({ name, policy: (JSON.parse(text) as { policy: unknown }).policy }));
    expect(files).toHaveLength(23);
    const problems = files.flatMap(({ name, policy }) => validatePolicyDocument(policy, name, 'resource-control').problems.map(problemText));
    expect(problems).toEqual(RCP_PROBLEMS);
  });

  const read = (folder: string, kind: PolicyKind): PolicyDocument[] => inputFiles(folder)
    .flatMap(({ name, text }) => parsePolicyDocument(text, name, kind).document ?? []);

  const account = (serviceControl: PolicyDocument[], resourceControl: PolicyDocument[] = []): AccountPolicies => ({
    account: { id: '111122223333', name: 'own', isManagement: false },
    organizationId: 'o-example',
    organizationPath: 'o-example/r-ab12/',
    serviceControl: [{ level: 'Root', policies: [FULL, ...serviceControl.map((document, index) => ({ name: `scp-${index}`, document }))] }],
    resourceControl: [{ level: 'Root', policies: resourceControl.map((document, index) => ({ name: `rcp-${index}`, document })) }],
    unknown: [],
  });

  test.each([
    ['organizations:LeaveOrganization', {}, 'denied'],
    ['guardduty:DeleteDetector', {}, 'denied'],
    ['account:DisableRegion', {}, 'denied'],
    ['ec2:RunInstances', { context: { 'aws:RequestedRegion': 'eu-west-1' } }, 'denied'],
    ['iam:CreateRole', {}, 'depends'],
    ['s3:PutAccountPublicAccessBlock', { principal: 'root' }, 'denied'],
    ['guardduty:DeleteDetector', { principal: 'role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty' }, 'allowed'],
  ] as const)('all published SCPs of aws-scp-examples together: %s with %j is %s', (action, more, expected) => {
    expect(evaluate({ action, ...more }, account(read('aws-scp-examples', 'service-control'))).decision).toBe(expected);
  });

  test('two of them lock different regions, so that nothing is allowed anywhere', () => {
    expect(evaluate({ action: 'ec2:RunInstances' }, account(read('aws-scp-examples', 'service-control')))).toMatchObject({
      decision: 'denied',
      reasons: [{ when: expect.stringMatching(/^aws:RequestedRegion is not/) }, { when: expect.stringMatching(/^aws:RequestedRegion is not/) }],
    });
  });

  test('LZA: its guardrails spare its own roles, and bind others', () => {
    const fill = (document: PolicyDocument): PolicyDocument => JSON.parse(JSON.stringify(document).replace(/\$\{PARTITION\}/g, 'aws')
      .replace(/\$\{ACCELERATOR_PREFIX\}/g, 'AWSAccelerator').replace(/\$\{MANAGEMENT_ACCOUNT_ACCESS_ROLE\}/g, 'OrganizationAccountAccessRole')) as PolicyDocument;
    const lza = account(read('lza-universal/service-control-policies', 'service-control').slice(0, 2).map(fill));
    const request = { action: 'lambda:DeleteFunction', resource: 'arn:aws:lambda:eu-west-1:111122223333:function:AWSAccelerator-x' };
    expect(evaluate({ ...request, principal: 'role/AWSAccelerator-Deploy' }, lza).decision).toBe('allowed');
    expect(evaluate({ ...request, principal: 'role/admin' }, lza)).toMatchObject({ decision: 'denied', reasons: [{ statement: 'GRLMB', effect: 'Deny' }] });
  });

  test('a data perimeter depends on the network and the organization', () => {
    const documents = read('data-perimeter/resource_control_policies', 'resource-control');
    const answer = evaluate({ action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', principal: 'arn:aws:iam::444455556666:role/x' }, account([], documents));
    expect(answer.decision).toBe('depends');
    expect(answer.dependsOn).toEqual(expect.arrayContaining(['aws:PrincipalOrgID', 'aws:SourceIp', 'aws:ResourceTag/dp:exclude:identity']));
  });
});

/** A statement of a trust policy among those of an RCP, and a misspelt operator. */
const RCP_PROBLEMS: readonly string[] = [
  ...[
    'Statement[19]: neither Resource nor NotResource; expected Resource or NotResource',
    'Statement[19].Condition.Null.accounts.google.com: "accounts.google.com" is no condition key; expected prefix:name, such as aws:PrincipalArn',
    'Statement[19].Effect: an Allow in a resource control policy; expected "Deny"; only AWS\'s own RCPFullAWSAccess allows',
  ].map((problem) => `limit-access-to-trusted-oidc-identity-providers-shared-issuers.json  ${problem}`),
  'service-specific-controls-sts-protect-iamra-session-tags.json  '
    + 'Statement[0].Condition.ForAnyValue:Stringlike: "ForAnyValue:Stringlike" is no condition operator; did you mean "ForAnyValue:StringLike"?',
];
