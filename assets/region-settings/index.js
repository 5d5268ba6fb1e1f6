// Generated from src/organization/regions/settings/handler.ts by scripts/bundle-handler.ts. Do not edit.
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

// src/organization/regions/settings/handler.ts
var handler_exports = {};
__export(handler_exports, {
  handler: () => handler
});
module.exports = __toCommonJS(handler_exports);
var import_client_account2 = require("@aws-sdk/client-account");
var import_client_organizations2 = require("@aws-sdk/client-organizations");

// src/organization/regions/settings/organization-regions.ts
var import_client_account = require("@aws-sdk/client-account");
var import_client_organizations = require("@aws-sdk/client-organizations");

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
async function until(look2, what, time) {
  for (; ; ) {
    const found = await look2();
    if (found !== void 0) return found;
    if (time.deadline()) throw new Error(`${what()}. Deploy again`);
    await time.sleep(WAIT);
  }
}
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

// src/organization/regions/settings/organization-regions.ts
var AT_ONCE_IN_ACCOUNT = 6;
var AT_ONCE = 50;
var LOOK_AGAIN = 3e4;
var SHOWN = 5;
function organizationRegions(wanted, clients) {
  const run = { opened: /* @__PURE__ */ new Set(), isTrusted: false };
  let waiting = [];
  return {
    id: `opt-in-regions:${wanted.regions.join("+")}`,
    isOn: async () => {
      waiting = await look(wanted, run, clients);
      return waiting.length === 0;
    },
    turnOn: async () => {
      waiting = await enable(waiting, wanted, run, clients);
      return true;
    },
    ready: async () => {
      if (waiting.length === 0) return;
      await until(async () => {
        await clients.sleep(LOOK_AGAIN);
        waiting = await enable(await look(wanted, run, clients), wanted, run, clients);
        return waiting.length === 0 ? true : void 0;
      }, () => inWords(waiting), clients);
    },
    turnOff: async () => {
    }
  };
}
async function enableWhatIsMissing(wanted, clients) {
  const run = { opened: /* @__PURE__ */ new Set(), isTrusted: false };
  const waiting = await enable(await look(wanted, run, clients), wanted, run, clients);
  if (waiting.length > 0) clients.say(inWords(waiting));
}
async function look(wanted, run, clients) {
  const { opened } = run;
  const { regions } = wanted;
  const read = async (NextToken) => patient(async () => clients.organizations.send(new import_client_organizations.ListAccountsCommand({ NextToken })), clients);
  const accounts = await pages(clients, read, ({ Accounts }) => Accounts);
  const waiting = [];
  for (const { Id } of accounts.filter((one) => one.State === "ACTIVE" && !opened.has(one.Id))) {
    const account = Id;
    const states = await perhaps(async () => statesOf(account, wanted, run, clients));
    if (typeof states === "string") {
      waiting.push({ account, enabling: [], disabled: [], reason: states });
      continue;
    }
    const enabling = regions.filter((region) => states.get(region) === "ENABLING");
    const disabled = regions.filter((region) => !["ENABLED", "ENABLED_BY_DEFAULT", "ENABLING"].includes(states.get(region) ?? ""));
    if (enabling.length + disabled.length === 0) opened.add(account);
    else waiting.push({ account, enabling, disabled });
  }
  return waiting;
}
async function statesOf(account, wanted, run, clients) {
  const read = async (NextToken) => of(account, wanted, run, clients, async (AccountId) => clients.account.send(new import_client_account.ListRegionsCommand({ AccountId, MaxResults: 50, NextToken })));
  return new Map((await pages(clients, read, ({ Regions }) => Regions)).map(({ RegionName, RegionOptStatus: status }) => [RegionName, status]));
}
async function enable(waiting, wanted, run, clients) {
  let left = AT_ONCE - waiting.reduce((sum, { enabling }) => sum + enabling.length, 0);
  const after = [];
  for (const one of waiting) {
    const { account } = one;
    const started = [];
    let { reason } = one;
    for (const region of one.disabled) {
      if (left <= 0 || one.enabling.length + started.length >= AT_ONCE_IN_ACCOUNT) break;
      const refused = await perhaps(async () => {
        await of(account, wanted, run, clients, async (AccountId) => clients.account.send(new import_client_account.EnableRegionCommand({ AccountId, RegionName: region })));
      });
      if (typeof refused === "string") {
        reason = `${region}: ${refused}`;
        continue;
      }
      started.push(region);
      left--;
    }
    after.push({ account, enabling: [...one.enabling, ...started], disabled: one.disabled.filter((region) => !started.includes(region)), ...reason !== void 0 && { reason } });
  }
  return after;
}
async function of(account, { managementAccountId }, run, clients, send) {
  const isMember = account !== managementAccountId;
  const ask = async () => send(isMember ? account : void 0);
  const given = await (run.isTrusted ? withRetries(ask, clients) : patient(ask, clients));
  run.isTrusted ||= isMember;
  return given;
}
async function patient(send, clients) {
  return patiently(async () => withRetries(send, clients), clients);
}
async function perhaps(send) {
  try {
    return await send();
  } catch (error) {
    const { name, message } = error;
    if (!["AccessDeniedException", "ConflictException", "InternalServerException", "ResourceNotFoundException", "ValidationException"].includes(name)) throw error;
    return `${name}: ${message}`;
  }
}
function inWords(waiting) {
  const shown = waiting.slice(0, SHOWN).map(({ account, enabling, disabled, reason }) => {
    const states = [...enabling.length > 0 ? [`AWS is enabling ${enabling.join(", ")}`] : [], ...disabled.length > 0 ? [`${disabled.join(", ")} not begun`] : [], ...reason !== void 0 ? [reason] : []];
    return `${account} (${states.join("; ")})`;
  });
  const more = waiting.length > SHOWN ? ` and ${waiting.length - SHOWN} more` : "";
  return `${waiting.length === 1 ? "1 account cannot" : `${waiting.length} accounts cannot`} use all Regions yet: ${shown.join(", ")}${more}. AWS takes minutes, sometimes hours, and goes on by itself`;
}

