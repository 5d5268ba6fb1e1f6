// Generated from src/detection/settings/handler.ts by scripts/bundle-handler.ts. Do not edit.
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

// src/detection/settings/handler.ts
var handler_exports = {};
__export(handler_exports, {
  handler: () => handler
});
module.exports = __toCommonJS(handler_exports);
var import_client_guardduty3 = require("@aws-sdk/client-guardduty");
var import_client_iam2 = require("@aws-sdk/client-iam");
var import_client_inspector22 = require("@aws-sdk/client-inspector2");
var import_client_macie23 = require("@aws-sdk/client-macie2");
var import_client_organizations3 = require("@aws-sdk/client-organizations");
var import_client_securitylake3 = require("@aws-sdk/client-securitylake");

// src/detection/settings/guardduty-administrator.ts
var import_client_guardduty = require("@aws-sdk/client-guardduty");

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
async function withRetries(call2, time) {
  for (let attempt = 1, wait = FIRST_WAIT; ; attempt++, wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      return await call2(attempt);
    } catch (error) {
      const { name, code } = error;
      if (!TRANSIENT.has(name ?? "") && !TRANSIENT.has(code ?? "") || time.deadline()) throw error;
      await time.sleep(wait * (1 + (time.random?.() ?? 0) / 2));
    }
  }
}

// src/custom-resource/waiting.ts
var WAIT = 5e3;
var ATTEMPTS = 24;
var NOT_ALLOWED_YET = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"];
async function until(look, what, time) {
  for (; ; ) {
    const found = await look();
    if (found !== void 0) return found;
    if (time.deadline()) throw new Error(`${what()}. Deploy again`);
    await time.sleep(WAIT);
  }
}
async function patiently(call2, time, ...codes) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call2();
    } catch (error) {
      const { name } = error;
      if (![...codes, ...NOT_ALLOWED_YET].includes(name) || attempt === ATTEMPTS || time.deadline()) throw error;
      await time.sleep(WAIT);
    }
  }
}

// src/detection/settings/clients.ts
var BROKEN = ["InternalServerErrorException", "InternalServerException"];
async function call(send, time, ...passing) {
  return patiently(async () => withRetries(send, time), time, ...BROKEN, ...passing);
}

// src/detection/settings/service-administrator.ts
function serviceAdministrator(region, accountId, calls, clients) {
  const { service, passing = [], consequence = "members are cut off until the next deployment" } = calls;
  const isAdministrator = async () => {
    let isThere = false;
    let token;
    do {
      const { administrators, next } = await call(async () => calls.list(token), clients);
      for (const one of administrators.filter(({ isOn }) => isOn)) {
        if (one.accountId !== accountId) {
          throw new Error(`Account ${one.accountId} administers ${service} in ${region} already, and AWS has one administrator. To change it, run as the management account: aws ${calls.disableCommand(one.accountId)} --region ${region}; ${consequence}`);
        }
        isThere = true;
      }
      token = next;
    } while (token !== void 0);
    return isThere;
  };
  return {
    id: `${service.toLowerCase().replace(" ", "-")}-administrator:${region}:${accountId}`,
    isOn: isAdministrator,
    turnOn: async () => {
      try {
        await call(async () => calls.enable(accountId), clients, ...passing);
        return true;
      } catch (error) {
        if (calls.doneAlready.includes(error.name) && await isAdministrator()) return false;
        throw error;
      }
    },
    ready: async () => {
      await until(async () => await isAdministrator() || void 0, () => `${service} in ${region} does not show account ${accountId} as its administrator yet`, clients);
    },
    turnOff: async () => {
    }
  };
}

// src/detection/settings/guardduty-administrator.ts
function guardDutyAdministrator(region, accountId, clients) {
  const guardDuty = clients.guardDuty(region);
  return serviceAdministrator(region, accountId, {
    service: "GuardDuty",
    disableCommand: (id) => `guardduty disable-organization-admin-account --admin-account-id ${id}`,
    list: async (NextToken) => {
      const { AdminAccounts = [], NextToken: next } = await guardDuty.send(new import_client_guardduty.ListOrganizationAdminAccountsCommand({ NextToken }));
      return { administrators: AdminAccounts.map((one) => ({ accountId: one.AdminAccountId, isOn: one.AdminStatus === "ENABLED" })), next };
    },
    enable: async (AdminAccountId) => guardDuty.send(new import_client_guardduty.EnableOrganizationAdminAccountCommand({ AdminAccountId })),
    doneAlready: ["BadRequestException"]
  }, clients);
}

