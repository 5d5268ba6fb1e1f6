import { readFileSync } from 'fs';
import { DEFAULTS_PAGE, defaultsPage } from '../../scripts/generate-paved-road-docs';
import { ROAD_DEFAULTS } from '../../src/paved-road/defaults/all';

test('the page of defaults is the code\'s', () => {
  expect(readFileSync(DEFAULTS_PAGE, 'utf8')).toBe(defaultsPage());
});

test('ids of defaults are theirs alone, and stay', () => {
  const ids = ROAD_DEFAULTS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toMatchSnapshot();
});
