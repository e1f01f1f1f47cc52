// Checks whether the app distinguishes the called record from the open one, both in calls from other pages and in the call
// queue.
import { helpDesk, sampleRecords } from "../../simulator/crm/sample-records.ts";
import type { ScenarioContext } from "../context/scenario-context.ts";
import { logIn } from "./log-in.ts";
import { beginCall, type Dialed, finishCall } from "./run-call.ts";
import type { AppTraits, Scenario } from "./scenario.ts";

/** Every record that another record's page lists, and the help desk's contacts, which are dialed while no record is open. */
const otherPages: (Required<Dialed> & { from: string })[] = [
  ...sampleRecords.map(({ objectId, name, associated = [] }) => ({ pageRecordId: objectId, from: name, associated })),
  { pageRecordId: 0, from: helpDesk.name, associated: helpDesk.associated },
].flatMap(({ associated, ...page }) => associated.map((recordId) => ({ ...page, recordId })));

/** A contact that the user calls from the company's page. */
const fromCompany: Dialed = { recordId: 51, pageRecordId: 101 };
const fromHelpDesk: Dialed = { recordId: 51, pageRecordId: 0 };

export const recordScenarios: Scenario[] = [
  {
    name: "dial: from another page",
    expectation: "handles numbers that the user dials on another record's page, or outside any record",
    isLong: true,
    // Some apps start a call by themselves. Other scenarios check such calls.
    ignoresRules: ["never-ended", "ghost-call", "not-e164", "no-engagement", "duplicate-engagement"],
    async run(context, app) {
      const reason = await logIn(context, app);
      if (reason) return reason;
      for (const { from, ...dialed } of otherPages) {
        await context.whileDoing(`when HubSpot dials record ${dialed.recordId} on the page "${from}"`, () =>
          context.page.evaluate((dialed) => window.hubspot.dial({ ...dialed, force: true }), dialed),
        );
        await context.waitUntilQuiet();
      }
      return undefined;
    },
  },
  {
    name: "call: from another page",
    expectation:
      "does not mistake the open record for the called record when the user calls from a company's page or the help desk",
    isLong: true,
    needs: ["hangUp"],
    async run(context, app) {
      for (const dialed of [fromCompany, fromHelpDesk]) {
        const before = await context.appMessageCount();
        const { isStarted, reason } = await beginCall(context, app, "outbound", dialed);
        if (!isStarted) return reason;
        await context.waitUntilQuiet();
        await finishCall(context);
        // Stop here, because HubSpot does not dial during a call. The simulator reports a call that never ends.
        if (!(await hasSent(context, "CALL_ENDED", before))) return undefined;
      }
      return undefined;
    },
  },
  {
    name: "call: queue",
    expectation: "becomes ready for the next task in a call queue after each call",
    isLong: true,
    parameters: { callQueue: "true" },
    needs: ["hangUp"],
    run: callThroughQueue,
  },
];

async function callThroughQueue(context: ScenarioContext, app: AppTraits): Promise<string | undefined> {
  for (const { objectId } of sampleRecords.slice(0, 2)) {
    const loads = await readyCount(context);
    const before = await context.appMessageCount();
    const { isStarted, reason } = await beginCall(context, app, "outbound", { recordId: objectId });
    if (!isStarted) return reason;
    await context.waitUntilQuiet();
    await finishCall(context);
    // The simulator reports a call that is never completed.
    if (!(await hasSent(context, "CALL_COMPLETED", before))) return undefined;
    if (!(await waitForNextTask(context, loads))) return undefined;
  }
  return undefined;
}

const hasSent = async (context: ScenarioContext, type: string, before: number) =>
  (await context.waitForMessage(type, before, 0)) !== undefined;

const readyCount = async (context: ScenarioContext) =>
  (await context.messages("hubspot")).filter(({ type }) => type === "READY").length;

/** When HubSpot opens the next record, it reloads the app, but does not send DIAL_NUMBER. */
async function waitForNextTask(context: ScenarioContext, loads: number): Promise<boolean> {
  const isLoaded = await context.page
    .waitForFunction(
      (loads) => window.hubspot.messages().filter(({ type }) => type === "READY").length > loads,
      loads,
      { timeout: context.timeoutMs },
    )
    .then(
      () => true,
      () => false,
    );
  if (!isLoaded) {
    context.report("not-ready", "the app did not answer SYNC after HubSpot opened the next record in the call queue");
    return false;
  }
  const isReady = await context.waitUntilReady();
  await context.waitUntilQuiet();
  return isReady;
}
