// How the rules and the CRM follow a session.
import { fieldsOf } from "../../protocol/fields.ts";
import { isMessageType } from "../../protocol/message-types.ts";
import type { RuleEngine } from "../rules/engine.ts";
import type { openCrm } from "./crm.ts";
import type { Emitter } from "./emitter.ts";
import type { SessionEvents } from "./session-events.ts";
import { type Settings, silentFrame } from "./settings.ts";

type On = Emitter<SessionEvents>["on"];

export function subscribeRules(rules: RuleEngine, on: On, settings: Settings, isReplaying: () => boolean): void {
  on("messageReceived", ({ message }) => rules.appSent(message, silentFrame(settings)));
  on("messageSent", ({ message }) => {
    rules.hubspotSent(message, isReplaying());
    const { timeout } = settings;
    if (message.type === "END_CALL") window.setTimeout(() => rules.endIsOverdue(message, timeout), timeout);
  });
  on("acknowledged", ({ version }) => rules.acknowledged(version));
  on("loading", () => rules.frameGone());
  on("ended", () => {
    rules.frameGone();
    rules.closed();
  });
}

export function subscribeCrm(crm: ReturnType<typeof openCrm>, on: On): void {
  on("messageReceived", ({ message: { type, data } }) => {
    if (isMessageType(type)) crm.take(type, fieldsOf(data));
  });
  on("ended", () => crm.closed());
}
