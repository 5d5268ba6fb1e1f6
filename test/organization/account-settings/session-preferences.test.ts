import {
  CreateDocumentCommand, DescribeDocumentCommand, GetDocumentCommand, ListDocumentVersionsCommand, SSMClient, UpdateDocumentCommand, UpdateDocumentDefaultVersionCommand,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeCalls, FAULTS, named, Resource, send } from './deployment';

const WANTED = { schemaVersion: '1.0', sessionType: 'Standard_Stream', inputs: { cloudWatchLogGroupName: '/landing-zone/sessions', idleSessionTimeout: '20' } };
const CONSOLE = { ...WANTED, inputs: { cloudWatchLogGroupName: '', idleSessionTimeout: '20' } };
const PREFERENCES: Resource = { type: 'Custom::SessionPreferences', properties: { Content: JSON.stringify(WANTED) } };

const ssm = mockClient(SSMClient);

/** Systems Manager with one document: versions count from 1, one is the default. */
class FakeDocument extends FakeCalls {
  public versions: string[] = [];
  public standard = 1;
  /** How often a new version is looked at before it is active. */
  public slow = 0;
  public failed = false;

  public constructor() {
    super();
    ssm.reset();
    this.on(ssm, GetDocumentCommand, ({ Name, DocumentVersion }) => {
      if (Name !== 'SSM-SessionManagerRunShell' || this.versions.length === 0) throw named('InvalidDocument');
      return { Content: this.versions[(DocumentVersion === '$DEFAULT' ? this.standard : Number(DocumentVersion)) - 1] };
    });
    this.on(ssm, CreateDocumentCommand, ({ Content, DocumentType }) => {
      if (this.versions.length > 0) throw named('DocumentAlreadyExists');
      expect(DocumentType).toBe('Session');
      this.versions.push(Content);
      return { DocumentDescription: { DocumentVersion: '1' } };
    });
    this.on(ssm, UpdateDocumentCommand, ({ Content, DocumentVersion }) => {
      expect(DocumentVersion).toBe('$LATEST');
      if (this.versions.includes(Content)) throw named('DuplicateDocumentContent');
      this.versions.push(Content);
      return { DocumentDescription: { DocumentVersion: String(this.versions.length) } };
    });
    this.on(ssm, UpdateDocumentDefaultVersionCommand, ({ DocumentVersion }) => {
      if (Number(DocumentVersion) > this.versions.length) throw named('InvalidDocumentVersion');
      this.standard = Number(DocumentVersion);
    });
    this.on(ssm, DescribeDocumentCommand, () => ({ Document: this.failed ? { Status: 'Failed', StatusInformation: 'No such log group' } : { Status: this.slow-- > 0 ? 'Updating' : 'Active' } }));
    // A page with nothing on it although more follow, then a version on each page.
    this.on(ssm, ListDocumentVersionsCommand, ({ NextToken }) => {
      const at = Number(NextToken ?? 0);
      return { DocumentVersions: at === 0 ? [] : [{ DocumentVersion: String(this.versions.length - at + 1) }], ...(at < this.versions.length && { NextToken: String(at + 1) }) };
    });
  }

  public get inForce(): unknown {
    return JSON.parse(this.versions[this.standard - 1]!);
  }
}

let document: FakeDocument;

beforeEach(() => { document = new FakeDocument(); });

/** Where the document can stand before, and what is done then. */
const BEFORE: ReadonlyArray<readonly [string, () => void, readonly string[]]> = [
  ['is not there', () => {}, ['CreateDocument']],
  ['was made by the console', () => { document.versions = [JSON.stringify(CONSOLE)]; }, ['UpdateDocument', 'UpdateDocumentDefaultVersion']],
  ['is no JSON', () => { document.versions = ['---\nschemaVersion: "1.0"']; }, ['UpdateDocument', 'UpdateDocumentDefaultVersion']],
  ['has a version that holds them, and another one is the default', () => { document.versions = [JSON.stringify(CONSOLE), JSON.stringify(WANTED), '{}']; }, ['UpdateDocument', 'UpdateDocumentDefaultVersion']],
];

