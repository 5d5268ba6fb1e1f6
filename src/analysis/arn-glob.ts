import { Glob, globMatches, globOf, GlobRelation, ONE, relate, STAR } from './glob';

/** `true`, `false`, or `undefined` where AWS does not say. */
export type Known = boolean | undefined;

/** The six parts of an ARN; the last one keeps its colons. */
export function arnParts(glob: Glob): Glob[] {
  const parts: string[][] = [[]];
  for (const token of glob) {
    if (token === ':' && parts.length < 6) {
      parts.push([]);
    } else {
      parts[parts.length - 1].push(token);
    }
  }
  return parts;
}

/**
 * ArnLike and ArnEquals, which behave alike: each of the six colon-separated parts is matched by itself. A lone `*` matches everything.
 * A pattern of fewer parts is no ARN: what AWS does with it is not documented, so it is `undefined` where the text as a whole would match.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN (read 2026-11-22).
 */
export function arnLike(pattern: Glob, text: string): Known {
  if (pattern.length === 1 && pattern[0] === STAR) {
    return true;
  }
  const patternParts = arnParts(pattern);
  const textParts = arnParts([...text]).map((part) => part.join(''));
  if (patternParts.length < 6) {
    return globMatches(pattern, text) ? undefined : false;
  }
  return textParts.length === 6 && patternParts.every((part, index) => globMatches(part, textParts[index]));
}

/** ArnLike against every ARN that `texts` (a pattern of six parts) stands for. */
export function arnLikeAll(pattern: Glob, texts: Glob): Known {
  if (pattern.length === 1 && pattern[0] === STAR) {
    return true;
  }
  const patternParts = arnParts(pattern);
  const textParts = arnParts(texts);
  if (patternParts.length < 6 || textParts.length < 6) {
    return relate(texts, pattern) === 'disjoint' ? false : undefined;
  }
  const relations = patternParts.map((part, index) => relate(textParts[index], part));
  return known(relations);
}

/**
 * A Resource or NotResource pattern. `*` at the end of a part also matches colons (documented). Whether any other wildcard matches a colon
 * is not documented, so where that decides the answer is `undefined`.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html (read 2026-11-22).
 */
export function resourceMatches(pattern: Glob, text: string): Known {
  if (!globMatches(pattern, text)) {
    return false;
  }
  return narrowMatches(pattern, text) ? true : undefined;
}

/** A Resource pattern against every ARN that `texts` stands for. */
export function resourceMatchesAll(pattern: Glob, texts: Glob): Known {
  const whole = relate(texts, pattern);
  if (whole === 'disjoint') {
    return false;
  }
  if (whole === 'inside' && pattern.every((token, index) => token !== ONE && (token !== STAR || endsPart(pattern, index)))) {
    return true;
  }
  const patternParts = arnParts(pattern);
  const textParts = arnParts(texts);
  if (patternParts.length === 6 && textParts.length === 6 && !patternParts[5].includes(ONE)) {
    const inner = patternParts[5].some((token, index) => token === STAR && !endsPart(patternParts[5], index));
    if (!inner && patternParts.every((part, index) => relate(textParts[index], part) === 'inside')) {
      return true;
    }
  }
  return undefined;
}

function endsPart(pattern: Glob, index: number): boolean {
  return index === pattern.length - 1 || pattern[index + 1] === ':';
}

/** A match in which only a star at the end of a part stands for colons. */
function narrowMatches(pattern: Glob, text: string): boolean {
  const chars = [...text];
  let reachable = new Set<number>([0]);
  pattern.forEach((token, index) => {
    const next = new Set<number>();
    for (const start of reachable) {
      if (token === STAR) {
        for (let end = start; end <= chars.length; end++) {
          next.add(end);
          if (chars[end] === ':' && !endsPart(pattern, index)) {
            break;
          }
        }
      } else if (start < chars.length && (token === ONE ? chars[start] !== ':' : token === chars[start])) {
        next.add(start + 1);
      }
    }
    reachable = next;
  });
  return reachable.has(chars.length);
}

function known(relations: readonly GlobRelation[]): Known {
  if (relations.includes('disjoint')) {
    return false;
  }
  return relations.every((relation) => relation === 'inside') ? true : undefined;
}

/** The pattern of an action, which is matched without regard to case. */
export function actionGlob(pattern: string): Glob {
  return globOf(pattern.toLowerCase());
}

/** Whether an action, or every action that a pattern stands for, matches a pattern of `actionGlob`. */
export function actionMatches(pattern: Glob, action: string): Known {
  const lower = action.toLowerCase();
  return /[*?]/.test(lower) ? known([relate(globOf(lower), pattern)]) : globMatches(pattern, lower);
}
