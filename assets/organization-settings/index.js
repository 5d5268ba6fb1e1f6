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
var import_client_backup2 = require("@aws-sdk/client-backup");
var import_client_iam2 = require("@aws-sdk/client-iam");
var import_client_organizations2 = require("@aws-sdk/client-organizations");
var import_client_ram2 = require("@aws-sdk/client-ram");
var import_client_service_quotas2 = require("@aws-sdk/client-service-quotas");

// src/organization/settings/settings.ts
var import_client_organizations = require("@aws-sdk/client-organizations");
var import_client_ram = require("@aws-sdk/client-ram");

// src/organization/settings/backup-copies.ts
var import_client_backup = require("@aws-sdk/client-backup");

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
  for (let attempt2 = 1, wait = FIRST_WAIT; ; attempt2++, wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      return await call(attempt2);
    } catch (error) {
      const { name, code } = error;
      if (!TRANSIENT.has(name ?? "") && !TRANSIENT.has(code ?? "") || time.deadline()) throw error;
      await time.sleep(wait * (1 + (time.random?.() ?? 0) / 2));
    }
  }
}

// src/organization/settings/backup-copies.ts
var NAME = "isCrossAccountBackupEnabled";
function backupCopies(clients) {
  const { backup } = clients;
  return {
    id: "backup-copies",
    isOn: async () => (await withRetries(async () => backup.send(new import_client_backup.DescribeGlobalSettingsCommand({})), clients)).GlobalSettings?.[NAME] === "true",
    turnOn: async () => {
      await withRetries(async () => backup.send(new import_client_backup.UpdateGlobalSettingsCommand({ GlobalSettings: { [NAME]: "true" } })), clients);
      return true;
    },
    turnOff: async () => {
    }
  };
}

// src/organization/settings/central-root-access.ts
var import_client_iam = require("@aws-sdk/client-iam");
var COMMANDS = {
  RootCredentialsManagement: { enable: import_client_iam.EnableOrganizationsRootCredentialsManagementCommand, disable: import_client_iam.DisableOrganizationsRootCredentialsManagementCommand },
  RootSessions: { enable: import_client_iam.EnableOrganizationsRootSessionsCommand, disable: import_client_iam.DisableOrganizationsRootSessionsCommand }
};
var TRUST_ATTEMPTS = 12;
var TRUST_WAIT = 5e3;
function centralRootAccess(feature, clients) {
  const { iam } = clients;
  const { enable, disable } = COMMANDS[feature];
  return {
    id: `central-root-access:${feature}`,
    isOn: async () => (await trusted(async () => iam.send(new import_client_iam.ListOrganizationsFeaturesCommand({})), clients)).EnabledFeatures?.includes(feature) ?? false,
    turnOn: async () => {
      await trusted(async () => iam.send(new enable({})), clients);
      return true;
    },
    turnOff: async () => {
      await gone(async () => withRetries(async () => iam.send(new disable({})), clients));
    }
  };
}
async function trusted(call, clients) {
  for (let attempt2 = 1; ; attempt2++) {
    try {
      return await withRetries(call, clients);
    } catch (error) {
      if (error.name !== "ServiceAccessNotEnabledException" || attempt2 === TRUST_ATTEMPTS || clients.deadline()) throw error;
      await clients.sleep(TRUST_WAIT);
    }
  }
}
async function gone(call) {
  try {
    await call();
  } catch (error) {
    if (!["ServiceAccessNotEnabledException", "OrganizationNotFoundException"].includes(error.name)) throw error;
  }
}

// src/organization/settings/quota-template.ts
var import_client_service_quotas = require("@aws-sdk/client-service-quotas");

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

