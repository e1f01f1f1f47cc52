// Another page in the same tab that speaks to the app as if it were HubSpot.

import { examples } from "../simulator/session/example-events.ts";
import type { Scenario } from "./scenario.ts";
import type { Stage } from "./scenario-context.ts";
import { saySync } from "./untrusted-messages.ts";

const address = "http://stranger.example/";

/** Says to all other frames of the page what it is told, every 20 ms, and keeps what they say to it. */
const html = `<!doctype html><title>A stranger</title><script>
  const received = [];
  let count = 0;
  addEventListener("message", ({ data }) => received.push(data?.type));
  const tell = (message) => {
    for (let index = 0; index < parent.length; index++) {
      if (parent[index] !== self) parent[index].postMessage({ messageId: "stranger_" + ++count, ...message }, "*");
    }
  };
  const keepTelling = (message) => setInterval(tell, 20, message);
</script>`;

const sync = { portalId: 666, userId: 6, ownerId: 6, iframeLocation: "widget", usesCallingWindow: true };

async function letIn(stage: Stage) {
  await stage.page.route(`${address}**`, (route) => route.fulfill({ contentType: "text/html", body: html }));
  await stage.page.evaluate(async (src) => {
    const element = document.createElement("iframe");
    element.src = src;
    element.name = "stranger";
    element.hidden = true;
    const loaded = new Promise((resolve) => element.addEventListener("load", resolve));
    document.body.append(element);
    await loaded;
  }, address);
  const frame = stage.page.frame("stranger");
  if (!frame) throw new Error("The stranger's frame is not there.");
  return {
    tell: (message: object) => frame.evaluate(`tell(${JSON.stringify(message)})`),
    keepTelling: (message: object) => frame.evaluate(`void keepTelling(${JSON.stringify(message)})`),
    received: () => frame.evaluate<string[]>("received"),
  };
}

export const untrustedSenderScenarios: Scenario[] = [
  {
    name: "an untrusted sender says SYNC first",
    expectation: "waits for the page that frames it",
    parameters: { syncDelay: "Infinity", timeout: "600000" },
    forgives: true,
    async play(stage, { took }) {
      const app = await stage.frame();
      const stranger = await letIn(stage);
      await stranger.keepTelling({ type: "SYNC", hostUrl: new URL(address).origin, ...sync });
      await app.waitForLoadState("load");
      // As long again as the app took to be ready for HubSpot.
      await new Promise((resolve) => setTimeout(resolve, Math.max(took, 500)));
      if ((await stranger.received()).includes("SYNC_ACK")) {
        stage.found("untrusted-sync", `the app answered the SYNC of ${address}, a frame beside it`);
      } else if (!(await saySync(stage.page, { ...sync, portalId: 62515 }, stage.timeout))) {
        stage.found(
          "untrusted-sync",
          `after the SYNC of ${address}, a frame beside it, the app did not answer HubSpot's`,
        );
      }
      return undefined;
    },
  },
  {
    name: "an untrusted sender sends events",
    expectation: "takes no event from another window than the one that frames it",
    async play(stage) {
      if (!(await stage.ready())) return undefined;
      await stage.settled();
      const before = (await stage.messages("app")).length;
      const stranger = await letIn(stage);
      await stage.during("on an event of a stranger", async () => {
        await stranger.tell({ type: "SYNC", hostUrl: new URL(address).origin, ...sync });
        await stranger.tell({ type: "DIAL_NUMBER", data: examples.DIAL_NUMBER });
        await stranger.tell({ type: "SOMETHING_NEW", data: {} });
        await stranger.tell({ type: "END_CALL" });
        await stage.settled();
      });
      const answers = [
        ...(await stage.messages("app")).slice(before).map(({ type }) => type),
        ...(await stranger.received()),
      ];
      if (answers.length > 0)
        stage.found("untrusted-event", `on events of ${address} the app sent ${answers.join(", ")}`);
      return undefined;
    },
  },
];
