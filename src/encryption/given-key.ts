import { isGiven } from '../controls/template-rule';

/**
 * The finding where a property names no key of the organization's own: none at all, or one that AWS manages. Such a key has no ARN that one knows, so it is told by its alias, wherever in an
 * expression that stands. Whose key comes in by a parameter or an import is not known here, and is let through.
 */
export function mustBeOwnKey(path: string, key: unknown): string[] {
  if (!isGiven(key) || key === '') return [`${path} must be a key of your own and is missing`];
  return /alias\/aws\//.test(JSON.stringify(key)) ? [`${path} must be a key of your own and is ${JSON.stringify(key)}, which AWS manages`] : [];
}
