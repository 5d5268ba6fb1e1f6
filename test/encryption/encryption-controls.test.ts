import { Duration } from 'aws-cdk-lib';
import { EncryptionKeys, EncryptionStandard } from '../../src';
import { validatePolicyDocument } from '../../src/analysis/validate-policy';
import { Controls } from '../../src/controls/controls';
import { decide, statementsOf } from '../controls/catalog/zone-values';

const OWN = new EncryptionStandard();
const DENYING = [OWN.denyWeakerKeys(), OWN.protectKeys(), new EncryptionStandard({ keys: EncryptionKeys.onePerService({ name: 'acme' }) }).protectKeys()];

describe.each(DENYING.map((control) => [control.id, control] as const))('%s', (_id, control) => {
  const statements = statementsOf(control);

  test('denies what its proof says and allows the rest', () => {
    for (const request of control.proof.denies) expect([request, decide(statements, request).decision]).toEqual([request, 'denied']);
    for (const request of control.proof.allows) expect([request, decide(statements, request).decision]).toEqual([request, 'allowed']);
  });

  test('has no statement without a proof', () => {
    for (const removed of statements) {
      const rest = statements.filter((statement) => statement !== removed);
      expect(control.proof.denies.filter((request) => decide(rest, request).decision !== 'denied')).not.toEqual([]);
    }
  });

  test('is a policy that AWS takes', () => {
    expect(validatePolicyDocument({ Version: '2012-10-17', Statement: statements }, control.id, 'service-control').problems).toEqual([]);
  });
});

test('names its own parameters and aliases', () => {
  const text = (name: string) => JSON.stringify(statementsOf(new EncryptionStandard({ keys: EncryptionKeys.onePerAccount({ name }) }).protectKeys()));
  expect(text('acme')).toContain('parameter/acme/keys/');
  expect(text('acme')).not.toContain('landing-zone/keys');
});

test('the standard has its own controls, and those of the catalogue with its values', () => {
  const ids = (standard: EncryptionStandard) => standard.controls().map(({ id }) => id);
  const [own, aws] = [ids(OWN), ids(new EncryptionStandard({ keys: EncryptionKeys.awsManaged() }))];
  expect(own).toEqual(expect.arrayContaining(['LZ.ENCRYPTION.1', 'LZ.ENCRYPTION.2', 'LZ.ENCRYPTION.3', 'LZ.KMS.1', 'LZ.KMS.2', Controls.requireTls().id, Controls.requireEbsEncryption().id]));
  expect(aws.filter((id) => id.startsWith('LZ.ENCRYPTION'))).toEqual(['LZ.ENCRYPTION.1']);
  expect(new Set(own).size).toBe(own.length);
  expect(ids(new EncryptionStandard({ deletionWindow: Duration.days(7) }))).not.toContain('LZ.KMS.1');
});
