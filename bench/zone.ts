import { App } from 'aws-cdk-lib';
import { LandingZone } from '../src/landing-zone/landing-zone';
import { RegionStandard } from '../src/landing-zone/region-standard';

/** A zone with so many accounts: the foundational tree, workload accounts shared out between production and the rest. */
export function synthesizeZone(accounts: number, outdir: string): void {
  const app = new App({ outdir });
  const zone = new LandingZone(app, 'Bench', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }),
    accountEmail: 'aws+{account}@bench.example',
    accountStacks: accounts > 300 ? 2 ** Math.ceil(Math.log2(accounts / 240)) : undefined,
  });
  for (let index = zone.organization.accounts.length; index < accounts; index++) {
    const key = `workload-${index}`;
    zone.unit(index % 2 === 0 ? 'Workloads/Prod' : 'Workloads/NonProd').addAccount(key, { email: `aws+${key}@bench.example`, tags: { owner: `team-${index % 40}` } });
  }
  app.synth();
}
