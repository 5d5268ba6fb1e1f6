import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { LandingZone, OrganizationFile, RegionStandard } from '../../src';
import { organizationFromAssembly } from '../../src/model/assembly/organization-from-assembly';
import { readAssembly } from '../../src/model/assembly/read-assembly';
import { OrganizationModel } from '../../src/model/organization-model';
import { modelOfDefinition } from '../../src/organization/model-of-definition';

const FILE = join(__dirname, '..', '..', 'examples', 'quickstart', 'organization.yaml');
const REGIONS = { home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] };

function fromAssembly(accountStacks?: number): OrganizationModel {
  const outdir = mkdtempSync(join(tmpdir(), 'agreement-'));
  const app = new App({ outdir });
  new LandingZone(app, 'Acme', { organization: OrganizationFile.load(FILE), regions: new RegionStandard(REGIONS), accountStacks });
  app.synth();
  const { model, problems } = organizationFromAssembly(readAssembly(outdir));
  expect(problems).toEqual([]);
  return model!;
}

/** What both readers must agree on: all but where things come from. */
function essence(model: OrganizationModel) {
  return JSON.parse(JSON.stringify({
    ...model.data,
    source: undefined,
    policies: [...model.data.policies].sort((a, b) => (a.type + a.name < b.type + b.name ? -1 : 1)),
  }, (key, value) => (key === 'origin' ? undefined : value)));
}

test('the file and the assembly synthesized from it are the same model', () => {
  const definition = { ...OrganizationFile.load(FILE)._definition, regions: REGIONS };
  const { model, problems } = modelOfDefinition(definition);
  expect(problems).toEqual([]);
  expect(essence(fromAssembly())).toEqual(essence(model));
});

test('spreading accounts over stacks changes nothing in the model', () => {
  expect(essence(fromAssembly(3))).toEqual(essence(fromAssembly()));
});
