import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { CHARGES } from '../../src/analysis/cost/charges';
import { chargingOf } from '../../src/analysis/cost/free-types';

const SRC = join(__dirname, '..', '..', 'src');

/** Types of the L1 constructs that a source file makes. */
function typesMadeBy(text: string): string[] {
  return [...text.matchAll(/import \{([^}]+)\} from '(aws-cdk-lib(?:\/aws-[a-z0-9-]+)?)'/g)].flatMap(([, names, library]) => names!.split(',').flatMap((part) => {
    const [name, local = name] = part.trim().replace(/^type /, '').split(' as ') as [string, string?];
    const type = (jest.requireActual(library!) as { readonly [name: string]: { readonly CFN_RESOURCE_TYPE_NAME?: string } })[name]?.CFN_RESOURCE_TYPE_NAME;
    return type !== undefined && text.includes(`new ${local}(`) ? [type] : [];
  }));
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const made = [...new Set(files.flatMap((file) => typesMadeBy(readFileSync(join(SRC, file), 'utf8'))))].sort();

test('somebody judged what each type that we make costs', () => {
  expect(made.length).toBeGreaterThan(90);
  expect(made).toEqual(expect.arrayContaining(['AWS::EC2::Subnet', 'AWS::KMS::Key', 'AWS::Organizations::Account']));
  // Budgets with actions are counted by the budget.
  expect(made.filter((type) => !(type in CHARGES) && chargingOf(type) === 'unknown' && type !== 'AWS::Budgets::BudgetsAction')).toEqual([]);
});

test('an alarm is charged by the metrics that it looks at, one that combines others by itself', () => {
  const alarm = CHARGES['AWS::CloudWatch::Alarm']!;
  expect(alarm({ MetricName: 'Errors' })).toEqual([{ item: 'alarm', quantity: 1 }]);
  expect(alarm({ Metrics: [{ Expression: 'bad / all' }, { MetricStat: {} }, { MetricStat: {} }] })).toEqual([{ item: 'alarm', quantity: 2, factor: '2 metrics' }]);
  expect(CHARGES['AWS::CloudWatch::CompositeAlarm']!({})).toEqual([{ item: 'composite-alarm', quantity: 1 }]);
});
