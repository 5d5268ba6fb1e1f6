import { createHash } from 'crypto';
import { isDeepStrictEqual } from 'util';
/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import {
  CreateDocumentCommand, DescribeDocumentCommand, GetDocumentCommand, ListDocumentVersionsCommand, UpdateDocumentCommand, UpdateDocumentDefaultVersionCommand,
} from '@aws-sdk/client-ssm';
/* eslint-enable import/no-extraneous-dependencies */
import { AccountClients, call, callUnlessGone } from './clients';
import { SESSION_DOCUMENT } from './systems-manager-names';
import { Setting } from '../../custom-resource/custom-resource';
import { pages } from '../../custom-resource/pages';
import { until } from '../../custom-resource/waiting';

/**
 * Preferences of Session Manager in this Region: the default version of one document. The console makes it when somebody looks at the preferences first, so it may be there, and is then given another version.
 * It stays: without it, sessions would leave no trace.
 *
 * CloudFormation cannot take the document over, and where it may update it, the new version was seen not to become the default one
 * (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/460 and /issues/2539, read 2026-11-23).
 * @param content the document, as JSON
 */
export function sessionPreferences(content: string, clients: AccountClients): Setting {
  const { ssm } = clients;
  const wanted: unknown = JSON.parse(content);
  const holds = async (DocumentVersion: string): Promise<boolean | undefined> => {
    const found = await callUnlessGone(async () => ssm.send(new GetDocumentCommand({ Name: SESSION_DOCUMENT, DocumentVersion, DocumentFormat: 'JSON' })), clients, 'InvalidDocument');
    return found && isDeepStrictEqual(parsed(found.Content), wanted);
  };
  const isActive = async (DocumentVersion: string): Promise<void> => {
    const look = async () => {
      const { Document } = await call(async () => ssm.send(new DescribeDocumentCommand({ Name: SESSION_DOCUMENT, DocumentVersion })), clients);
      if (Document?.Status === 'Failed') throw new Error(`Systems Manager does not take the preferences of sessions: ${Document.StatusInformation ?? 'it does not say why'}`);
      return Document?.Status === 'Active' ? true : undefined;
    };
    await until(look, () => `Version ${DocumentVersion} of ${SESSION_DOCUMENT} is not active yet`, clients);
  };
  /** AWS refuses a version with the content of another one, which is then the one to take. */
  const versionThatHolds = async (): Promise<string> => {
    const read = async (NextToken: string | undefined) => call(async () => ssm.send(new ListDocumentVersionsCommand({ Name: SESSION_DOCUMENT, NextToken })), clients);
    const all = await pages(clients, read, ({ DocumentVersions }) => DocumentVersions);
    for (const { DocumentVersion } of all) if (await holds(DocumentVersion!) === true) return DocumentVersion!;
    throw new Error(`Systems Manager says that ${SESSION_DOCUMENT} has this content already, and none of its ${all.length} versions does`);
  };
  const newVersion = async (): Promise<string> => {
    const input = { Name: SESSION_DOCUMENT, Content: content, DocumentFormat: 'JSON', DocumentVersion: '$LATEST' } as const;
    const made = await callUnlessGone(async () => ssm.send(new UpdateDocumentCommand(input)), clients, 'DuplicateDocumentContent');
    return made?.DocumentDescription?.DocumentVersion ?? versionThatHolds();
  };
  return {
    id: `session-preferences:${createHash('sha256').update(content).digest('hex').slice(0, 16)}`,
    isOn: async () => await holds('$DEFAULT') === true,
    turnOn: async () => {
      if (await holds('$DEFAULT') === undefined) {
        const input = { Name: SESSION_DOCUMENT, Content: content, DocumentFormat: 'JSON', DocumentType: 'Session' } as const;
        const made = await callUnlessGone(async () => ssm.send(new CreateDocumentCommand(input)), clients, 'DocumentAlreadyExists');
        if (made) {
          await isActive('1');
          return true;
        }
      }
      const version = await newVersion();
      await isActive(version);
      await call(async () => ssm.send(new UpdateDocumentDefaultVersionCommand({ Name: SESSION_DOCUMENT, DocumentVersion: version })), clients);
      return true;
    },
    turnOff: async () => {},
  };
}

/** Undefined for what is no JSON, and is therefore not what is wanted. */
function parsed(content: string | undefined): unknown {
  try {
    return JSON.parse(content ?? '');
  } catch {
    return undefined;
  }
}