// src/detection/settings/guardduty-organization.ts
var import_client_guardduty2 = require("@aws-sdk/client-guardduty");

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

// src/detection/settings/guardduty-organization.ts
var REFUSED = "BadRequestException";
var ATTEMPTS2 = 24;
function guardDutyOrganization({ region, features, members }, clients) {
  const guardDuty = clients.guardDuty(region);
  const detector = async () => {
    const ids = await pages(clients, async (NextToken) => call(async () => guardDuty.send(new import_client_guardduty2.ListDetectorsCommand({ NextToken })), clients), ({ DetectorIds }) => DetectorIds);
    if (ids[0] === void 0) throw new Error(`This account has no detector of GuardDuty in ${region}, although it administers GuardDuty: deploy its stack of that Region first`);
    return ids[0];
  };
  const isConfigured = async (DetectorId) => {
    const found = [];
    let all;
    let NextToken;
    do {
      const page = await call(async () => guardDuty.send(new import_client_guardduty2.DescribeOrganizationConfigurationCommand({ DetectorId, NextToken })), clients, REFUSED);
      found.push(...page.Features ?? []);
      all = page.AutoEnableOrganizationMembers ?? all;
      NextToken = page.NextToken;
    } while (NextToken !== void 0);
    return all === "ALL" && features.every((wanted) => found.some((one) => isSame(wanted, one)));
  };
  const outside = async (DetectorId) => {
    if (members.length === 0) return [];
    const { Members = [] } = await call(async () => guardDuty.send(new import_client_guardduty2.GetMembersCommand({ DetectorId, AccountIds: members.map(({ AccountId }) => AccountId) })), clients);
    return members.filter(({ AccountId }) => !Members.some((one) => one.AccountId === AccountId && one.RelationshipStatus === "Enabled"));
  };
  return {
    id: `guardduty-organization:${region}`,
    isOn: async () => {
      const id = await detector();
      return await isConfigured(id) && (await outside(id)).length === 0;
    },
    turnOn: async () => {
      const DetectorId = await detector();
      await call(async () => guardDuty.send(new import_client_guardduty2.UpdateOrganizationConfigurationCommand({ DetectorId, AutoEnableOrganizationMembers: "ALL", Features: features })), clients, REFUSED);
      return true;
    },
    // AWS answers with success where it left accounts out, so what is there is looked at, and the rest is tried again.
    ready: async () => {
      const DetectorId = await detector();
      let attempts = 0;
      let reasons = "AWS gives no reason";
      await until(async () => {
        const missing = await outside(DetectorId);
        if (missing.length === 0) return true;
        attempts++;
        const { UnprocessedAccounts = [] } = await call(async () => guardDuty.send(new import_client_guardduty2.CreateMembersCommand({ DetectorId, AccountDetails: missing })), clients, REFUSED);
        if (UnprocessedAccounts.length > 0) reasons = UnprocessedAccounts.map(({ AccountId, Result }) => `${AccountId}: ${Result}`).join("; ");
        return void 0;
      }, () => `GuardDuty in ${region} does not have all members yet (${reasons})`, { ...clients, deadline: () => attempts >= ATTEMPTS2 || clients.deadline() });
    },
    turnOff: async () => {
    }
  };
}
function isSame(wanted, found) {
  return found.Name === wanted.Name && found.AutoEnable === wanted.AutoEnable && (wanted.AdditionalConfiguration ?? []).every((one) => found.AdditionalConfiguration?.some(({ Name, AutoEnable }) => Name === one.Name && AutoEnable === one.AutoEnable));
}

// src/detection/settings/inspector-administrator.ts
var import_client_inspector2 = require("@aws-sdk/client-inspector2");
function inspectorAdministrator(region, accountId, clients) {
  const inspector = clients.inspector(region);
  return serviceAdministrator(region, accountId, {
    service: "Inspector",
    disableCommand: (id) => `inspector2 disable-delegated-admin-account --delegated-admin-account-id ${id}`,
    list: async (nextToken) => {
      const { delegatedAdminAccounts = [], nextToken: next } = await inspector.send(new import_client_inspector2.ListDelegatedAdminAccountsCommand({ nextToken }));
      return { administrators: delegatedAdminAccounts.map((one) => ({ accountId: one.accountId, isOn: one.status === "ENABLED" })), next };
    },
    enable: async (delegatedAdminAccountId) => inspector.send(new import_client_inspector2.EnableDelegatedAdminAccountCommand({ delegatedAdminAccountId })),
    doneAlready: ["ConflictException"],
    passing: ["ConflictException"]
  }, clients);
}

