// The ids of the calls in a replay. The app creates a new externalCallId for each call, and the replay creates a new
// engagementId, so the ids in the log are not the ids of this run.
import { fieldsOf, textOf } from "../../protocol/fields.ts";
import { engagementIdOf, externalCallIdOf } from "../calls/call-ids.ts";
import { isEngagementCreated, isStart } from "../calls/call-messages.ts";

export type Sent = { type: string; data?: unknown };

/** Whether the event tells the app an engagementId. */
const isAnnouncement = (type: string) => type === "READY" || isEngagementCreated(type);

export class ReplayIds {
  /** This run's ids by the log's ids. The simulator sends a number as a string. */
  readonly #externalCallIds = new Map<string, unknown>();
  readonly #engagementIds = new Map<number, number>();
  readonly #newEngagementId: (() => number) | undefined;

  /** @param newEngagementId returns an id for a call; without this function, the calls keep the log's engagementIds */
  constructor(newEngagementId?: () => number) {
    this.#newEngagementId = newEngagementId;
  }

  /** Call this for each event in the log before you translate the event. */
  announce({ type, data }: Sent): void {
    const id = engagementIdOf(fieldsOf(data).engagementId);
    if (id === undefined || !isAnnouncement(type) || this.#engagementIds.has(id)) return;
    if (this.#newEngagementId) this.#engagementIds.set(id, this.#newEngagementId());
  }

  /** Call this with each message in the log and the app's matching message. A message that starts a call has a new id. */
  learn(inLog: Sent, message: Sent): void {
    const before = externalCallIdOf(fieldsOf(inLog.data).externalCallId);
    const now = fieldsOf(message.data).externalCallId;
    if (before === "" || now === undefined) return;
    if (isStart(inLog.type) || !this.#externalCallIds.has(before)) this.#externalCallIds.set(before, now);
  }

  /** Whether the value is the externalCallId of one of this run's calls. */
  isExternalCallId(value: unknown): boolean {
    return [...this.#externalCallIds.values()].some(
      (id) => externalCallIdOf(id) !== "" && externalCallIdOf(id) === externalCallIdOf(value),
    );
  }

  /** Replaces the ids in the message's data with this run's ids. Does not change ids that the replay does not know. */
  translate<Message extends Sent>(message: Message): Message {
    return message.data === undefined ? message : { ...message, data: this.#translateValue(message.data) };
  }

  #translateValue(value: unknown, name = ""): unknown {
    if (name === "externalCallId") return this.#translateExternalCallId(value);
    if (name === "engagementId") return this.#translateEngagementId(value);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.#translateValue(item));
    return Object.fromEntries(Object.entries(value).map(([field, item]) => [field, this.#translateValue(item, field)]));
  }

  #translateExternalCallId(value: unknown): unknown {
    const id = this.#externalCallIds.get(externalCallIdOf(value)) ?? value;
    return typeof value === "string" ? textOf(id) : id;
  }

  #translateEngagementId(value: unknown): unknown {
    const id = this.#engagementIds.get(engagementIdOf(value) ?? Number.NaN);
    if (id === undefined) return value;
    return typeof value === "string" ? `${id}` : id;
  }
}
