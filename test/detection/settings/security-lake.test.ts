import { CreateDataLakeOrganizationConfigurationCommand, RegisterDataLakeDelegatedAdministratorCommand } from '@aws-sdk/client-securitylake';
import { FAULTS, Resource, send } from './deployment';
import { named } from './fake-guardduty';
import { FakeSecurityLake } from './fake-security-lake';

const ADMINISTRATOR: Resource = { type: 'Custom::SecurityLakeAdministrator', properties: { Region: 'eu-west-1', AccountId: '222222222222' } };
const REGIONS = ['eu-west-1', 'us-east-1'];
const SOURCES = ['CLOUD_TRAIL_MGMT', 'ROUTE53'];
const ORGANIZATION: Resource = {
  type: 'Custom::SecurityLakeOrganization', properties: { Region: 'eu-west-1', Regions: REGIONS, Sources: SOURCES.map((SourceName) => ({ SourceName, SourceVersion: '2.0' })) },
};
const wanted = (sources = SOURCES, regions = REGIONS) => regions.map((region) => ({ region, sources: sources.map((sourceName) => ({ sourceName, sourceVersion: '2.0' })) }));

let lake: FakeSecurityLake;

beforeEach(() => { lake = new FakeSecurityLake(); });
afterEach(() => lake.restore());

const state = () => ({ administrators: lake.administrators, configuration: lake.shown() });

describe('the administrator of Security Lake', () => {
  test('is named to the service, over all pages of AWS Organizations, and taken as it is where it is', async () => {
    expect(await send('Create', ADMINISTRATOR)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'security-lake-administrator:eu-west-1:222222222222:created', regions: ['eu-west-1'] });
    expect((await send('Create', ADMINISTRATOR)).PhysicalResourceId).toMatch(/:found$/);
    expect(lake.calls(RegisterDataLakeDelegatedAdministratorCommand)).toEqual([{ accountId: '222222222222' }]);
  });

  test('is not taken from another account: the way out is told, and what it destroys', async () => {
    lake.administrators = ['333333333333'];
    const { Status, Reason } = await send('Create', ADMINISTRATOR);
    expect(Status).toBe('FAILED');
    expect(Reason).toContain('Account 333333333333 administers Security Lake');
    expect(Reason).toContain('aws securitylake deregister-data-lake-delegated-administrator --region eu-west-1; AWS deletes the data lake by that');
    expect(lake.calls(RegisterDataLakeDelegatedAdministratorCommand)).toEqual([]);
  });

  test.each(['BadRequestException', 'ConflictException'])('somebody who was faster is no failure, by whichever code AWS says so: %s', async (refusal) => {
    lake.refusal = refusal;
    lake.before = (command) => {
      if (command === 'RegisterDataLakeDelegatedAdministratorCommand') lake.administrators = ['222222222222'];
    };
    expect(await send('Create', ADMINISTRATOR)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: expect.stringMatching(/:found$/) });
  });

  test('a conflict that passes is repeated, and another refusal is a failure', async () => {
    let conflicts = 2;
    lake.before = (command) => {
      if (command === 'RegisterDataLakeDelegatedAdministratorCommand' && conflicts-- > 0) throw named('ConflictException', 'Come again');
    };
    expect(await send('Create', ADMINISTRATOR)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: expect.stringMatching(/:created$/) });
    lake.administrators = [];
    lake.before = (command) => {
      if (command === 'RegisterDataLakeDelegatedAdministratorCommand') throw named('BadRequestException', 'The account is not of the organization');
    };
    expect(await send('Create', ADMINISTRATOR)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('not of the organization') });
  });
});

