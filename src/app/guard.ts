// Accepts messages only from the HubSpot page that loaded this app. The SDK accepts SYNC from any window, and its listener
// throws on data that is not an object. This listener runs before the SDK's and blocks such messages.

/** HubSpot, its test system, their subdomains, and this machine. build.mjs also allows the app's own origin. */
const trustedOrigins = /^(https:\/\/([\w-]+\.)*hubspot(qa)?\.com|https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?)$/;

/** Types that HubSpot never sends to an app. READY is the SDK's internal name for SYNC; apps send SYNC_ACK and SET_WIDGET_URL. */
const reservedTypes = ["READY", "SYNC_ACK", "SET_WIDGET_URL", ""];

type Reports = {
  /** Called for a message from another window, or from an origin that is not HubSpot's. */
  untrusted(origin: string): void;
  /** Called for a message from HubSpot's page that the SDK would ignore or fail on. */
  malformed(data: unknown, reason: string): void;
};

/** Blocks and reports every message that must not reach the SDK. Call this before you instantiate the SDK. */
export function acceptOnlyHubSpot({ untrusted, malformed }: Reports): void {
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (!isFromHubSpot(event)) untrusted(event.origin);
    else {
      const reason = findProblem(event);
      if (!reason) return;
      malformed(event.data, reason);
    }
    event.stopImmediatePropagation();
  });
}

function isFromHubSpot({ source, origin }: MessageEvent): boolean {
  const isTrusted = origin === location.origin || trustedOrigins.test(origin);
  return isTrusted && source === window.parent && source !== window;
}

function findProblem({ data, origin }: MessageEvent<unknown>): string | undefined {
  const { type, messageId, hostUrl }: { [field: string]: unknown } = Object(data);
  if (typeof type !== "string" || reservedTypes.includes(type) || !isId(messageId)) return "not a message";
  return type === "SYNC" && !isForSender(hostUrl, origin) ? "wrong hostUrl" : undefined;
}

const isId = (value: unknown) => (typeof value === "string" || typeof value === "number") && !!value;

/** After SYNC, the SDK sends only to hostUrl, or to the referrer's origin if hostUrl is missing. */
function isForSender(hostUrl: unknown, origin: string): boolean {
  if (hostUrl) return hostUrl === origin;
  return URL.canParse(document.referrer) && new URL(document.referrer).origin === origin;
}
