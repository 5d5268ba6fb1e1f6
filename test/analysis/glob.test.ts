import * as fc from 'fast-check';
import { actionGlob, actionMatches, arnLike, arnLikeAll, resourceMatches, resourceMatchesAll } from '../../src/analysis/arn-glob';
import { globMatches, globOf, hasWildcard, literalOf, relate } from '../../src/analysis/glob';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 5 });
const short = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });
const plain = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

/** Every text over a, b, c up to a length that tells patterns of four tokens apart. */
const TEXTS = ((): string[] => {
  const all = [''];
  for (let index = 0; all[index].length < 6; index++) {
    all.push(`${all[index]}a`, `${all[index]}b`, `${all[index]}c`);
  }
  return all;
})();

describe('globMatches', () => {
  test('agrees with a regular expression', () => {
    fc.assert(fc.property(pattern, plain, (glob, text) => {
      const regular = new RegExp(`^${glob.replace(/\*/g, '.*').replace(/\?/g, '.')}$`);
      expect(globMatches(globOf(glob), text)).toBe(regular.test(text));
    }), { seed: 20261122, numRuns: 2_000 });
  });

  test('a literal star is no wildcard', () => {
    expect(globMatches(literalOf('a*'), 'ab')).toBe(false);
    expect(globMatches(literalOf('a*'), 'a*')).toBe(true);
    expect(hasWildcard(literalOf('a*?'))).toBe(false);
  });

  test('takes no exponential time', () => {
    expect(globMatches(globOf(`${'a*'.repeat(40)}b`), 'a'.repeat(2_000))).toBe(false);
  });
});

describe('relate', () => {
  test('agrees with the texts themselves', () => {
    fc.assert(fc.property(short, short, (left, right) => {
      const texts = TEXTS.filter((text) => globMatches(globOf(left), text));
      const inside = texts.filter((text) => globMatches(globOf(right), text));
      const expected = inside.length === texts.length ? 'inside' : inside.length === 0 ? 'disjoint' : 'overlapping';
      expect(relate(globOf(left), globOf(right))).toBe(expected);
    }), { seed: 20261122, numRuns: 1_000 });
  });

  test.each([
    ['role/cdk-*-exec-*', 'role/cdk-*', 'inside'],
    ['role/cdk-*', 'role/cdk-*-exec-*', 'overlapping'],
    ['role/cdk-*', 'role/admin*', 'disjoint'],
    ['role/*', '*', 'inside'],
    ['role/?', 'role/a', 'overlapping'],
    ['role/a', 'role/?', 'inside'],
  ])('%s and %s: %s', (left, right, expected) => {
    expect(relate(globOf(left), globOf(right))).toBe(expected);
  });
});

describe('actions', () => {
  test.each([
    ['s3:GetObject', 'S3:GETOBJECT', true],
    ['s3:Get*', 's3:getobjectacl', true],
    ['s3:Get?bject', 's3:GetObject', true],
    ['*:GetObject', 's3:GetObject', true],
    ['*', 's3:GetObject', true],
    ['s3:Get', 's3:GetObject', false],
    ['s3:Put*', 's3:GetObject', false],
    ['s3:*', 's3:Get*', true],
    ['s3:GetObject', 's3:Get*', undefined],
    ['ec2:*', 's3:Get*', false],
  ])('%s on %s: %s', (wanted, action, expected) => {
    expect(actionMatches(actionGlob(wanted), action)).toBe(expected);
  });
});

describe('ArnLike', () => {
  test.each([
    ['arn:aws:iam::*:role/admin', 'arn:aws:iam::111122223333:role/admin', true],
    ['arn:aws:iam::*:role/Admin', 'arn:aws:iam::111122223333:role/admin', false],
    ['arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:role/path/admin', true],
    ['arn:aws:*:role/admin', 'arn:aws:iam::111122223333:role/admin', undefined],
    ['arn:aws:s*:eu-west-1:1:q', 'arn:aws:sns:eu-west-1:1:q', true],
    ['arn:aws:sns:*:q', 'arn:aws:iam::111122223333:role/admin', false],
    ['arn:aws:logs:*:*:log-group:a*', 'arn:aws:logs:eu-west-1:1:log-group:a:b', true],
    ['arn:aws:a*b:*:*:x', 'arn:aws:a:b:c:1:x', false],
    ['*', 'anything', true],
    ['arn:aws:iam::*:role/*', 'anonymous', false],
    ['*:*:*:*:*:*', 'anonymous', false],
  ])('%s on %s: %s', (wanted, arn, expected) => {
    expect(arnLike(globOf(wanted), arn)).toBe(expected);
  });

  test.each([
    ['arn:aws:iam::*:role/cdk-*', 'arn:aws:iam::1:role/cdk-*-exec', true],
    ['arn:aws:iam::*:role/cdk-*-exec', 'arn:aws:iam::1:role/cdk-*', undefined],
    ['arn:aws:iam::2:role/*', 'arn:aws:iam::1:role/cdk-*', false],
    ['arn:aws:iam::*:user/*', 'arn:aws:iam::1:role/cdk-*', false],
  ])('%s on every %s: %s', (wanted, arns, expected) => {
    expect(arnLikeAll(globOf(wanted), globOf(arns))).toBe(expected);
  });
});

describe('Resource', () => {
  test.each([
    ['*', 'arn:aws:s3:::a', true],
    ['arn:aws:s3:::a/*', 'arn:aws:s3:::a/b/c', true],
    ['arn:aws:s3:::a/*', 'arn:aws:s3:::A/b', false],
    // A star at the end of a part runs over colons, AWS says so; elsewhere it does not say.
    ['arn:aws:sns:*:t', 'arn:aws:sns:eu-west-1:1:t', true],
    ['arn:aws:s*s:1:t', 'arn:aws:sns:eus:1:t', undefined],
    ['arn:aws:logs:*:*:log-group:a?b', 'arn:aws:logs:eu-west-1:1:log-group:a:b', undefined],
    ['arn:aws:logs:*:*:log-group:a?b', 'arn:aws:logs:eu-west-1:1:log-group:axb', true],
  ])('%s on %s: %s', (wanted, arn, expected) => {
    expect(resourceMatches(globOf(wanted), arn)).toBe(expected);
  });

  test.each([
    ['arn:aws:s3:::a*', 'arn:aws:s3:::a/*', true],
    ['arn:aws:s3:::a/*', 'arn:aws:s3:::a*', undefined],
    ['arn:aws:s3:::b*', 'arn:aws:s3:::a*', false],
    ['arn:aws:s*s:*:*:t', 'arn:aws:sns:*:1:t', true],
    ['arn:aws:sns:*:*:a?c', 'arn:aws:sns:*:1:a?c', undefined],
  ])('%s on every %s: %s', (wanted, arns, expected) => {
    expect(resourceMatchesAll(globOf(wanted), globOf(arns))).toBe(expected);
  });

  test('what holds for a pattern of resources holds for each of them', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 3 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 4 });
    fc.assert(fc.property(part, part, part, part, name, (service, last, otherService, otherLast, text) => {
      const wanted = globOf(`arn:aws:${service}:::${last}`);
      const known = resourceMatchesAll(wanted, globOf(`arn:aws:${otherService}:::${otherLast}`));
      for (const concrete of ['a', 'b', 'ab', 'ba', 'abb']) {
        if (known !== undefined && globMatches(globOf(otherService), concrete) && globMatches(globOf(otherLast), text)) {
          expect(resourceMatches(wanted, `arn:aws:${concrete}:::${text}`) ?? known).toBe(known);
        }
      }
    }), { seed: 20261122, numRuns: 2_000 });
  });
});
