import { AccessAnalyzers, ConfigAggregator, ConformancePack, ControlSet, LogArchive, OrganizationTrail } from '../../src';
import { validated } from '../network/aws-solutions';

test('CloudFormation, AwsSolutions and our own controls find nothing in the trail, the aggregator, a pack and the analyzers', () => {
  const { violations, acknowledged } = validated((stack) => {
    const archive = new LogArchive(stack, 'Archive', {
      archiveName: 'acme', organizationId: 'o-abcdefghij', managementAccountId: stack.account, trailArn: `arn:aws:cloudtrail:${stack.region}:${stack.account}:trail/landing-zone-acme`,
    });
    new OrganizationTrail(stack, 'Trail', { archive });
    new ConfigAggregator(stack, 'Aggregator');
    new ConformancePack(stack, 'Pack', { packName: 'landing-zone-foundational', controls: ControlSet.foundational().controls, isHomeRegion: true });
    new AccessAnalyzers(stack, 'AccessAnalyzers', { isHomeRegion: true, internal: [{ types: ['AWS::S3::Bucket'] }] });
  });
  expect(violations).toEqual([]);
  expect(acknowledged).toEqual([expect.stringContaining('Looking up the organization takes no narrower resource')]);
});
