// The rows on the Replay tab: each log line that the replay has reached, and how the app's message compares with it.
import { make } from "../../../dom/element.ts";
import { fullNameOf } from "../../../protocol/sdk-name.ts";
import type { ReplayStep, Verdict } from "../../session/replay.ts";
import { truncate } from "../common/truncate.ts";

export const nameOf = (...message: Parameters<typeof fullNameOf>) => truncate(fullNameOf(...message));

export function createReplayRows(list: HTMLElement) {
  function add(row: HTMLElement): void {
    list.append(row);
    row.scrollIntoView({ block: "nearest" });
  }

  return {
    clear: () => list.replaceChildren(),
    /** Adds a row, or replaces the waiting row with its verdict. */
    reach(step: ReplayStep): void {
      if ("state" in step) add(createStepRow(step));
      else list.lastElementChild?.replaceWith(createVerdictRow(step));
    },
    /** Removes the row of a message that the replay no longer waits for, and adds the app's messages that are not in the log. */
    end(verdicts: readonly Verdict[]): void {
      for (const waiting of list.querySelectorAll("[data-outcome=waiting]")) waiting.remove();
      for (const verdict of verdicts) if (verdict.outcome === "new") add(createVerdictRow(verdict));
    },
  };
}

function createStepRow({ type, state }: { type: string; state: "sent" | "waiting" }): HTMLElement {
  const row = make("li", {}, make("b", {}, nameOf(state === "sent" ? "hubspot" : "app", type)), ` ${state}`);
  row.dataset.outcome = state;
  return row;
}

function createVerdictRow({ event, type, outcome, fields }: Verdict): HTMLElement {
  const row = make(
    "li",
    {},
    make("b", {}, nameOf("app", type)),
    ` ${outcome} `,
    make("small", {}, truncate(fields.join(", "))),
    event && ` after ${nameOf("hubspot", event)}`,
  );
  row.dataset.outcome = outcome;
  return row;
}
