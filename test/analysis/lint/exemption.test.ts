import { found, rulesOf, withTests } from './lint';

const exempt = (operator: string, value: string | string[]) => withTests('s3:*', { [operator]: { 'aws:PrincipalArn': value } });

test.each(['*', 'arn:aws:iam::*:*', ['arn:*:iam::*:*', 'arn:*:sts::*:*']])('an exemption of everyone: %s', (value) => {
  const [finding, ...more] = found(exempt('ArnNotLike', value));
  expect(more).toEqual([]);
  expect(finding === undefined ? 'nothing' : finding).toMatch(value === 'arn:aws:iam::*:*' ? /nothing/ : /^LZ.LINT.5 aws:PrincipalArn does not match .*: that exempts everyone; the statement never denies anything/);
});

test('of every principal, in a resource control policy', () => {
  expect(found(exempt('ArnNotLike', '*'), 'resource-control')).toEqual([
    'LZ.LINT.5 * in ArnNotLike aws:PrincipalArn exempts every principal; the statement denies AWS services and anonymous requests only. Name only whom the statement is to spare.',
  ]);
  expect(rulesOf(exempt('ArnNotLike', 'arn:aws:iam::*:role/*'), 'resource-control')).toEqual([]);
});

test('of nobody, for it names the session', () => {
  expect(found(exempt('ArnNotLike', ['arn:aws:iam::*:role/deploy', 'arn:aws:sts::*:assumed-role/admin/*']))).toEqual([
    'LZ.LINT.5 arn:aws:sts::*:assumed-role/admin/* in ArnNotLike aws:PrincipalArn is the ARN of no principal, so it exempts nobody; whom it is to spare is bound. '
    + 'aws:PrincipalArn of a session is the ARN of its role: write arn:aws:iam::ACCOUNT:role/NAME.',
  ]);
});

test.each([
  ['a part too few', 'ArnNotLike', 'arn:aws:iam:*:role/deploy'],
  ['a part too many', 'ArnNotLike', 'arn:aws:iam:::*:role/deploy'],
  ['a Region', 'ArnNotEquals', 'arn:aws:iam:us-east-1:111122223333:role/deploy'],
  ['an account of 11 digits', 'StringNotEquals', 'arn:aws:iam::11112222333:role/deploy'],
  ['a group', 'ArnNotLike', 'arn:aws:iam::*:group/admins'],
  ['a misspelt kind', 'ArnNotLikeIfExists', 'arn:aws:iam::*:roles/deploy'],
  ['the name alone', 'StringNotLike', 'role/deploy'],
  ['an account id', 'StringNotEquals', '111122223333'],
  ['a wildcard that is none', 'StringNotEquals', 'arn:aws:iam::111122223333:role/deploy*'],
])('of nobody: %s', (_, operator, value) => {
  expect(rulesOf(exempt(operator, value))).toEqual(['LZ.LINT.5']);
  expect(rulesOf(exempt(operator, value), 'resource-control')).toEqual(['LZ.LINT.5']);
});

test.each([
  ['ArnNotLike', 'arn:aws:iam::*:role/deploy*'], ['ArnNotLike', 'arn:*:iam::111122223333:user/eve'], ['ArnNotLike', 'arn:aws:iam::*:root'], ['ArnNotEquals', 'arn:aws:sts::*:federated-user/eve'],
  ['StringNotLike', '*deploy*'], ['ArnNotLike', 'arn:aws:iam::*:role/aws:ec2-infrastructure'], ['StringNotLike', 'arn:aws:iam::*role/x'], ['StringNotEquals', 'arn:aws:iam::111122223333:role/path/x'], ['ArnNotLike', 'arn:aws:iam::${aws:PrincipalAccount}:role/x'],
  ['ArnNotLike', 'arn:aws:iam::<ACCOUNT>:role/[PRIVILEGED_ROLE]'], ['StringNotEquals', '${ADMIN_ROLE_ARN}'], ['ArnNotLike', 'arn:${PARTITION}:iam::*:role/x'],
])('an exemption of somebody: %s %s', (operator, value) => {
  expect(rulesOf(exempt(operator, value))).toEqual([]);
});