// src/detection/settings/macie-administrator.ts
var import_client_macie2 = require("@aws-sdk/client-macie2");
function macieAdministrator(region, accountId, clients) {
  const macie = clients.macie(region);
  return serviceAdministrator(region, accountId, {
    service: "Macie",
    disableCommand: (id) => `macie2 disable-organization-admin-account --admin-account-id ${id}`,
    list: async (nextToken) => {
      const { adminAccounts = [], nextToken: next } = await macie.send(new import_client_macie2.ListOrganizationAdminAccountsCommand({ nextToken }));
      return { administrators: adminAccounts.map((one) => ({ accountId: one.accountId, isOn: one.status === "ENABLED" })), next };
    },
    enable: async (adminAccountId) => macie.send(new import_client_macie2.EnableOrganizationAdminAccountCommand({ adminAccountId })),
    doneAlready: ["ConflictException"]
  }, clients);
}

// src/detection/settings/macie-organization.ts
var import_client_macie22 = require("@aws-sdk/client-macie2");
var import_client_organizations = require("@aws-sdk/client-organizations");
var MEMBERS = ["Enabled", "Paused", "RegionDisabled", "AccountSuspended"];
var ATTEMPTS3 = 24;
function macieOrganization({ region, administrator, isDiscovering }, clients) {
  const macie = clients.macie(region);
  const wanted = { status: isDiscovering ? "ENABLED" : "DISABLED", autoEnableOrganizationMembers: isDiscovering ? "ALL" : "NONE" };
  const isConfigured = async () => {
    const { autoEnable } = await call(async () => macie.send(new import_client_macie22.DescribeOrganizationConfigurationCommand({})), clients);
    const { status, autoEnableOrganizationMembers } = await call(async () => macie.send(new import_client_macie22.GetAutomatedDiscoveryConfigurationCommand({})), clients);
    return autoEnable === true && status === wanted.status && (!isDiscovering || autoEnableOrganizationMembers === wanted.autoEnableOrganizationMembers);
  };
  const outside = async () => {
    const accounts = await pages(clients, async (NextToken) => call(async () => clients.organizations.send(new import_client_organizations.ListAccountsCommand({ NextToken })), clients), ({ Accounts }) => Accounts);
    const members = /* @__PURE__ */ new Set();
    let nextToken;
    do {
      const page = await call(async () => macie.send(new import_client_macie22.ListMembersCommand({ onlyAssociated: "false", nextToken })), clients);
      for (const { accountId, relationshipStatus } of page.members ?? []) if (MEMBERS.includes(relationshipStatus ?? "")) members.add(accountId);
      nextToken = page.nextToken;
    } while (nextToken !== void 0);
    return accounts.filter(({ Id, State }) => State === "ACTIVE" && Id !== administrator && !members.has(Id));
  };
  return {
    id: `macie-organization:${region}`,
    isOn: async () => await isConfigured() && (await outside()).length === 0,
    turnOn: async () => {
      await call(async () => macie.send(new import_client_macie22.UpdateOrganizationConfigurationCommand({ autoEnable: true })), clients);
      await call(async () => macie.send(new import_client_macie22.UpdateAutomatedDiscoveryConfigurationCommand(wanted)), clients);
      return true;
    },
    ready: async () => {
      let attempts = 0;
      const reasons = /* @__PURE__ */ new Map();
      await until(
        async () => {
          const missing = await outside();
          if (missing.length === 0) return true;
          attempts++;
          reasons.clear();
          for (const { Id, Email } of missing) {
            await call(async () => macie.send(new import_client_macie22.CreateMemberCommand({ account: { accountId: Id, email: Email } })), clients).catch(({ name, message }) => {
              if (!["ConflictException", "ValidationException", "ResourceNotFoundException"].includes(name)) throw Object.assign(new Error(message), { name });
              reasons.set(Id, message);
            });
          }
          return void 0;
        },
        () => `Macie in ${region} does not have all members yet (${[...reasons].slice(0, 5).map(([account, reason]) => `${account}: ${reason}`).join("; ") || "AWS gives no reason"})`,
        { ...clients, deadline: () => attempts >= ATTEMPTS3 || clients.deadline() }
      );
    },
    turnOff: async () => {
    }
  };
}

