// The backend for a static host: the page answers its own requests, and stores the registered apps and calls in the browser.
import { createApi } from "../../api/api.ts";
import { errorResponse } from "../../api/errors.ts";
import { createInternalApi } from "../../api/internal-api.ts";
import { callersOf } from "../../crm/crm-records.ts";
import { sampleRecords } from "../../crm/sample-records.ts";
import type { PageResponse } from "../../session/connection-diagnosis.ts";
import type { Backend } from "./backend-type.ts";
import { createBrowserStore } from "./browser-store.ts";

const needsServer =
  "This page has no server. To connect a number from an app's webhook, run the simulator with npm start.";
const unavailable = () => Promise.reject(new Error(needsServer));
const windowParameter = "callingWindow";

/** Caller ID matches contain this account id, as on the server. */
const portalId = 62515;

export function createStaticBackend(): Backend {
  const { store, onChange } = createBrowserStore();
  const api = createApi({ store, matchesOf: (number) => callersOf(sampleRecords, number, portalId) });
  const internalApi = createInternalApi({
    store,
    webhook: { url: "", secret: "" },
    fetch: unavailable,
    fetchHeaders: unavailable,
  });

  return {
    async request(path, init) {
      if (path === "/simulator/numbers") return errorResponse(501, needsServer);
      // The hostname is 127.0.0.1, because the endpoints under /simulator/ accept only requests to this machine. The request is
      // not sent over the network.
      const request = new Request(new URL(path, "http://127.0.0.1"), init);
      return (await api(request)) ?? (await internalApi(request)) ?? errorResponse(404, `${path} does not exist`);
    },
    onChange,
    fetchHeaders,
    appUrl: (address) => new URL("../", address).href,
    callingWindow: {
      address: (id) => `?${windowParameter}=${id}&`,
      portalId: ({ searchParams }) => searchParams.get(windowParameter) ?? undefined,
    },
    howToRegister: async () => [{ text: needsServer }],
  };
}

/** Requests only pages on the same origin, because browsers hide the responses of other origins by default. */
async function fetchHeaders(url: string): Promise<PageResponse | undefined> {
  if (new URL(url).origin !== location.origin) return undefined;
  try {
    const response = await fetch(url);
    await response.text(); // Otherwise, the browser would report the request as aborted.
    return { status: response.status, headers: Object.fromEntries(response.headers) };
  } catch {
    return undefined;
  }
}
