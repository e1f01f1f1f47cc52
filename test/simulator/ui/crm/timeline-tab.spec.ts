import { expect, type Simulator, test } from "../../../support/simulator.ts";

test("shows a call's record, number, direction, steps and duration, and a “Hang up” button during the call", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.dial({ recordId: 101, phoneNumber: "+442079460102" });
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await simulator.tab("Timeline");
  const call = page.locator("#engagements > li");
  await expect(call).toContainText("↗ Outbound");
  await expect(call.locator(".title"), "the app has not set a title").toHaveText("Call to Analytical Engines");
  await expect(call.locator(".recordName")).toHaveText("Analytical Engines");
  await expect(call.locator(".app")).toHaveText("Calling app");
  await expect(call.locator(".number")).toHaveText("+442079460102");
  const steps = (state: string) => call.locator(`[data-step=${state}]`);
  await expect(steps("done")).toHaveText(["started"]);
  await simulator.press("callAnswered", "CALL_ANSWERED");
  await expect(steps("done")).toHaveText(["started", "answered"]);
  await page.locator("#engagements").getByRole("button", { name: "Hang up" }).click();
  await simulator.sent("CALL_ENDED");
  await expect(steps("done")).toHaveText(["started", "answered", "ended"]);
  await expect(page.locator("#engagements").getByRole("button", { name: "Hang up" })).toHaveCount(0);
  await simulator.press("callCompleted", "CALL_COMPLETED");
  await expect(steps("open")).toHaveCount(0);
  await expect(call.locator(".duration")).toHaveText(/^\d+ s$/);
  await expect(call.locator(".status")).toHaveText("Completed");
});

/** Makes a call without callAnswered, and opens the Timeline tab. */
async function completeUnanswered(simulator: Simulator): Promise<void> {
  await simulator.dial();
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.press("callCompleted", "CALL_COMPLETED");
  await simulator.tab("Timeline");
}

test("does not show an unanswered call as answered after it is completed", async ({ simulator, page }) => {
  await simulator.ready();
  await completeUnanswered(simulator);
  await expect(page.locator("#engagements [data-step=done]")).toHaveText(["started", "ended", "completed"]);
  await expect(page.locator("#engagements [data-step=skipped]")).toHaveText("callAnswered not sent");

  await simulator.app.locator("[name=hideWidget]").evaluate((box: HTMLInputElement) => {
    box.checked = false;
  });
  await simulator.dial();
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await simulator.press("callAnswered", "CALL_ANSWERED");
  await simulator.app.locator("#callEndStatus").selectOption("FAILED");
  await simulator.press("callEnded", "CALL_ENDED");
  await expect(page.locator("#engagements > li").first().locator("[data-step=done]"), "an answered call").toHaveText([
    "started",
    "answered",
    "ended",
  ]);
});

test("marks a completed call whose update failed", async ({ simulator, page }) => {
  await simulator.ready();
  await page.evaluate(() => window.hubspot.answer("CALL_COMPLETED", "fail"));
  await completeUnanswered(simulator);
  await expect(page.locator("#engagements [data-step=failed]")).toHaveText("completed");
  await expect(page.locator("#engagements .updateFailed")).toHaveText("update failed");
});

test("shows a call's current state even if HubSpot creates the engagement late", async ({ simulator, page }) => {
  await page.clock.install();
  await simulator.ready();
  const delayMs = 3_600_000;
  await simulator.answer("OUTGOING_CALL_STARTED", "succeed", delayMs);
  await simulator.dial();
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await simulator.press("callAnswered", "CALL_ANSWERED");
  expect(await simulator.engagements()).toEqual([]);
  await page.clock.fastForward(delayMs);
  await expect(simulator.app.locator("[name=engagementId]")).not.toHaveValue("");
  await simulator.tab("Timeline");
  await expect(page.locator("#engagements [data-step=done]")).toHaveText(["started", "answered"]);
});