// src/detection/settings/security-lake-administrator.ts
var import_client_organizations2 = require("@aws-sdk/client-organizations");
var import_client_securitylake = require("@aws-sdk/client-securitylake");
function securityLakeAdministrator(region, accountId, clients) {
  const securityLake = clients.securityLake(region);
  return serviceAdministrator(region, accountId, {
    service: "Security Lake",
    disableCommand: () => "securitylake deregister-data-lake-delegated-administrator",
    consequence: "AWS deletes the data lake by that",
    list: async (NextToken) => {
      const { DelegatedAdministrators = [], NextToken: next } = await clients.organizations.send(new import_client_organizations2.ListDelegatedAdministratorsCommand({ ServicePrincipal: "securitylake.amazonaws.com", NextToken }));
      return { administrators: DelegatedAdministrators.map(({ Id }) => ({ accountId: Id, isOn: true })), next };
    },
    enable: async (id) => securityLake.send(new import_client_securitylake.RegisterDataLakeDelegatedAdministratorCommand({ accountId: id })),
    doneAlready: ["BadRequestException", "ConflictException"],
    passing: ["ConflictException"]
  }, clients);
}

// src/detection/settings/security-lake-organization.ts
var import_client_securitylake2 = require("@aws-sdk/client-securitylake");
var PASSING = "ConflictException";
function securityLakeOrganization({ region, regions, sources }, clients) {
  const securityLake = clients.securityLake(region);
  const missing = async () => {
    const known = await call(async () => securityLake.send(new import_client_securitylake2.GetDataLakeOrganizationConfigurationCommand({})), clients, PASSING).catch((error) => {
      if (error.name === "ResourceNotFoundException") return { autoEnableNewAccount: [] };
      throw error;
    });
    const isThere = (of, name, version) => known.autoEnableNewAccount?.some((one) => one.region === of && one.sources?.some(({ sourceName, sourceVersion = version }) => sourceName === name && sourceVersion === version));
    return regions.map((of) => ({
      region: of,
      sources: sources.filter(({ SourceName, SourceVersion }) => !isThere(of, SourceName, SourceVersion)).map(({ SourceName, SourceVersion }) => ({ sourceName: SourceName, sourceVersion: SourceVersion }))
    })).filter((one) => one.sources.length > 0);
  };
  return {
    id: `security-lake-organization:${region}`,
    isOn: async () => (await missing()).length === 0,
    turnOn: async () => {
      const autoEnableNewAccount = await missing();
      if (autoEnableNewAccount.length > 0) await call(async () => securityLake.send(new import_client_securitylake2.CreateDataLakeOrganizationConfigurationCommand({ autoEnableNewAccount })), clients, PASSING);
      return true;
    },
    ready: async () => {
      let left = [];
      await until(async () => {
        left = await missing();
        return left.length === 0 || void 0;
      }, () => `Security Lake does not show yet, for accounts that come: ${left.map((one) => `${one.sources?.map(({ sourceName }) => sourceName).join(", ")} in ${one.region}`).join("; ")}`, clients);
    },
    turnOff: async () => {
    }
  };
}

// src/detection/settings/service-linked-role.ts
var import_client_iam = require("@aws-sdk/client-iam");

// src/detection/settings/service-linked-role-names.ts
var SERVICE_LINKED_ROLES = {
  "access-analyzer.amazonaws.com": "AWSServiceRoleForAccessAnalyzer",
  "logs-centralization.observabilityadmin.amazonaws.com": "AWSServiceRoleForObservabilityAdmin_LogsCentralization",
  "malware-protection.guardduty.amazonaws.com": "AWSServiceRoleForAmazonGuardDutyMalwareProtection",
  "observabilityadmin.amazonaws.com": "AWSServiceRoleForObservabilityAdmin",
  "resource-management.securitylake.amazonaws.com": "AWSServiceRoleForSecurityLakeResourceManagement",
  "securitylake.amazonaws.com": "AWSServiceRoleForSecurityLake"
};

