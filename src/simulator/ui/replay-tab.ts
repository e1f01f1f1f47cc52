// A downloaded log, played in the frame: by a person, who is told what to press in the app, or by a script.
import { element, make } from "../../dom/element.ts";
import { textOf } from "../../protocol/fields.ts";
import { afterHandshake, type Line, openReplay, type Replay, readLog, type Verdict } from "../session/replay.ts";
import type { Session } from "../session/session.ts";
import type { Readiness } from "./readiness.ts";
import { changeSettings } from "./session-tab.ts";
import { truncate } from "./truncate.ts";

export type ReplayOptions = {
  /** Begins in the frame as it stands, at the log's first event after READY; else the app is framed anew. */
  here?: boolean;
  /** Milliseconds after which a message that does not come is skipped; never, if absent. */
  timeout?: number;
  /** Is told which message the app is to send next, whenever a person's hand is needed for it, perhaps. */
  waits?: (type: string) => void;
};

export function createReplayTab(session: Session, readiness: Readiness) {
  const file = element("replayFile", HTMLInputElement);
  const here = element("replayHere", HTMLInputElement);
  const result = element("replayResult", HTMLElement);
  const skip = element("replaySkip", HTMLButtonElement);
  const stop = element("replayStop", HTMLButtonElement);
  let current: Replay | undefined;
  let timer = 0;

  /** Resolves with what became of each message; rejects, in words, for a log that is none. */
  async function play(log: string, { here = false, timeout, waits: tell }: ReplayOptions): Promise<Verdict[]> {
    if (current) throw new Error("A replay is under way: stop it first.");
    if (typeof log !== "string") throw new Error(`The log must be text, and is ${textOf(log)}.`);
    const lines = here ? afterHandshake(readLog(log)) : readLog(log);
    if (!lines.some(({ direction }) => direction === "in")) throw new Error("The log has no event to be sent.");
    const waits = (type?: string) => {
      window.clearTimeout(timer);
      result.textContent = type ? `waiting for ${truncate(type)}: press it in the app` : "Playing …";
      if (type) tell?.(type);
      if (type && timeout !== undefined) timer = window.setTimeout(() => current?.skip(), timeout);
    };
    session.isReplaying = true;
    skip.hidden = stop.hidden = false;
    try {
      waits();
      current = openReplay(lines, { send: (event) => sendEvent(session, readiness, event), waits });
      const verdicts = await current.done;
      showVerdicts(verdicts);
      return verdicts;
    } finally {
      current = undefined;
      window.clearTimeout(timer);
      session.isReplaying = false;
      skip.hidden = stop.hidden = true;
    }
  }

  file.onchange = async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    try {
      await play(await chosen.text(), { here: here.checked });
    } catch (error) {
      result.textContent = error instanceof Error ? error.message : String(error);
    }
    file.value = "";
  };
  skip.onclick = () => current?.skip();
  const end = () => current?.stop();
  stop.onclick = end;

  session.on("messageReceived", ({ message }) => current?.took(message));
  // Another app, or none: the log cannot go on.
  session.on("chosen", end);
  session.on("withheld", end);
  session.on("closed", end);

  return { play };
}

/** Sends an event of the log. For a READY, it loads the app with the settings that the log has. */
async function sendEvent(session: Session, readiness: Readiness, { type, data }: Line): Promise<void> {
  if (type !== "READY") return session.send(type, data);
  const fields = Object.entries(data ?? {}).map(([field, value]) => [field, `${value}`]);
  changeSettings(session, new URLSearchParams(fields));
  session.open();
  await readiness.ready;
}

/** Shows how many messages are the same, and what became of each. */
function showVerdicts(verdicts: readonly Verdict[]): void {
  const same = verdicts.filter(({ outcome }) => outcome === "same").length;
  element("replayResult", HTMLElement).textContent = `${same} of ${verdicts.length} messages are the same.`;
  const items = verdicts.map(({ event, type, outcome, fields }) => {
    const words = truncate(fields.join(", "));
    const item = make("li", {}, `${event} → `, make("b", {}, truncate(type)), ` ${outcome} `, make("small", {}, words));
    item.dataset.outcome = outcome;
    return item;
  });
  element("replayed", HTMLUListElement).replaceChildren(...items);
}
