// Runs handlers of the library one after the other in one process, as Lambda does while a function is warm: a line of JSON in, a line of JSON out.
const { createInterface } = require('readline');
const { join } = require('path');

const [directory, handlerName] = process.argv.slice(2);
const [file, name] = handlerName.split('.');
let log = [];
for (const kind of ['log', 'warn', 'error']) console[kind] = (...parts) => log.push(parts.map(String).join(' '));
const handler = require(join(directory, file))[name];

createInterface({ input: process.stdin }).on('line', async (line) => {
  const { event, environment, timeout } = JSON.parse(line);
  Object.assign(process.env, environment);
  log = [];
  const deadline = Date.now() + timeout * 1000;
  try {
    await handler(event, { getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()) });
  } catch (error) {
    log.push(String(error.stack));
  }
  process.stdout.write(`${JSON.stringify({ log: log.join('\n') })}\n`);
});
