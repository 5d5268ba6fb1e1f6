// Times of the policy analysis, beside a floor of the same run: reading the index of AWS's actions.
import { organizationOf } from './analysis-organization';
import { compare } from '../src/analysis/compare';
import { neverAllowed } from '../src/analysis/questions';
import { actionIndex } from '../src/model/action-index-file';
import { diffOrganizations } from '../src/model/organization-diff';
import { situationsOf } from '../src/model/situations';

const isShort = process.argv.includes('--short');
const ACCOUNTS = isShort ? 100 : 1000;
const POLICIES = isShort ? 30 : 100;

interface Row {
  readonly what: string;
  readonly milliseconds: number;
  readonly goal?: number;
}

function timed<T>(what: string, rows: Row[], goal: number | undefined, run: () => T): T {
  const start = process.hrtime.bigint();
  const result = run();
  rows.push({ what, milliseconds: Number(process.hrtime.bigint() - start) / 1e6, ...(goal !== undefined && { goal }) });
  return result;
}

const rows: Row[] = [];
const index = timed('floor: read the index of 22,091 actions', rows, undefined, () => actionIndex());
const base = organizationOf(ACCOUNTS, POLICIES, 0, index);
const head = organizationOf(ACCOUNTS, POLICIES, 10, index);
const groups = timed(`load: ${ACCOUNTS} accounts, ${POLICIES} SCPs into groups of equal accounts`, rows, undefined, () => situationsOf(base));
const accounts = groups.map(({ policies }) => policies);
const except = base.data.platform.map(({ principal }) => principal);
timed(`one never question, first of the process (${groups.length} groups)`, rows, undefined, () => neverAllowed({ actions: ['cloudtrail:StopLogging'], except }, accounts, index));
// Each of several actions once: the middle one of them.
const questions = ['s3:PutBucketPolicy', 'ec2:CreateVpc', 'kms:Decrypt', 'sqs:SendMessage', 'rds:DeleteDBInstance', 'sns:Publish', 'dynamodb:DeleteTable'].map((action) => {
  const own: Row[] = [];
  timed(action, own, undefined, () => neverAllowed({ actions: [action], except }, accounts, index));
  return own[0]!.milliseconds;
}).sort((a, b) => a - b);
rows.push({ what: 'one never question on the organization, the middle one of seven', milliseconds: questions[3]!, goal: 50 });
const universe = timed('the whole universe for one account', rows, 2_000, () => neverAllowed({ actions: ['*'], except }, [accounts[0]!], index));
timed('two equal accounts, compared', rows, undefined, () => compare(accounts[0]!, accounts[0]!, index));
const diff = timed('diff of two organizations', rows, 10_000, () => diffOrganizations(base, head, index));
const megabytes = process.resourceUsage().maxRSS / 1024;

const floor = rows[0]!.milliseconds;
process.stdout.write(`${'ms'.padStart(9)}  ${'x floor'.padStart(8)}  ${'goal ms'.padStart(8)}\n`);
for (const { what, milliseconds, goal } of rows) {
  process.stdout.write(`${milliseconds.toFixed(1).padStart(9)}  ${(milliseconds / floor).toFixed(2).padStart(8)}  ${String(goal ?? '').padStart(8)}  ${what}\n`);
}
process.stdout.write(`${universe.counterexamples.length + universe.denials.length} classes of actions in one account · ${diff.guardrails.length} changes, ${diff.undecided.length} undecided · peak ${megabytes.toFixed(0)} MB\n`);
const missed = rows.filter(({ milliseconds, goal }) => goal !== undefined && milliseconds > goal).length > 0 || megabytes > 1_024;
process.stdout.write(`Goal: at most the goal's times, and 1,024 MB${isShort ? ' (short: 100 accounts)' : ''}: ${missed ? 'MISSED' : 'met'}\n`);
if (missed) process.exitCode = 1;
