import { OrganizationModel } from './organization-model';

/** Words of a condition without the exemption of the platform principals, which stands in every statement; what exempts others too is left as it is. */
export function withoutPlatform(words: string, model: OrganizationModel): string {
  const platform = new Set(model.data.platform.map(({ principal }) => principal));
  const isPlatform = (patterns: string): boolean => patterns.split(/, | or /).every((arn) => platform.has(arn.replace(/^arn:[^:]*:iam::\*:/, '')));
  return words
    .replace(/ and aws:PrincipalArn does not match ((?:arn:[^ ,]+(?:, | or )?)+)/, (whole, patterns: string) => (isPlatform(patterns) ? '' : whole))
    .replace(/,? when aws:PrincipalArn does not match ((?:arn:[^ ,]+(?:, | or )?)+)$/, (whole, patterns: string) => (isPlatform(patterns) ? '' : whole));
}
