// The tests that "Copy as test" and the codegen command generate.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { type Line, readLog } from "../../../src/simulator/replay/replay.ts";
import { testCode } from "../../../src/simulator/replay/test-code.ts";

const callingAppLog = readLog(readFileSync("src/testing/call.jsonl", "utf8"));
const softphoneLog = readLog(readFileSync("test/examples/call.jsonl", "utf8"));

/** Creates a log with these messages, one second apart. */
function logOf(...messages: [from: "app" | "hubspot", type: string, data?: unknown][]): Line[] {
  return messages.map(([from, type, data], index) => ({ at: index * 1000, from, type, data }));
}
const ready: Parameters<typeof logOf>[0] = ["hubspot", "READY", { portalId: 62515, userId: 9, ownerId: 42 }];

test("presses the known buttons of the package's calling app", () => {
  expect(
    testCode(callingAppLog, { app: undefined }),
  ).toBe(`import { expect, test } from "hubspot-calling-app/playwright";

test("repeats a session", async ({ hubspot }) => {
  const press = (id: string) => hubspot.app.locator(\`#\${id}\`).click();
  await hubspot.dial({ recordId: 51 });
  await press("outgoingCall");
  expect((await hubspot.waitFor("OUTGOING_CALL_STARTED")).data).toMatchObject({ toNumber: "+18005550151" });
  await press("callAnswered");
  await hubspot.waitFor("CALL_ANSWERED");
  await press("callEnded");
  await hubspot.waitFor("CALL_ENDED");
  await press("callCompleted");
  await hubspot.waitFor("CALL_COMPLETED");
  await expect.poll(() => hubspot.engagements()).toMatchObject([{ state: "completed", direction: "OUTBOUND" }]);
});
`);
});

test("adds a TODO with a name for each user action in another app, but not for the messages that the app sends automatically", () => {
  const slowly = softphoneLog.map((line, index) => (index > 4 ? { ...line, at: line.at + index * 1000 } : line));
  const code = testCode(slowly, { app: "http://localhost:3000/" });
  expect(code).toContain('test.use({ app: "http://localhost:3000/" });');
  expect([...code.matchAll(/TODO (\w+)/g)].map(([, name]) => name)).toEqual(["answerCall", "endCall", "completeCall"]);
  expect(code).toContain("test.fixme(");
  expect(code).toContain("  await answerCall(hubspot.app);\n  await hubspot.waitFor(");
});

test("sets up the log's session and replies, expects the log's findings, and repeats HubSpot's events", () => {
  const call = { externalCallId: "1", toNumber: "+18005550151", fromNumber: "+18005550100", createEngagement: true };
  const log = logOf(
    ["hubspot", "READY", { portalId: 7, userId: 9, iframeLocation: "window", usesCallingWindow: true }],
    ["app", "INITIALIZED", { isLoggedIn: true }],
    ["hubspot", "DIAL_NUMBER", { phoneNumber: "+1", objectId: 101, calleeInfo: { calleeId: 51 } }],
    ["app", "OUTGOING_CALL_STARTED", call],
    ["hubspot", "CREATE_ENGAGEMENT_FAILED", { error: { message: "any" } }],
    ["hubspot", "END_CALL"],
    ["hubspot", "SET_CALL_STATE", { state: "any" }],
    ["hubspot", "VISIBILITY_CHANGED", { isMinimized: true, isHidden: false }],
    ["hubspot", "READY", {}],
  );
  const code = testCode(log, { app: undefined });
  for (const line of [
    'test.use({ iframeLocation: "window", session: { portalId: 7, withoutOwner: true }, answers: { OUTGOING_CALL_STARTED: "fail" } });',
    'hubspot.dial({ recordId: 51, phoneNumber: "+1", pageRecordId: 101 });',
    'hubspot.send("END_CALL");',
    'hubspot.send("SET_CALL_STATE", { state: "any" });',
    'hubspot.page.getByRole("button", { name: "Minimize" }).click();',
    "hubspot.reload();",
    "toMatchObject([]);",
  ]) {
    expect(code).toContain(line);
  }
  expect(code).toMatch(/hubspot\.expectFindings\(\[.*"never-ended".*\]\)/);
});

