import { existsSync, mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { LandingZone, OrganizationFile, RegionStandard } from '../../../src';
import { readLzaConfiguration } from '../../../src/model/lza/read-lza-configuration';
import { unitsOf } from '../../../src/model/organization-definition';
import { landingZone } from '../../cli/command';

const INPUT = join(process.env.LZ_INPUTS ?? join(__dirname, '..', '..', '..', '..', 'shared', 'inputs'), 'lza-universal');
const isThere = existsSync(INPUT);
if (!isThere) console.warn(`Skipped: ${INPUT} is not there. Point LZ_INPUTS at a folder with lza-universal, a Landing Zone Accelerator configuration.`);
const onRealInput = isThere ? describe : describe.skip;

test('a folder that is no configuration', () => {
  const { definition, problems } = readLzaConfiguration(tmpdir());
  expect(definition).toBeUndefined();
  expect(problems.map(({ place }) => place.file)).toEqual([join(tmpdir(), 'accounts-config.yaml'), join(tmpdir(), 'organization-config.yaml')]);
});

onRealInput('the universal configuration', () => {
  const out = mkdtempSync(join(tmpdir(), 'imported-'));
  const file = join(out, 'organization.yaml');
  let result: { exit: number; out: string; err: string };

  beforeAll(async () => { result = await landingZone('import', 'lza', INPUT, '--out', out); });

  test('tree and accounts', () => {
    const { definition } = readLzaConfiguration(INPUT);
    expect([...unitsOf(definition!.root)].map(({ path, accounts }) => `${path}: ${accounts.map(({ key }) => key).join(' ')}`)).toEqual([
      'Root: ', 'Root/Security: LogArchive Audit', 'Root/Infrastructure: SharedServices Network Perimeter', 'Root/Suspended: ',
      'Root/Workloads: ', 'Root/Workloads/Sandbox: ', 'Root/Workloads/Dev: ', 'Root/Workloads/Test: ', 'Root/Workloads/Prod: ',
    ]);
    expect(definition).toMatchObject({ controlTower: true, regions: { home: 'us-east-1', allowed: ['us-east-1'] } });
  });

  test('policies by type, with their targets', () => {
    const { definition } = readLzaConfiguration(INPUT);
    const attachments: { [name: string]: number } = {};
    for (const target of [...unitsOf(definition!.root)].flatMap((unit) => [unit, ...unit.accounts])) {
      for (const { name, type } of target.policies) attachments[`${type} ${name}`] = (attachments[`${type} ${name}`] ?? 0) + 1;
    }
    expect(attachments).toEqual({
      'SERVICE_CONTROL_POLICY AWSAccelerator-Core-Guardrails-1': 3,
      'SERVICE_CONTROL_POLICY AWSAccelerator-Core-Guardrails-2': 3,
      'SERVICE_CONTROL_POLICY AWSAccelerator-Security-Guardrails-1': 2,
      'SERVICE_CONTROL_POLICY AWSAccelerator-Infrastructure-Guardrails-1': 3,
      'SERVICE_CONTROL_POLICY AWSAccelerator-Core-Workloads-Guardrails-1': 3,
      'SERVICE_CONTROL_POLICY AWSAccelerator-Core-Sandbox-Guardrails-1': 1,
      'SERVICE_CONTROL_POLICY AWSAccelerator-Suspended-Guardrails': 1,
      'RESOURCE_CONTROL_POLICY AWSAccelerator-Core-Rcp-Guardrails': 3,
      'DECLARATIVE_POLICY_EC2 AWSAccelerator-Vpc-Block-Public-Access-Guardrail': 6,
      'TAG_POLICY OrgTagPolicy': 2,
      'TAG_POLICY S3TagPolicy': 2,
      'BACKUP_POLICY AWSAccelerator-BackupPolicy': 2,
    });
  });

  test('what a user had to fill in is listed by name and marked in the output; nothing is lost silently', () => {
    expect(result.exit).toBe(1);
    for (const account of ['Management', 'LogArchive', 'Audit', 'SharedServices', 'Network', 'Perimeter']) {
      expect(result.out).toContain(`account ${account} `);
      expect(readFileSync(file, 'utf8')).toContain(`# TODO e-mail of ${account}:`);
    }
    expect(readFileSync(file, 'utf8')).toContain('# TODO ${LOGARCHIVE_ACCOUNT_ID}, ${ORG_ID} became placeholder ids');
    expect(readFileSync(file, 'utf8')).toContain('# TODO check HomeRegion: us-east-1');
    for (const name of ['BudgetsEmail', 'SecurityHigh', 'SecurityMedium', 'SecurityLow', 'GlobalCidr']) expect(result.out).toContain(name);
    for (const section of ['network/hub-and-spoke.yaml: transitGateways', 'security-config.yaml: awsConfig', 'iam-config.yaml: roleSets', 'quarantineNewAccounts']) expect(result.out).toContain(section);
    expect(readFileSync(join(out, 'policies/service-control/AWSAccelerator-Core-Guardrails-1.json'), 'utf8')).not.toMatch(/\$\{[A-Z]/);
  });

  test('its network is told: segments, VPCs and routes; nothing of it is written', async () => {
    expect(result.out).toContain('Network of network/hub-and-spoke.yaml: 2 segments, 8 VPCs, 58 routes. Read, not written');
    expect(result.out).toMatch(/AWSAccelerator-us-east-1-tgw-rt-firewall +2 +1 +6 attachments/);
    expect(result.out).toMatch(/AWSAccelerator-us-east-1-dev \(any account of Workloads\/Dev\) +AWSAccelerator-us-east-1-tgw-rt-spoke +8 +6 +a \/22 of 10\.4\.0\.0\/14/);
    expect(result.out).toContain('network/hub-and-spoke.yaml: firewall-rules/rules.txt');
    const { networks, files } = JSON.parse((await landingZone('import', 'lza', INPUT, '--out', mkdtempSync(join(tmpdir(), 'imported-')), '--format', 'json')).out);
    expect(networks).toEqual([expect.objectContaining({ file: 'network/hub-and-spoke.yaml', routes: 58, unknowns: [] })]);
    expect(files.filter((name: string) => /network/.test(name))).toEqual([]);
  });

  test('check finds that its quarantine locks Control Tower and break-glass out', async () => {
    const { exit, out: text } = await landingZone('check', '--organization', file);
    expect(exit).toBe(1);
    expect(text).toContain('Control Tower execution role (role/AWSControlTowerExecution) is denied cloudformation:* in an account in Root/Suspended');
    expect(text).toContain('SCP 6 of 10 per target at most');
  });

  test.each([
    ['Network', 'guardduty:DeleteDetector', 'role/developer', 'denied', 'GRSEC'],
    ['Network', 'guardduty:DeleteDetector', 'role/AWSAccelerator-Anything', 'allowed', ''],
    ['LogArchive', 'config:PutConfigRule', 'role/developer', 'depends', 'GRCFGR'],
    ['Management', 'guardduty:DeleteDetector', 'role/developer', 'allowed', ''],
  ])('explain: %s %s by %s is %s', async (account, action, principal, decision, statement) => {
    const { out: text } = await landingZone('explain', '--organization', file, '--account', account, '--action', action, '--principal', principal, '--format', 'json',
      '--context', 'aws:SecureTransport=true');
    const answer = JSON.parse(text);
    expect(answer.decision).toBe(decision);
    if (statement) expect(answer.reasons.map((reason: any) => reason.statement)).toContain(statement);
  });

  test('it synthesizes, and fails for the lockout only', () => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'lza-zone-')) });
    new LandingZone(app, 'Imported', { organization: OrganizationFile.load(file), regions: new RegionStandard({ home: 'us-east-1' }) });
    let message = '';
    try { app.synth(); } catch (error) { message = (error as Error).message; }
    expect(message).toContain('The platform would be locked out');
    expect([...new Set([...message.matchAll(/^(?:ERROR|FATAL) (.*?):? /gm)].map(([, words]) => words))].length).toBeLessThanOrEqual(2);
  });
});
