import { App } from 'aws-cdk-lib';
import { PlatformPrincipals } from '../src/controls/platform-principals';
import { EncryptionStandard } from '../src/encryption/encryption-standard';
import { PermissionBoundary } from '../src/identity/permission-boundary';
import { LandingZone } from '../src/landing-zone/landing-zone';
import { RegionStandard } from '../src/landing-zone/region-standard';

/** A zone with so many accounts: the foundational tree, workload accounts shared out between production and the rest; with five baselines where that is asked for. */
export function synthesizeZone(accounts: number, outdir: string, hasBaselines = false): void {
  const app = new App({ outdir });
  const zone = new LandingZone(app, 'Bench', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }),
    accountEmail: 'aws+{account}@bench.example',
    platformPrincipals: PlatformPrincipals.standard({ setsAccounts: true }),
    accountStacks: accounts > 300 ? 2 ** Math.ceil(Math.log2(accounts / 240)) : undefined,
  });
  for (let index = zone.organization.accounts.length; index < accounts; index++) {
    const key = `workload-${index}`;
    zone.unit(index % 2 === 0 ? 'Workloads/Prod' : 'Workloads/NonProd').addAccount(key, { email: `aws+${key}@bench.example`, tags: { owner: `team-${index % 40}` } });
  }
  if (hasBaselines) addBaselines(zone);
  app.synth();
}

/** What every account has: recorder, keys, settings, boundary, the role for emergencies. */
function addBaselines(zone: LandingZone): void {
  zone.addLogArchive();
  zone.detection.addConfig();
  zone.addEncryption(new EncryptionStandard());
  zone.addAccountSettings();
  zone.addBreakGlass({ trustedPrincipalArns: ['arn:aws:iam::111122223333:user/emergency-1'] });
  zone.addBaseline('Boundary', { regions: ['eu-west-1'], waves: [{ name: 'all', units: [zone.organization.root] }], content: { define: (stack) => { new PermissionBoundary(stack, 'Boundary'); } } });
}
