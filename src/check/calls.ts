// Whole calls, which need somebody at the app: the steps, or an app that begins a call by itself when HubSpot dials.

import { answers } from "../simulator/session/replies.ts";
import { engagementIdOf } from "./handshake.ts";
import { readyToCall, type Scenario } from "./scenario.ts";
import type { Stage } from "./scenario-context.ts";
import { doStep } from "./untrusted-messages.ts";
import type { StepName } from "./user-actions.ts";

/** Milliseconds that an app may take to begin a call by itself. */
const patience = 1000;

type Direction = "out" | "in";

/** Begins a call and has it answered. Gives why it cannot be tried, or nothing where that is in the findings. */
async function begin(stage: Stage, direction: Direction): Promise<{ started: boolean; reason?: string }> {
  const { callOut } = stage.steps;
  const refused = await readyToCall(stage);
  if (refused) return { started: false, reason: refused };
  const before = (await stage.messages("app")).length;
  if (direction === "in") {
    return { started: (await say(stage, "callIn", "INCOMING_CALL", before)) && (await answer(stage)) };
  }
  await stage.during("when HubSpot dials", () => stage.page.evaluate(() => window.hubspot.dial()));
  if (!(await stage.sent("OUTGOING_CALL_STARTED", before, patience))) {
    if (!callOut) {
      const reason = "the app does not begin a call by itself when HubSpot dials, and the steps have no callOut";
      return { started: false, reason };
    }
    if (!(await say(stage, "callOut", "OUTGOING_CALL_STARTED", before))) return { started: false };
  }
  return { started: await answer(stage) };
}

/** Does a step, after which the app has to say so. */
async function say(stage: Stage, name: StepName, type: string, before: number): Promise<boolean> {
  if (!(await doStep(stage, name))) return false;
  if (await stage.sent(type, before)) return true;
  stage.found("user-action-unreported", `${name}: ${type} did not come within ${stage.timeout} ms`);
  return false;
}

async function answer(stage: Stage): Promise<boolean> {
  if (!stage.steps.answer) return true;
  return say(stage, "answer", "CALL_ANSWERED", (await stage.messages("app")).length);
}

/** Hangs up and completes. What does not come then, the simulator finds when the frame is closed. */
async function finish(stage: Stage, hangUp: () => Promise<boolean> = () => doStep(stage, "hangUp")): Promise<void> {
  const before = (await stage.messages("app")).length;
  if (!(await hangUp()) || !(await stage.sent("CALL_ENDED", before))) return;
  await stage.takePicture();
  if (!(await doStep(stage, "complete"))) return;
  await stage.sent("CALL_COMPLETED", before);
  await stage.settled();
}

const call =
  (direction: Direction, prepare: (stage: Stage) => Promise<unknown> = async () => {}): Scenario["play"] =>
  async (stage) => {
    await prepare(stage);
    const { started, reason } = await begin(stage, direction);
    if (started) {
      await stage.settled();
      await finish(stage);
    }
    return reason;
  };

const answerAll =
  (how: "succeed" | "fail" | "never", delay = 0) =>
  (stage: Stage) =>
    stage.page.evaluate(
      ([types, how, delay]) => {
        for (const type of types) window.hubspot.answer(type, how, delay);
      },
      [Object.keys(answers), how, delay] satisfies [string[], typeof how, number],
    );

/** What cannot be right where no engagement was made. */
const ofEngagement = ["missing-field", "unknown-call", "no-engagement"];

const inbound: StepName[] = ["hangUp", "callIn"];
const outbound: StepName[] = ["hangUp"];

export const calls: Scenario[] = [
  { name: "a call: outbound", expectation: "tells HubSpot of the whole call", needs: outbound, play: call("out") },
  {
    name: "a call: inbound",
    expectation: "tells HubSpot of the whole call, in the calling window",
    needs: inbound,
    parameters: { iframeLocation: "window", usesCallingWindow: "true" },
    play: call("in"),
  },
  {
    name: "a call: END_CALL",
    expectation: "hangs up when HubSpot asks it to",
    needs: outbound,
    async play(stage) {
      const { started, reason } = await begin(stage, "out");
      if (!started) return reason;
      await stage.settled();
      await finish(stage, async () => {
        await stage.send("END_CALL", undefined);
        return true;
      });
      return undefined;
    },
  },
  {
    name: "a call: navigation in the middle",
    expectation: "takes up the call and its engagement when HubSpot loads its page anew",
    needs: outbound,
    async play(stage) {
      const { started, reason } = await begin(stage, "out");
      if (!started) return reason;
      await stage.settled();
      const created = (await stage.messages("hubspot")).find(({ type }) => type === "CREATE_ENGAGEMENT_SUCCEEDED");
      if (!created) return "the app asked for no engagement";
      const before = (await stage.messages("app")).length;
      await stage.navigate();
      if (!(await stage.ready())) return undefined;
      await stage.settled();
      await finish(stage);
      const after = (await stage.messages("app")).slice(before);
      if (!after.some((message) => engagementIdOf(message) === engagementIdOf(created))) {
        const id = engagementIdOf(created);
        stage.forgive("never-ended", "ghost-call", "unknown-call", "missing-field");
        stage.found("engagement-forgotten", `READY brought engagementId ${id}, and nothing that followed names it`);
      }
      return undefined;
    },
  },
  {
    name: "failures: every answer fails",
    expectation: "goes through the call when HubSpot refuses everything",
    needs: outbound,
    forgives: ofEngagement,
    play: call("out", answerAll("fail")),
  },
  {
    name: "failures: every answer is late",
    expectation: "goes through the call when each answer takes two seconds",
    needs: outbound,
    forgives: ofEngagement,
    play: call("out", answerAll("succeed", 2000)),
  },
  {
    name: "failures: no answer comes",
    expectation: "goes through the call when nothing is answered",
    needs: outbound,
    forgives: ofEngagement,
    play: call("out", answerAll("never")),
  },
];
