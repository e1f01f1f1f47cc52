// One tab of HubSpot with one calling app in it: what goes between them, what is answered, and what is wrong about it.

import { type Fields, fieldsOf } from "../../protocol/fields.ts";
import { isMessageType, type MessageType } from "../../protocol/message-types.ts";
import { Ledger } from "../calls/ledger.ts";
import type { Message } from "../calls/message.ts";
import { RuleEngine } from "../rules/engine.ts";
import type { Finding } from "../rules/finding.ts";
import type { SilentFrame } from "../rules/rule.ts";
import { openCrm } from "./crm.ts";
import { type CrmRecord, dialNumber, type PhoneNumber } from "./crm-records.ts";
import type { Engagements } from "./engagements.ts";
import { type Frame, openFrame, type SyncFields } from "./frame.ts";
import { openRecord } from "./message-log.ts";
import { type How, type Step, answer as stepsOf } from "./replies.ts";

/** What a person can set. Ids are HubSpot's; times are in milliseconds. */
export type Settings = {
  portalId: number;
  userId: number;
  ownerId: number;
  iframeLocation: "widget" | "remote" | "window";
  usesCallingWindow: boolean;
  /** How long SYNC is held back; Infinity is for ever. */
  syncDelay: number;
  withoutOwner: boolean;
  withoutUser: boolean;
  /** Sends every event twice. */
  twice: boolean;
  /** Sends ENGAGEMENT_CREATED too. */
  sendsDeprecated: boolean;
  /** After which an app has failed that does not answer SYNC, or does not say initialized. */
  timeout: number;
  /** Answers nothing: what would be answered is in the log that is being played. */
  replaying?: boolean;
};

/** What the session tells of itself. */
export type View = {
  logged(message: Message, note?: string): void;
  found(finding: Finding): void;
  /** What HubSpot shows as an alert. */
  alerted(words: string): void;
  visible(state: Visibility): void;
  wentTo(record: { objectId: unknown; objectTypeId: unknown }, newTab: boolean): void;
  /** A page of the app loads: what the one before it said is over. */
  framed(url: string): void;
  acknowledged(version: string): void;
  initialized(): void;
  /** Whether the app's user is logged in now; told when it is otherwise than before. */
  loggedIn(is: boolean): void;
  /** The app did not answer SYNC: why may be told by its headers. */
  unanswered(url: string): void;
};

export type Visibility = { isMinimized: boolean; isHidden: boolean };
export type Provider = { name: string; url: string; width: number; height: number };
type Switch = { how: How; delay: number };

export type Session = ReturnType<typeof openSession>;

