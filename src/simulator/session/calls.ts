// The calls that a session knows of, and which of them a message is about: the one recognition, by the app's id for the
// call or by HubSpot's, that findings and timeline both follow. No DOM.

import { type Fields, textOf } from "../../protocol/fields.ts";
import type { Message } from "../rules/engine.ts";
import type { Engagement } from "./engagements.ts";

/** In the order in which a call comes through them. */
const order = ["started", "answered", "ended", "completed"] satisfies string[];
export type CallState = (typeof order)[number];

export type Call = {
  /** The app's id for it; "" where the app gave none. */
  externalCallId: string;
  engagementId?: number;
  /** unheard: it was created, but the app does not know the event that says so. */
  engagement: "none" | "asked" | "created" | "failed" | "unheard";
  state: CallState;
  /** The states that it is in by a message that named no call or another one: that is told already. */
  blamed: Set<CallState>;
  /** Another page began it, which may go on with it. */
  elsewhere: boolean;
  /** It is told that it was never ended, or never completed. */
  lost: boolean;
  /** The messages that brought it to its states, and HubSpot's that asked to end it. */
  by: { [State in CallState]?: Message } & { endCall?: Message };
  told: Set<string>;
};

export type Calls = ReturnType<typeof openCalls>;

/** Calls that are remembered beside the timeline. */
const kept = 1000;

/** The app's id for a call as text; "" for what cannot be one. */
export function nameOf(externalCallId: unknown): string {
  const isName = typeof externalCallId === "string" || Number.isFinite(externalCallId);
  return isName ? textOf(externalCallId) : "";
}

/** HubSpot's id for a call, a number or its digits; undefined for what cannot be one. */
export function engagementIdOf(value: unknown): number | undefined {
  const isId = Number.isSafeInteger(value) || (typeof value === "string" && /^\d{1,15}$/.test(value));
  return isId ? Number(value) : undefined;
}

/** Whether a call has come further than another. */
export const isLater = (state: CallState, than: CallState) => order.indexOf(state) > order.indexOf(than);

/** Whether a call was started and has not ended. */
export const isRunning = ({ state, lost }: Call) => !lost && !isLater(state, "answered");

/**
 * Opens the calls of a session.
 * @param timeline the engagements that the CRM has; asked at each message, as other tabs and the settings endpoints change it
 */
export function openCalls(timeline: () => readonly Engagement[]) {
  let own: Call[] = [];
  /** The engagements of a log that is being played: the CRM has them not. */
  const played = new Set<number>();

  const named = <C extends { externalCallId: string }>(calls: readonly C[], name: string) =>
    name === "" ? undefined : calls.findLast((call) => call.externalCallId === name);
  const numbered = <C extends { engagementId?: number }>(calls: readonly C[], id: number | undefined) =>
    id === undefined ? undefined : calls.findLast((call) => call.engagementId === id);

  function add(call: Pick<Call, "externalCallId" | "engagement"> & Partial<Call>): Call {
    const made: Call = {
      state: "started",
      blamed: new Set(),
      elsewhere: false,
      lost: false,
      by: {},
      told: new Set(),
      ...call,
    };
    own = [...own, made].slice(-kept);
    return made;
  }

  function adopt({ externalCallId, engagementId, state }: Engagement, elsewhere: boolean): Call {
    return add({ externalCallId, engagementId, engagement: "created", state: stateOf(state), elsewhere });
  }

  /** A call is as far as it has come here or, in another tab, on the timeline. */
  function catchUp(call: Call, there: Engagement["state"] | undefined): Call {
    if (there && isLater(stateOf(there), call.state)) call.state = stateOf(there);
    return call;
  }
  const refresh = (call: Call) => catchUp(call, numbered(timeline(), call.engagementId)?.state);

  return {
    /** What a message of these fields is about. One that names no call is about the last that has no name. */
    of({ externalCallId, engagementId }: Fields): Call | undefined {
      const name = nameOf(externalCallId);
      const id = engagementIdOf(engagementId);
      if (name === "" && id === undefined) return own.findLast((call) => call.externalCallId === "");
      const both = (call: { externalCallId: string; engagementId?: number }) =>
        call.externalCallId === name && call.engagementId === id;
      const known = own.findLast(both) ?? named(own, name);
      if (known) return refresh(known);
      const engagements = timeline();
      const there = engagements.findLast(both) ?? named(engagements, name);
      if (there) return adopt(there, true);
      const other = numbered(own, id);
      if (other) return refresh(other);
      const created = numbered(engagements, id);
      return created && adopt(created, true);
    },
    /** A call begins, or is begun again under its name. */
    begin(externalCallId: string, asks: boolean, message: Message): Call {
      const before = named(own, externalCallId);
      own = own.filter((call) => call !== before);
      const { engagementId, engagement = "none" } = before ?? {};
      const had = engagement === "failed" ? "none" : engagement;
      return add({
        externalCallId,
        engagement: asks ? "asked" : had,
        ...(engagementId !== undefined && { engagementId }),
        by: { started: message },
      });
    },
    /** The call that this tab had under way on an earlier page. */
    takeUp: (engagement: Engagement) => void adopt(engagement, false),
    /** An engagement was created for the call that asked. `isPlayed` says that a log has it, not the CRM. */
    created(engagementId: number, isPlayed: boolean): void {
      const made = numbered(timeline(), engagementId);
      if (!made && !isPlayed) return;
      if (!made) played.add(engagementId);
      const asked = own.filter(({ engagement }) => engagement === "asked");
      const call = made ? asked.findLast(({ externalCallId }) => externalCallId === made.externalCallId) : asked.at(-1);
      if (call) Object.assign(call, { engagementId, engagement: "created" });
    },
    /** The last call whose engagement is so. */
    last: (engagement: Call["engagement"]) => own.findLast((call) => call.engagement === engagement),
    /** The last call that is not over: what a message was about that named none, or the wrong one. */
    latest: () => own.findLast(({ state, elsewhere }) => state !== "completed" && !elsewhere),
    exists: (engagementId: number) => played.has(engagementId) || numbered(timeline(), engagementId) !== undefined,
    all(): readonly Call[] {
      const states = new Map(timeline().map(({ engagementId, state }) => [engagementId, state]));
      for (const call of own) {
        const state = call.engagementId === undefined ? undefined : states.get(call.engagementId);
        if (state) catchUp(call, state);
      }
      return own;
    },
  };
}

function stateOf(state: Engagement["state"]): CallState {
  return state === "created" ? "started" : state;
}
