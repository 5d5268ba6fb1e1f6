/** A domain in one spelling: lower case, no dot at the end; undefined where it is none. */
export function domainName(text: string): string | undefined {
  const domain = text.toLowerCase().replace(/\.$/, '');
  return domain.length <= 253 && /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(domain) ? domain : undefined;
}
