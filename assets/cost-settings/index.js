// Generated from src/cost/settings/handler.ts by scripts/bundle-handler.ts. Do not edit.
"use strict";
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

// src/cost/settings/handler.ts
var handler_exports = {};
__export(handler_exports, {
  handler: () => handler
});
module.exports = __toCommonJS(handler_exports);
var import_client_cost_explorer2 = require("@aws-sdk/client-cost-explorer");

// src/cost/settings/cost-allocation-tags.ts
var import_client_cost_explorer = require("@aws-sdk/client-cost-explorer");

// src/custom-resource/retry.ts
var TRANSIENT = /* @__PURE__ */ new Set([
  "TooManyRequestsException",
  "Throttling",
  "ThrottlingException",
  "RequestLimitExceeded",
  "ConcurrentModificationException",
  "ServiceException",
  "PolicyChangesInProgressException",
  "FinalizingOrganizationException",
  "ServerInternalException",
  "ServiceUnavailableException",
  "TimeoutError",
  "ECONNRESET"
]);
var FIRST_WAIT = 1e3;
var LONGEST_WAIT = 2e4;
async function withRetries(call, time) {
  for (let attempt = 1, wait = FIRST_WAIT; ; attempt++, wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      return await call(attempt);
    } catch (error) {
      const { name, code } = error;
      if (!TRANSIENT.has(name ?? "") && !TRANSIENT.has(code ?? "") || time.deadline()) throw error;
      await time.sleep(wait * (1 + (time.random?.() ?? 0) / 2));
    }
  }
}

// src/custom-resource/pages.ts
async function pages(time, read, items) {
  const all = [];
  let token;
  do {
    const page = await withRetries(() => read(token), time);
    all.push(...items(page) ?? []);
    token = page.NextToken;
  } while (token !== void 0);
  return all;
}

// src/custom-resource/waiting.ts
var WAIT = 5e3;
var ATTEMPTS = 24;
var NOT_ALLOWED_YET = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"];
async function patiently(call, time, ...codes) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const { name } = error;
      if (![...codes, ...NOT_ALLOWED_YET].includes(name) || attempt === ATTEMPTS || time.deadline()) throw error;
      await time.sleep(WAIT);
    }
  }
}

// src/cost/settings/cost-allocation-tags.ts
var KEYS_OF_A_CHANGE = 20;
var NOT_KNOWN_YET = "TagKeysNotFoundException";
var KEYS_OF_A_LIST = 100;
function settingOf(type, { Keys: keys }, clients) {
  if (type !== "Custom::CostAllocationTags") throw new Error(`${type} is no setting of costs`);
  return costAllocationTags(keysOf(keys), clients);
}
function costAllocationTags(keys, clients) {
  return {
    id: "cost-allocation-tags",
    isOn: async () => (await notActive(keys, clients)).length === 0,
    turnOn: async () => activate(keys, clients),
    turnOff: async () => {
    }
  };
}
async function activateWhatIsMissing(keys, clients) {
  const missing = await notActive(keysOf(keys), clients);
  if (missing.length > 0) await activate(missing, clients);
}
async function notActive(keys, clients) {
  const active = /* @__PURE__ */ new Set();
  for (const TagKeys of batches(keys, KEYS_OF_A_LIST)) {
    const tags = await pages(
      clients,
      async (NextToken) => patiently(async () => throttled(async () => clients.costExplorer.send(new import_client_cost_explorer.ListCostAllocationTagsCommand({ Status: "Active", TagKeys, NextToken }))), clients),
      (page) => page.CostAllocationTags
    );
    for (const { TagKey } of tags) active.add(TagKey);
  }
  return keys.filter((key) => !active.has(key));
}
async function activate(keys, clients) {
  const waiting = [];
  const failed = [];
  for (const batch of batches(keys, KEYS_OF_A_CHANGE)) {
    const command = new import_client_cost_explorer.UpdateCostAllocationTagsStatusCommand({ CostAllocationTagsStatus: batch.map((TagKey) => ({ TagKey, Status: "Active" })) });
    const { Errors = [] } = await patiently(async () => withRetries(async () => throttled(async () => clients.costExplorer.send(command)), clients), clients);
    for (const { TagKey, Code, Message } of Errors) {
      if (Code === NOT_KNOWN_YET) waiting.push(TagKey);
      else failed.push(`${TagKey} (${Code}: ${Message})`);
    }
  }
  if (waiting.length > 0) clients.say(`AWS does not know these tags yet: ${waiting.join(", ")}. It does a day after their first use; they are tried again each day.`);
  if (failed.length > 0) throw new Error(`Tags are not activated for cost allocation: ${failed.join("; ")}`);
  return true;
}
async function throttled(call) {
  try {
    return await call();
  } catch (error) {
    const { name, message } = error;
    throw name === "LimitExceededException" ? Object.assign(new Error(message), { name: "ThrottlingException" }) : error;
  }
}
function keysOf(keys) {
  if (Array.isArray(keys) && keys.length > 0 && keys.every((key) => typeof key === "string" && key !== "")) return keys;
  throw new Error(`Expected Keys, a list of tag keys, found ${JSON.stringify(keys)}`);
}
function batches(keys, size) {
  return Array.from({ length: Math.ceil(keys.length / size) }, (_, at) => keys.slice(at * size, (at + 1) * size));
}

