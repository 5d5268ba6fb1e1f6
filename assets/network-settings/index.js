// Generated from src/network/settings/handler.ts by scripts/bundle-handler.ts. Do not edit.
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

// src/network/settings/handler.ts
var handler_exports = {};
__export(handler_exports, {
  handler: () => handler
});
module.exports = __toCommonJS(handler_exports);
var import_client_ec24 = require("@aws-sdk/client-ec2");

// src/network/settings/accepted-peering.ts
var import_client_ec22 = require("@aws-sdk/client-ec2");

// src/network/settings/peering-view.ts
var import_client_ec2 = require("@aws-sdk/client-ec2");

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

// src/network/settings/peering-view.ts
var NOT_THERE_YET = "InvalidTransitGatewayAttachmentID.NotFound";
var LOST = ["failing", "failed", "rejecting", "rejected", "deleting", "deleted", "rollingBack"];
var PeeringView = class {
  /** Place: the Region in the words of an error. */
  constructor(attachmentId, place, ec2, time) {
    this.attachmentId = attachmentId;
    this.place = place;
    this.ec2 = ec2;
    this.time = time;
  }
  attachmentId;
  place;
  ec2;
  time;
  last = "not there yet";
  /** Undefined while the Region does not know the attachment. Fails with AWS's reason when no peering will come of it. */
  async state() {
    const found = await this.shown();
    this.last = found?.State ?? this.last;
    if (!LOST.includes(found?.State ?? "")) return found?.State;
    const { Code, Message } = found?.Status ?? {};
    throw new Error(`${this.attachmentId} is ${found?.State} in ${this.place}: ${[Code, Message].filter((part) => part).join(": ") || "AWS gives no reason"}`);
  }
  /** Waits for one of the states and says which. */
  async reached(...wanted) {
    return until(async () => {
      const now = await this.state();
      return now !== void 0 && wanted.includes(now) ? now : void 0;
    }, () => `${this.attachmentId} is ${this.last} in ${this.place}`, this.time);
  }
  async shown() {
    const input = { TransitGatewayAttachmentIds: [this.attachmentId] };
    try {
      return (await patiently(async () => this.ec2.send(new import_client_ec2.DescribeTransitGatewayPeeringAttachmentsCommand(input)), this.time)).TransitGatewayPeeringAttachments?.[0];
    } catch (error) {
      if (error.name === NOT_THERE_YET) return void 0;
      throw error;
    }
  }
};

// src/network/settings/accepted-peering.ts
var ACCEPTED = ["pending", "available", "modifying"];
function acceptedPeering(attachmentId, peerRegion, tools) {
  const ec2 = tools.ec2(peerRegion);
  const peer = new PeeringView(attachmentId, peerRegion, ec2, tools);
  const asking = new PeeringView(attachmentId, "the Region that asked", tools.ec2(), tools);
  const input = { TransitGatewayAttachmentId: attachmentId };
  return {
    id: `accepted-peering:${peerRegion}:${attachmentId}`,
    isOn: async () => await peer.state() === "available",
    turnOn: async () => {
      if (await peer.reached("pendingAcceptance", "available", "modifying") !== "pendingAcceptance") return false;
      try {
        await patiently(async () => ec2.send(new import_client_ec22.AcceptTransitGatewayPeeringAttachmentCommand(input)), tools, NOT_THERE_YET);
        return true;
      } catch (error) {
        if (ACCEPTED.includes(await peer.state() ?? "")) return false;
        throw error;
      }
    },
    ready: async () => {
      await peer.reached("available");
      await asking.reached("available");
    },
    turnOff: async () => {
    }
  };
}

// src/network/settings/closed-default-group.ts
var import_client_ec23 = require("@aws-sdk/client-ec2");
var NOT_THERE_YET2 = ["InvalidGroup.NotFound", "InvalidSecurityGroupID.NotFound"];
function closedDefaultGroup(groupId, tools) {
  const ec2 = tools.ec2();
  const group = async () => {
    const { SecurityGroups } = await patiently(async () => ec2.send(new import_client_ec23.DescribeSecurityGroupsCommand({ GroupIds: [groupId] })), tools, ...NOT_THERE_YET2);
    const found = SecurityGroups?.[0];
    if (found?.GroupName !== "default") throw new Error(`${groupId} is not the default security group of a VPC, its name is ${found?.GroupName ?? "unknown"}: its rules are left alone`);
    return found;
  };
  const isClosed = async () => {
    const { IpPermissions = [], IpPermissionsEgress = [] } = await group();
    return IpPermissions.length === 0 && IpPermissionsEgress.length === 0;
  };
  const close = async () => {
    const { IpPermissions = [], IpPermissionsEgress = [] } = await group();
    if (IpPermissions.length > 0) await revoked(async () => ec2.send(new import_client_ec23.RevokeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions })), tools);
    if (IpPermissionsEgress.length > 0) await revoked(async () => ec2.send(new import_client_ec23.RevokeSecurityGroupEgressCommand({ GroupId: groupId, IpPermissions: IpPermissionsEgress })), tools);
  };
  return {
    id: `closed-default-security-group:${groupId}`,
    isOn: isClosed,
    turnOn: async () => {
      await close();
      return true;
    },
    // AWS may have shown rules of before, or not revoked all: what is still there is revoked again.
    ready: async () => {
      await until(async () => {
        if (await isClosed()) return true;
        await close();
        return void 0;
      }, () => `${groupId} still has rules`, tools);
    },
    turnOff: async () => {
    }
  };
}
async function revoked(revoke, tools) {
  try {
    await patiently(revoke, tools);
  } catch (error) {
    if (error.name !== "InvalidPermission.NotFound") throw error;
  }
}

// src/network/settings/settings.ts
var PATTERNS = {
  SecurityGroupId: /^sg-[0-9a-f]{8,17}$/,
  AttachmentId: /^tgw-attach-[0-9a-f]{8,17}$/,
  PeerRegion: /^[a-z]{2,4}(-[a-z]+)+-\d+$/
};
function settingOf(type, properties, tools) {
  const checked = (...names) => {
    const wrong = names.filter((name) => !PATTERNS[name].test(String(properties[name] ?? "")));
    if (wrong.length === 0) return names.map((name) => properties[name]);
    throw new Error(wrong.map((name) => `${type} needs the property ${name} matching ${PATTERNS[name].source}, found ${JSON.stringify(properties[name])}`).join("; "));
  };
  switch (type) {
    case "Custom::ClosedDefaultSecurityGroup":
      return closedDefaultGroup(checked("SecurityGroupId")[0], tools);
    case "Custom::AcceptedTransitGatewayPeering": {
      const [attachmentId, peerRegion] = checked("AttachmentId", "PeerRegion");
      return acceptedPeering(attachmentId, peerRegion, tools);
    }
    default:
      throw new Error(`${type} is not a setting of the network`);
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

// src/network/settings/handler.ts
var MAX_ATTEMPTS = 10;
async function handler(event, context) {
  const ec2 = (region) => new import_client_ec24.EC2Client({ ...region !== void 0 ? { region } : {}, maxAttempts: MAX_ATTEMPTS });
  await runInLambda(event, context, (time) => settingOf(event.ResourceType, event.ResourceProperties, { ...time, ec2 }));
}
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  handler
});