test("shows an unanswered call as not answered, and rerenders only the changed call", async ({ simulator, page }) => {
  await simulator.open();
  await page.evaluate(() => {
    const calls = Array.from({ length: 200 }, (_, n) => ({
      engagementId: n + 1,
      externalCallId: `call ${n}`,
      direction: n % 2 ? "INBOUND" : "OUTBOUND",
      state: "completed",
      properties: { hs_call_to_number: "+18005550151", hs_call_status: "NO_ANSWER", hs_call_duration: "65000" },
      createdAt: n * 1000,
      ghost: false,
      duplicate: false,
    }));
    localStorage.setItem("engagements", JSON.stringify(calls));
    dispatchEvent(new StorageEvent("storage"));
  });
  await simulator.tab("Timeline");
  const cards = page.locator("#engagements > li");
  await expect(cards).toHaveCount(200);
  await expect(cards.first(), "newest first").toHaveAttribute("data-engagement", "200");
  await expect(cards.last().locator("[data-step=skipped]")).toHaveText("not answered");
  await expect(cards.last().locator(".number")).toHaveText("+18005550151");
  await expect(cards.last().locator(".duration")).toHaveText("1 min 5 s");
  await expect(cards.last().locator(".status")).toHaveText("No answer");
  await expect(page.locator("#timelineTab .count")).toHaveText("200");
  await page.evaluate(() => {
    for (const card of document.querySelectorAll("#engagements > li")) card.setAttribute("data-was", "here");
    const calls = JSON.parse(localStorage.getItem("engagements") ?? "[]");
    calls[100].ghost = true;
    localStorage.setItem("engagements", JSON.stringify(calls));
    dispatchEvent(new StorageEvent("storage"));
  });
  await expect(page.locator("#engagements em")).toHaveText(["ghost call"]);
  await expect(page.locator("#engagements > [data-was]")).toHaveCount(199);
});

test("renders each list only once after a burst of 300 calls, and renders only the new entries for one more call", async ({
  simulator,
  page,
}) => {
  // Keeps these calls off the server, and so out of other tests.
  await page.route("**/simulator/**", () => {});
  await simulator.ready();
  await simulator.tab("Timeline");
  // From here on, the test controls the animation frames.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  const lists = await page.evaluateHandle(() => {
    // The page also logs to the console, which is slow because Playwright receives the output.
    console.log = () => {};
    return ["engagements", "log", "findings"].map((id) => {
      const list = document.querySelector(`#${id}`) ?? document.body;
      const seen = { id, renders: 0, added: 0, removed: 0 };
      const observer = new MutationObserver((changes) => {
        seen.renders += 1;
        for (const { addedNodes, removedNodes } of changes) {
          seen.added += addedNodes.length;
          seen.removed += removedNodes.length;
        }
      });
      observer.observe(list, { childList: true });
      return seen;
    });
  });
  const counts = async () => {
    const seen = await lists.jsonValue();
    await lists.evaluate((lists) => {
      for (const list of lists) Object.assign(list, { renders: 0, added: 0, removed: 0 });
    });
    return Object.fromEntries(seen.map(({ id, ...rest }) => [id, rest]));
  };
  const startCalls = async (from: number, to: number) => {
    await simulator.app.locator("body").evaluate(
      (_, { from, to }) => {
        for (let id = from; id <= to; id++) {
          const data = { externalCallId: `${id}`, toNumber: `+1800${id}`, createEngagement: true };
          parent.postMessage({ type: "OUTGOING_CALL_STARTED", data, messageId: `burst ${id}` }, "*");
        }
      },
      { from, to },
    );
    const started = () => window.hubspot.messages().filter(({ type }) => type === "OUTGOING_CALL_STARTED").length;
    await expect.poll(() => page.evaluate(started)).toBe(to);
  };
  const nothing = { renders: 0, added: 0, removed: 0 };

  await startCalls(1, 300);
  expect(await counts()).toEqual({ engagements: nothing, log: nothing, findings: nothing });
  await page.clock.runFor(100);
  expect(await counts(), "each list's maximum").toEqual({
    engagements: { renders: 1, added: 200, removed: 0 },
    log: { renders: 1, added: 500, removed: expect.any(Number) },
    findings: { renders: 1, added: 2, removed: 0 }, // one entry per rule
  });
  await startCalls(301, 301);
  await page.clock.runFor(100);
  expect(await counts()).toEqual({
    engagements: { renders: 1, added: 1, removed: 1 },
    log: { renders: 1, added: 2, removed: 2 },
    findings: { renders: 1, added: 2, removed: 2 },
  });
});

