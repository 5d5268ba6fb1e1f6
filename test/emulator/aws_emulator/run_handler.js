// Runs one invocation of a Lambda handler: node run_handler.js <code directory> <file.export> <timeout seconds>, the event on standard input.
const { readFileSync } = require('fs');
const { join } = require('path');

const [directory, handlerName, timeout] = process.argv.slice(2);
const [file, name] = handlerName.split('.');
const deadline = Date.now() + Number(timeout) * 1000;
const context = {
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  awsRequestId: 'request',
  logGroupName: 'log-group',
  logStreamName: 'log-stream',
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  done: () => {},
};

const event = JSON.parse(readFileSync(0, 'utf8'));
setTimeout(() => { console.error('Task timed out'); process.exit(2); }, Number(timeout) * 1000).unref();

// AWS's answers go to HTTPS at the usual port, and some handlers know nothing else: such an answer to this machine goes to the emulator.
const { port } = new URL(process.env.AWS_ENDPOINT_URL);
const [https, http] = [require('https'), require('http')];
const { request } = https;
https.request = (options, ...rest) => (options.hostname === 'localhost' ? http.request({ ...options, port }, ...rest) : request(options, ...rest));

const handler = require(join(directory, file))[name];
new Promise((resolve, reject) => {
  const result = handler(event, context, (error, value) => (error ? reject(error) : resolve(value)));
  if (result !== undefined) Promise.resolve(result).then(resolve, reject);
  else if (handler.length < 3) resolve(undefined);
}).catch((error) => { console.error(error); process.exitCode = 1; });