describe('Security Lake of accounts that come', () => {
  test('is set in all Regions with all sources, where nobody ever set any', async () => {
    expect(await send('Create', ORGANIZATION)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'security-lake-organization:eu-west-1:created', regions: ['eu-west-1'] });
    expect(lake.calls(CreateDataLakeOrganizationConfigurationCommand)).toEqual([{ autoEnableNewAccount: wanted() }]);
  });

  test('is told what is missing alone; what others set stays, and a source without a version is there', async () => {
    lake.configuration = new Map([['eu-west-1', new Map([['ROUTE53', undefined], ['WAF', '2.0']])], ['ap-south-1', new Map([['WAF', '2.0']])], ['us-east-1', new Map([['ROUTE53', '1.0'], ['CLOUD_TRAIL_MGMT', '2.0']])]]);
    expect(await send('Create', ORGANIZATION)).toMatchObject({ Status: 'SUCCESS' });
    expect(lake.calls(CreateDataLakeOrganizationConfigurationCommand)).toEqual([{ autoEnableNewAccount: [...wanted(['CLOUD_TRAIL_MGMT'], ['eu-west-1']), ...wanted(['ROUTE53'], ['us-east-1'])] }]);
    expect(lake.configuration.get('eu-west-1')!.get('WAF')).toBe('2.0');
    expect(lake.configuration.has('ap-south-1')).toBe(true);
  });

  test('that is so already is not touched', async () => {
    lake.configuration = new Map(REGIONS.map((region) => [region, new Map([...SOURCES, 'WAF'].map((source) => [source, '2.0']))]));
    expect((await send('Create', ORGANIZATION)).PhysicalResourceId).toMatch(/:found$/);
    expect(lake.calls(CreateDataLakeOrganizationConfigurationCommand)).toEqual([]);
  });

  test('what AWS leaves out, with success, is named', async () => {
    lake.mock.on(CreateDataLakeOrganizationConfigurationCommand).resolves({});
    const { Status, Reason } = await send('Create', ORGANIZATION, undefined, 5);
    expect({ Status, Reason }).toEqual({ Status: 'FAILED', Reason: expect.stringContaining('CLOUD_TRAIL_MGMT, ROUTE53 in eu-west-1; CLOUD_TRAIL_MGMT, ROUTE53 in us-east-1. Deploy again') });
  });

  test('a Region and a source more are added by an update, and fewer take nothing away', async () => {
    await send('Create', ORGANIZATION);
    const id = 'security-lake-organization:eu-west-1:created';
    const more = { ...ORGANIZATION, properties: { ...ORGANIZATION.properties, Regions: [...REGIONS, 'eu-north-1'] } };
    expect(await send('Update', more, id)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
    expect(lake.calls(CreateDataLakeOrganizationConfigurationCommand).at(-1)).toEqual({ autoEnableNewAccount: wanted(SOURCES, ['eu-north-1']) });
    expect(await send('Update', { ...ORGANIZATION, properties: { ...ORGANIZATION.properties, Regions: ['eu-west-1'] } }, id)).toMatchObject({ Status: 'SUCCESS' });
    expect(lake.shown()).toEqual(wanted(SOURCES, [...REGIONS, 'eu-north-1']));
  });

  test('all stays on when it is removed here', async () => {
    expect(await send('Delete', ORGANIZATION, 'security-lake-organization:eu-west-1:created')).toMatchObject({ Status: 'SUCCESS' });
    expect(await send('Delete', ADMINISTRATOR, 'security-lake-administrator:eu-west-1:222222222222:created')).toMatchObject({ Status: 'SUCCESS' });
    expect([...lake.mock.calls(), ...lake.organizations.calls()]).toEqual([]);
  });

  test('wrong properties are told, all of them', async () => {
    expect((await send('Create', { type: ORGANIZATION.type, properties: { Sources: 'WAF' } })).Reason).toMatch(/Region matching .*list as property Regions.*list as property Sources, found "WAF"/);
  });
});

describe.each([
  ['administrator', ADMINISTRATOR, { administrators: ['222222222222'] }], ['accounts that come', ORGANIZATION, { configuration: wanted() }],
] as const)('faults of Security Lake, %s', (_, resource, expected) => {
  const callsOf = async () => {
    const calls: string[] = [];
    lake.before = (command) => { calls.push(command); };
    await send('Create', resource);
    return calls;
  };
  const again = () => {
    lake.restore();
    lake = new FakeSecurityLake();
  };

  test.each(FAULTS)('each call that $fault is repeated, and nothing is lost', async ({ error, when }) => {
    const calls = await callsOf();
    expect(calls.length).toBeGreaterThan(3);
    for (const at of calls.keys()) {
      again();
      let count = -1;
      const fail = () => {
        if (count === at) {
          count++;
          throw named(error);
        }
      };
      lake.before = () => {
        count++;
        if (when === 'before') fail();
      };
      lake.after = () => {
        if (when === 'after') fail();
      };
      expect(await send('Create', resource)).toMatchObject({ Status: 'SUCCESS' });
      expect(state()).toMatchObject(expected);
    }
  });

  test('a deployment that runs out of time at any call is completed by the next one', async () => {
    const calls = await callsOf();
    for (const at of calls.keys()) {
      again();
      let count = 0;
      lake.before = () => {
        if (count++ >= at) throw named('ThrottlingException');
      };
      expect(await send('Create', resource, undefined, 2)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('ThrottlingException') });
      lake.before = () => {};
      expect(await send('Create', resource)).toMatchObject({ Status: 'SUCCESS' });
      expect(state()).toMatchObject(expected);
    }
  });
});