test("shows the title, the number and only the known steps of a call from the REST API", async ({
  simulator,
  page,
}) => {
  const created = { direction: "INBOUND", createdAt: 1, by: "api" };
  const properties = { hs_call_title: "Missed <b>call</b>", hs_call_from_number: "+442079460101" };
  const calls = {
    1: { ...created, engagementId: 1, externalCallId: "", state: "completed", properties },
    2: { ...created, engagementId: 2, externalCallId: "b", state: "answered", properties: {} },
  };
  await page.route("**/simulator/state*", (route) => route.fulfill({ json: { apps: {}, calls } }));
  await page.route("**/simulator/calls/*", (route) => route.fulfill({ json: {} }));
  await simulator.ready();
  await simulator.tab("Timeline");
  const logged = page.locator("[data-engagement='1']");
  await expect(logged.locator(".title")).toHaveText("Missed <b>call</b>");
  await expect(logged.locator(".number")).toHaveText("+442079460101");
  await expect(logged.locator(".app")).toHaveText("REST API");
  await expect(logged.locator("[data-step]")).toHaveText(["logged by the REST API"]);

  await simulator.app.locator("body").evaluate(() => {
    const data = { externalCallId: "b", engagementId: 2, callEndStatus: "COMPLETED" };
    parent.postMessage({ type: "CALL_ENDED", messageId: "by hand", data }, "*");
  });
  await simulator.sent("CALL_ENDED");
  const continued = page.locator("[data-engagement='2']");
  await expect(continued.locator("[data-step]")).toHaveText(["logged by the REST API", "ended"]);
  await expect(continued.locator(".app"), "the app that sent a message about the call").toHaveText("Calling app");
});

