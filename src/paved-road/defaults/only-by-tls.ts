import { completed } from './completed';

/** Denies everybody what is not asked for over TLS. */
export function onlyByTls(actions: string, resources: readonly string[]): object {
  return { Sid: 'OnlyByTls', Effect: 'Deny', Principal: '*', Action: actions, Resource: [...resources], Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
}

/** A policy with a statement about TLS, its own where it has one. */
export function withTls(policyDocument: unknown, statement: object): object {
  return completed(policyDocument, (document) => {
    const statements = [document.Statement].flat();
    return JSON.stringify(statements).includes('aws:SecureTransport') ? document : { ...document, Statement: [...statements, statement] };
  });
}
