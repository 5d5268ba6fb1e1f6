import * as fc from 'fast-check';
import { readJson } from '../../src/analysis/json-source';
import { parsePolicyDocument, PolicyKind, problemText, validatePolicyDocument } from '../../src/analysis/parse-policy';

const problemsOf = (text: string, kind: PolicyKind = 'service-control'): string[] => parsePolicyDocument(text, 'p.json', kind).problems.map(problemText);
const withStatement = (statement: string): string => `{ "Version": "2012-10-17",\n  "Statement": [\n    ${statement} ] }`;
const DENY = { Effect: 'Deny', Action: 's3:*', Resource: '*' };

/** The problems of one statement in place of a good one. */
function problems(statement: object, kind: PolicyKind = 'service-control'): string[] {
  return validatePolicyDocument({ Version: '2012-10-17', Statement: [statement] }, 'p', kind).problems
    .map(({ path, message, expected }) => `${path} | ${message} | ${expected}`);
}

describe('JSON with places', () => {
  test('reads what JSON.parse reads, and refuses what it refuses', () => {
    const text = fc.oneof(
      fc.json(),
      fc.tuple(fc.json(), fc.nat(), fc.constantFrom(',', '}', ']', '"', ':', '1', '\\', '\n', 'x')).map(([json, at, char]) => (
        `${json.slice(0, at % (json.length + 1))}${char}${json.slice(at % (json.length + 1))}`
      )),
    );
    fc.assert(fc.property(text, (json) => {
      let expected: { value?: unknown } = {};
      try {
        expected = { value: JSON.parse(json) };
      } catch {
        // Then there is no value.
      }
      const source = readJson(json);
      expect('value' in source ? { value: source.value } : {}).toEqual(expected);
      expect(source.problems.length > 0 || 'value' in source).toBe(true);
    }), { seed: 20261122, numRuns: 3_000 });
  });

  test('a member called __proto__ is a member', () => {
    expect(Object.keys(readJson('{"__proto__": {"a": 1}}').value as object)).toEqual(['__proto__']);
  });

  test.each([
    ['{ "a": 1,\n  "b" 2 }', '2:7', 'a colon after the name "b"'],
    ['{ "a": 1, }', '1:11', 'a name in double quotes (and no comma after the last member)'],
    ['[1 2]', '1:4', 'a comma, or ] at the end of the list'],
    ['{ "a": "x\n" }', '1:8', 'a closing double quote; line breaks and \\ escaped'],
    ['{ "a": yes }', '1:8', 'an object, a list, a text in double quotes, a number, true, false or null'],
    ['{} {}', '1:4', 'one JSON value'],
    ['', '1:1', 'an object, a list, a text in double quotes, a number, true, false or null'],
    ['{ "a": [1,\r\n 2', '2:3', 'a comma, or ] at the end of the list'],
  ])('%j is refused at %s', (text, place, expected) => {
    const [problem] = readJson(text).problems;
    expect({ place: `${problem.line}:${problem.column}`, expected: problem.expected }).toEqual({ place, expected });
  });

  test('depth and length are limited', () => {
    expect(problemsOf('['.repeat(100_000))[0]).toContain('nested deeper than 64 levels');
    expect(problemsOf(' '.repeat(1_000_001))[0]).toContain('1000001 bytes long');
  });
});

