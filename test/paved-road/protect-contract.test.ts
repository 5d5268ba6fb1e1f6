import { App } from 'aws-cdk-lib';
import { LandingZone, RegionStandard } from '../../src';
import { validatePolicyDocument } from '../../src/analysis/validate-policy';
import { ContractValue } from '../../src/paved-road/contract-value';
import { protectContract } from '../../src/paved-road/controls/protect-contract';
import { decide, statementsOf } from '../controls/catalog/zone-values';
import '../../src/testing';

const control = protectContract();
const statements = statementsOf(control);

test('denies what its proof says and allows the rest, in a policy that AWS takes', () => {
  for (const request of control.proof.denies) expect([request, decide(statements, request).decision]).toEqual([request, 'denied']);
  for (const request of control.proof.allows) expect([request, decide(statements, request).decision]).toEqual([request, 'allowed']);
  expect(validatePolicyDocument({ Version: '2012-10-17', Statement: statements }, control.id, 'service-control').problems).toEqual([]);
});

test('every value that products read is kept', () => {
  const values = Object.values(ContractValue).filter((value): value is ContractValue => value instanceof ContractValue);
  expect(values.length).toBeGreaterThan(5);
  for (const { parameterName } of values) {
    expect([parameterName, decide(statements, { action: 'ssm:PutParameter', resource: `arn:aws:ssm:eu-west-1:111122223333:parameter${parameterName}` }).decision]).toEqual([parameterName, 'denied']);
  }
});

test.each([false, true])('a zone has it in all accounts where its paved road is there: %s', (isPaved) => {
  const zone = new LandingZone(new App({ analyticsReporting: false }), 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1'] }), accountEmail: 'aws+{account}@acme.example' });
  zone.addLogArchive();
  if (isPaved) zone.addPavedRoad();
  const network = isPaved ? expect(zone.account('network')) : expect(zone.account('network')).not;
  network.toNeverAllow('ssm:PutParameter', 'ssm:DeleteParameter', { on: 'arn:aws:ssm:eu-west-1:*:parameter/landing-zone/v1/logs/access-bucket' });
});