test("shows a call's title, notes, number, duration, status, disposition, record and app, and filters and clears by app and day", async ({
  simulator,
  page,
}) => {
  const deletes: string[] = [];
  await page.route("**/simulator/calls**", (route) => {
    if (route.request().method() === "DELETE") deletes.push(new URL(route.request().url()).pathname);
    return route.fulfill({ json: {} });
  });
  await simulator.open();
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1, 12);
  await page.evaluate(
    (days) => {
      const properties = {
        hs_call_title: "<i>Demo</i>",
        hs_call_body: "Two lines\nof notes",
        hs_call_to_number: "+493012345",
        hs_call_duration: "61000",
        hs_call_status: "BUSY",
        hs_call_disposition: "Left voicemail",
      };
      const calls = days.map((createdAt, index) => ({
        engagementId: index + 1,
        externalCallId: `call ${index}`,
        direction: "OUTBOUND",
        state: index === 2 ? "answered" : "completed",
        properties: index === 0 ? properties : { hs_call_to_number: "+18005550199" },
        createdAt,
        app: { name: index === 2 ? "Second app" : "First app", url: "http://localhost:3000/" },
        ...(index === 0 && { record: { objectTypeId: "0-1", objectId: 53 } }),
        ghost: false,
        duplicate: false,
      }));
      localStorage.setItem("engagements", JSON.stringify(calls));
      dispatchEvent(new StorageEvent("storage"));
    },
    [yesterday.getTime(), today.getTime(), today.getTime()],
  );
  await simulator.tab("Timeline");
  const cards = page.locator("#engagements > li");
  const texts = (card: number) => cards.nth(card).locator(":is(.title, .notes, .facts > *)");
  await expect(texts(2)).toHaveText([
    "<i>Demo</i>",
    "Two lines of notes",
    "+493012345",
    "1 min 1 s",
    "Busy",
    "Disposition Left voicemail",
    "Konrad Zuse",
    "First app",
  ]);
  await expect(texts(1)).toHaveText(["Call to +18005550199", "+18005550199", "no record", "First app"]);
  await expect(cards.nth(1).locator("time")).toHaveText(/^\d\d:\d\d:\d\d$/);
  await expect(cards.nth(2).locator("time"), "another day").toHaveText(/^\d{4}-\d\d-\d\d 12:00:00$/);

  const app = page.getByLabel("App", { exact: true });
  const day = page.getByLabel("Day", { exact: true });
  await expect(app.locator("option")).toHaveText(["All apps", "Second app", "First app"]);
  await app.selectOption("First app");
  await expect(cards).toHaveCount(2);
  await day.selectOption({ index: 1 });
  await expect(cards).toHaveCount(1);
  await expect(page.locator("#timelineTab .count"), "counts all calls").toHaveText("3");
  await app.selectOption("Second app");
  await day.selectOption({ index: 2 });
  await expect(page.getByText("No call matches the filter.")).toBeVisible();
  const clear = page.locator("#clearEngagements");
  await clear.click();
  await expect(page.locator("#asking"), "no call to delete").toBeHidden();
  await app.selectOption("First app");
  await clear.click();
  await expect(page.locator("#question")).toHaveText("Delete 1 call of First app? You cannot undo this.");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(cards).toHaveCount(1);
  await clear.click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.locator("#timelineTab .count"), "keeps the calls that the filter hides").toHaveText("2");
  await expect.poll(() => deletes).toEqual(["/simulator/calls/1"]);
  await app.selectOption("");
  await day.selectOption("");
  await clear.click();
  await expect(page.locator("#question")).toHaveText(
    "Delete 1 call of Second app and 1 call of First app? 1 call has not ended yet. You cannot undo this.",
  );
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect.poll(() => deletes).toEqual(["/simulator/calls/1", "/simulator/calls"]);
  await expect(app.locator("option"), "clearing the timeline resets the filter").toHaveText(["All apps"]);
  await expect(page.locator("#noEngagements")).toBeVisible();
});

test("deletes a single call that the app lost, after the user confirms", async ({ simulator, page }) => {
  await simulator.ready();
  await completeUnanswered(simulator);
  await simulator.dial();
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await page.evaluate(() => window.hubspot.close());
  await simulator.tab("Timeline");
  const calls = page.locator("#engagements > li");
  const [completed] = await simulator.engagements();
  await expect(calls).toHaveCount(2);
  const remove = calls.first().getByRole("button", { name: "Delete: Call to Ada Lovelace" });
  await remove.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Delete 1 call of Calling app? 1 call has not ended yet. You cannot undo this.");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(calls).toHaveCount(2);
  await remove.click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(calls).toHaveCount(1);
  expect(await simulator.engagements(), "the other call stays").toEqual([completed]);
});

test("shows the filters and Clear on one line at 320, 400 and 1100 px", async ({ simulator, page }) => {
  await simulator.ready();
  await simulator.startCall();
  await simulator.tab("Timeline");
  for (const width of [320, 400, 1100]) {
    await page.setViewportSize({ width, height: 800 });
    const tops = await page
      .locator("#timelinePane .tools > *")
      .evaluateAll((nodes) =>
        nodes.map((node) => node.getBoundingClientRect()).map(({ top, height }) => top + height / 2),
      );
    expect(Math.max(...tops) - Math.min(...tops), `${width}`).toBeLessThan(1);
  }
});
