import { PlaceholderIds } from '../../../src/model/lock-file';
import { fillPolicy, fillYaml, LzaAccount } from '../../../src/model/lza/replacements';

const VALUES = {
  global: new Map<string, string | string[]>([['Prefix', 'ACME'], ['Regions', ['eu-west-1', 'us-east-1']]]), acceleratorPrefix: 'ACME-', managementAccountAccessRole: 'Access', homeRegion: 'eu-west-1',
};
const ACCOUNTS: LzaAccount[] = [
  { name: 'Management', unit: 'Root', id: '000000000001' }, { name: 'LogArchive', unit: 'Security', id: '000000000002' }, { name: 'Audit', unit: 'Security', id: '000000000003' },
];

function fill(text: string) {
  return fillPolicy(text, VALUES, ACCOUNTS);
}

describe('policy variables', () => {
  test.each([
    ['${PARTITION}', 'aws'],
    ['${HOME_REGION}', 'eu-west-1'],
    ['${MANAGEMENT_ACCOUNT_ACCESS_ROLE}', 'Access'],
    ['${ACCELERATOR_PREFIX}', 'ACME-'],
    ['${ACCELERATOR_PREFIX_ND}', 'ACME'],
    ['${ACCELERATOR_PREFIX_LND}', 'acme'],
    ['${ACCELERATOR_DEFAULT_PREFIX_SHORTHAND}', 'ACME'],
    ['${ACCELERATOR_SSM_PREFIX}', '/ACME-'],
    ['${ACCEL_LOOKUP::CUSTOM:Prefix}', 'ACME'],
    ['${ACCEL_LOOKUP::CUSTOM:Regions}', '["eu-west-1","us-east-1"]'],
    ['a, ${PARTITION}', 'a, aws'],
    ['${aws:username} ${aws:PrincipalTag/team} $account ${lower}', '${aws:username} ${aws:PrincipalTag/team} $account ${lower}'],
  ])('%s is %s', (text, expected) => {
    expect(fill(text)).toEqual({ text: expected, placeholderIds: [], missing: [] });
  });

  test('the partition follows the home Region', () => {
    const partition = (homeRegion: string) => fillPolicy('${PARTITION}', { ...VALUES, homeRegion }, []).text;
    expect(['cn-north-1', 'us-gov-west-1', 'us-west-2'].map(partition)).toEqual(['aws-cn', 'aws-us-gov', 'aws']);
  });

  test('the parameter prefix of an accelerator with its default prefix', () => {
    expect(fillPolicy('${ACCELERATOR_SSM_PREFIX}', { ...VALUES, acceleratorPrefix: 'AWSAccelerator' }, []).text).toBe('/accelerator');
  });

  test('ids that only AWS knows become placeholders, by name', () => {
    expect(fill('${ORG_ID} ${LOGARCHIVE_ACCOUNT_ID} ${AUDIT_ACCOUNT_ID} ${MANAGEMENT_ACCOUNT_ID} ${ACCOUNT_ID}')).toEqual({
      text: 'o-placeholder0 000000000002 000000000003 000000000001 000000000001', missing: [],
      placeholderIds: ['ACCOUNT_ID', 'AUDIT_ACCOUNT_ID', 'LOGARCHIVE_ACCOUNT_ID', 'MANAGEMENT_ACCOUNT_ID', 'ORG_ID'],
    });
  });

  test.each([
    ['["${ORG_ID}", ${ACCEL_LOOKUP::ACCOUNT_ID:ACCOUNT:Audit}]', '["o-placeholder0", "000000000003"]'],
    ['[${ACCEL_LOOKUP::ACCOUNT_ID:OU:Security}]', '["000000000002","000000000003"]'],
    ['[${ACCEL_LOOKUP::ACCOUNT_ID:ORG}]', '["000000000001","000000000002","000000000003"]'],
    ['["x", ${ACCEL_LOOKUP::ACCOUNT_ID:OU:Workloads/Empty}]', '["x"]'],
  ])('accounts looked up: %s', (text, expected) => {
    const { text: filled, missing } = fill(text);
    expect(filled).toBe(expected);
    expect(missing).toEqual([]);
  });

  test('what nobody gives stays, is named, and leaves the document JSON', () => {
    const { text, missing } = fill('{"a": [${ACCEL_LOOKUP::VPC_ID:ORG}], "b": "arn:${SOMETHING}:\\"x", "c": ${ACCEL_LOOKUP::ACCOUNT_ID:ACCOUNT:Nobody}, "d": ${ACCEL_LOOKUP::CUSTOM:None}}');
    expect(JSON.parse(text)).toEqual({ a: ['${ACCEL_LOOKUP::VPC_ID:ORG}'], b: 'arn:${SOMETHING}:"x', c: '${ACCEL_LOOKUP::ACCOUNT_ID:ACCOUNT:Nobody}', d: '${ACCEL_LOOKUP::CUSTOM:None}' });
    expect(missing).toEqual(['ACCEL_LOOKUP::ACCOUNT_ID:ACCOUNT:Nobody', 'ACCEL_LOOKUP::CUSTOM:None', 'ACCEL_LOOKUP::VPC_ID:ORG', 'SOMETHING']);
  });
});

test('variables of YAML files: texts, lists, accounts; comments stay', () => {
  const missing = new Set<string>();
  expect(fillYaml('a: "{{ Prefix }}-x"\nb: [ {{Regions}} ]\n  # {{ Nothing }}\nc: "{{account Audit}}"\nd: "{{ Other }}"', VALUES.global, missing))
    .toBe(`a: "ACME-x"\nb: [ "eu-west-1", "us-east-1" ]\n  # {{ Nothing }}\nc: "${PlaceholderIds.account('Audit')}"\nd: "{{ Other }}"`);
  expect([...missing]).toEqual(['Other']);
});