// src/custom-resource/physical-id.ts
var MAX_LENGTH = 1024;
function physicalIdOf({ setting, origin, before }) {
  const parts = [`${setting}:${origin}`, ...before?.split("|") ?? []];
  while (parts.length > 1 && parts.join("|").length > MAX_LENGTH) parts.pop();
  return parts.join("|");
}
function memoryOf(physicalId) {
  const [own, ...before] = (physicalId ?? "").split("|");
  const found = /^(.+):(created|found)$/.exec(own);
  if (!found) return void 0;
  return { setting: found[1], origin: found[2], ...before.length > 0 ? { before: before.join("|") } : {} };
}

// src/custom-resource/custom-resource.ts
var ANSWER_ATTEMPTS = 5;
var MAX_REASON = 1e3;
async function settle(event, settingFrom, answering) {
  let reached = event.PhysicalResourceId ?? `${event.LogicalResourceId}:failed`;
  const done = bring(event, settingFrom, (physicalId2) => {
    reached = physicalId2;
  }).then(
    () => ({ physicalId: reached }),
    (error) => ({ physicalId: reached, reason: `${error.name}: ${error.message}` })
  );
  const late = answering.late?.then(() => ({ physicalId: reached, reason: "AWS was busy for too long. Deploy again." }));
  const { physicalId, reason } = await (late ? Promise.race([done, late]) : done);
  await deliver(event.ResponseURL, JSON.stringify({
    Status: reason === void 0 ? "SUCCESS" : "FAILED",
    ...reason !== void 0 ? { Reason: `${event.RequestType} of ${event.ResourceType}: ${reason}`.slice(0, MAX_REASON) } : {},
    PhysicalResourceId: physicalId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId
  }), answering);
}
async function bring(event, settingFrom, reached) {
  const memory = memoryOf(event.PhysicalResourceId);
  if (event.RequestType === "Delete") {
    if (memory?.origin === "created") {
      const setting2 = settingFrom();
      if (setting2.id === memory.setting) await setting2.turnOff();
    }
    return;
  }
  const setting = settingFrom();
  const isOurs = !await setting.isOn() && await setting.turnOn();
  reached(afterwards(event.PhysicalResourceId, setting.id, isOurs));
  await setting.ready?.();
}
function afterwards(known, setting, isOurs) {
  const memory = memoryOf(known);
  if (memory?.setting === setting) return known;
  if (!isOurs && memoryOf(memory?.before)?.setting === setting) return memory.before;
  return physicalIdOf({ setting, origin: isOurs ? "created" : "found", before: memory && known });
}
async function deliver(url, body, { put, sleep: sleep3 }) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await put(url, body);
    } catch (error) {
      if (attempt === ANSWER_ATTEMPTS) throw error;
      await sleep3(200 * 2 ** attempt);
    }
  }
}

// src/custom-resource/lambda.ts
var LAST_WAIT = 3e4;
var LAST_ANSWER = 1e4;
var sleep = async (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
async function runInLambda(event, context, settingFrom) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, Math.max(0, context.getRemainingTimeInMillis() - LAST_ANSWER));
  });
  const put = async (url, body) => {
    const response = await fetch(url, { method: "PUT", body: Buffer.from(body), headers: { "content-type": "" } });
    if (!response.ok) throw new Error(`CloudFormation did not take the answer: HTTP ${response.status}`);
  };
  const time = { sleep, deadline: () => context.getRemainingTimeInMillis() < LAST_WAIT };
  await settle(event, () => settingFrom(time), { put, sleep, late });
  clearTimeout(timer);
}

// src/cost/settings/handler.ts
var LAST_WAIT2 = 3e4;
var sleep2 = async (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
async function handler(event, context) {
  const costExplorer = new import_client_cost_explorer2.CostExplorerClient({ region: "us-east-1", maxAttempts: 1 });
  const clientsOf = (time) => ({ costExplorer, say: (message) => console.log(message), ...time });
  if ("RequestType" in event) await runInLambda(event, context, (time) => settingOf(event.ResourceType, event.ResourceProperties, clientsOf(time)));
  else await activateWhatIsMissing(event.Keys, clientsOf({ sleep: sleep2, deadline: () => context.getRemainingTimeInMillis() < LAST_WAIT2 }));
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  handler
});