describe('a good policy', () => {
  test('is returned as it is, with any member of the language', () => {
    const text = withStatement(JSON.stringify({
      Sid: 'A', Effect: 'Allow', NotAction: ['iam:*', '*:Get*'], NotResource: 'arn:aws:s3:::x', Condition: { StringLike: { 'aws:PrincipalTag/a': ['x', 'y'] } },
    }));
    expect(parsePolicyDocument(`\uFEFF${text}`, 'p.json', 'service-control')).toEqual({ document: JSON.parse(text), problems: [] });
  });
  test.each<[PolicyKind, object]>([
    ['resource-control', { ...DENY, Principal: '*' }],
    ['resource-control', { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    ['resource', { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    ['resource', { Effect: 'Deny', NotPrincipal: { AWS: ['111122223333'] }, Action: 's3:*', Resource: '*' }],
    ['identity', { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::${aws:username}/*' }],
    ['boundary', { Effect: 'Allow', Action: '*', Resource: '*', Condition: { Null: { 'aws:TokenIssueTime': false }, NumericLessThan: { 's3:max-keys': 10 } } }],
  ])('%s %j', (kind, statement) => {
    expect(problems(statement, kind)).toEqual([]);
  });
});

describe('a mistake has its place, and a hand', () => {
  test('line and column', () => {
    expect(problemsOf(withStatement('{ "Effect": "Deny", "Action": "s3:*",\n      "Resource": "*", "Condition": { "Stringlike": { "aws:x": "a" } } }'))).toEqual([
      'p.json:4:39  Statement[0].Condition.Stringlike: "Stringlike" is no condition operator; did you mean "StringLike"?',
    ]);
  });
  test('all mistakes at once', () => {
    expect(problemsOf(withStatement('{ "Effect": "Block", "Actions": "s3:*", "Effect": "Deny", "Resource": [] }')).map((text) => text.split('  ')[0])).toEqual([
      'p.json:3:45', 'p.json:3:26', 'p.json:3:5', 'p.json:3:63',
    ]);
  });
  test.each<[string, object, PolicyKind, string]>([
    ['unknown element', { ...DENY, Actoin: 'x' }, 'service-control', 'Statement[0].Actoin | "Actoin" is no element of a statement | did you mean "Action"?'],
    ['both', { ...DENY, NotAction: 's3:*' }, 'service-control', 'Statement[0].NotAction | both Action and NotAction | either Action or NotAction'],
    ['neither', { Effect: 'Deny', Action: 's3:*' }, 'identity', 'Statement[0] | neither Resource nor NotResource | Resource or NotResource'],
    ['effect', { ...DENY, Effect: 'deny' }, 'service-control', 'Statement[0].Effect | "deny" is no effect | "Allow" or "Deny"'],
    ['type', { ...DENY, Action: [7] }, 'service-control', 'Statement[0].Action[0] | 7 is no action |'],
    ['action', { ...DENY, Action: ['s3:*', 'GetObject'] }, 'service-control', 'Statement[0].Action[1] | "GetObject" is no action |'],
    ['resource', { ...DENY, Resource: 'my-bucket' }, 'service-control', 'Statement[0].Resource | "my-bucket" is no resource |'],
    ['principal', { ...DENY, Principal: '*' }, 'service-control', 'Statement[0].Principal | Principal does not belong in a service control policy |'],
    ['principal', { ...DENY, NotPrincipal: '*' }, 'identity', 'Statement[0].NotPrincipal | NotPrincipal does not belong in an identity policy |'],
    ['principal', { ...DENY, Principal: { Aws: '*' } }, 'resource', 'Statement[0].Principal.Aws | "Aws" is no kind of principal | did you mean "AWS"?'],
    ['principal', DENY, 'resource', 'Statement[0] | Principal is missing | either Principal or NotPrincipal'],
    ['principal', { ...DENY, Effect: 'Allow', NotPrincipal: { AWS: '*' } }, 'resource', 'Statement[0].NotPrincipal | NotPrincipal in an Allow |'],
    ['RCP', { ...DENY, Principal: { AWS: '*' } }, 'resource-control', 'Statement[0].Principal | Principal is an object | "*"; say whom'],
    ['RCP', { ...DENY, Principal: '*', Effect: 'Allow' }, 'resource-control', 'Statement[0].Effect | an Allow in a resource control policy |'],
    ['RCP', { Effect: 'Deny', Principal: '*', NotAction: 's3:*', Resource: '*' }, 'resource-control', 'Statement[0].NotAction | NotAction in a resource control'],
    ['RCP', { ...DENY, NotPrincipal: '*' }, 'resource-control', 'Statement[0].NotPrincipal | NotPrincipal in a resource control policy |'],
    ['RCP', { ...DENY, Principal: '*', Action: '*' }, 'resource-control', 'Statement[0].Action | "*" names no service |'],
    ['operator', { ...DENY, Condition: { ForAnyValues: { 'a:b': 'c' } } }, 'identity', 'Statement[0].Condition.ForAnyValues | "ForAnyValues" is no condition operator |'],
    ['operator', { ...DENY, Condition: { 'ForAllValue:StringEqual': { 'a:b': 'c' } } }, 'identity',
      'Statement[0].Condition.ForAllValue:StringEqual | "ForAllValue:StringEqual" is no condition operator | did you mean "ForAllValues:StringEquals"?'],
    ['operator', { ...DENY, Condition: { NullIfExists: { 'a:b': 'true' } } }, 'identity', 'Statement[0].Condition.NullIfExists | "NullIfExists" is no condition operator | "Null";'],
    ['key', { ...DENY, Condition: { Bool: { SecureTransport: 'true' } } }, 'identity', 'Statement[0].Condition.Bool.SecureTransport | "SecureTransport" is no condition key |'],
    ['value', { ...DENY, Condition: { Bool: { 'aws:SecureTransport': 'yes' } } }, 'identity', 'Statement[0].Condition.Bool.aws:SecureTransport | "yes" can never match | true or false'],
    ['value', { ...DENY, Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/33'] } } }, 'identity', 'Statement[0].Condition.IpAddress.aws:SourceIp[0] | "10.0.0.0/33" can never match |'],
    ['value', { ...DENY, Condition: { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } } }, 'identity', 'Statement[0].Condition.DateLessThan.aws:CurrentTime | "tomorrow" can never'],
    ['value', { ...DENY, Condition: { NumericLessThan: { 's3:max-keys': 'x' } } }, 'identity', 'Statement[0].Condition.NumericLessThan.s3:max-keys | "x" can never match | a number'],
    ['value', { ...DENY, Condition: { StringEquals: { 'a:b': [] } } }, 'identity', 'Statement[0].Condition.StringEquals.a:b | the list is empty | at least one value'],
    ['value', { ...DENY, Condition: { StringEquals: { 'a:b': { Ref: 'x' } } } }, 'identity', 'Statement[0].Condition.StringEquals.a:b | an object is no condition value |'],
  ])('%s: %j in %s', (_, statement, kind, expected) => {
    const found = problems(statement, kind);
    expect(found.filter((problem) => problem.startsWith(expected))).toHaveLength(1);
  });

  test.each<[string, unknown, string]>([
    ['no object', [], ' | a list is no policy'],
    ['no statement', { Version: '2012-10-17' }, ' | Statement is missing'],
    ['no version', { Statement: [DENY] }, ' | Version is missing'],
    ['version', { Version: '2012-10-18', Statement: [DENY] }, 'Version | Version is "2012-10-18"'],
    ['empty', { Version: '2012-10-17', Statement: [] }, 'Statement | Statement is empty'],
    ['Sids', { Version: '2012-10-17', Statement: [{ ...DENY, Sid: 'A' }, DENY, { ...DENY, Sid: 'A' }] }, 'Statement[2].Sid | the Sid "A" is already used by Statement[0]'],
    ['one statement', { Version: '2012-10-17', Statement: { ...DENY, Effect: 1 } }, 'Statement.Effect | 1 is no effect'],
  ])('%s', (_, document, expected) => {
    expect(validatePolicyDocument(document, 'p', 'service-control').problems.map(({ path, message }) => `${path} | ${message}`)).toEqual([expected]);
  });

  test('whatever the value is, it is accepted or has problems, and nothing is thrown', () => {
    const name = fc.constantFrom('Version', 'Statement', 'Effect', 'Action', 'Resource', 'Condition', 'Principal', 'Sid', 'StringLike', 'aws:x', '__proto__');
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 5 }, fc.constantFrom('2012-10-17', 'Deny', '*', 's3:*', null, 1, true), fc.array(tie('any')), fc.dictionary(name, tie('any'))),
    })).any;
    fc.assert(fc.property(value, fc.constantFrom<PolicyKind>('service-control', 'resource-control', 'identity', 'resource', 'boundary'), (any, kind) => {
      const { document, problems: found } = validatePolicyDocument(any, 'p', kind);
      expect(document === undefined).toBe(found.length > 0);
    }), { seed: 20261122, numRuns: 1_000 });
  });
});
