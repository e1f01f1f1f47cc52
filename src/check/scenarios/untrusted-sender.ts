// A page in the same tab that pretends to be HubSpot.
import type { ScenarioContext } from "../context/scenario-context.ts";

export const untrustedUrl = "http://untrusted.example/";
export const untrustedOrigin = new URL(untrustedUrl).origin;

/** The page can send a message to all other frames, once or every 20 ms. It stores the types of the messages that it receives. */
const html = `<!doctype html><title>Untrusted sender</title><script>
  const received = [];
  let count = 0;
  addEventListener("message", ({ data }) => received.push(data?.type));
  const send = (message) => {
    for (let index = 0; index < parent.length; index++) {
      if (parent[index] !== self) parent[index].postMessage({ messageId: "untrusted_" + ++count, ...message }, "*");
    }
  };
  const keepSending = (message) => setInterval(send, 20, message);
</script>`;

export async function addUntrustedSender({ page }: ScenarioContext) {
  await page.route(`${untrustedUrl}**`, (route) => route.fulfill({ contentType: "text/html", body: html }));
  await page.evaluate(async (src) => {
    const iframe = document.createElement("iframe");
    iframe.src = src;
    iframe.name = "untrusted";
    iframe.hidden = true;
    const loaded = new Promise((resolve) => iframe.addEventListener("load", resolve));
    document.body.append(iframe);
    await loaded;
  }, untrustedUrl);
  const frame = page.frame("untrusted");
  if (!frame) throw new Error("The untrusted sender's frame is missing.");
  return {
    send: (message: object) => frame.evaluate(`send(${JSON.stringify(message)})`),
    keepSending: (message: object) => frame.evaluate(`void keepSending(${JSON.stringify(message)})`),
    received: () => frame.evaluate<string[]>("received"),
  };
}
