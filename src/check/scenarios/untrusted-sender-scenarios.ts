// The app must accept messages only from the page that loads it.
import { setTimeout as sleep } from "node:timers/promises";
import { examples } from "../../simulator/session/example-events.ts";
import type { Scenario } from "./scenario.ts";
import { sendSync } from "./send-sync.ts";
import { addUntrustedSender, untrustedOrigin, untrustedUrl } from "./untrusted-sender.ts";

const sync = { portalId: 666, userId: 6, ownerId: 6 };
const untrustedSync = { type: "SYNC", hostUrl: untrustedOrigin, ...sync };

export const untrustedSenderScenarios: Scenario[] = [
  {
    name: "untrusted sender: SYNC first",
    expectation: "ignores a SYNC from another window, and waits for HubSpot's SYNC",
    parameters: { syncDelay: "Infinity", timeout: "600000" },
    ignoresRules: "all",
    async run(context, { readyAfterMs, place }) {
      const sender = await addUntrustedSender(context);
      await sender.keepSending({ ...untrustedSync, ...place });
      await context.appFrame()?.waitForLoadState("load");
      // Allow at least as much time as the app needed to become ready in the first handshake.
      await sleep(Math.max(readyAfterMs, 500));
      if ((await sender.received()).includes("SYNC_ACK")) {
        context.report("untrusted-sync", `the app answered SYNC from ${untrustedUrl}, another frame in the tab`);
      } else if (!(await sendSync(context.page, { ...sync, ...place, portalId: 62515 }, context.timeoutMs))) {
        const message = `after SYNC from ${untrustedUrl}, another frame in the tab, the app did not answer HubSpot's SYNC`;
        context.report("untrusted-sync", message);
      }
      return undefined;
    },
  },
  {
    name: "untrusted sender: events",
    expectation: "ignores events from every window except HubSpot's",
    async run(context, { place }) {
      if (!(await context.waitUntilReady())) return undefined;
      await context.waitUntilQuiet();
      const before = await context.appMessageCount();
      const sender = await addUntrustedSender(context);
      await context.whileDoing("on an event from an untrusted sender", async () => {
        await sender.send({ ...untrustedSync, ...place });
        await sender.send({ type: "DIAL_NUMBER", data: examples.DIAL_NUMBER });
        await sender.send({ type: "SOMETHING_NEW", data: {} });
        await sender.send({ type: "END_CALL" });
        await context.waitUntilQuiet();
      });
      const sent = (await context.messages("app")).slice(before).map(({ type }) => type);
      const responses = [...sent.filter((type) => type !== context.repeatedMessage), ...(await sender.received())];
      if (responses.length > 0) {
        context.report("untrusted-event", `after events from ${untrustedUrl}, the app sent ${responses.join(", ")}`);
      }
      return undefined;
    },
  },
];
