// Generated from src/organization/settings/handler.ts by scripts/bundle-handler.ts. Do not edit.
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

// src/organization/settings/handler.ts
var handler_exports = {};
__export(handler_exports, {
  handler: () => handler
});
module.exports = __toCommonJS(handler_exports);
var import_client_organizations2 = require("@aws-sdk/client-organizations");
var import_client_ram2 = require("@aws-sdk/client-ram");

// src/organization/settings/custom-resource.ts
var OURS = ":created";
var FOUND = ":found";
async function settle(event, settingFrom, answer) {
  let physicalId = event.PhysicalResourceId ?? `${event.LogicalResourceId}:failed`;
  let reason;
  try {
    physicalId = await bring(event, settingFrom());
  } catch (error) {
    reason = `${error.name}: ${error.message}`.slice(0, 1e3);
  }
  await answer(event.ResponseURL, JSON.stringify({
    Status: reason === void 0 ? "SUCCESS" : "FAILED",
    ...reason !== void 0 ? { Reason: reason } : {},
    PhysicalResourceId: physicalId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId
  }));
}
async function bring(event, setting) {
  const known = event.PhysicalResourceId;
  if (event.RequestType === "Delete") {
    if (known === setting.id + OURS) await setting.turnOff();
    return known;
  }
  const isKnown = known === setting.id + OURS || known === setting.id + FOUND;
  const wasOn = await setting.isOn();
  if (!wasOn) await setting.turnOn();
  return isKnown ? known : setting.id + (wasOn ? FOUND : OURS);
}

// src/organization/settings/settings.ts
var import_client_organizations = require("@aws-sdk/client-organizations");
var import_client_ram = require("@aws-sdk/client-ram");

// src/organization/settings/retry.ts
var TRANSIENT = /* @__PURE__ */ new Set([
  "TooManyRequestsException",
  "ThrottlingException",
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
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      return await call();
    } catch (error) {
      if (!TRANSIENT.has(error.name) || time.deadline()) throw error;
      await time.sleep(wait);
    }
  }
}

// src/organization/settings/pages.ts
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

// src/organization/settings/settings.ts
var RAM_PRINCIPAL = "ram.amazonaws.com";
function settingOf(type, properties, clients) {
  const property = (name) => {
    const value = properties[name];
    if (typeof value !== "string" || value === "") throw new Error(`${type} needs the property ${name}, a text`);
    return value;
  };
  switch (type) {
    case "Custom::OrganizationPolicyType":
      return policyType(property("RootId"), property("PolicyType"), clients);
    case "Custom::OrganizationTrustedAccess":
      return trustedAccess(property("ServicePrincipal"), clients);
    case "Custom::OrganizationDelegatedAdministrator":
      return delegatedAdministrator(property("ServicePrincipal"), property("AccountId"), clients);
    case "Custom::OrganizationRamSharing":
      return ramSharing(clients);
    default:
      throw new Error(`${type} is not a setting of the organization`);
  }
}
function policyType(rootId, type, clients) {
  const { organizations } = clients;
  return {
    id: `policy-type:${type}`,
    isOn: async () => {
      const roots = await pages(clients, (NextToken) => organizations.send(new import_client_organizations.ListRootsCommand({ NextToken })), ({ Roots }) => Roots);
      const root = roots.find(({ Id }) => Id === rootId);
      if (!root) throw new Error(`The organization has no root ${rootId}; its roots: ${roots.map(({ Id }) => Id).join(", ")}`);
      return root.PolicyTypes?.some(({ Type, Status }) => Type === type && Status !== "PENDING_DISABLE") ?? false;
    },
    turnOn: () => attempt(clients, () => organizations.send(new import_client_organizations.EnablePolicyTypeCommand({ RootId: rootId, PolicyType: type })), "PolicyTypeAlreadyEnabledException"),
    turnOff: async () => {
      const left = await pages(clients, (NextToken) => organizations.send(new import_client_organizations.ListPoliciesCommand({ Filter: type, NextToken })), ({ Policies }) => Policies);
      if (left.some(({ AwsManaged }) => !AwsManaged)) return;
      await attempt(clients, () => organizations.send(new import_client_organizations.DisablePolicyTypeCommand({ RootId: rootId, PolicyType: type })), "PolicyTypeNotEnabledException");
    }
  };
}
function trustedAccess(principal, clients) {
  const { organizations } = clients;
  return {
    id: `trusted-access:${principal}`,
    isOn: () => trusts(principal, clients),
    turnOn: () => attempt(clients, () => organizations.send(new import_client_organizations.EnableAWSServiceAccessCommand({ ServicePrincipal: principal }))),
    turnOff: () => attempt(clients, () => organizations.send(new import_client_organizations.DisableAWSServiceAccessCommand({ ServicePrincipal: principal })))
  };
}
function delegatedAdministrator(principal, accountId, clients) {
  const { organizations } = clients;
  const input = { AccountId: accountId, ServicePrincipal: principal };
  return {
    id: `delegated-administrator:${principal}:${accountId}`,
    isOn: async () => {
      const list = await pages(
        clients,
        (NextToken) => organizations.send(new import_client_organizations.ListDelegatedAdministratorsCommand({ ServicePrincipal: principal, NextToken })),
        (page) => page.DelegatedAdministrators
      );
      return list.some(({ Id }) => Id === accountId);
    },
    turnOn: () => attempt(clients, () => organizations.send(new import_client_organizations.RegisterDelegatedAdministratorCommand(input)), "AccountAlreadyRegisteredException"),
    turnOff: () => attempt(clients, () => organizations.send(new import_client_organizations.DeregisterDelegatedAdministratorCommand(input)), "AccountNotRegisteredException", "AccountNotFoundException")
  };
}
function ramSharing(clients) {
  return {
    id: "ram-sharing",
    isOn: () => trusts(RAM_PRINCIPAL, clients),
    turnOn: () => attempt(clients, () => clients.ram.send(new import_client_ram.EnableSharingWithAwsOrganizationCommand({}))),
    turnOff: async () => {
    }
  };
}
async function trusts(principal, clients) {
  const services = await pages(
    clients,
    (NextToken) => clients.organizations.send(new import_client_organizations.ListAWSServiceAccessForOrganizationCommand({ NextToken })),
    (page) => page.EnabledServicePrincipals
  );
  return services.some(({ ServicePrincipal }) => ServicePrincipal === principal);
}
async function attempt(clients, send, ...doneAlready) {
  try {
    await withRetries(send, clients);
  } catch (error) {
    if (!doneAlready.includes(error.name)) throw error;
  }
}

// src/organization/settings/handler.ts
var MILLISECONDS_LEFT = 2e4;
async function handler(event, context) {
  const clients = {
    organizations: new import_client_organizations2.OrganizationsClient({ region: "us-east-1", maxAttempts: 1 }),
    ram: new import_client_ram2.RAMClient({ maxAttempts: 1 }),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    deadline: () => context.getRemainingTimeInMillis() < MILLISECONDS_LEFT
  };
  await settle(event, () => settingOf(event.ResourceType, event.ResourceProperties, clients), async (url, body) => {
    const response = await fetch(url, { method: "PUT", body, headers: { "content-type": "" } });
    if (!response.ok) throw new Error(`CloudFormation did not take the answer: HTTP ${response.status}`);
  });
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  handler
});