export function openSession(parent: HTMLElement, settings: Settings, engagements: Engagements, view: View) {
  const { messages, findings, said, found, clear } = openRecord();
  const switches = new Map<MessageType, Switch>();
  const ledger = new Ledger(engagements.all);
  const rules = new RuleEngine(ledger, (finding) => view.found(found(finding)));
  let frame: Frame | undefined;
  let framedAt = 0;
  let openUrl = "";
  let visibility: Visibility = { isMinimized: false, isHidden: false };
  let initializedTimer = 0;
  let wasLoggedIn = false;

  const crm = openCrm(settings, ledger, engagements, globalThis.sessionStorage);
  const goesOn = crm.underWay();
  if (goesOn) ledger.resume(goesOn);

  /** The frame that is to be silent, if this is one. */
  function silentFrame(): SilentFrame | undefined {
    if (settings.iframeLocation === "remote" && settings.usesCallingWindow) return "remote";
    return settings.iframeLocation === "window" && !settings.usesCallingWindow ? "window" : undefined;
  }
  const mustInitialize = () =>
    settings.iframeLocation === "widget" || (settings.iframeLocation === "window") === settings.usesCallingWindow;

  function log(from: Message["from"], type: string, data: unknown, note?: string): Message {
    const message = data === undefined ? { at: Date.now(), from, type } : { at: Date.now(), from, type, data };
    said(message);
    view.logged(message, note);
    return message;
  }

  function tellLogin(): void {
    const is = rules.isLoggedIn();
    if (is !== wasLoggedIn) view.loggedIn(is);
    wasLoggedIn = is;
  }

  /** What a message changes in this tab, besides being answered. */
  const effects: Partial<Record<MessageType, (fields: Fields) => void>> = {
    INITIALIZED: ({ sizeInfo }) => {
      window.clearTimeout(initializedTimer);
      frame?.resize(fieldsOf(sizeInfo));
      view.initialized();
    },
    CALL_COMPLETED: ({ hideWidget }) => {
      if (hideWidget !== false) show({ isMinimized: false, isHidden: true });
    },
    RESIZE_WIDGET: (size) => frame?.resize(size),
    ERROR: ({ message }) => {
      if (typeof message === "string") view.alerted(message);
    },
  };

  function received({ type, data }: { type: string; data?: unknown }): void {
    rules.appSent(log("app", type, data), silentFrame());
    if (!isMessageType(type)) return;
    crm.take(type, fieldsOf(data));
    effects[type]?.(fieldsOf(data));
    tellLogin();
    const { how, delay } = switches.get(type) ?? { how: "succeed", delay: 0 };
    const asked = frame;
    const reply = () => {
      if (frame === asked && !settings.replaying) stepsOf(type, data, how, crm.forAnswers).forEach(take);
    };
    if (delay > 0) window.setTimeout(reply, delay);
    else reply();
  }

  function take(step: Step): void {
    if ("event" in step) send(step.event, step.data);
    else if ("url" in step) frame?.goTo(step.url);
    else {
      crm.goesOnWith(step.engagementId);
      view.wentTo(step.record, step.newTab);
      if (!step.newTab) reload();
    }
  }

  function send(type: string, data?: unknown): void {
    for (let times = settings.twice ? 2 : 1; times > 0; times--) {
      const message = log("hubspot", type, data, frame ? undefined : "not sent: no frame is open");
      rules.hubspotSent(message, settings.replaying);
      const { timeout } = settings;
      if (type === "END_CALL") window.setTimeout(() => rules.endIsOverdue(message, timeout), timeout);
      frame?.send(type, data);
    }
  }

  function syncFields(): SyncFields | undefined {
    if (performance.now() - framedAt < settings.syncDelay) return undefined;
    const { portalId, userId, ownerId, iframeLocation, usesCallingWindow } = settings;
    const engagementId = crm.running()?.engagementId;
    return {
      portalId,
      ...(!settings.withoutUser && { userId }),
      ...(!settings.withoutOwner && { ownerId }),
      iframeLocation,
      usesCallingWindow,
      ...(engagementId !== undefined && { engagementId }),
    };
  }

  function acknowledged(version: string, { type: _type, messageId: _id, ...data }: SyncFields): void {
    rules.acknowledged(version);
    rules.hubspotSent(log("hubspot", "READY", data));
    view.acknowledged(version);
    window.clearTimeout(initializedTimer);
    if (!mustInitialize()) return;
    initializedTimer = window.setTimeout(() => {
      rules.report("not-initialized", `initialized did not come within ${settings.timeout} ms of SYNC_ACK`);
    }, settings.timeout);
  }

  function open({ url, width, height }: Provider): void {
    if (url !== openUrl) close();
    frame?.close();
    openUrl = url;
    framedAt = performance.now();
    visibility = { isMinimized: false, isHidden: false };
    frame = openFrame(parent, {
      url,
      size: { width, height },
      sync: syncFields,
      timeout: () => settings.timeout,
      on: {
        loading(loaded) {
          giveUp();
          view.framed(loaded);
        },
        acknowledged,
        message: received,
        tooLarge: (type) => rules.report("too-large", `${type}: it is not taken, since it is too large`),
        noAnswer: () => view.unanswered(url),
      },
    });
    view.visible(visibility);
  }

  function close(): void {
    if (!frame) return;
    giveUp();
    rules.closed();
    crm.closed();
    frame.close();
    frame = undefined;
  }

  function reload(): void {
    framedAt = performance.now();
    frame?.reload();
  }

  /** The app's page is gone; another may go on with its call. */
  function giveUp(): void {
    window.clearTimeout(initializedTimer);
    rules.frameGone();
    tellLogin();
  }

  function show(next: Visibility): void {
    if (next.isHidden === visibility.isHidden && next.isMinimized === visibility.isMinimized) return;
    visibility = next;
    view.visible(next);
    if (frame) send("VISIBILITY_CHANGED", next);
  }

  return {
    settings,
    switches,
    messages,
    findings,
    open,
    close,
    reload,
    send,
    show,
    visibility: () => visibility,
    isOpen: () => frame !== undefined,
    clear,
    report: rules.report,
    /** Why HubSpot's user cannot dial, close or navigate now, in words. */
    busy: () =>
      rules.isCalling()
        ? "A call is under way: HubSpot lets its user dial, close or navigate only after callEnded."
        : undefined,
    mustInitialize,
    isLoggedIn: rules.isLoggedIn,
    /** As pressing Call on a record, where the app's user is logged in. */
    dial(record: CrmRecord, phone: PhoneNumber): void {
      show({ isMinimized: false, isHidden: false });
      send("DIAL_NUMBER", dialNumber(record, phone, settings));
    },
    answer(type: MessageType, how: How, delay = 0): void {
      switches.set(type, { how, delay });
    },
  };
}
