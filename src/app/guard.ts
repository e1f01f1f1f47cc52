// Accepts messages only from the HubSpot page that loaded this app. The SDK accepts SYNC from any window, and its listener
// throws if the data is null or undefined. This file's listener runs before the SDK's, and blocks such messages.

/** HubSpot, its test system, their subdomains, and this machine. build.mjs lets the same origins load the app. */
const trustedOrigins = /^(https:\/\/([\w-]+\.)*hubspot(qa)?\.com|https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?)$/;

/** Types that HubSpot never sends to an app. READY is the SDK's internal name for SYNC; apps send SYNC_ACK and SET_WIDGET_URL. */
const reservedTypes = ["READY", "SYNC_ACK", "SET_WIDGET_URL", ""];

type Reports = {
  /** Called for a message from any window except the parent, or from an untrusted origin. */
  untrusted(origin: string): void;
  /** Called for an invalid message from HubSpot's page. */
  malformed(data: unknown, reason: string): void;
};

/** Blocks and reports untrusted and invalid messages. Call this function before you instantiate the SDK. */
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
