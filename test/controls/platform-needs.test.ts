import { PLATFORM_NEEDS } from '../../src/controls/platform-needs';
import { PlatformPrincipals } from '../../src/controls/platform-principals';
import { actionIndex } from '../../src/model/action-index-file';

test.each(Object.entries(PLATFORM_NEEDS))('%s needs actions that AWS has, each once', (_name, needs) => {
  expect(needs.filter((action) => actionIndex().matching(action).length === 0)).toEqual([]);
  expect(needs.filter((action) => !action.includes('*')).map((action) => actionIndex().find(action)!.name)).toEqual(needs.filter((action) => !action.includes('*')));
  expect(new Set(needs).size).toBe(needs.length);
});

test('service-linked roles are asked about, but no statement has to name them', () => {
  const principals = PlatformPrincipals.standard();
  expect(principals.principals.map(({ name }) => name)).toContain('Identity Center provisioning');
  expect(principals.arnPatterns().join()).not.toContain('aws-service-role');
  expect(principals.arnPatterns('aws-cn')).toHaveLength(5);
});