// src/organization/settings/quota-template.ts
var TRUST_ATTEMPTS2 = 12;
var TRUST_WAIT2 = 5e3;
var NOT_TRUSTED = "AWSServiceAccessNotEnabledException";
var GONE = [NOT_TRUSTED, "NoAvailableOrganizationException", "ServiceQuotaTemplateNotInUseException", "NoSuchResourceException"];
function quotaTemplate(clients) {
  const { quotas } = clients;
  return {
    id: "quota-template",
    isOn: async () => {
      const found = await unless(["ServiceQuotaTemplateNotInUseException"], async () => trusted2(async () => quotas.send(new import_client_service_quotas.GetAssociationForServiceQuotaTemplateCommand({})), clients));
      return found?.ServiceQuotaTemplateAssociationStatus === "ASSOCIATED";
    },
    turnOn: async () => {
      await trusted2(async () => quotas.send(new import_client_service_quotas.AssociateServiceQuotaTemplateCommand({})), clients);
      return true;
    },
    turnOff: async () => {
      await unless(GONE, async () => {
        const read = async (NextToken) => quotas.send(new import_client_service_quotas.ListServiceQuotaIncreaseRequestsInTemplateCommand({ NextToken }));
        const left = await pages(clients, read, (page) => page.ServiceQuotaIncreaseRequestInTemplateList);
        if (left.length > 0) return;
        await withRetries(async () => quotas.send(new import_client_service_quotas.DisassociateServiceQuotaTemplateCommand({})), clients);
      });
    }
  };
}
function quotaTemplateEntry({ serviceCode: ServiceCode, quotaCode: QuotaCode, region: AwsRegion, value }, clients) {
  const { quotas } = clients;
  const key = { ServiceCode, QuotaCode, AwsRegion };
  return {
    id: `quota-template:${ServiceCode}:${QuotaCode}:${AwsRegion}`,
    isOn: async () => {
      const found = await unless(["NoSuchResourceException"], async () => trusted2(async () => quotas.send(new import_client_service_quotas.GetServiceQuotaIncreaseRequestFromTemplateCommand(key)), clients));
      return found?.ServiceQuotaIncreaseRequestInTemplate?.DesiredValue === value;
    },
    turnOn: async () => {
      await trusted2(async () => quotas.send(new import_client_service_quotas.PutServiceQuotaIncreaseRequestIntoTemplateCommand({ ...key, DesiredValue: value })), clients);
      return true;
    },
    turnOff: async () => {
      await unless(GONE, async () => withRetries(async () => quotas.send(new import_client_service_quotas.DeleteServiceQuotaIncreaseRequestFromTemplateCommand(key)), clients));
    }
  };
}
async function trusted2(call, clients) {
  for (let attempt2 = 1; ; attempt2++) {
    try {
      return await withRetries(call, clients);
    } catch (error) {
      if (error.name !== NOT_TRUSTED || attempt2 === TRUST_ATTEMPTS2 || clients.deadline()) throw error;
      await clients.sleep(TRUST_WAIT2);
    }
  }
}
async function unless(errors, call) {
  try {
    return await call();
  } catch (error) {
    if (errors.includes(error.name)) return void 0;
    throw error;
  }
}

