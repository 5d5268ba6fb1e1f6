import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ControlTower, LandingZone, LandingZoneProps, RegionStandard } from '../../src';

export const REGIONS = new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] });

/** The foundational tree with AWS Control Tower. */
export function zoneWith(controlTower?: ControlTower, props: Partial<LandingZoneProps> = {}, app = new App({ analyticsReporting: false })) {
  const zone = new LandingZone(app, 'Acme', { regions: REGIONS, accountEmail: 'aws+{account}@acme.example', controlTower, ...props });
  const stack = (name = 'Acme-ControlTower') => app.node.findChild(name) as Stack;
  return { app, zone, stack, template: () => Template.fromStack(stack()), resources: (type: string) => Template.fromStack(stack()).findResources(type) as { [id: string]: any } };
}

/** What synthesis says. */
export function saidBy(app: App): string {
  try {
    app.synth();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
