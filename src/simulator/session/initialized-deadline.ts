import type { Emitter } from "../common/emitter.ts";
import { startTimer } from "../common/start-timer.ts";
import type { RuleId } from "../rules/index.ts";
import { scriptErrorHint } from "./connection-diagnosis.ts";
import type { SessionEvents } from "./session-events.ts";
import { mustInitialize, type Settings } from "./settings.ts";

/** `flush` handles the app's waiting messages. */
type DeadlineSession = {
  readonly on: Emitter<SessionEvents>["on"];
  readonly settings: Settings;
  flush(): void;
  report(rule: RuleId, message: string): void;
};

/** Reports an app that answers SYNC but does not then send initialized within the time limit. */
export function subscribeInitializedDeadline(session: DeadlineSession): void {
  const { on, settings } = session;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  on("acknowledged", () => {
    stop();
    if (!mustInitialize(settings)) return;
    const { timeout } = settings;
    const started = startTimer(() => {
      session.flush();
      if (timer !== started) return;
      const problem = `the app did not send initialized within ${timeout} ms after SYNC_ACK`;
      session.report("not-initialized", `${problem}; ${scriptErrorHint}`);
    }, timeout);
    timer = started;
  });
  on("initialized", stop);
  on("loading", stop);
  on("ended", stop);
}
