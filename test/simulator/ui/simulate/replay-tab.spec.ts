// Replays of a downloaded log: the user presses buttons in the app, and scripts receive the differences.
import { readFile, writeFile } from "node:fs/promises";
import { acknowledge, expect, minimalApp, test } from "../../../support/simulator.ts";

const log = (lines: [from: "hubspot" | "app", type: string, data?: unknown][]) =>
  lines.map(([from, type, data]) => `${JSON.stringify({ at: 1, from, type, data })}\n`).join("");

test("replays a downloaded log with the user's help and shows the differences", async ({ simulator, page }, info) => {
  await simulator.ready();
  await simulator.send("SOMETHING_NEW", { a: 1 });
  await simulator.sent("ERROR");
  await simulator.press("userAvailable", "USER_AVAILABLE");
  await simulator.send("END_CALL");
  await simulator.sent("CALL_ENDED");
  await simulator.press("userUnavailable", "USER_UNAVAILABLE");
  const download = page.waitForEvent("download");
  await page.locator("#download").click();
  const path = info.outputPath("session.jsonl");
  await (await download).saveAs(path);

  await simulator.tab("Replay");
  const result = page.locator("#replayResult");
  const skip = page.getByRole("button", { name: "Skip" });
  /** When a user opens the file dialog, the page forgets the file, so that the user can choose the same file again. */
  async function choose(file: string): Promise<void> {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.locator("#replayFile").click()]);
    await chooser.setFiles(file);
  }
  await expect(skip).toBeHidden();
  await choose(path);
  await expect(result).toHaveText("Waiting for USER_AVAILABLE userAvailable. Press its button in the app.");
  await expect(page.locator("#replayed [data-outcome=sent]").last()).toHaveText("SOMETHING_NEW sent");
  await expect(page.locator("#replayed [data-outcome=same]")).toHaveCount(2);
  await expect(page.locator("#replayed li").last()).toHaveText("USER_AVAILABLE userAvailable waiting");
  await simulator.app.locator("#userAvailable").click();
  await expect(page.locator("#replayed [data-outcome=same]").last()).toHaveText(
    "CALL_ENDED callEnded following END_CALL onEndCall: same",
  );
  await expect(result).toHaveText("Waiting for USER_UNAVAILABLE userUnavailable. Press its button in the app.");
  await simulator.app.locator("#userAvailable").click();
  await expect(result).toHaveText(
    "Waiting for USER_UNAVAILABLE userUnavailable, but the app sent USER_AVAILABLE userAvailable. " +
      "Press the button for USER_UNAVAILABLE userUnavailable in the app, or press Skip.",
  );
  await skip.click();
  await expect(page.locator("#replayed [data-outcome=waiting]")).toHaveCount(0);
  await expect(result).toHaveText("4 of 6 messages match.");
  await expect(page.locator("#replayed [data-outcome=missing]")).toContainText("USER_UNAVAILABLE");
  await expect(page.locator("#replayed [data-outcome=new]")).toHaveText("USER_AVAILABLE userAvailable: new");
  await expect(skip).toBeHidden();

  const lines = (await readFile(path, "utf8")).replace('"isLoggedIn":true', '"isLoggedIn":false');
  await writeFile(path, lines);
  await choose(path);
  await expect(result).toHaveText("Waiting for USER_AVAILABLE userAvailable. Press its button in the app.");
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.locator("#replayed [data-outcome=different]")).toContainText(
    "isLoggedIn: expected false, but was true",
  );
  const stopped = "The replay was stopped. 1 of 2 messages match. 3 messages in the log were not reached.";
  await expect(result).toHaveText(stopped);

  await choose(path);
  await expect(result).toHaveText("Waiting for USER_AVAILABLE userAvailable. Press its button in the app.");
  await page.locator("#close").click();
  await expect(result, "the replay ends when the app is closed").toHaveText(stopped);

  await writeFile(path, `${lines}not JSON\n`);
  await choose(path);
  await expect(result).toContainText(/^Line \d+ is not a log record/);
  await expect(page.locator("#replayed li"), "the results of the previous replay are gone").toHaveCount(0);
  await expect(page.locator("#replayFile")).toHaveValue(/session\.jsonl$/);
});