test("does not press sendError if the SDK responds to an unknown event", () => {
  const error = { type: "UNKNOWN_MESSAGE_TYPE", data: { type: "NEW_EVENT" } };
  const log = logOf(ready, ["hubspot", "NEW_EVENT", {}], ["app", "ERROR", error]);
  const code = testCode(log, { app: undefined });
  expect(code).toContain('hubspot.waitFor("ERROR")');
  expect(code).not.toContain("sendError");
});

test("does not press callEnded if the calling app responds to END_CALL", () => {
  const log = logOf(ready, ["hubspot", "END_CALL"], ["app", "CALL_ENDED", { externalCallId: "1" }]);
  const code = testCode(log, { app: undefined });
  expect(code).toContain('  await hubspot.send("END_CALL");\n  await hubspot.waitFor("CALL_ENDED");');
});

test("waits for the page that a message loads, and sends an unknown record's DIAL_NUMBER unchanged", () => {
  const code = testCode(
    logOf(
      ready,
      ["app", "NAVIGATE_TO_RECORD", { objectCoordinates: {} }],
      ["hubspot", "READY", {}],
      ["hubspot", "DIAL_NUMBER", { phoneNumber: "+1", calleeInfo: { calleeId: 5 } }],
    ),
    { app: undefined },
  );
  expect(code).toContain("await hubspot.ready;");
  expect(code).toContain('hubspot.send("DIAL_NUMBER", { phoneNumber: "+1", calleeInfo: { calleeId: 5 } });');
});

test("rejects a log that does not contain READY", () => {
  expect(() => testCode(logOf(["hubspot", "END_CALL"]), { app: undefined })).toThrow(
    /does not contain READY.* reload the app, .* download the log again/,
  );
});

test("sets `twice` if the log contains every event twice, and sets a reply to fail only if the app's message does not explain the failure", () => {
  const data = { engagementId: 7, objectCoordinates: { portalId: 62515, objectId: 51, objectTypeId: "0-1" } };
  const log = logOf(
    ready,
    ["hubspot", "END_CALL"],
    ["hubspot", "END_CALL"],
    ["app", "CALL_ENDED", { externalCallId: "1" }],
    ["app", "CALL_COMPLETED", { engagementId: 7, engagementProperties: {} }],
    ["hubspot", "UPDATE_ENGAGEMENT_FAILED", { error: { message: "The engagement could not be updated." } }],
    ["hubspot", "UPDATE_ENGAGEMENT_FAILED", { error: { message: "The engagement could not be updated." } }],
    ["app", "FINALIZE_ENGAGEMENT", { engagementId: 8 }],
    ["hubspot", "FINALIZE_ENGAGEMENT_FAILED", { engagementId: 8, error: { message: "No engagement has the id 8." } }],
    ["hubspot", "FINALIZE_ENGAGEMENT_FAILED", { engagementId: 8, error: { message: "No engagement has the id 8." } }],
    ["app", "NAVIGATE_TO_RECORD", data],
    ["hubspot", "NAVIGATE_TO_RECORD_FAILED", data],
    ["hubspot", "NAVIGATE_TO_RECORD_FAILED", data],
  );
  const code = testCode(log, { app: undefined });
  expect(code).toContain('session: { twice: true }, answers: { CALL_COMPLETED: "fail", NAVIGATE_TO_RECORD: "fail" }');
  expect(code.match(/hubspot\.send\("END_CALL"\)/g)).toHaveLength(1);

  const [first, ...rest] = log.filter(({ type }) => type !== "FINALIZE_ENGAGEMENT_FAILED");
  const once = testCode([...(first ? [first] : []), ...rest.slice(1)], { app: undefined });
  expect(once).not.toContain("twice");
});

