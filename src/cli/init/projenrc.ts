/** What stands for the product's name in files that are recorded. */
export const NAME = 'landing-zone-product';

/** What stands for the version of this package in files that are recorded. */
export const VERSION = '99999.99999.99999';

/** `.projenrc.ts` of a product: the source of its package.json, tsconfig.json, cdk.json and tasks. Versions are those that this package is tested with. */
export const PROJENRC = `import { awscdk, javascript } from 'projen';

const project = new awscdk.AwsCdkTypeScriptApp({
  name: '${NAME}',
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  cdkVersion: '2.273.0',
  constructsVersion: '10.5.1',
  cdkCliVersion: '2.1148.1',
  typescriptVersion: '~6.0.0',
  projenVersion: '^0.103.25',
  deps: ['cdk-landing-zone@${VERSION}', 'cdk-nag@^3.0.2'],
  devDeps: ['tsx@^4.23.15'],
  jestOptions: { jestVersion: '^30.0.0', jestConfig: { collectCoverage: false } },
  context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
  sampleCode: false,
  // .github/workflows/check.yml is kept by hand.
  github: false,
  depsUpgrade: false,
  eslint: false,
  licensed: false,
});
project.addDevDeps('ts-jest@^29.4.15', 'ts-node@^10.9.2', 'esbuild@^0.28.0');
project.package.addField('private', true);
project.cdkConfig.json.addOverride('app', 'npx tsx src/main.ts');
project.addTask('check', { description: 'Synthesizes the product and checks it', steps: [{ exec: 'cdk synth --quiet' }, { exec: 'landing-zone check --assembly cdk.out' }] });
project.synth();
`;
