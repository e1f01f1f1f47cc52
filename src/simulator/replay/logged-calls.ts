// The calls in a log. A generated test refers to the calls by name, because each run of the app creates new ids.
import { fieldsOf } from "../../protocol/fields.ts";
import { engagementIdOf, externalCallIdOf } from "../calls/call-ids.ts";
import { isEngagementCreated, isStart } from "../calls/call-messages.ts";
import type { Line } from "./replay.ts";

export type LoggedCall = {
  /** The variable's name in the test, for example "firstCall". */
  name: string;
  externalCallId: string;
  engagementId?: number;
  /** Whether the app requested an engagement for the call. */
  isRequested: boolean;
};

const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/** Verbs for the names of user actions. */
const verbs: { [type: string]: string } = {
  OUTGOING_CALL_STARTED: "start",
  INCOMING_CALL: "receive",
  CALL_ANSWERED: "answer",
  CALL_TRANSFERRED: "transfer",
  CALL_ENDED: "end",
  CALL_COMPLETED: "complete",
  FINALIZE_ENGAGEMENT: "finalize",
  PUBLISH_TO_CHANNEL: "publish",
};

/** Returns, for example, "answerFirstCall", or "answerCall" if the log contains one call. */
export function actionName(type: string, method: string, call: LoggedCall | undefined): string {
  const [verb, name] = [verbs[type], call?.name ?? "call"];
  return verb === undefined ? method : `${verb}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

export class LoggedCalls {
  readonly #calls: LoggedCall[] = [];
  readonly #started = new Map<Line, LoggedCall>();

  constructor(lines: readonly Line[]) {
    for (const line of lines) this.#read(line);
    if (this.#calls.length > 1) {
      for (const [index, call] of this.#calls.entries()) {
        const ordinal = ordinals[index];
        call.name = ordinal === undefined ? `call${index + 1}` : `${ordinal}Call`;
      }
    }
  }

  get hasSeveral(): boolean {
    return this.#calls.length > 1;
  }

  /** Returns the call that the message starts or that the message's ids identify. */
  callOf(line: Line): LoggedCall | undefined {
    const { externalCallId, engagementId } = fieldsOf(line.data);
    return this.#started.get(line) ?? this.named(externalCallId) ?? this.withEngagement(engagementId);
  }

  named(externalCallId: unknown): LoggedCall | undefined {
    const name = externalCallIdOf(externalCallId);
    return name === "" ? undefined : this.#calls.findLast((call) => call.externalCallId === name);
  }

  /** Returns only a call that also has an externalCallId, because the test finds the engagement by this id. */
  withEngagement(engagementId: unknown): LoggedCall | undefined {
    const id = engagementIdOf(engagementId);
    return this.#calls.findLast((call) => id !== undefined && call.engagementId === id && call.externalCallId !== "");
  }

  #read(line: Line): void {
    const { externalCallId, engagementId, createEngagement } = fieldsOf(line.data);
    const id = engagementIdOf(engagementId);
    if (line.from === "app" && isStart(line.type)) {
      const call = {
        name: "call",
        externalCallId: externalCallIdOf(externalCallId),
        isRequested: createEngagement === true,
      };
      this.#calls.push(call);
      this.#started.set(line, call);
    } else if (id !== undefined && !this.#calls.some((call) => call.engagementId === id)) {
      const lacksEngagement = (call: LoggedCall) => call.engagementId === undefined;
      const isReplied = (call: LoggedCall) => lacksEngagement(call) && call.isRequested;
      const replied = isEngagementCreated(line.type) ? this.#calls.findLast(isReplied) : undefined;
      const call = this.named(externalCallId) ?? replied;
      if (call && lacksEngagement(call)) call.engagementId = id;
    }
  }
}
