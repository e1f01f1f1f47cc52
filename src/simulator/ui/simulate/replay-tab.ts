// The Replay tab: replays a downloaded log with the loaded app. `window.hubspot.replay` calls the same function, `play`.
import { element } from "../../../dom/element.ts";
import { fieldsOf, textOf } from "../../../protocol/fields.ts";
import { afterHandshake, type Line, openReplay, type Replay, readLog, type Verdict } from "../../replay/replay.ts";
import type { Sent } from "../../replay/replay-ids.ts";
import type { Readiness } from "../../session/readiness.ts";
import type { Session } from "../../session/session.ts";
import { changeSettings } from "../setup/session-form.ts";
import { createReplayRows, nameOf } from "./replay-rows.ts";

export type ReplayOptions = {
  /** If true, the replay starts at the first event after READY, and does not reload the app. */
  here?: boolean;
  /** Skips a message after waiting this many milliseconds. Without a time limit, the user must skip a missing message. */
  timeout?: number;
  /**
   * Receives the type of the message that the replay waits for, and the message in the log with this run's ids. The app may
   * need a user action before it sends the message.
   */
  waits?: (type: string, message: Sent) => void;
};

export function createReplayTab(session: Session, readiness: Readiness) {
  const file = element("replayFile", HTMLInputElement);
  const here = element("replayHere", HTMLInputElement);
  const result = element("replayResult", HTMLElement);
  const skip = element("replaySkip", HTMLButtonElement);
  const stop = element("replayStop", HTMLButtonElement);
  const rows = createReplayRows(element("replayed", HTMLUListElement));
  let current: Replay | undefined;
  let timer = 0;

  /**
   * Resolves with a verdict for each compared message in the log, and for each message from the app that is not in the log.
   * Rejects, for example, if the log is invalid.
   */
  async function play(log: string, { here = false, timeout, waits: onWait }: ReplayOptions): Promise<Verdict[]> {
    if (current) throw new Error("A replay is already running; stop it first.");
    const lines = linesOf(log, here);
    const waits = (type?: string, message?: Sent) => {
      window.clearTimeout(timer);
      result.textContent = type ? waitingText(type) : "Replaying …";
      if (type && message) onWait?.(type, message);
      if (type && timeout !== undefined) timer = window.setTimeout(() => current?.skip(), timeout);
    };
    const arrivesInstead = (arrived: string, expected: string) => {
      result.textContent = waitingText(expected, arrived);
    };
    session.isReplaying = true;
    skip.hidden = stop.hidden = false;
    try {
      waits();
      rows.clear();
      const send = (event: Line) => sendEvent(session, readiness, event);
      const newEngagementId = () => session.newEngagementId();
      const replay = openReplay(lines, { send, waits, arrivesInstead, reached: rows.reach, newEngagementId });
      current = replay;
      const verdicts = await replay.done;
      rows.end(verdicts);
      result.textContent = summaryOf(verdicts, replay.progress());
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
    if (!current) rows.clear();
    try {
      await play(await chosen.text(), { here: here.checked });
    } catch (error) {
      result.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  // Lets the user choose the same file again. Until the user clicks the field, the file's name stays visible.
  file.onclick = () => {
    file.value = "";
  };
  skip.onclick = () => current?.skip();
  const end = () => current?.stop();
  stop.onclick = end;

  session.on("messageReceived", ({ message }) => current?.took(message));
  // The replay cannot continue if another app is loaded or the app is unloaded.
  session.on("chosen", end);
  session.on("withheld", end);
  session.on("closed", end);

  return { play };
}

/** @throws an Error if the log is invalid, or if it contains no event */
function linesOf(log: unknown, here: boolean): Line[] {
  if (typeof log !== "string") throw new Error(`The log must be a string, not ${textOf(log)}.`);
  const lines = here ? afterHandshake(readLog(log)) : readLog(log);
  if (!lines.some(({ from }) => from === "hubspot")) throw new Error("The log contains no event from HubSpot.");
  return lines;
}

/** Sends the event to the app. For READY, instead loads the app with READY's fields as settings. */
async function sendEvent(session: Session, readiness: Readiness, { type, data }: Line): Promise<void> {
  if (type !== "READY") return session.send(type, data);
  session.resumeInReplay(fieldsOf(data).engagementId);
  const fields = Object.entries(data ?? {}).map(([field, value]) => [field, `${value}`]);
  changeSettings(session, new URLSearchParams(fields));
  session.open();
  await readiness.ready;
}

function waitingText(expected: string, arrived?: string): string {
  const name = nameOf("app", expected);
  if (arrived === undefined) return `Waiting for ${name}. Press its button in the app.`;
  const other = nameOf("app", arrived);
  return `Waiting for ${name}, but the app sent ${other}. Press the button for ${name} in the app, or press Skip.`;
}

function summaryOf(verdicts: readonly Verdict[], { isStopped, unreached }: ReturnType<Replay["progress"]>): string {
  const same = verdicts.filter(({ outcome }) => outcome === "same").length;
  const matches = `${same} of ${verdicts.length} messages match.`;
  if (!isStopped) return matches;
  const rest = unreached === 1 ? "1 message in the log was" : `${unreached} messages in the log were`;
  return `The replay was stopped. ${matches}${unreached > 0 ? ` ${rest} not reached.` : ""}`;
}
