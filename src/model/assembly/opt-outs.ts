import { Assembly } from './read-assembly';
import { Origin } from '../organization-model';

/** Key of what resources do without, in their metadata. */
export const OPT_OUTS_KEY = 'landing-zone:opt-outs';

/** A default of the paved road that a resource does without. */
export interface TemplateOptOut {
  /** Id of the default. */
  readonly rule: string;
  /** Control that the default serves. @default - none */
  readonly control?: string;
  /** Empty where the template gives none. */
  readonly reason: string;
  readonly origin: Origin;
}

/** All that resources of an assembly do without, as their templates say it. */
export function optOutsOf(assembly: Assembly): TemplateOptOut[] {
  return assembly.templates.flatMap((stack) => Object.entries<any>(stack.resources).flatMap(([logicalId, resource]) => {
    const outs = resource.Metadata?.[OPT_OUTS_KEY];
    if (typeof outs !== 'object' || outs === null) return [];
    const constructPath = stack.constructPathOf(logicalId);
    const origin: Origin = { stack: stack.stackName, logicalId, template: stack.file, ...(constructPath !== undefined && { constructPath }) };
    return Object.entries<any>(outs).map(([rule, out]): TemplateOptOut => ({
      rule, reason: typeof out?.reason === 'string' ? out.reason.trim() : '', origin, ...(typeof out?.control === 'string' && { control: out.control }),
    }));
  }));
}
