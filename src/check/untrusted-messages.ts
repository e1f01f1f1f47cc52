// What is done on a stage: a person's step in the app, and a SYNC of the scenario's own.
import type { FrameLocator, Page } from "playwright-core";
import type { Stage } from "./scenario-context.ts";
import { type StepName, within } from "./user-actions.ts";

/** Does what a person does, where the steps have it. Gives whether it worked; if not, that is a finding. */
export async function doStep({ page, steps, timeout, during, found }: Stage, name: StepName): Promise<boolean> {
  const act = steps[name];
  if (!act) return true;
  const frame: FrameLocator = page.frameLocator("#frame iframe");
  try {
    await during(`in the step ${name}`, () => within(timeout, Promise.resolve(frame).then(act)));
    return true;
  } catch (error) {
    const [first = ""] = `${error instanceof Error ? error.message : error}`.split("\n");
    found("user-action-failed", `${name}: ${first}`);
    return false;
  }
}

/**
 * Says SYNC from the simulator's page, as HubSpot's page does, until it is answered; under ids that the simulator does not
 * take for its own. Gives whether an answer came in time; `patience` is in milliseconds.
 */
export function saySync(page: Page, fields: object, patience: number): Promise<boolean> {
  return page.evaluate(
    ([fields, patience, prefix]) =>
      new Promise<boolean>((resolve) => {
        const framed = document.querySelector<HTMLIFrameElement>("#frame iframe");
        let count = 0;
        const timer = setInterval(() => {
          const message = { type: "SYNC", messageId: `${prefix}${++count}`, hostUrl: location.origin, ...fields };
          framed?.contentWindow?.postMessage(message, "*");
        }, 50);
        const end = (answered: boolean) => {
          clearInterval(timer);
          resolve(answered);
        };
        addEventListener("message", ({ source, data }: MessageEvent<{ type?: unknown; messageId?: unknown }>) => {
          const isAnswer = data?.type === "SYNC_ACK" && `${data.messageId}`.startsWith(prefix);
          if (source === framed?.contentWindow && isAnswer) end(true);
        });
        setTimeout(() => end(false), patience);
      }),
    [fields, patience, `check_${Math.random()}_`] satisfies [object, number, string],
  );
}
