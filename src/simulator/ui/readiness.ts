// What a script can wait for in the frame that is there now: that the app is ready, and that its user is logged in.

import type { Session } from "../session/session.ts";
import { mustInitialize } from "../session/settings.ts";

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
    if (ready.state() === "rejected") renew(); // it came after its time was up
    ready.resolve({ version });
  }

  function fail(reason: string): void {
    renew();
    failure = reason;
    ready.reject(reason);
    loggedIn.reject(reason);
  }

  // Who waits for the page before waits for the next page, too.
  on("loading", renew);
  on("acknowledged", (sdk) => {
    version = sdk.version;
    if (!mustInitialize(settings)) initialize();
  });
  on("initialized", initialize);
  on("login", ({ isLoggedIn }) => (isLoggedIn ? loggedIn.resolve() : loggedIn.renew()));
  on("failed", ({ reason }) => fail(reason));
  on("withheld", ({ reason }) => fail(reason));
  on("closed", () => fail("The app's frame is closed."));

  return {
    /** SYNC_ACK and INITIALIZED have come. Rejects with the reason when the app does not get so far. */
    get ready() {
      return ready.promise;
    },
    /** The app has said that its user is logged in. Rejects as `ready`; takes as long as a person does. */
    get loggedIn() {
      return loggedIn.promise;
    },
    /** Why the app is not ready now, in words that say what to await; nothing when it is. */
    whyNot: () => (ready.state() === "pending" ? "The app has not said initialized yet: await hubspot.ready" : failure),
  };
}

/** A promise that can be made anew when it is settled. That nobody awaits it is no error. */
function createRenewablePromise<T>() {
  let state: "pending" | "resolved" | "rejected" = "pending";
  let settle: { resolve(value: T): void; reject(error: Error): void };
  let promise = make();

  function make(): Promise<T> {
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
    reject(words: string): void {
      settle.reject(new Error(words));
      if (state === "pending") state = "rejected";
    },
    renew(): void {
      if (state !== "pending") promise = make();
      state = "pending";
    },
  };
}

/** The same promise, whose rejection is no unhandled one when nobody awaits it. */
export function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
