import { App } from 'aws-cdk-lib';
import { networkZone } from './zone';
import '../../src/testing'; // in your project: import 'cdk-landing-zone/testing'

const { network } = networkZone(new App());
const [prod, dev, shared] = ['prod', 'dev', 'shared'].map((name) => network.segment(name));
const { onPremises } = network.hubs[0]!;

test('development and production do not meet', () => {
  expect(dev).not.toReach('prod');
  expect(prod).not.toReach('dev');
});

test('both use shared services, which open no connections to them', () => {
  expect(prod).toReach('shared', { port: 443 });
  expect(dev).toReach('shared', { port: 443 });
  expect(shared).not.toReach('prod');
  expect(shared).not.toReach('dev');
});

test('production in Virginia uses shared services in Ireland, and is one segment with production there', () => {
  const virginia = network.spokes.find(({ node }) => node.path.includes('virginia'));
  expect(virginia).toReach('shared', { port: 443 });
  expect(virginia).toReach('account:web-prod', { port: 443 });
  expect(virginia).toReach('on-premises', { port: 443 });
});

test('production reaches the data centre, nobody else does, and the data centre reaches nobody', () => {
  expect(prod).toReach('on-premises');
  expect(dev).not.toReach('on-premises');
  expect(shared).not.toReach('on-premises');
  for (const segment of ['prod', 'dev', 'shared', 'internet']) expect(onPremises).not.toReach(segment);
});

test('what leaves for the internet passes a firewall, and nothing comes in', () => {
  expect(network.internetEgress()).toPassInspection();
  for (const segment of [prod, dev, shared]) expect(segment).toReach('internet', { port: 443, family: 'ipv4' });
});
