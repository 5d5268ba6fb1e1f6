import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import Ajv from 'ajv';
import { App } from 'aws-cdk-lib';
import { landingZone } from './command';
import { LandingZone, OrganizationFile, RegionStandard } from '../../src';
import { Terminal } from '../../src/cli/terminal';

const QUICKSTART = join(__dirname, '..', '..', 'examples', 'quickstart', 'organization.yaml');
const work = mkdtempSync(join(tmpdir(), 'command-'));
const assembly = join(work, 'cdk.out');

beforeAll(() => {
  const app = new App({ outdir: assembly });
  new LandingZone(app, 'Acme', {
    organization: OrganizationFile.load(QUICKSTART),
    regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }),
  });
  app.synth();
});

function schema(name: string) {
  return new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', `${name}.schema.json`), 'utf8')));
}

describe('check', () => {
  test('a clean zone: the tree, what was proved, what to do next, exit 0', async () => {
    const { exit, out, err } = await landingZone('check', '--assembly', assembly);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toContain('├─ Security');
    expect(out).toContain('payments-prod, web-prod');
    expect(out).toMatch(/proved/);
    expect(out).toContain(`npx landing-zone explain --assembly ${assembly}`);
  });

  test('json follows its schema', async () => {
    const { exit, out } = await landingZone('check', '--assembly', assembly, '--format', 'json');
    const validate = schema('check');
    expect(validate(JSON.parse(out)) || validate.errors).toBe(true);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ success: true, organization: { accounts: 10, units: 7 } });
  });

  test('markdown is a table of the checks', async () => {
    const { out } = await landingZone('check', '--assembly', assembly, '--format', 'markdown');
    expect(out).toContain('| Check | Proved | Findings |');
  });

  test('a violation is exit 1, with what, where and what to do', async () => {
    const stack = join(assembly, 'AcmeOrganization.template.json');
    const file = join(work, 'locked');
    execFileSync('cp', ['-r', assembly, file]);
    const template = JSON.parse(readFileSync(execFileSync('sh', ['-c', `ls ${file}/*Organization*.template.json`], { encoding: 'utf8' }).trim(), 'utf8'));
    expect(stack).toBeDefined();
    template.Resources.Locked = {
      Type: 'AWS::Organizations::Policy',
      Properties: {
        Name: 'locked', Type: 'SERVICE_CONTROL_POLICY', TargetIds: [{ 'Fn::GetAtt': [Object.entries<any>(template.Resources).find(([, { Type }]) => Type === 'AWS::Organizations::Organization')![0], 'RootId'] }],
        Content: { Version: '2012-10-17', Statement: { Sid: 'Oops', Effect: 'Deny', Action: 'iam:*', Resource: '*' } },
      },
    };
    writeFileSync(execFileSync('sh', ['-c', `ls ${file}/*Organization*.template.json`], { encoding: 'utf8' }).trim(), JSON.stringify(template));
    const { exit, out } = await landingZone('check', '--assembly', file);
    expect(exit).toBe(1);
    expect(out).toContain('LZ.LOCKOUT');
    expect(out).toContain('Oops');
    expect(out).toContain('Exit 1');
  });
});

