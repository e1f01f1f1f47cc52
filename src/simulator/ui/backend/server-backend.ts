// Sends the page's requests to the server that `npm start` runs.
import { subscribeToServerEvents } from "../../../dom/server-events.ts";
import { isLoopback } from "../../../http/loopback.ts";
import type { Backend } from "./backend-type.ts";

/** HubSpot's path for the calling window. */
const windowPath = "/calling-integration-popup-ui/";

export function createServerBackend(): Backend {
  return {
    request: (path, init) => fetch(path, init),
    onChange: (listener) => subscribeToServerEvents("changed", listener),
    async fetchHeaders(url) {
      if (!isLoopback(new URL(url).hostname)) return undefined; // The server requests only pages on this machine.
      const response = await fetch(`/simulator/headers?url=${encodeURIComponent(url)}`).catch(() => undefined);
      return response?.ok ? response.json() : undefined;
    },
    appUrl: ({ protocol, port }) => `${protocol}//localhost:${port}/`,
    callingWindow: {
      address: (portalId) => `${windowPath}${portalId}?`,
      portalId: ({ pathname }) => (pathname.startsWith(windowPath) ? pathname.slice(windowPath.length) : undefined),
    },
    howToRegister,
  };
}

async function howToRegister() {
  const response = await fetch("/simulator/webhook");
  const { url }: { url: string } = await response.json();
  return [
    {
      text: "To register a webhook, add these lines to the file .env in the folder in which you run the command below. The simulator accepts any app id and key.",
      code: `HUBSPOT_API_URL=${location.origin}\nHUBSPOT_APP_ID=1\nHUBSPOT_DEVELOPER_API_KEY=any`,
    },
    {
      text: "Then run this command, which registers the webhook that npm start serves:",
      code: `npm run settings -- channel-connection create --url ${url} --isReady true`,
    },
    { text: "To register your own webhook, replace the URL." },
  ];
}
