// The rows on the Replay tab. A row shows an event that the replay sent, compares a message in the log with the message that
// the app sent during the replay, or shows a message that the log does not contain.
import { make } from "../../../dom/element.ts";
import { fullNameOf } from "../../../protocol/sdk-name.ts";
import type { ReplayStep, Verdict } from "../../replay/replay.ts";
import { truncate } from "../common/truncate.ts";

export const nameOf = (...message: Parameters<typeof fullNameOf>) => truncate(fullNameOf(...message));

export function createReplayRows(list: HTMLElement) {
  function add(row: HTMLElement): void {
    list.append(row);
    row.scrollIntoView({ block: "nearest" });
  }

  return {
    clear: () => list.replaceChildren(),
    /** Adds a row for the step. A verdict replaces the row of the message that the replay waited for. */
    reach(step: ReplayStep): void {
      if ("state" in step) add(createStepRow(step));
      else list.lastElementChild?.replaceWith(createVerdictRow(step));
    },
    /** Removes the row of a message that the replay no longer waits for. Adds a row for each message that is not in the log. */
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

function createVerdictRow({ event, type, outcome, values = [] }: Verdict): HTMLElement {
  const row = make(
    "li",
    {},
    make("b", {}, nameOf("app", type)),
    event && ` following ${nameOf("hubspot", event)}`,
    `: ${outcome}`,
  );
  if (values.length > 0) {
    const items = values.map(({ field, expected, actual }) =>
      make(
        "li",
        {},
        make("code", {}, truncate(field || "data")),
        ": expected ",
        make("code", {}, truncate(expected)),
        ", but was ",
        make("code", {}, truncate(actual)),
      ),
    );
    row.append(make("ul", {}, ...items));
  }
  row.dataset.outcome = outcome;
  return row;
}