test("dials during a call only with force, also while another call is in progress", () => {
  const dialed = { phoneNumber: "+18005550151", objectId: 51, calleeInfo: { calleeId: 51 } };
  const log = (...more: Parameters<typeof logOf>) =>
    testCode(
      logOf(ready, ["app", "INCOMING_CALL", { externalCallId: "a" }], ...more, ["hubspot", "DIAL_NUMBER", dialed]),
      {
        app: undefined,
      },
    );
  const waiting: Parameters<typeof logOf> = [
    ["app", "INCOMING_CALL", { externalCallId: "b" }],
    ["app", "CALL_ENDED", { externalCallId: "b" }],
  ];
  expect(log(...waiting)).toContain("hubspot.dial({ recordId: 51, force: true });");
  expect(log(...waiting, ["app", "CALL_ENDED", { externalCallId: "a" }])).toContain("hubspot.dial({ recordId: 51 });");
});

const twoCalls = logOf(
  ready,
  ["app", "OUTGOING_CALL_STARTED", { externalCallId: "A", toNumber: "+1", createEngagement: true }],
  ["hubspot", "CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 1 }],
  ["app", "INCOMING_CALL", { externalCallId: "B", createEngagement: true }],
  ["hubspot", "CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 2 }],
  ["app", "CALL_ANSWERED", { externalCallId: "A" }],
  ["app", "CALL_ANSWERED", { externalCallId: "B" }],
  ["hubspot", "END_CALL", { externalCallId: "A", engagementId: 1 }],
  ["app", "CALL_ENDED", { externalCallId: "A", engagementId: 1 }],
  ["hubspot", "SOMETHING_NEW", { calls: [{ externalCallId: "B" }, { engagementId: 2 }, { externalCallId: "C" }] }],
  ["app", "CALL_COMPLETED", { engagementId: 2 }],
);

test("names each user action after its call if the log contains several calls", () => {
  const code = testCode(twoCalls, { app: "http://localhost:3000/" });
  expect([...code.matchAll(/TODO (\w+)/g)].map(([, name]) => name)).toEqual([
    "startFirstCall",
    "receiveSecondCall",
    "answerFirstCall",
    "answerSecondCall",
    "endFirstCall",
    "completeSecondCall",
  ]);
});

test("refers to each call by the message that started it, instead of the ids in the log", () => {
  const code = testCode(twoCalls, { app: "http://localhost:3000/" });
  for (const line of [
    'const firstCall = Object((await hubspot.waitFor("OUTGOING_CALL_STARTED")).data);',
    'expect(firstCall).toMatchObject({ toNumber: "+1" });',
    'const secondCall = Object((await hubspot.waitFor("INCOMING_CALL")).data);',
    'await hubspot.send("END_CALL", await idsOf(firstCall));',
    'expect((await hubspot.waitFor("CALL_ENDED")).data).toMatchObject({ externalCallId: firstCall.externalCallId });',
    'await hubspot.send("SOMETHING_NEW", { calls: [{ externalCallId: secondCall.externalCallId }, { engagementId: (await idsOf(secondCall)).engagementId }, { externalCallId: "C" }] });',
    'await hubspot.waitFor("CALL_COMPLETED");',
    '[{ state: "ended", direction: "OUTBOUND" }, { state: "completed", direction: "INBOUND" }]',
  ]) {
    expect(code).toContain(line);
  }
});

test("expects the engagements of two calls if HubSpot replied after the second call had started", () => {
  const numbers = { fromNumber: "+18005550101", toNumber: "+18005550151", createEngagement: true };
  const log = logOf(
    ready,
    ["app", "INITIALIZED", { isLoggedIn: true }],
    ["app", "OUTGOING_CALL_STARTED", { externalCallId: "a", ...numbers }],
    ["app", "INCOMING_CALL", { externalCallId: "b", ...numbers }],
    ["hubspot", "CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 1 }],
    ["hubspot", "CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 2 }],
  );
  expect(testCode(log, { app: undefined })).toContain(
    '[{ state: "created", direction: "OUTBOUND" }, { state: "created", direction: "INBOUND" }]',
  );
});
