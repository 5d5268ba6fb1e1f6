import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { coverageOf, IRRELEVANT, MODELLED, MODELLED_ELSEWHERE, NETWORK_SERVICES, UNKNOWN } from '../../../src/model/network/type-coverage';

const resources = loadAwsServiceSpecSync().all('resource');
const types = resources.map(({ cloudFormationType }) => cloudFormationType);
const ofNetwork = types.filter((type) => NETWORK_SERVICES.includes(type.split('::')[1]!));

test('each type of the network services is modelled, irrelevant for a reason, or unknown, and only one of them', () => {
  const lists = (type: string) => [MODELLED.has(type), IRRELEVANT[type] !== undefined, UNKNOWN[type] !== undefined].filter((listed) => listed).length;
  expect(ofNetwork.filter((type) => lists(type) !== 1)).toEqual([]);
  expect(ofNetwork.length).toBeGreaterThan(180);
});

test('no list names a type that does not exist, or is of another service', () => {
  const listed = [...MODELLED, ...Object.keys(IRRELEVANT), ...Object.keys(UNKNOWN)];
  expect(listed.filter((type) => !ofNetwork.includes(type))).toEqual([]);
  expect([...MODELLED_ELSEWHERE].filter((type) => !types.includes(type) || ofNetwork.includes(type))).toEqual([]);
  expect(Object.values(IRRELEVANT).filter((why) => why.length < 10)).toEqual([]);
});

test('properties that say what an unknown type affects exist', () => {
  const missing = Object.entries(UNKNOWN).flatMap(([type, { affects }]) => {
    const properties = resources.find(({ cloudFormationType }) => cloudFormationType === type)!.properties;
    return affects.filter((name) => properties[name] === undefined).map((name) => `${type}.${name}`);
  });
  expect(missing).toEqual([]);
});

test('services without any word of addresses or routes are irrelevant; a new type of a network service is unknown', () => {
  expect(['AWS::S3::Bucket', 'AWS::IAM::Role', 'AWS::EC2::Route', 'AWS::EC2::FlowLog', 'AWS::EC2::QuantumTunnel', 'Custom::Thing', 'AWS::CloudFormation::CustomResource', 'Other::EC2::Thing'].map(coverageOf))
    .toEqual(['irrelevant', 'irrelevant', 'modelled', 'irrelevant', 'unknown', 'custom', 'custom', 'irrelevant']);
});
