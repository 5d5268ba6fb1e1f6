import { run } from '../../src/cli/landing-zone';
import { Terminal } from '../../src/cli/terminal';

/** Runs the command as a program would: no colours, nobody watching. */
export async function landingZone(...args: string[]): Promise<{ exit: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const terminal = new Terminal({
    out: (text) => { out += text; }, err: (text) => { err += text; }, color: false, interactive: false, clock: () => 0,
  });
  return { exit: await run(args, terminal), out, err };
}
