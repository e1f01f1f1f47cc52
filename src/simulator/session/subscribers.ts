import { fieldsOf } from "../../protocol/fields.ts";
import { isMessageType } from "../../protocol/message-types.ts";
import type { Emitter } from "../common/emitter.ts";
import { startTimer } from "../common/start-timer.ts";
import type { Crm } from "../crm/crm.ts";
import type { RuleEngine } from "../rules/engine.ts";
import type { SessionEvents } from "./session-events.ts";
import { type Settings, silentFrame } from "./settings.ts";

type On = Emitter<SessionEvents>["on"];

/** `flush` handles the app's waiting messages. */
type RulesSession = { readonly on: On; readonly settings: Settings; flush(): void };

/** @param onEndOverdue is called when the time limit for callEnded after END_CALL expires */
export function subscribeRules(rules: RuleEngine, session: RulesSession, onEndOverdue: () => void): void {
  const { on, settings } = session;
  let isHidden = false;
  on("visibility", (next) => {
    isHidden = next.isHidden;
  });
  on("messageReceived", ({ message }) => {
    const isWidget = settings.iframeLocation === "widget";
    rules.appSent(message, { silentFrame: silentFrame(settings), isWidget, isHidden });
  });
  const timers = new Set<ReturnType<typeof setTimeout>>();
  on("messageSent", ({ message }) => {
    rules.hubspotSent(message);
    const { timeout } = settings;
    if (message.type !== "END_CALL") return;
    const reportOverdue = () => {
      timers.delete(timer);
      session.flush();
      rules.endIsOverdue(message, timeout);
      onEndOverdue();
    };
    const timer = startTimer(reportOverdue, timeout);
    timers.add(timer);
  });
  on("acknowledged", ({ version }) => rules.acknowledged(version));
  on("loading", () => rules.frameGone());
  on("ended", () => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    rules.frameGone();
    rules.closed();
  });
}

export function subscribeCrm(crm: Crm, session: { readonly on: On; readonly isReplaying: boolean }): void {
  const { on } = session;
  on("messageReceived", ({ message: { type, data } }) => {
    if (!isMessageType(type)) return;
    if (session.isReplaying) crm.appSentInReplay(type, fieldsOf(data));
    else crm.appSent(type, fieldsOf(data));
  });
  on("messageSent", ({ message: { type, data } }) => {
    if (session.isReplaying) crm.namedInReplay(fieldsOf(data));
    else if (type === "READY") crm.ready(fieldsOf(data));
  });
  on("ended", () => crm.closed());
}
