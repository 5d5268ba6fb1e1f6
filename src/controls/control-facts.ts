import { Control } from './control';
import { MissingZoneValue, renderRequest, ZoneValues } from './render';
import { ControlFacts } from '../model/organization-model';

/** A control as the model knows it, with the zone's values in its proof; none while the zone lacks a value it needs. */
export function controlFacts(control: Control, values: ZoneValues): ControlFacts[] {
  try {
    return [{
      id: control.id,
      title: control.title,
      severity: control.severity,
      denies: control.proof.denies.map((request) => renderRequest(request, values)),
      allows: control.proof.allows.map((request) => renderRequest(request, values)),
    }];
  } catch (error) {
    if (error instanceof MissingZoneValue) return [];
    throw error;
  }
}
