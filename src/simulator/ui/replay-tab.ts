// A downloaded log, played in the frame: by a person, who is told what to press in the app, or by a script.
import { element, make } from "../../dom/element.ts";
import { textOf } from "../../protocol/fields.ts";
import type { Message } from "../calls/message.ts";
import { afterHandshake, type Line, openReplay, type Replay, readLog, type Verdict } from "../session/replay.ts";
import { cut } from "./keyed-list.ts";

export type ReplayOptions = {
  /** Begins in the frame as it stands, at the log's first event after READY; else the app is framed anew. */
  here?: boolean;
  /** Milliseconds after which a message that does not come is skipped; never, if absent. */
  timeout?: number;
  /** Is told which message the app is to send next, whenever a person's hand is needed for it, perhaps. */
  waits?: (type: string) => void;
};

/**
 * Offers the replay on the page.
 * @param stage `send` sends an event, for a READY by framing the app anew; `during` is told when a replay begins and ends
 */
export function offerReplay(stage: { send(event: Line): Promise<void> | void; during(on: boolean): void }) {
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
      result.textContent = type ? `waiting for ${cut(type)}: press it in the app` : "Playing …";
      if (type) tell?.(type);
      if (type && timeout !== undefined) timer = window.setTimeout(() => current?.skip(), timeout);
    };
    stage.during(true);
    skip.hidden = stop.hidden = false;
    try {
      waits();
      current = openReplay(lines, { send: stage.send, waits });
      const verdicts = await current.done;
      showVerdicts(verdicts);
      return verdicts;
    } finally {
      current = undefined;
      window.clearTimeout(timer);
      stage.during(false);
      skip.hidden = stop.hidden = true;
    }
  }

  function showVerdicts(verdicts: readonly Verdict[]): void {
    const same = verdicts.filter(({ outcome }) => outcome === "same").length;
    result.textContent = `${same} of ${verdicts.length} messages are the same.`;
    const items = verdicts.map(({ event, type, outcome, fields }) => {
      const words = cut(fields.join(", "));
      const item = make("li", {}, `${event} → `, make("b", {}, cut(type)), ` ${outcome} `, make("small", {}, words));
      item.dataset.outcome = outcome;
      return item;
    });
    element("replayed", HTMLUListElement).replaceChildren(...items);
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

  return {
    play,
    /** Ends the replay, if one is under way: its app is gone. */
    end,
    /** The app sent this. */
    took: (message: Message) => current?.took(message),
  };
}
