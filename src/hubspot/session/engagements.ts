// The timeline of calls, as the CRM keeps them. It is stored, so that a reload does not lose it and every tab shows it.
import * as v from "valibot";
import type { Call } from "../api/state.ts";
import { textOf } from "./answers.ts";

/** In the order in which a call comes through them. */
const states = ["created", "answered", "ended", "completed"] satisfies string[];

const engagement = v.object({
  engagementId: v.number(),
  externalCallId: v.string(),
  direction: v.picklist(["INBOUND", "OUTBOUND"]),
  state: v.picklist(states),
  properties: v.record(v.string(), v.string()),
  /** Milliseconds since 1970. */
  createdAt: v.number(),
  /** It ended, was never completed, and by now never will be. */
  ghost: v.boolean(),
  /** Its call had an engagement before. */
  duplicate: v.boolean(),
  /** On whose timeline it was created over the settings endpoints. */
  record: v.exactOptional(v.object({ objectTypeId: v.string(), objectId: v.number() })),
});
export type Engagement = v.InferOutput<typeof engagement>;

export type Engagements = ReturnType<typeof openEngagements>;

const key = "engagements";
const kept = 200;

/**
 * Opens the timeline in a storage. It keeps the last 200 calls.
 * @param changed is called after each change that is made here, with the engagement if it is one that changed
 */
export function openEngagements(storage: Pick<Storage, "getItem" | "setItem">, changed: (one?: Engagement) => void) {
  function all(): Engagement[] {
    try {
      const stored = v.safeParse(v.array(engagement), JSON.parse(storage.getItem(key) ?? "[]"));
      return stored.success ? stored.output : [];
    } catch {
      return []; // somebody else's text under this key: the timeline starts anew
    }
  }

  function change(list: Engagement[], one?: Engagement): void {
    store(list.slice(-kept));
    changed(one);
  }

  /** When they do not fit, the older half goes. */
  function store(list: Engagement[]): void {
    try {
      storage.setItem(key, JSON.stringify(list));
    } catch (error) {
      if (list.length === 0) throw error;
      store(list.slice(Math.ceil(list.length / 2)));
    }
  }

  function update(matches: (one: Engagement) => boolean, values: (one: Engagement) => Partial<Engagement>): void {
    const list = all();
    const found = list.findLast(matches);
    if (found) change(list, Object.assign(found, values(found)));
  }

  /** A new engagement for a call, with an id that no other has. */
  function create(externalCallId: string, direction: Engagement["direction"], properties: Engagement["properties"]) {
    const list = all();
    const createdAt = Date.now();
    const engagementId = Math.max(createdAt, ...list.map((one) => one.engagementId + 1));
    const duplicate = list.some((one) => one.externalCallId === externalCallId);
    const call = { engagementId, externalCallId, direction, properties, createdAt, duplicate };
    const made: Engagement = { ...call, state: "created", ghost: false };
    change([...list, made], made);
    return engagementId;
  }

  return {
    all,
    create,
    /** Notes how far the call has come; it does not go back. */
    advance: (externalCallId: unknown, state: Engagement["state"]) =>
      update(
        (one) => one.externalCallId === externalCallId,
        ({ state: before }) => ({ state: states.indexOf(state) > states.indexOf(before) ? state : before }),
      ),
    /** Merges properties into an engagement; what is no string is stored as text, what is undefined is left as it was. */
    merge: (engagementId: unknown, properties: object) =>
      update(
        (one) => `${one.engagementId}` === textOf(engagementId),
        ({ properties: before }) => ({ properties: { ...before, ...textsOf(properties) } }),
      ),
    /** Takes over what was changed elsewhere: a call that is new here, or other properties of one that is not. */
    take({ engagementId, externalCallId, direction, state, properties, createdAt, record }: Call): void {
      const list = all();
      const known = list.find((one) => one.engagementId === engagementId);
      if (known) known.properties = properties;
      const call = { engagementId, externalCallId, direction, state, properties, createdAt, ...(record && { record }) };
      change(known ? list : [...list, { ...call, ghost: false, duplicate: false }]);
    },
    /** Marks the calls that ended and were not completed: it is too late for them. */
    giveUp(): void {
      const list = all();
      const ghosts = list.filter(({ state, ghost }) => state === "ended" && !ghost);
      for (const ghost of ghosts) ghost.ghost = true;
      if (ghosts.length > 0) change(list);
    },
    clear: () => change([]),
  };
}

function textsOf(properties: object): Record<string, string> {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, textOf(value)]));
}
