// npx tsx scripts/lazy-index.ts
// Rewrites lib/index.js, as jsii compiled it, so that a name's file is loaded when the name is first used: whoever imports two constructs does not wait for all. Names and identities stay the same.
import { readFileSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';

const lib = join(__dirname, '..', 'lib');
const load = createRequire(__filename);
const file = join(lib, 'index.js');
const modules = [...readFileSync(file, 'utf8').matchAll(/^__exportStar\(require\("(\.\/[^"]+)"\), exports\);$/gm)].map(([, path]) => path!);
if (modules.length === 0) throw new Error(`${file} has no modules: compile it first (npx projen compile)`);

const lines = modules.flatMap((path) => Object.keys(load(join(lib, path))).sort().map((name) => `exports.${name} = void 0;\nlazy(${JSON.stringify(name)}, function () { return require(${JSON.stringify(path)}); });`));
// Node finds the names of a CommonJS module for `import { name }` by `exports.name = void 0`.
writeFileSync(file, `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
function lazy(name, load) {
  Object.defineProperty(exports, name, {
    enumerable: true, configurable: true,
    get: function () { var value = load()[name]; Object.defineProperty(exports, name, { enumerable: true, configurable: true, value: value }); return value; },
  });
}
${lines.join('\n')}
`);
