// Who may drive the app. The SDK takes SYNC from any window and throws on data that is not an object:
// this listener runs before its own and lets nothing else through than messages of the page that frames the app.
import ancestors from "../protocol/frame-ancestors.json" with { type: "json" };

// HubSpot, its test system and their subdomains; and this machine: those that a policy's frame-ancestors let frame it.
const allowed = ancestors.map(
  (source) =>
    new RegExp(`^${source.replace(/\./g, "\\.").replace("*\\.", "([\\w-]+\\.)+").replace(":*", "(:\\d+)?")}$`),
);

/** What the SDK makes of SYNC, and what its host half alone may be told: neither is HubSpot's to send. */
const ofTheSdk = /^(READY|SYNC_ACK|SET_WIDGET_URL|)$/;

type Stopped = {
  /** A message of another window, or of an origin that is not HubSpot's. */
  stranger(origin: string): void;
  /** A message of HubSpot's page that is none: the SDK would ignore it or break. */
  malformed(data: unknown, why: string): void;
};

/** Stops every message that the SDK must not see, and tells which. To be called before the SDK is instantiated. */
export function admitOnlyHubSpot({ stranger, malformed }: Stopped): void {
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (!isFramingPage(event)) stranger(event.origin);
    else {
      const why = whatIsWrong(event);
      if (!why) return;
      malformed(event.data, why);
    }
    event.stopImmediatePropagation();
  });
}

function isFramingPage({ source, origin }: MessageEvent): boolean {
  return window.parent !== window && source === window.parent && allowed.some((pattern) => pattern.test(origin));
}

function whatIsWrong({ data, origin }: MessageEvent<unknown>): string | undefined {
  const isMessage = typeof data === "object" && data && "type" in data && "messageId" in data && data.messageId;
  if (!isMessage || typeof data.type !== "string" || ofTheSdk.test(data.type)) return "not a message";
  try {
    // The SDK sends an unknown event back, which fails for what cannot be copied, and takes the id for text.
    structuredClone([data, `${data.messageId}`]);
    // It posts to the SYNC's hostUrl and then listens to it alone; when that is absent, to the referrer.
    const host = "hostUrl" in data && data.hostUrl;
    if (data.type === "SYNC" && (host || new URL(document.referrer).origin) !== origin) return "wrong hostUrl";
    return undefined;
  } catch (error) {
    return `${error}`;
  }
}