describe('explain', () => {
  test('denied, with policy, statement, level and control', async () => {
    const { exit, out } = await landingZone('explain', '--assembly', assembly, '--account', 'payments-prod', '--action', 'organizations:LeaveOrganization', '--principal', 'role/any');
    expect(exit).toBe(0);
    expect(out).toContain('DENIED  organizations:LeaveOrganization in payments-prod (Root / Workloads / Prod)');
    expect(out).toContain('LZ.ORG.1');
    expect(out).toContain('policy foundational-1, statement LZORG1');
  });

  test('depends on what is open', async () => {
    const { out } = await landingZone('explain', '--assembly', assembly, '--account', 'payments-prod', '--action', 'sqs:CreateQueue');
    expect(out).toMatch(/^DEPENDS/);
    expect(out).toContain('aws:RequestedRegion is not eu-west-1 or us-east-1');
  });

  test('closing the keys closes the answer', async () => {
    const { out } = await landingZone('explain', '--assembly', assembly, '--account', 'payments-prod', '--action', 'sqs:CreateQueue', '--principal', 'role/app',
      '--context', 'aws:RequestedRegion=eu-west-1', '--context', 'aws:SecureTransport=true', '--context', 'ec2:RoleDelivery=2.0');
    expect(out).toMatch(/^ALLOWED/);
  });

  test('json follows its schema', async () => {
    const { out } = await landingZone('explain', '--assembly', assembly, '--account', 'web-dev', '--action', 'ec2:RunInstances', '--format', 'json');
    const validate = schema('explain');
    expect(validate(JSON.parse(out)) || validate.errors).toBe(true);
    expect(JSON.parse(out).decision).toBe('depends');
  });

  test('a file answers like the assembly synthesized from it', async () => {
    const ask = ['--account', 'payments-prod', '--action', 'cloudtrail:StopLogging', '--principal', 'role/any', '--format', 'json'];
    const fromFile = JSON.parse((await landingZone('explain', '--organization', QUICKSTART, ...ask)).out);
    const fromAssembly = JSON.parse((await landingZone('explain', '--assembly', assembly, ...ask)).out);
    expect(fromFile).toEqual(fromAssembly);
  });
});

describe('wrong usage or input is exit 2, and never a stack trace', () => {
  test.each<[string, string[], string]>([
    ['no command', [], 'Usage'],
    ['an unknown command', ['chek'], 'Did you mean check?'],
    ['no source', ['check'], 'Expected one source'],
    ['two sources', ['check', '--assembly', 'a', '--organization', 'b'], 'Expected one source'],
    ['a folder that is no assembly', ['check', '--assembly', work], 'manifest.json'],
    ['a missing file', ['check', '--organization', join(work, 'nothing.yaml')], 'nothing.yaml'],
    ['an unknown format', ['check', '--assembly', assembly, '--format', 'xml'], 'Expected text, json, markdown, sarif or junit'],
    ['an unknown account', ['explain', '--assembly', assembly, '--account', 'paymnts-prod', '--action', 's3:GetObject'], 'Did you mean "payments-prod"?'],
    ['a wildcard action', ['explain', '--assembly', assembly, '--account', 'web-dev', '--action', 's3:*'], 'expected one action without wildcards'],
    ['a broken context', ['explain', '--assembly', assembly, '--account', 'web-dev', '--action', 's3:GetObject', '--context', 'region'], 'expected KEY=VALUE'],
    ['a missing option', ['explain', '--assembly', assembly, '--account', 'web-dev'], '--action'],
    ['an existing file', ['import', 'lza', work, '--out', join(QUICKSTART, '..')], 'exists already'],
  ])('%s', async (_, args, message) => {
    const { exit, out, err } = await landingZone(...args);
    expect(exit).toBe(2);
    expect(err + out).toContain(message);
    expect(err).not.toMatch(/\n {4}at /);
  });

  test('all mistakes of a file at once, each with its place', async () => {
    const file = join(work, 'organization.yaml');
    writeFileSync(file, [
      'organization:', '  managementAccount: { name: management, email: aws+management@acme.example }', '  unitz: {}', '  units:', '    Prod:', '      accounts:',
      '        web: { email: ops@acme }', '',
    ].join('\n'));
    const { exit, err } = await landingZone('check', '--organization', file);
    expect(exit).toBe(2);
    expect(err).toContain('has 2 problems');
    expect(err).toMatch(/:3:\d+ .*unitz.*did you mean "units"/);
    expect(err).toMatch(/:7:\d+ .*ops@acme/);
  });
});

test('progress is shown after a second, to a person only, and cleared before the result', () => {
  let now = 0;
  let err = '';
  const terminal = (interactive: boolean) => new Terminal({ out: () => {}, err: (text) => { err += text; }, color: false, interactive, clock: () => now });
  const [person, pipe] = [terminal(true), terminal(false)];
  person.progress('early');
  now = 1500;
  pipe.progress('piped');
  person.progress('late');
  person.print('result');
  expect(err).toBe('\r\u001b[2Klate\r\u001b[2K');
});
