import { Network, resultOf } from './network';
import { FlowResult, ReachQuestion } from './question';

/** Whether what arrives passes a firewall. */
export interface InspectionAnswer {
  /** `nothing-arrives` where there is nothing to inspect; `unknown` where something that is not modelled could arrive without. */
  readonly verdict: 'always' | 'sometimes' | 'never' | 'nothing-arrives' | 'unknown';
  /** Flows that arrive and pass no firewall. */
  readonly around: readonly FlowResult[];
}

/** Does everything that arrives pass a firewall, or one of those named? In every zone, and there as well as back: a firewall that sees one direction only drops the rest. */
export function passesInspection(network: Network, question: ReachQuestion, firewalls?: readonly string[]): InspectionAnswer {
  const { network: compiled, flows } = network.flows(question);
  const reached = flows.filter(({ kind }) => kind === 'reached');
  const around = reached.filter(({ leaf }) => !leaf.packets.inspected.some(({ firewall }) => firewalls?.includes(firewall) ?? true));
  const shown = around.map((flow) => resultOf(compiled, [flow]));
  if (around.length > 0) return { verdict: around.length === reached.length ? 'never' : 'sometimes', around: shown };
  if (flows.some(({ kind }) => kind === 'unknown')) return { verdict: 'unknown', around: [] };
  return { verdict: reached.length > 0 ? 'always' : 'nothing-arrives', around: [] };
}

/** Whether answers pass the firewalls that their openings passed, at the same places. */
export interface SymmetryAnswer {
  readonly isSymmetric: boolean;
  /** Flows whose answers take another way, so that a firewall drops them. */
  readonly asymmetric: readonly FlowResult[];
}

/** Do answers come back by the firewalls that saw the openings? */
export function symmetry(network: Network, question: ReachQuestion): SymmetryAnswer {
  const { network: compiled, flows } = network.flows(question);
  const asymmetric = flows.filter(({ kind, back }) => kind === 'blocked' && back?.isAsymmetric === true);
  return { isSymmetric: asymmetric.length === 0, asymmetric: asymmetric.map((flow) => resultOf(compiled, [flow])) };
}