// src/organization/settings/settings.ts
var RAM_PRINCIPAL = "ram.amazonaws.com";
var GONE2 = ["AWSOrganizationsNotInUseException"];
var PATTERNS = {
  RootId: /^r-[0-9a-z]{4,32}$/,
  PolicyType: /^[A-Z0-9_]+_POLICY(_EC2)?$/,
  ServicePrincipal: /^[\w+=,.@-]{1,128}$/,
  AccountId: /^\d{12}$/,
  Feature: /^(RootCredentialsManagement|RootSessions)$/,
  ServiceCode: /^[a-zA-Z][a-zA-Z0-9-]{1,62}$/,
  QuotaCode: /^[a-zA-Z][a-zA-Z0-9-]{1,127}$/,
  Region: /^[a-z]{2}(-[a-z]+)+-\d$/,
  Value: /^\d{1,11}(\.\d+)?$/
};
function settingOf(type, properties, clients) {
  const checked = (...names) => {
    const wrong = names.filter((name) => !PATTERNS[name].test(String(properties[name] ?? "")));
    if (wrong.length === 0) return names.map((name) => properties[name]);
    throw new Error(wrong.map((name) => `${type} needs the property ${name} matching ${PATTERNS[name].source}, found ${JSON.stringify(properties[name])}`).join("; "));
  };
  switch (type) {
    case "Custom::OrganizationPolicyType": {
      const [rootId, policyTypeName] = checked("RootId", "PolicyType");
      return policyType(rootId, policyTypeName, clients);
    }
    case "Custom::OrganizationTrustedAccess":
      return trustedAccess(checked("ServicePrincipal")[0], clients);
    case "Custom::OrganizationDelegatedAdministrator": {
      const [principal, accountId] = checked("ServicePrincipal", "AccountId");
      return delegatedAdministrator(principal, accountId, clients);
    }
    case "Custom::OrganizationRootAccess":
      return centralRootAccess(checked("Feature")[0], clients);
    case "Custom::OrganizationQuotaTemplate":
      return quotaTemplate(clients);
    case "Custom::OrganizationQuotaRequest": {
      const [serviceCode, quotaCode, region, value] = checked("ServiceCode", "QuotaCode", "Region", "Value");
      return quotaTemplateEntry({ serviceCode, quotaCode, region, value: Number(value) }, clients);
    }
    case "Custom::OrganizationBackupCopies":
      return backupCopies(clients);
    case "Custom::OrganizationRamSharing":
      return ramSharing(clients);
    default:
      throw new Error(`${type} is not a setting of the organization`);
  }
}
var POLLS = 60;
var POLL_WAIT = 2e3;
function policyType(rootId, type, clients) {
  const { organizations } = clients;
  const status = async () => {
    const roots = await pages(clients, async (NextToken) => organizations.send(new import_client_organizations.ListRootsCommand({ NextToken })), ({ Roots }) => Roots);
    const root = roots.find(({ Id }) => Id === rootId);
    if (!root) throw new Error(`The organization has no root ${rootId}; its roots: ${roots.map(({ Id }) => Id).join(", ")}`);
    return root.PolicyTypes?.find(({ Type }) => Type === type)?.Status;
  };
  const untilEnabled = async () => {
    for (let poll = 1; await status() !== "ENABLED"; poll++) {
      if (poll === POLLS || clients.deadline()) throw new Error(`${type} is not enabled yet on ${rootId}, although AWS has accepted to enable it. Deploy again`);
      await clients.sleep(POLL_WAIT);
    }
  };
  return {
    id: `policy-type:${type}`,
    isOn: async () => ["ENABLED", "PENDING_ENABLE"].includes(await status() ?? ""),
    turnOn: async () => attempt(
      clients,
      async () => organizations.send(new import_client_organizations.EnablePolicyTypeCommand({ RootId: rootId, PolicyType: type })),
      "PolicyTypeAlreadyEnabledException"
    ),
    ready: untilEnabled,
    turnOff: async () => unlessGone(async () => {
      const left = await pages(
        clients,
        async (NextToken) => organizations.send(new import_client_organizations.ListPoliciesCommand({ Filter: type, NextToken })),
        ({ Policies }) => Policies
      );
      if (left.some(({ AwsManaged }) => !AwsManaged)) return;
      await attempt(
        clients,
        async () => organizations.send(new import_client_organizations.DisablePolicyTypeCommand({ RootId: rootId, PolicyType: type })),
        "PolicyTypeNotEnabledException",
        "RootNotFoundException"
      );
    })
  };
}
function trustedAccess(principal, clients) {
  const { organizations } = clients;
  return {
    id: `trusted-access:${principal}`,
    isOn: async () => trusts(principal, clients),
    turnOn: async () => attempt(clients, async () => organizations.send(new import_client_organizations.EnableAWSServiceAccessCommand({ ServicePrincipal: principal }))),
    turnOff: async () => unlessGone(async () => {
      if ((await administrators(principal, clients)).length > 0) return;
      await attempt(clients, async () => organizations.send(new import_client_organizations.DisableAWSServiceAccessCommand({ ServicePrincipal: principal })));
    })
  };
}
function delegatedAdministrator(principal, accountId, clients) {
  const { organizations } = clients;
  const input = { AccountId: accountId, ServicePrincipal: principal };
  return {
    id: `delegated-administrator:${principal}:${accountId}`,
    isOn: async () => (await administrators(principal, clients)).includes(accountId),
    turnOn: async () => attempt(clients, async () => organizations.send(new import_client_organizations.RegisterDelegatedAdministratorCommand(input)), "AccountAlreadyRegisteredException"),
    turnOff: async () => unlessGone(async () => {
      await attempt(
        clients,
        async () => organizations.send(new import_client_organizations.DeregisterDelegatedAdministratorCommand(input)),
        "AccountNotRegisteredException",
        "AccountNotFoundException"
      );
    })
  };
}
function ramSharing(clients) {
  return {
    id: "ram-sharing",
    isOn: async () => trusts(RAM_PRINCIPAL, clients),
    turnOn: async () => attempt(clients, async () => {
      const { returnValue } = await clients.ram.send(new import_client_ram.EnableSharingWithAwsOrganizationCommand({}));
      if (returnValue !== true) throw new Error("AWS RAM did not turn sharing with the organization on");
    }),
    turnOff: async () => {
    }
  };
}
async function trusts(principal, clients) {
  const services = await pages(
    clients,
    async (NextToken) => clients.organizations.send(new import_client_organizations.ListAWSServiceAccessForOrganizationCommand({ NextToken })),
    (page) => page.EnabledServicePrincipals
  );
  return services.some(({ ServicePrincipal }) => ServicePrincipal === principal);
}
async function administrators(principal, clients) {
  const list = await pages(
    clients,
    async (NextToken) => clients.organizations.send(new import_client_organizations.ListDelegatedAdministratorsCommand({ ServicePrincipal: principal, NextToken })),
    (page) => page.DelegatedAdministrators
  );
  return list.map(({ Id }) => Id);
}
async function attempt(clients, send, ...doneAlready) {
  return withRetries(async (count) => {
    try {
      await send();
      return true;
    } catch (error) {
      if (!doneAlready.includes(error.name)) throw error;
      return count > 1;
    }
  }, clients);
}
async function unlessGone(turnOff) {
  try {
    await turnOff();
  } catch (error) {
    if (!GONE2.includes(error.name)) throw error;
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
  for (let attempt2 = 1; ; attempt2++) {
    try {
      return await put(url, body);
    } catch (error) {
      if (attempt2 === ANSWER_ATTEMPTS) throw error;
      await sleep2(200 * 2 ** attempt2);
    }
  }
}

// src/organization/settings/handler.ts
var LAST_ATTEMPT = 3e4;
var LAST_ANSWER = 1e4;
var sleep = async (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
async function handler(event, context) {
  const clients = {
    backup: new import_client_backup2.BackupClient({ maxAttempts: 1 }),
    iam: new import_client_iam2.IAMClient({ maxAttempts: 1 }),
    organizations: new import_client_organizations2.OrganizationsClient({ region: "us-east-1", maxAttempts: 1 }),
    quotas: new import_client_service_quotas2.ServiceQuotasClient({ region: "us-east-1", maxAttempts: 1 }),
    ram: new import_client_ram2.RAMClient({ maxAttempts: 1 }),
    sleep,
    deadline: () => context.getRemainingTimeInMillis() < LAST_ATTEMPT,
    random: Math.random
  };
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, Math.max(0, context.getRemainingTimeInMillis() - LAST_ANSWER));
  });
  const put = async (url, body) => {
    const response = await fetch(url, { method: "PUT", body: Buffer.from(body), headers: { "content-type": "" } });
    if (!response.ok) throw new Error(`CloudFormation did not take the answer: HTTP ${response.status}`);
  };
  await settle(event, () => settingOf(event.ResourceType, event.ResourceProperties, clients), { put, sleep, late });
  clearTimeout(timer);
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  handler
});
