// The engagements on the CRM's timeline. The storage keeps them across reloads, and all tabs share it.
import { isLater } from "../../protocol/call-states.ts";
import { textOf } from "../../protocol/fields.ts";
import type { Engagement, StoredCall } from "../calls/engagement.ts";
import { type EngagementStorage, StoredEngagements } from "./stored-engagements.ts";

export type Engagements = ReturnType<typeof createEngagements>;

/**
 * @param onChange is called after each change in this tab, with the engagement that was created or updated, or with
 * undefined after `take`, `markGhosts`, `remove` and `clear`
 */
export function createEngagements(storage: EngagementStorage, onChange: (engagement?: Engagement) => void) {
  const stored = new StoredEngagements(storage);
  const all = () => stored.all();

  function put(engagement: Engagement): void {
    stored.put(engagement);
    onChange(engagement);
  }

  function replace(list: readonly Engagement[]): void {
    stored.replace(list);
    onChange();
  }

  function update(engagementId: number, values: (before: Engagement) => Partial<Engagement>): void {
    const before = all().find((engagement) => engagement.engagementId === engagementId);
    if (!before) return;
    const next = { ...before, ...values(before) };
    if (JSON.stringify(next) !== JSON.stringify(before)) put(next);
  }

  return {
    all,
    /** Calls `run`, and then stores its changes with one write. Calls can be nested. */
    batch: (run: () => void) => stored.batch(run),
    /** Returns an id that no call has or will have. */
    newId: () => stored.nextId(),
    create(
      externalCallId: string,
      direction: Engagement["direction"],
      properties: object,
      more: Pick<Engagement, "app" | "record"> = {},
    ): number {
      const engagement = { ...newEngagement(all(), stored.nextId(), externalCallId, direction, properties), ...more };
      put(engagement);
      return engagement.engagementId;
    },
    /** Never moves a call back to an earlier state. A late callCompleted turns a ghost into a normal call. */
    advance: (engagementId: number, state: Engagement["state"]) =>
      update(engagementId, ({ state: before, ghost, reportedSteps }) => ({
        state: isLater(state, before) ? state : before,
        ...(state === "answered" && { answered: true }),
        ...(reportedSteps && { reportedSteps: [...new Set([...reportedSteps, state])] }),
        ghost: ghost && state !== "completed",
      })),
    /** Stores the app that has the call, if no app is stored yet. */
    claim: (engagementId: number, app: NonNullable<Engagement["app"]>) =>
      update(engagementId, (before) => (before.app ? {} : { app })),
    /** Stores values as strings. Ignores null, undefined and NaN. */
    merge: (engagementId: number, properties: object) =>
      update(engagementId, ({ properties: before }) => ({ properties: { ...before, ...textsOf(properties) } })),
    setUpdateFailed: (engagementId: number, updateFailed: boolean) =>
      update(engagementId, (before) => (updateFailed || before.updateFailed ? { updateFailed } : {})),
    /** Adds a call that the API created, or applies the API's changes to a call's properties. */
    take(call: StoredCall): void {
      const known = all().find(({ engagementId }) => engagementId === call.engagementId);
      stored.put(known ? { ...known, properties: call.properties } : engagementOf(call));
      onChange();
    },
    /** Marks only those engagements whose state is `ended`. */
    markGhosts(engagementIds: readonly number[]): void {
      const isGhost = (call: Engagement) => canBeGhost(call) && engagementIds.includes(call.engagementId);
      if (!all().some(isGhost)) return;
      replace(all().map((engagement) => (isGhost(engagement) ? { ...engagement, ghost: true } : engagement)));
    },
    remove: (engagementIds: ReadonlySet<number>) =>
      replace(all().filter(({ engagementId }) => !engagementIds.has(engagementId))),
    clear: () => replace([]),
  };
}

export function newEngagement(
  list: readonly Engagement[],
  engagementId: number,
  externalCallId: string,
  direction: Engagement["direction"],
  properties: object,
): Engagement {
  const createdAt = Date.now();
  return {
    engagementId,
    externalCallId,
    direction,
    properties: textsOf(properties),
    createdAt,
    duplicate: externalCallId !== "" && list.some((engagement) => engagement.externalCallId === externalCallId),
    state: "created",
    answered: false,
    ghost: false,
  };
}

function engagementOf(call: StoredCall): Engagement {
  const { engagementId, externalCallId, direction, state, properties, createdAt, app, record } = call;
  const fields = { engagementId, externalCallId, direction, state, properties, createdAt };
  const optional = { ...(app && { app }), ...(record && { record }) };
  return { ...fields, ...optional, reportedSteps: [], ghost: false, duplicate: false };
}

const canBeGhost = ({ state, ghost }: Engagement) => state === "ended" && !ghost;

/** When the stored list is parsed, the schema drops properties with these names. */
const unsafeNames = ["__proto__", "constructor", "prototype"];

function textsOf(properties: object): Record<string, string> {
  const entries = Object.entries(properties).filter(
    ([name, value]) => (value ?? undefined) !== undefined && !Number.isNaN(value) && !unsafeNames.includes(name),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, textOf(value)]));
}
