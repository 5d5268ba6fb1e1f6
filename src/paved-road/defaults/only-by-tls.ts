/** Denies everybody what is not asked for over TLS. */
export function onlyByTls(actions: string, resources: readonly string[]): object {
  return { Sid: 'OnlyByTls', Effect: 'Deny', Principal: '*', Action: actions, Resource: [...resources], Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
}
