import { DeploymentPlan, deploymentPlan } from '../../../src/model/deployment/deployment-plan';
import { DeploymentStack } from '../../../src/model/deployment/deployment-stacks';
import { githubMatrix } from '../../../src/model/deployment/github-matrix';

const stack = (id: string, more: Partial<DeploymentStack> = {}): DeploymentStack => ({ id, path: id, stackName: id, account: '111122223333', region: 'eu-west-1', dependencies: [], readings: [], fingerprint: id, ...more });
const reads = (...producers: string[]) => ({ readings: producers.map((id) => ({ producers: [id], what: `${id}.Out` })) });
const names = ({ waves }: DeploymentPlan) => waves.map((wave) => wave.map((one) => `${one.stack.id} ${one.reason}`));

test('dependencies and readings order alike', () => {
  expect(names(deploymentPlan([stack('c', reads('b')), stack('b', { dependencies: ['a'] }), stack('a')]))).toEqual([['a all'], ['b all'], ['c all']]);
});

describe('with what is deployed', () => {
  const base = [stack('a'), stack('b', { ...reads('a'), dependencies: ['a'] }), stack('c', reads('b')), stack('d', { dependencies: ['a'] }), stack('gone')];
  const changed = (id: string) => base.filter((one) => one.id !== 'gone').map((one) => (one.id === id ? { ...one, fingerprint: 'new' } : one));

  test('who reads of a changed stack is deployed again, and who reads of that', () => {
    const plan = deploymentPlan(changed('a'), base);
    expect(names(plan)).toEqual([['a changed'], ['b reads'], ['c reads']]);
    expect(plan.waves[1]![0]).toMatchObject({ after: ['a'], reads: ['a'] });
    expect([plan.unchanged.map(({ id }) => id), plan.removed.map(({ id }) => id)]).toEqual([['d'], ['gone']]);
  });

  test('nobody else', () => expect(names(deploymentPlan(changed('c'), base))).toEqual([['c changed']]));

  test('nothing', () => expect(deploymentPlan(base, base)).toMatchObject({ waves: [], removed: [] }));

  test('a stack in another Region is a new one', () => expect(names(deploymentPlan([stack('a', { region: 'us-east-1' })], base))).toEqual([['a new']]));

  test('what lies between two and needs no deployment still orders them', () => {
    const old = [stack('a'), stack('b', { dependencies: ['a'] }), stack('c', { dependencies: ['b'] })];
    const now = old.map((one) => (one.id === 'b' ? one : { ...one, fingerprint: 'new' }));
    const plan = deploymentPlan(now, old);
    expect(names(plan)).toEqual([['a changed'], ['c changed']]);
    expect(plan.waves[1]![0]!.after).toEqual(['a']);
  });
});

test('rings are told with what they hang on, all at once, even where nothing has changed', () => {
  const ring = [stack('a', { dependencies: ['b'] }), stack('b', reads('a')), stack('x', reads('y')), stack('y', { dependencies: ['x'] })];
  for (const base of [undefined, ring]) {
    expect(() => deploymentPlan(ring, base)).toThrow(`These stacks wait for each other, so none can be the first
  a, waits for b, reads a.Out of a
  x, reads y.Out of y, waits for x
Take one dependency`);
  }
});

test('what is outside the assembly is told', () => {
  const { outside } = deploymentPlan([stack('a', { readings: [{ producers: [], what: 'Other.Out' }] })]);
  expect(outside.map(({ stack: { id }, reading }) => [id, reading.what])).toEqual([['a', 'Other.Out']]);
});

describe('matrices', () => {
  const wave = (count: number, accountOf: (index: number) => string = () => '111122223333') => deploymentPlan(Array.from({ length: count }, (_, index) => stack(`s${index}`, { account: accountOf(index) }))).waves[0]!;
  const all = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`).sort();
  const stacksOf = (found: ReturnType<typeof githubMatrix>) => found.include.flatMap(({ stacks }) => stacks.split(' ')).sort();

  test('a job a stack', () => expect(githubMatrix(wave(2)).include).toEqual(['s0', 's1'].map((name) => ({ name, stacks: name, account: '111122223333', region: 'eu-west-1' }))));

  test.each([256, 257, 600, 2000])('%d stacks are at most 256 jobs, and no stack is lost', (count) => {
    const found = githubMatrix(wave(count));
    expect(found.include.length).toBeLessThanOrEqual(256);
    expect(stacksOf(found)).toEqual(all(count));
  });

  test('jobs have one account as long as there are no more accounts than jobs', () => {
    const found = githubMatrix(wave(500, (index) => `${100000000000 + index % 100}`));
    expect(found.include.every(({ account }) => account !== undefined)).toBe(true);
    const many = githubMatrix(wave(500, (index) => `${100000000000 + index % 300}`));
    expect(many.include.length).toBeLessThanOrEqual(256);
    expect(stacksOf(many)).toEqual(all(500));
  });
});
