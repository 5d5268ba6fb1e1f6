import { isColorSupported } from 'picocolors';
import { run } from './landing-zone';
import { EXIT, Terminal } from './terminal';

const terminal = new Terminal({
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  color: isColorSupported && process.stdout.isTTY === true,
  interactive: process.stderr.isTTY === true,
  clock: () => performance.now(),
});

run(process.argv.slice(2), terminal).then(
  (exit) => { process.exitCode = exit; },
  (error: Error) => {
    terminal.error(`landing-zone failed on its own account, please report it with this text:\n${error.stack}`);
    process.exitCode = EXIT.wrongInput;
  },
);
