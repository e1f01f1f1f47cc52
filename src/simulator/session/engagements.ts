// The timeline of calls, as the CRM keeps them. It is stored, so that a reload does not lose it and every tab shows it.
import * as v from "valibot";
import { isLater } from "../../protocol/call-states.ts";
import { textOf } from "../../protocol/fields.ts";
import { type Engagement, type StoredCall, engagements as storedEngagements } from "../calls/engagement.ts";

export type Engagements = ReturnType<typeof openEngagements>;

const key = "engagements";
const kept = 200;

/**
 * Opens the timeline in a storage. It keeps the last 200 calls.
 * @param changed is called after each change that is made here, with the engagement if it is one that changed
 */
export function openEngagements(storage: Pick<Storage, "getItem" | "setItem">, changed: (one?: Engagement) => void) {
  let last: { text: string; list: readonly Engagement[] } = { text: "[]", list: [] };

  /** Never changed in place: what was read is kept until the text is another. */
  function all(): readonly Engagement[] {
    const text = storage.getItem(key) ?? "[]";
    if (text !== last.text) last = { text, list: read(text) };
    return last.list;
  }

  function change(list: readonly Engagement[], one?: Engagement): void {
    store(list.slice(-kept));
    changed(one);
  }

  /** When they do not fit, the older half goes. */
  function store(list: readonly Engagement[]): void {
    try {
      storage.setItem(key, JSON.stringify(list));
    } catch (error) {
      if (list.length === 0) throw error;
      store(list.slice(Math.ceil(list.length / 2)));
    }
  }

  function update(engagementId: number, values: (one: Engagement) => Partial<Engagement>): void {
    const found = all().find((one) => one.engagementId === engagementId);
    if (!found) return;
    const next = { ...found, ...values(found) };
    if (JSON.stringify(next) === JSON.stringify(found)) return;
    change(
      all().map((one) => (one === found ? next : one)),
      next,
    );
  }

  /**
   * A new engagement for a call, with an id that no other has.
   * @param externalCallId the app's id for the call; "" where it gave none
   */
  function create(externalCallId: string, direction: Engagement["direction"], properties: object) {
    const list = all();
    const createdAt = Date.now();
    const engagementId = Math.max(createdAt, ...list.map((one) => one.engagementId + 1));
    const duplicate = externalCallId !== "" && list.some((one) => one.externalCallId === externalCallId);
    const call = { engagementId, externalCallId, direction, properties: textsOf(properties), createdAt, duplicate };
    const made: Engagement = { ...call, state: "created", answered: false, ghost: false };
    change([...list, made], made);
    return engagementId;
  }

  return {
    all,
    create,
    /** Notes how far the call has come; it does not go back. One that is completed after all is no ghost. */
    advance: (engagementId: number, state: Engagement["state"]) =>
      update(engagementId, ({ state: before, ghost }) => ({
        state: isLater(state, before) ? state : before,
        ...(state === "answered" && { answered: true }),
        ghost: ghost && state !== "completed",
      })),
    /** Merges properties into an engagement; what is no string is stored as text, what is no value is left as it was. */
    merge: (engagementId: number, properties: object) =>
      update(engagementId, ({ properties: before }) => ({ properties: { ...before, ...textsOf(properties) } })),
    /** Takes over what was changed elsewhere: a call that is new here, or other properties of one that is not. */
    take({ engagementId, externalCallId, direction, state, properties, createdAt, record }: StoredCall): void {
      const list = all();
      const isKnown = list.some((one) => one.engagementId === engagementId);
      const call = { engagementId, externalCallId, direction, state, properties, createdAt, ...(record && { record }) };
      const made: Engagement = { ...call, ghost: false, duplicate: false };
      change(
        isKnown
          ? list.map((one) => (one.engagementId === engagementId ? { ...one, properties } : one))
          : [...list, made],
      );
    },
    /** Marks those of these that ended and were not completed: it is too late for them. */
    giveUp(engagementIds: readonly number[]): void {
      const isGhost = ({ engagementId, state, ghost }: Engagement) =>
        state === "ended" && !ghost && engagementIds.includes(engagementId);
      const list = all();
      if (list.some(isGhost)) change(list.map((one) => (isGhost(one) ? { ...one, ghost: true } : one)));
    },
    clear: () => change([]),
  };
}

/** Of somebody else's text under this key nothing: the timeline starts anew. */
function read(text: string): Engagement[] {
  const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), storedEngagements), text);
  return stored.success ? stored.output : [];
}

/** Names that are not read back from the storage. */
const unkept = ["__proto__", "constructor", "prototype"];

/** As texts; null, undefined and NaN are no values. */
function textsOf(properties: object): Record<string, string> {
  const given = Object.entries(properties).filter(
    ([name, value]) => (value ?? undefined) !== undefined && !Number.isNaN(value) && !unkept.includes(name),
  );
  return Object.fromEntries(given.map(([name, value]) => [name, textOf(value)]));
}
