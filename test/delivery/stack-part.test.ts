import * as fc from 'fast-check';
import { stackPart } from '../../src/delivery/stack-part';

test('paths as parts of names of stacks', () => {
  expect(['Root', 'Root/Sandbox', 'Root/Workloads/Prod', 'Root/Work loads/Prod'].map(stackPart)).toEqual(['Root', 'Sandbox', 'Workloads-Prod', expect.stringMatching(/^Work-loads-Prod-[0-9a-f]{6}$/)]);
});

test('two paths never have the same part', () => {
  const key = fc.stringMatching(/^[ab][ab _.-]{0,2}$/);
  const path = fc.array(key, { minLength: 1, maxLength: 3 }).map((keys) => ['Root', ...keys].join('/'));
  fc.assert(fc.property(path, path, (one, other) => (one === other) === (stackPart(one) === stackPart(other))));
});
