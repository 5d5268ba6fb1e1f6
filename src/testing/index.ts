import { LandingZoneMatchers, landingZoneMatchers } from './matchers';

export { ExpectationOptions } from './expectation';
export { LandingZoneMatchers, landingZoneMatchers } from './matchers';
export { TrafficOptions } from './network-expectation';
export { EgressUnderTest, NetworkUnderTest, PlaceUnderTest } from './network-subject';
export { landingZone, LandingZoneUnderTest, Subject } from './subject';

declare global {
  namespace jest {
    // The parameters are those of Jest's own declaration.
    interface Matchers<R, T = {}> extends LandingZoneMatchers<R> {}
  }
}

// Importing the module is enough where the test runner has `expect` as a global.
const runner = (globalThis as { expect?: { extend?(matchers: object): void } }).expect;
runner?.extend?.(landingZoneMatchers);
