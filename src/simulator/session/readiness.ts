// Promises with which scripts wait until the app in the current iframe is ready, or until its user is logged in.

import type { Session } from "./session.ts";
import { mustInitialize } from "./settings.ts";

export type Readiness = ReturnType<typeof createReadiness>;

export function createReadiness({ on, settings }: Pick<Session, "on" | "settings">) {
  const ready = createRenewablePromise<{ version: string }>();
  const loggedIn = createRenewablePromise<void>();
  let version = "";
  let failure: string | undefined;

  function renew(): void {
    ready.renew();
    loggedIn.renew();
    failure = undefined;
  }

  function initialize(): void {
    if (ready.state() === "rejected") renew(); // The app became ready after the time limit.
    ready.resolve({ version });
  }

  function fail(reason: string): void {
    renew();
    failure = reason;
    ready.reject(reason);
    loggedIn.reject(reason);
  }

  // A promise that is still pending carries over to the next page.
  on("loading", renew);
  on("acknowledged", (sdk) => {
    version = sdk.version;
    if (!mustInitialize(settings)) initialize();
  });
  on("initialized", initialize);
  on("login", ({ isLoggedIn }) => (isLoggedIn ? loggedIn.resolve() : loggedIn.renew()));
  on("failed", ({ reason }) => fail(reason));
  on("withheld", ({ reason }) => fail(reason));
  on("closed", () => fail("The app was closed."));

  const isPending = () => ready.state() === "pending";

  return {
    /**
     * Resolves after SYNC_ACK, and after INITIALIZED if the app must send it. Rejects with the reason if the app fails, is
     * not approved, or is closed.
     */
    get ready() {
      return ready.promise;
    },
    /** Resolves when the app reports a logged-in user, without a time limit. Rejects when `ready` rejects. */
    get loggedIn() {
      return loggedIn.promise;
    },
    isPending,
    whyNotReady: () => (isPending() ? "The app is not ready yet; await hubspot.ready first." : failure),
  };
}

/** Creates a promise that can be replaced after it has settled. Callers need not handle its rejection. */
function createRenewablePromise<T>() {
  let state: "pending" | "resolved" | "rejected" = "pending";
  let settle: { resolve(value: T): void; reject(error: Error): void };
  let promise = create();

  function create(): Promise<T> {
    return quiet(
      new Promise<T>((resolve, reject) => {
        settle = { resolve, reject };
      }),
    );
  }

  return {
    get promise() {
      return promise;
    },
    state: () => state,
    resolve(value: T): void {
      settle.resolve(value);
      if (state === "pending") state = "resolved";
    },
    reject(reason: string): void {
      settle.reject(new Error(reason));
      if (state === "pending") state = "rejected";
    },
    renew(): void {
      if (state !== "pending") promise = create();
      state = "pending";
    },
  };
}

/** Returns the same promise. The browser does not report its rejection as unhandled. */
export function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