describe.each(BEFORE)('a document that %s', (_name, prepare, writes) => {
  beforeEach(() => prepare());

  test('holds the preferences in its default version', async () => {
    const { Status, PhysicalResourceId } = await send('Create', PREFERENCES);
    expect([Status, document.inForce, document.writes]).toEqual(['SUCCESS', WANTED, writes]);
    expect(PhysicalResourceId).toMatch(/^session-preferences:[0-9a-f]{16}:created$/);
    expect((await send('Update', PREFERENCES, PhysicalResourceId)).PhysicalResourceId).toBe(PhysicalResourceId);
    expect(document.writes).toEqual(writes);
  });

  test.each(FAULTS)('holds them although each call once $fault', async ({ error, when }) => {
    for (const call of ['GetDocument', 'DescribeDocument', 'CreateDocument', 'UpdateDocument', 'UpdateDocumentDefaultVersion', 'ListDocumentVersions']) document.fail(call, error, when);
    expect([(await send('Create', PREFERENCES)).Status, document.inForce]).toEqual(['SUCCESS', WANTED]);
    expect(document.versions.filter((content) => content === JSON.stringify(WANTED))).toHaveLength(1);
  });

  test.each(['CreateDocument', 'UpdateDocument', 'UpdateDocumentDefaultVersion', 'DescribeDocument'])('is finished by a second deployment where %s broke the first one', async (call) => {
    document.fail(call, 'InternalFailure');
    const first = await send('Create', PREFERENCES);
    if (first.Status === 'FAILED') expect(first.Reason).toContain('InternalFailure happened');
    expect([(await send('Create', PREFERENCES)).Status, document.inForce]).toEqual(['SUCCESS', WANTED]);
  });

  test('is answered in time where AWS stays busy', async () => {
    document.fail('GetDocument', 'ThrottlingException', 'before', 100);
    expect(await send('Create', PREFERENCES, undefined, 3)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('ThrottlingException') });
  });
});

test('preferences that are in force are left alone, whatever the order of their fields', async () => {
  document.versions = [JSON.stringify({ inputs: WANTED.inputs, sessionType: 'Standard_Stream', schemaVersion: '1.0' })];
  expect([(await send('Create', PREFERENCES)).PhysicalResourceId, document.writes]).toEqual([expect.stringMatching(/:found$/), []]);
});

test('a new version becomes the default when it is active, and not before', async () => {
  document.versions = [JSON.stringify(CONSOLE)];
  document.slow = 3;
  const { Status, waits } = await send('Create', PREFERENCES);
  expect([Status, waits.length, document.made.indexOf('UpdateDocumentDefaultVersion')]).toEqual(['SUCCESS', 3, document.made.length - 1]);
  document = new FakeDocument();
  document.slow = 100;
  expect(await send('Create', PREFERENCES, undefined, 5)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('Version 1 of SSM-SessionManagerRunShell is not active yet. Deploy again') });
});

test('preferences that AWS does not take are told with its reason, and the old ones stay', async () => {
  document.versions = [JSON.stringify(CONSOLE)];
  document.failed = true;
  expect(await send('Create', PREFERENCES)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('No such log group') });
  expect(document.inForce).toEqual(CONSOLE);
});

test('they stay when the resource goes, and other ones take their place', async () => {
  const first = await send('Create', PREFERENCES);
  const other = { ...PREFERENCES, properties: { Content: JSON.stringify(CONSOLE) } };
  const second = await send('Update', other, first.PhysicalResourceId);
  expect(second.PhysicalResourceId).not.toBe(first.PhysicalResourceId);
  expect((await send('Delete', PREFERENCES, first.PhysicalResourceId)).Status).toBe('SUCCESS');
  expect([document.inForce, document.versions.length]).toEqual([CONSOLE, 2]);
});

test('a property that is no document is refused', async () => {
  expect((await send('Create', { type: 'Custom::SessionPreferences', properties: { Content: 'idle: 20' } })).Reason).toContain('Custom::SessionPreferences needs the property Content');
  expect(document.made).toEqual([]);
});