test("replays a log in a logged-in app without a reload, and returns the differences to a script", async ({
  simulator,
  serve,
  page,
  errors,
}) => {
  // The user logs in manually. The app starts a call on DIAL_NUMBER and ends it on END_CALL.
  const app = await serve((response) =>
    response.end(
      minimalApp(`${acknowledge} globalThis.post = post; post({ type: "INITIALIZED", data: {} });`).replace(
        "<script>",
        `<script>addEventListener("message", ({ data }) => {
          if (data.type === "DIAL_NUMBER") post({ type: "OUTGOING_CALL_STARTED", data: { externalCallId: "now", toNumber: data.data.phoneNumber, createEngagement: true } });
          if (data.type === "END_CALL") post({ type: "CALL_ENDED", data: { callEndStatus: "COMPLETED" } });
        });`,
      ),
    ),
  );
  await simulator.ready({ app });
  await simulator.app.locator("body").evaluate(() => Object(globalThis).post({ type: "LOGGED_IN" }));
  await page.evaluate(() => window.hubspot.loggedIn);
  const recorded = log([
    ["hubspot", "READY", { portalId: 1, userId: 2 }],
    ["app", "INITIALIZED", {}],
    ["app", "LOGGED_IN"],
    ["hubspot", "DIAL_NUMBER", { phoneNumber: "+1800" }],
    ["app", "OUTGOING_CALL_STARTED", { externalCallId: "then", toNumber: "+1800", createEngagement: true }],
    ["hubspot", "CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 4711 }],
    ["hubspot", "END_CALL"],
    ["app", "CALL_ENDED", { callEndStatus: "FAILED" }],
    ["app", "CALL_COMPLETED"],
  ]);
  const differences = await page.evaluate(
    (text) => window.hubspot.replay(text, { here: true, timeout: 1000 }),
    recorded,
  );
  expect(differences).toEqual([
    {
      event: "END_CALL",
      type: "CALL_ENDED",
      outcome: "different",
      fields: ["callEndStatus"],
      values: [{ field: "callEndStatus", expected: '"FAILED"', actual: '"COMPLETED"' }],
    },
    { event: "END_CALL", type: "CALL_COMPLETED", outcome: "missing", fields: [] },
  ]);
  // During the replay, the simulator sends only the events in the log. Afterward, it replies again.
  const sent = async () => (await simulator.messages("hubspot")).map(({ type }) => type);
  expect(await sent()).toEqual(["READY", "DIAL_NUMBER", "CREATE_ENGAGEMENT_SUCCEEDED", "END_CALL"]);
  await simulator.app.locator("body").evaluate(() => {
    Object(globalThis).post({ type: "OUTGOING_CALL_STARTED", data: { externalCallId: "x", createEngagement: true } });
  });
  await expect.poll(sent).toHaveLength(5);

  // The time limit restarts for each message.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  const slow = await page.evaluateHandle(
    (text) => {
      const slow: { waits: string[]; differences?: unknown } = { waits: [] };
      const waits = (type: string) => slow.waits.push(type);
      void window.hubspot.replay(text, { here: true, timeout: 1000, waits }).then((differences) => {
        slow.differences = differences;
      });
      return slow;
    },
    log([
      ["hubspot", "SLOW"],
      ["app", "FIRST"],
      ["app", "SECOND"],
    ]),
  );
  for (const type of ["FIRST", "SECOND"]) {
    await expect.poll(() => slow.evaluate(({ waits }) => waits.at(-1))).toBe(type);
    await page.clock.runFor(900);
    await simulator.app.locator("body").evaluate((_, sent) => Object(globalThis).post({ type: sent }), type);
    await simulator.sent(type);
  }
  await page.clock.resume();
  await expect.poll(() => slow.evaluate(({ differences }) => differences)).toEqual([]);

  const wrong: [log: string, message: RegExp][] = [
    ["''", /The log is empty/],
    ["'{}'", /Line 1 is not a log record/],
    ["{}", /The log must be a string, not \{\}/],
    [JSON.stringify(log([["app", "INITIALIZED"]])), /The log contains no event from HubSpot/],
  ];
  for (const [text, message] of wrong) {
    await expect(page.evaluate(`hubspot.replay(${text})`)).rejects.toThrow(message);
  }
  await page.evaluate(`
    const text = ${JSON.stringify(
      log([
        ["hubspot", "END_CALL"],
        ["app", "NEVER"],
      ]),
    )};
    hubspot.replay(text);
    Promise.resolve().then(() => hubspot.replay(text)).catch((error) => { window.errorText = error.message; })`);
  await expect.poll(() => page.evaluate("window.errorText")).toMatch(/A replay is already running/);
  expect(errors).toEqual([]);
});

