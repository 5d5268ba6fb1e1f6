import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-organizations';

/** The floor: a bare app with as many resources in as many stacks, accounts created one after the other as AWS wants it. */
export function synthesizeFloor(resources: number, stacks: number, outdir: string): void {
  const app = new App({ outdir });
  for (let share = 0; share < stacks; share++) {
    const stack = new Stack(app, `Floor${share}`, { env: { account: '123456789012', region: 'eu-west-1' } });
    let last: CfnResource | undefined;
    for (let index = share; index < resources; index += stacks) {
      const account = new CfnAccount(stack, `Account${index}`, {
        accountName: `workload-${index}`,
        email: `aws+workload-${index}@bench.example`,
        parentIds: ['ou-ab12-12345678'],
        tags: [{ key: 'owner', value: `team-${index % 40}` }],
      });
      if (last) account.addResourceDependency(last);
      last = account;
    }
  }
  app.synth();
}
