import { ResourceShape } from '../actions/resource-shape';
import { arnParts, resourceMatchesAll } from '../arn-glob';
import { wholeText } from '../domain/text-pattern';
import { Glob, globOf, literalOf, relate, STAR, textOf } from '../glob';
import { PolicyStatementJson } from '../policy-document';
import { list } from '../statement';
import { canMeet, withoutColons } from './text-meeting';

/** Whether the Resource or NotResource of a statement matches some resource of a type, as ARNs of the type look; undefined stands for `*`. */
export function matchesType({ Resource, NotResource }: PolicyStatementJson, shape: ResourceShape | undefined): boolean {
  if (NotResource !== undefined) {
    return !list(NotResource).some((pattern) => matchesAll(globWithAny(pattern), shape));
  }
  return list(Resource ?? []).some((pattern) => matchesSome(globWithAny(pattern), shape));
}

/** A pattern in which a policy variable may be anything. */
function globWithAny(pattern: string): Glob {
  return globOf(pattern.replace(/\$\{[^}]*\}/g, '*'));
}

function matchesAll(pattern: Glob, shape: ResourceShape | undefined): boolean {
  return shape ? !isOfAnotherService(pattern, shape.glob) && resourceMatchesAll(pattern, shape.glob) === true : relate(literalOf('*'), pattern) === 'inside';
}

function matchesSome(pattern: Glob, shape: ResourceShape | undefined): boolean {
  if (!shape) {
    return relate(literalOf('*'), pattern) === 'inside';
  }
  if (isOfAnotherService(pattern, shape.glob) || (isOfBuckets(shape) && relate(pattern, globOf('*/*')) === 'inside')) {
    return false;
  }
  return partsMatch(pattern, shape.glob) || textsMatch(pattern, shape.glob) || (isOfLogGroups(shape) && textsMatch(pattern, [...shape.glob, ':', '*']));
}

function isOfAnotherService(pattern: Glob, texts: Glob): boolean {
  const [own, other] = [pattern, texts].map((glob) => textOf(arnParts(glob)[2] ?? [STAR]));
  return own !== undefined && other !== undefined && own !== other;
}

/** The name of a bucket has no slash: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html (read 2026-11-22). */
function isOfBuckets({ format }: ResourceShape): boolean {
  return /:s3:::\$\{BucketName\}$/.test(format);
}

function partsMatch(pattern: Glob, texts: Glob): boolean {
  const [patternParts, textParts] = [arnParts(pattern), arnParts(texts)];
  return patternParts.length === 6 && textParts.length === 6 && patternParts.every((part, index) => relate(textParts[index], part) !== 'disjoint');
}

/** Requests about a log group may name it with `:*` at its end: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CreateSubscriptionFilter-IAMrole.html (read 2026-11-22). */
function isOfLogGroups({ format }: ResourceShape): boolean {
  return /:log-group:\$\{LogGroupName\}$/.test(format);
}

/** ARNs of a type whose names have no colon, as nearly all have none. AWS does not say everywhere which wildcards of a Resource match colons: any may. */
function textsMatch(pattern: Glob, texts: Glob): boolean {
  return canMeet([withoutColons(texts)], wholeText(pattern));
}