test("does not change the recorded call if the user stops the replay and then completes the call in the app", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.startCall();
  await simulator.app.locator("[name=hs_call_body]").evaluate((field: HTMLInputElement) => {
    field.value = "Call back on Monday";
  });
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.press("callCompleted", "CALL_COMPLETED");
  await expect.poll(() => simulator.engagements()).toMatchObject([{ state: "completed" }]);
  const recorded = await simulator.engagements();
  expect(recorded[0]?.properties).toMatchObject({ hs_call_body: "Call back on Monday" });
  const messages = await page.evaluate(() => window.hubspot.messages());

  await simulator.tab("Replay");
  const buffer = Buffer.from(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
  await page.locator("#replayFile").setInputFiles({ name: "log.jsonl", mimeType: "application/jsonl", buffer });
  const result = page.locator("#replayResult");
  await expect(result).toHaveText(/^Waiting for OUTGOING_CALL_STARTED/);
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect(result).toHaveText(/^Waiting for CALL_ENDED/);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(result).toHaveText(/messages match/);
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.press("callCompleted", "CALL_COMPLETED");
  await expect.poll(async () => (await simulator.messages("hubspot")).at(-1)?.type).toMatch(/^UPDATE_ENGAGEMENT_/);
  expect(await simulator.engagements()).toEqual(recorded);
  const remedy = "To continue a call that was in progress before the replay, reload the app.";
  expect((await simulator.messages("hubspot")).at(-1)?.data).toMatchObject({
    error: { message: expect.stringContaining(remedy) },
  });
  await expect(page.locator("#replayPane .hint")).toContainText(remedy);
});

test("ends the replay when the user chooses an app that needs confirmation", async ({ simulator, page }) => {
  await simulator.open({ app: "https://app.example/" });
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.locator("#provider").selectOption("Calling app");
  await page.evaluate(() => window.hubspot.ready);
  await simulator.tab("Replay");
  const buffer = Buffer.from(
    log([
      ["hubspot", "DIAL_NUMBER", { phoneNumber: "+18005550151" }],
      ["app", "USER_AVAILABLE"],
    ]),
  );
  await page.locator("#replayFile").setInputFiles({ name: "log.jsonl", mimeType: "application/jsonl", buffer });
  const result = page.locator("#replayResult");
  await expect(result).toHaveText("Waiting for USER_AVAILABLE userAvailable. Press its button in the app.");
  await page.locator("#provider").selectOption("app.example");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(result).toHaveText(
    "The replay was stopped. 0 of 0 messages match. 1 message in the log was not reached.",
  );
});

test("rejects hubspot.replay() with the reason if the app does not answer", async ({ simulator, serve, page }) => {
  const server: { refuses: boolean } = { refuses: false };
  const app = await serve((response) => {
    if (server.refuses) response.setHeader("x-frame-options", "DENY");
    response.end(minimalApp(`${acknowledge} post({ type: "INITIALIZED", data: {} });`));
  });
  await simulator.ready({ app });
  server.refuses = true;
  const played = page.evaluate(
    (text) => window.hubspot.replay(text),
    log([
      ["hubspot", "READY"],
      ["hubspot", "END_CALL"],
    ]),
  );
  await expect(played).rejects.toThrow(/cannot answer: the header X-Frame-Options/);
});
