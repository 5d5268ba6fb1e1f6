import { costExports } from '../../../src/compliance/checks/cost-exports';
import { readAssembly } from '../../../src/model/assembly/read-assembly';
import { exportsOf } from '../../../src/model/cost/read-exports';
import { ALL, exported } from '../../cost/exports/exports';

/** The check on a synthesized app whose templates were changed afterwards. */
function check(change: (resources: { data: any; exports: any }) => void = () => {}) {
  const { app, data, management } = exported({ exports: ALL });
  const assembly = app.synth();
  const templates = { data: assembly.getStackByName(data.stackName).template, exports: assembly.getStackByName(management.stackName).template };
  const byType = (template: any) => Object.fromEntries(Object.values<any>(template.Resources).map(({ Type, Properties }) => [Type.split('::').slice(1).join(''), Properties]));
  change({ data: byType(templates.data), exports: byType(templates.exports) });
  const read = readAssembly(assembly.directory);
  // Templates are read from files: those that were changed stand in for them.
  for (const stack of read.stacks) Object.assign(stack, { parsed: stack.stackName === data.stackName ? templates.data : templates.exports });
  return costExports(exportsOf(read));
}

const messages = (change: Parameters<typeof check>[0]) => check(change).findings.map(({ severity, message }) => `${severity}: ${message}`);

test('what our constructs make is delivered', () => {
  const { findings, proved, summary } = check();
  expect({ findings, proved, summary }).toEqual({ findings: [], proved: 4, summary: '4 exports, 4 to buckets of these templates' });
});

describe('faults', () => {
  const last = 'BCMDataExportsExport';
  test.each<[string, NonNullable<Parameters<typeof check>[0]>, RegExp]>([
    ['the Region of the bucket', ({ exports }) => { exports[last].Export.DestinationConfigurations.S3Destination.S3Region = 'us-east-1'; }, /^error: export acme-carbon says that its bucket is in us-east-1, and landing-zone-.* is in eu-west-1$/],
    ['the owner of the bucket', ({ exports }) => { delete exports[last].Export.DestinationConfigurations.S3Destination.S3BucketOwner; }, /^error: export acme-carbon says that account 111122223333 owns its bucket, and 444455556666 does$/],
    ['no policy', ({ data }) => { data.S3BucketPolicy.Bucket = 'another'; }, /^error: export acme-cur2 is not delivered: the bucket .* has no policy$/],
    ['the policy of another account', ({ data }) => { data.S3BucketPolicy.PolicyDocument.Statement[3].Condition.StringEquals['aws:SourceAccount'] = '999988887777'; }, /^error: export acme-cur2 is not delivered: bcm-data-exports.amazonaws.com may not do s3:PutObject \(the bucket policy does not allow it\)$/],
    ['a policy that denies services', ({ data }) => { data.S3BucketPolicy.PolicyDocument.Statement[2].Condition.BoolIfExists['aws:PrincipalIsAWSService'] = 'true'; }, /may not do s3:PutObject \(AllButServices of the bucket policy\)$/],
    ['a key that does not let it', ({ data }) => { data.KMSKey.KeyPolicy.Statement.pop(); }, /may not do kms:GenerateDataKey \(the key policy does not allow it\)$/],
    ['a condition that nobody can tell', ({ data }) => { data.S3BucketPolicy.PolicyDocument.Statement[3].Condition.StringEquals['aws:SourceVpc'] = 'vpc-1'; }, /^error: whether export acme-cur2 is delivered depends on aws:SourceVpc$/],
    ['a policy that only the deployment knows', ({ data }) => { data.S3BucketPolicy.PolicyDocument.Statement[3].Resource = { 'Fn::ImportValue': 'Bucket' }; }, /^warning: whether export acme-cur2 is delivered is not known/],
  ])('%s', (_, change, message) => {
    expect(messages(change)[0]).toMatch(message);
  });

  test('the Region of the export', () => {
    const { app } = exported({ exports: ALL });
    const [one] = exportsOf(readAssembly(app.synth().directory));
    expect(costExports([{ ...one!, region: 'eu-west-1' }]).findings.map(({ message, hint }) => `${message}: ${hint}`)[0]).toBe('export acme-cur2 is in eu-west-1: AWS has exports in us-east-1 alone: put it into a stack there. Its bucket may stay.');
  });

  test('a bucket that the templates do not have is not looked at', () => {
    expect(messages(({ exports }) => { exports[last].Export.DestinationConfigurations.S3Destination = { S3Bucket: 'another', S3Region: 'us-east-1' }; })).toEqual([]);
  });
});
