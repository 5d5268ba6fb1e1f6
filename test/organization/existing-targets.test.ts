import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Controls, LandingZone, RegionStandard } from '../../src';
import { runChecks } from '../../src/compliance/checks/run-checks';
import { organizationFromAssembly } from '../../src/model/assembly/organization-from-assembly';
import { readAssembly } from '../../src/model/assembly/read-assembly';

test('what exists without a resource is in the model: its place, its policies, and the proofs about it', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'existing-'));
  const app = new App({ outdir });
  const zone = new LandingZone(app, 'Acme', {
    regions: new RegionStandard({ home: 'eu-west-1' }),
    accountEmail: 'aws+{account}@acme.example',
    existingOrganization: { organizationId: 'o-abcdefghij', rootId: 'r-ab12', managementAccountId: '111111111111' },
  });
  const old = zone.unit('Workloads').addUnit('Old', { existingUnitId: 'ou-ab12-11111111', unitName: 'Legacy' });
  old.addAccount('legacy', { email: 'aws+legacy@acme.example', existingAccountId: '222222222222', tags: { owner: 'legacy' } });
  old.addUnit('Inner').addAccount('fresh', { email: 'aws+fresh@acme.example' });
  zone.enable('Workloads/Old', Controls.quarantineAccounts());
  zone.enableOnAccount('legacy', Controls.denyUnapprovedPurchases());
  app.synth();

  const { model, problems } = organizationFromAssembly(readAssembly(outdir));
  expect(problems).toEqual([]);
  expect(model!.data.unresolved).toEqual([]);
  expect(model!.unit('Workloads/Old')).toMatchObject({ id: 'ou-ab12-11111111', name: 'Legacy' });
  expect(model!.account('legacy')).toMatchObject({ id: '222222222222', unitPath: 'Root/Workloads/Old', tags: { owner: 'legacy' }, isPlaceholder: false });
  expect(model!.account('fresh')!.unitPath).toBe('Root/Workloads/Old/Inner');
  const findings = runChecks(model!, problems).flatMap((result) => result.findings);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  // AWS's full access and guardrails at each of the four levels: root, Workloads, Old, the account itself.
  const levels = model!.policiesOf(model!.account('legacy')!).serviceControl.map(({ policies }) => policies.length);
  expect(levels).toHaveLength(4);
  expect(Math.min(...levels)).toBeGreaterThanOrEqual(2);
});
