import { TREE, zoneOf } from './cost-fixture';
import { ControlSet, Controls } from '../../src';
import '../../src/testing';

const buyer = 'role/finops/buyer';
const COMMITMENTS: [string, ...string[]] = ['savingsplans:CreateSavingsPlan', 'ec2:PurchaseReservedInstancesOffering', 'rds:PurchaseReservedDBInstancesOffering', 'savingsplans:ReturnSavingsPlan'];

test('one role buys where a control set denies it to others, and nobody but the platform makes such a role', () => {
  const { zone } = zoneOf(TREE, { buyerRole: 'finops/buyer' });
  zone.enable('Root', ControlSet.foundational());
  expect(zone.account('web-prod')).toAllow(...COMMITMENTS, { as: buyer });
  expect(zone.account('web-prod')).toNeverAllow(...COMMITMENTS, { except: [...zone.platformPrincipals.principals.map(({ rolePattern }) => `role/${rolePattern}`), buyer] });
  expect(zone.account('web-prod')).toNeverAllow('iam:CreateRole', 'iam:UpdateAssumeRolePolicy', 'iam:AttachRolePolicy', { on: 'arn:aws:iam::*:role/finops/buyer' });
  expect(zone.account('web-prod')).toNeverAllow('aws-marketplace:Subscribe', 'payments:UpdatePaymentPreferences');
});

test('without one, the platform alone; what is enabled by itself stays as it was given', () => {
  const { zone } = zoneOf(TREE);
  zone.enable('Root', ControlSet.foundational());
  expect(zone.account('web-prod')).toNeverAllow(...COMMITMENTS);
  const own = zoneOf(TREE, { buyerRole: 'finops/buyer' });
  own.zone.enable('Root', Controls.denyUnapprovedPurchases());
  expect(own.zone.account('web-prod')).toNeverAllow('savingsplans:CreateSavingsPlan');
});

test('synthesis proves it', () => {
  const { app, zone } = zoneOf(TREE, { buyerRole: 'finops/buyer' });
  zone.enable('Root', ControlSet.foundational());
  expect(() => app.synth()).not.toThrow();
  expect(() => zoneOf(TREE, { buyerRole: '*' })).toThrow(/is no role with its path/);
});
