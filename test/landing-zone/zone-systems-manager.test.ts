import { App } from 'aws-cdk-lib';
import { Control, LandingZone, PlatformPrincipals, PreventiveMechanism, RegionStandard, Severity, ZoneSystemsManagerProps } from '../../src';
import { stackSets } from '../delivery/baseline-fixture';

/** Nobody writes documents, but for the platform. */
const NO_DOCUMENTS = new Control({
  id: 'ACME.SSM.1', title: 'Documents come from the platform', description: 'Nobody else writes them.', severity: Severity.LOW, frameworks: [], sources: ['The company'],
  preventive: [PreventiveMechanism.serviceControl({ actions: ['ssm:CreateDocument', 'ssm:UpdateDocument'], resources: ['*'] })],
  proof: { denies: [{ action: 'ssm:CreateDocument', resource: 'arn:aws:ssm:eu-west-1:111122223333:document/x' }], allows: [{ action: 'ssm:GetDocument', resource: 'arn:aws:ssm:eu-west-1:111122223333:document/x' }] },
});

function zone(props: ZoneSystemsManagerProps = {}, setsAccounts = false, controls: Control[] = []) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }), accountEmail: 'aws+{account}@acme.example', platformPrincipals: PlatformPrincipals.standard({ setsAccounts }),
  });
  made.unit('Workloads/Prod').addAccount('payments-prod', { email: 'aws+payments-prod@acme.example' });
  made.enable('Workloads', ...controls);
  return { app, made, baseline: made.addSystemsManager(props) };
}

test('every account and Region gets it, new ones too, and the management account', () => {
  const { app, baseline } = zone();
  const set = stackSets(app)['Acme-SystemsManager-Root'];
  expect(set.Properties).toMatchObject({ AutoDeployment: { Enabled: true }, StackInstancesGroup: [{ Regions: ['eu-west-1', 'us-east-1'] }] });
  const types = Object.values<any>(JSON.parse(set.Properties.TemplateBody).Resources).map(({ Type }) => Type);
  expect(types).toEqual(expect.arrayContaining(['AWS::IAM::ManagedPolicy', 'AWS::SSM::ServiceSetting', 'Custom::SessionPreferences', 'AWS::SSM::PatchBaseline', 'AWS::SSM::Association']));
  expect(baseline.stacks.map(({ stackName }) => stackName)).toEqual(['Acme-SystemsManager-Root', 'Acme-SystemsManager-Management-eu-west-1', 'Acme-SystemsManager-Management-us-east-1']);
});

test('units get it in waves', () => {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1' }), accountEmail: 'aws+{account}@acme.example' });
  made.addSystemsManager({ waves: [{ name: 'first', units: [made.unit('Sandbox')] }, { name: 'second', units: [made.unit('Workloads')] }] });
  expect(Object.keys(stackSets(app)).filter((name) => name.includes('SystemsManager'))).toEqual(['Acme-SystemsManager-Sandbox', 'Acme-SystemsManager-Workloads']);
});

test('controls that deny the preferences of sessions are told, with the way out', () => {
  expect(() => zone({}, false, [NO_DOCUMENTS]).app.synth()).toThrow(/denies ssm:CreateDocument to the role that sets accounts such as payments-prod\. Exempt it, with platformPrincipals: PlatformPrincipals\.standard\({ setsAccounts: true }\)/);
  expect(() => zone({}, true, [NO_DOCUMENTS]).app.synth()).not.toThrow();
  expect(() => zone({ withoutSessionPreferences: 'Nobody signs in' }, false, [NO_DOCUMENTS]).app.synth()).not.toThrow();
});

test('it is added once', () => {
  const { made } = zone();
  expect(() => made.addSystemsManager()).toThrow('has Systems Manager in every account already');
});
