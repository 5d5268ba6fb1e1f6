import { readFileSync } from 'fs';
import { join } from 'path';
import { NAME, PROJENRC, VERSION } from './projenrc';
import { productReadme } from './readme';
import { CHECK_WORKFLOW } from './workflow';
import { CatalogPath } from '../../model/golden-path-catalog';

/** What a product's repository is made of. */
export interface Product {
  readonly name: string;
  readonly owner: string;
  readonly costCenter: string;
  readonly environment: string;
  readonly path: CatalogPath;
  /** Versions of this package that it takes: `^1.2.0`. */
  readonly version: string;
}

const RECORDED = join(__dirname, '..', '..', '..', 'assets', 'product-repository', 'files.json');

/** Files by path: what projen writes of .projenrc.ts, as it was recorded, and what a team goes on with. */
export function productFiles(product: Product): Map<string, string> {
  const { path, name, owner } = product;
  const { files } = JSON.parse(readFileSync(RECORDED, 'utf8')) as { readonly files: { readonly [file: string]: string } };
  const own = (text: string) => text.replaceAll(NAME, name).replaceAll(VERSION, product.version);
  return new Map([
    ...Object.entries(files).map(([file, text]): [string, string] => [file, own(text)]),
    ['.projenrc.ts', own(PROJENRC)],
    ['.github/workflows/check.yml', CHECK_WORKFLOW],
    ['README.md', productReadme(product)],
    ['catalog-info.yaml', ['apiVersion: backstage.io/v1alpha1', 'kind: Component', 'metadata:', `  name: ${name}`, `  description: ${path.name} on the paved road`, 'spec:', '  type: service', '  lifecycle: production', `  owner: ${owner}`, ''].join('\n')],
    ['src/main.ts', MAIN],
    ['src/product.ts', productSource(product)],
    ['src/service.ts', serviceSource(path)],
    [`src/${path.id}.ts`, sampleOf(path, name)],
    ['test/product.test.ts', TEST],
  ]);
}

const MAIN = `import { App } from 'aws-cdk-lib';
import { product } from './product';

const app = new App();
product(app);
app.synth();
`;

function productSource({ name, owner, costCenter, environment, path }: Product): string {
  const region = path.region === undefined ? 'process.env.CDK_DEFAULT_REGION' : `'${path.region}'`;
  return `import { App } from 'aws-cdk-lib';
import { DataClassification, PavedRoad, ResilienceTier } from 'cdk-landing-zone';
import { Service } from './service';

/** What the product is, said once; tags, encryption, boundaries, logs and checks follow from it. */
export function product(app: App): Service {
  PavedRoad.apply(app, {
    product: '${name}',
    owner: '${owner}',
    costCenter: '${costCenter}',
    environment: '${environment}',
    dataClassification: DataClassification.INTERNAL,
    tier: ResilienceTier.TIER_3,
  });
  return new Service(app, '${name}', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: ${region} } });
}
`;
}

function serviceSource({ sample, id }: CatalogPath): string {
  const name = /export function (\w+)\(/.exec(sample)![1]!;
  return `import { Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ${name} } from './${id}';

/** Everything that the product runs. */
export class Service extends Stack {
  public constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    ${name}(this);
  }
}
`;
}

/** The sample of the golden path, named after the product. */
function sampleOf({ sample }: CatalogPath, name: string): string {
  const service = /serviceName: '([^']+)'/.exec(sample)?.[1];
  const named = service === undefined ? sample : sample.replaceAll(`serviceName: '${service}'`, `serviceName: '${name}'`).replaceAll(`runbooks.acme.example/${service}'`, `runbooks.acme.example/${name}'`);
  return `${named}\n`;
}

const TEST = `import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { product } from '../src/product';

const template = Template.fromStack(product(new App()));

test('every role has the permissions boundary', () => {
  template.allResourcesProperties('AWS::IAM::Role', { PermissionsBoundary: Match.anyValue() });
});

test('every log group is encrypted and ends', () => {
  template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue(), RetentionInDays: Match.anyValue() });
});

test('alarms that people hear of say what to do', () => {
  const alarms = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) => Object.values(template.findResources(type)));
  const told = alarms.map(({ Properties }) => Properties).filter(({ AlarmName }) => /-(page|ticket)$/.test(AlarmName));
  expect(told.length).toBeGreaterThan(0);
  for (const { AlarmDescription } of told) expect(AlarmDescription).toContain('What to do: https://');
});
`;