// src/detection/settings/service-linked-role.ts
function serviceLinkedRole(service, clients) {
  const RoleName = SERVICE_LINKED_ROLES[service];
  if (RoleName === void 0) throw new Error(`${service} has no role that is known here: ${Object.keys(SERVICE_LINKED_ROLES).join(", ")}`);
  const isThere = async () => {
    try {
      await call(async () => clients.iam.send(new import_client_iam.GetRoleCommand({ RoleName })), clients);
      return true;
    } catch (error) {
      if (error.name === "NoSuchEntityException") return false;
      throw error;
    }
  };
  return {
    id: `service-linked-role:${service}`,
    isOn: isThere,
    turnOn: async () => {
      try {
        await call(async () => clients.iam.send(new import_client_iam.CreateServiceLinkedRoleCommand({ AWSServiceName: service })), clients);
        return true;
      } catch (error) {
        if (error.name === "InvalidInputException" && await isThere()) return false;
        throw error;
      }
    },
    turnOff: async () => {
    }
  };
}

// src/detection/settings/settings.ts
var PATTERNS = {
  Region: /^[a-z]{2,4}(-[a-z]+)+-\d+$/,
  AccountId: /^\d{12}$/,
  AutomatedDiscovery: /^(ENABLED|DISABLED)$/,
  Service: /^[a-z0-9.-]+\.amazonaws\.com$/
};
function settingOf(type, properties, clients) {
  const checked = (names, lists = []) => {
    const wrong = [
      ...names.filter((name) => !PATTERNS[name].test(String(properties[name] ?? ""))).map((name) => `the property ${name} matching ${PATTERNS[name].source}, found ${JSON.stringify(properties[name])}`),
      ...lists.filter((name) => !Array.isArray(properties[name])).map((name) => `a list as property ${name}, found ${JSON.stringify(properties[name])}`)
    ];
    if (wrong.length === 0) return names.map((name) => properties[name]);
    throw new Error(`${type} needs ${wrong.join("; ")}`);
  };
  switch (type) {
    case "Custom::ServiceLinkedRole":
      return serviceLinkedRole(checked(["Service"])[0], clients);
    case "Custom::GuardDutyAdministrator": {
      const [region, accountId] = checked(["Region", "AccountId"]);
      return guardDutyAdministrator(region, accountId, clients);
    }
    case "Custom::GuardDutyOrganization": {
      const [region] = checked(["Region"], ["Features", "Members"]);
      return guardDutyOrganization({ region, features: properties.Features, members: properties.Members }, clients);
    }
    case "Custom::InspectorAdministrator": {
      const [region, accountId] = checked(["Region", "AccountId"]);
      return inspectorAdministrator(region, accountId, clients);
    }
    case "Custom::MacieAdministrator": {
      const [region, accountId] = checked(["Region", "AccountId"]);
      return macieAdministrator(region, accountId, clients);
    }
    case "Custom::MacieOrganization": {
      const [region, administrator, discovery] = checked(["Region", "AccountId", "AutomatedDiscovery"]);
      return macieOrganization({ region, administrator, isDiscovering: discovery === "ENABLED" }, clients);
    }
    case "Custom::SecurityLakeAdministrator": {
      const [region, accountId] = checked(["Region", "AccountId"]);
      return securityLakeAdministrator(region, accountId, clients);
    }
    case "Custom::SecurityLakeOrganization": {
      const [region] = checked(["Region"], ["Regions", "Sources"]);
      return securityLakeOrganization({ region, regions: properties.Regions, sources: properties.Sources }, clients);
    }
    default:
      throw new Error(`${type} is not a setting of detection`);
  }
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
async function deliver(url, body, { put, sleep: sleep2 }) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await put(url, body);
    } catch (error) {
      if (attempt === ANSWER_ATTEMPTS) throw error;
      await sleep2(200 * 2 ** attempt);
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

// src/detection/settings/handler.ts
async function handler(event, context) {
  await runInLambda(event, context, (time) => settingOf(event.ResourceType, event.ResourceProperties, {
    ...time,
    guardDuty: (region) => new import_client_guardduty3.GuardDutyClient({ region, maxAttempts: 1 }),
    inspector: (region) => new import_client_inspector22.Inspector2Client({ region, maxAttempts: 1 }),
    macie: (region) => new import_client_macie23.Macie2Client({ region, maxAttempts: 1 }),
    securityLake: (region) => new import_client_securitylake3.SecurityLakeClient({ region, maxAttempts: 1 }),
    iam: new import_client_iam2.IAMClient({ maxAttempts: 1 }),
    organizations: new import_client_organizations3.OrganizationsClient({ region: "us-east-1", maxAttempts: 1 })
  }));
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  handler
});
