import { App, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Baseline, BaselineAdministrator, BaselineProps, BaselineStack, Organization } from '../../src';

/** Administrator of the tests. */
export const ADMINISTRATOR = BaselineAdministrator.managementAccount('111122223333', 'eu-west-1');

/** Content of one parameter. */
export const PARAMETER = { define: (stack: BaselineStack) => { new CfnParameter(stack, 'Owner', { type: 'String', value: 'platform' }); } };

/** Content of one role. */
export const ROLE = {
  define: (stack: BaselineStack) => { new CfnRole(stack, 'Role', { assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } }); },
};

/** An app with an organization of four units, and accounts in two. */
export function organizationApp() {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Organization', { env: { account: '111122223333', region: 'eu-west-1' } });
  const organization = new Organization(stack, 'Organization', { managementAccount: { email: 'aws+management@acme.example' } });
  const workloads = organization.root.addUnit('Workloads');
  const [sandbox, nonProd, prod] = [organization.root.addUnit('Sandbox'), workloads.addUnit('NonProd'), workloads.addUnit('Prod')];
  prod.addAccount('payments', { email: 'aws+payments@acme.example' });
  sandbox.addAccount('play', { email: 'aws+play@acme.example' });
  return { app, organization, workloads, sandbox, nonProd, prod };
}

/** An organization with a baseline in three waves. */
export function threeWaves(props: Partial<BaselineProps> = {}) {
  const made = organizationApp();
  const { app, sandbox, nonProd, prod } = made;
  const baseline = new Baseline(app, 'Owner', {
    administrator: ADMINISTRATOR, regions: ['eu-west-1', 'us-east-1'], content: PARAMETER,
    waves: [{ name: 'sandbox', units: [sandbox] }, { name: 'non-production', units: [nonProd] }, { name: 'production', units: [prod] }],
    ...props,
  });
  return { ...made, baseline };
}

/** The stack set of each stack of a baseline, by the stack's name. */
export function stackSets(app: App): { readonly [stackName: string]: any } {
  return Object.fromEntries(app.synth().stacks.flatMap(({ stackName, template }) => Object.values<any>(template.Resources)
    .filter(({ Type }) => Type === 'AWS::CloudFormation::StackSet').map((resource) => [stackName, resource])));
}
