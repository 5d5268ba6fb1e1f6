import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnGraph } from 'aws-cdk-lib/aws-detective';
import { DetectiveMembers, DetectiveMembersProps } from '../../src';
import { validated } from '../network/aws-solutions';

const GRAPH = 'arn:aws:detective:eu-west-1:333344445555:graph:0123456789abcdef0123456789abcdef';
const PAYMENTS = { key: 'payments', accountId: '444455556666', email: 'aws+payments@acme.example' };
const SHOP = { key: 'shop', accountId: '555566667777', email: 'aws+shop@acme.example' };

function members(options: Partial<DetectiveMembersProps> = {}) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Detection', { env: { account: '333344445555', region: 'eu-west-1' } });
  const made = new DetectiveMembers(stack, 'Members', { graphArn: GRAPH, members: [PAYMENTS, SHOP], ...options });
  return { made, resources: Template.fromStack(stack).findResources('AWS::Detective::MemberInvitation') };
}

test('each account is a member, and nobody gets a mail', () => {
  const { made, resources } = members();
  expect(Object.values(resources).map(({ Properties }) => Properties)).toEqual([PAYMENTS, SHOP].map(({ accountId, email }) => (
    { GraphArn: GRAPH, MemberId: accountId, MemberEmailAddress: email, DisableEmailNotification: true })));
  expect(made.memberKeys).toEqual(['payments', 'shop']);
});

test('another account, or another order, changes no logical id', () => {
  const ids = (list: typeof PAYMENTS[]) => Object.entries(members({ members: list }).resources).map(([id, { Properties }]) => `${Properties.MemberId} ${id}`).sort();
  const more = ids([{ key: 'a', accountId: '666677778888', email: 'aws+a@acme.example' }, SHOP, PAYMENTS]);
  expect(more).toEqual(expect.arrayContaining(ids([PAYMENTS, SHOP])));
  expect(more).toHaveLength(3);
});

test('what cannot be is said, all of it', () => {
  expect(() => members({ members: [PAYMENTS, PAYMENTS, { key: 'shop', accountId: '12', email: 'acme' }] })).toThrow(
    /member payments is there twice; account 444455556666 is there twice; the id of shop is "12": twelve digits are expected; the e-mail of shop is "acme"/,
  );
  expect(() => members({ members: [] })).toThrow('there is no member');
  const many = (count: number) => Array.from({ length: count }, (_, at) => ({ key: `a${at}`, accountId: String(100_000_000_000 + at), email: `a${at}@acme.example` }));
  expect(() => members({ members: many(401) })).toThrow('there are 401 members, and a stack holds 400');
  expect(members({ members: many(400) }).made.memberKeys).toHaveLength(400);
});

test('CloudFormation, AwsSolutions and our own controls find nothing', () => {
  expect(validated((stack) => { new DetectiveMembers(stack, 'Members', { graphArn: new CfnGraph(stack, 'Graph').attrArn, members: [PAYMENTS] }); }).violations).toEqual([]);
});