// src/organization/regions/settings/settings.ts
function settingOf(type, properties, clients) {
  if (type !== "Custom::OptInRegions") throw new Error(`${type} is no setting of Regions`);
  return organizationRegions(wantedOf(properties), clients);
}
function wantedOf({ Regions, ManagementAccountId }) {
  const wrong = [
    ...Array.isArray(Regions) && Regions.length > 0 && Regions.every((one) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(String(one))) ? [] : [`Regions is ${JSON.stringify(Regions)}: names of Regions are expected`],
    .../^\d{12}$/.test(String(ManagementAccountId)) ? [] : [`ManagementAccountId is ${JSON.stringify(ManagementAccountId)}: twelve digits are expected`]
  ];
  if (wrong.length > 0) throw new Error(wrong.join("; "));
  return { regions: Regions, managementAccountId: ManagementAccountId };
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

// src/organization/regions/settings/handler.ts
var LAST_WAIT2 = 3e4;
var sleep2 = async (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
async function handler(event, context) {
  const options = { region: "us-east-1", maxAttempts: 1 };
  const [account, organizations] = [new import_client_account2.AccountClient(options), new import_client_organizations2.OrganizationsClient(options)];
  const clientsOf = (time) => ({ account, organizations, say: (message) => console.log(message), ...time });
  if ("RequestType" in event) await runInLambda(event, context, (time) => settingOf(event.ResourceType, event.ResourceProperties, clientsOf(time)));
  else await enableWhatIsMissing(wantedOf({ ...event }), clientsOf({ sleep: sleep2, deadline: () => context.getRemainingTimeInMillis() < LAST_WAIT2 }));
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  handler
});
