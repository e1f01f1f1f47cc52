// window.hubspot: promises, `close` and `clear`, and error messages.
import { appUrl } from "../../support/host.ts";
import { freePorts } from "../../support/ports.ts";
import { acknowledge, expect, initialize, minimalApp, silentApp, test } from "../../support/simulator.ts";

test("replaces hubspot.ready and hubspot.loggedIn each time the app loads a page", async ({ simulator, page }) => {
  await simulator.ready();
  const moves = [
    () => page.locator("#reload").click(),
    () =>
      simulator.app.locator("body").evaluate(
        (_, data) => {
          parent.postMessage({ type: "SET_WIDGET_URL", messageId: "by hand", data }, "*");
        },
        { iFrameUrl: `${appUrl}?elsewhere` },
      ),
    () =>
      simulator.app.locator("body").evaluate(
        (_, objectCoordinates) => {
          parent.postMessage({ type: "NAVIGATE_TO_RECORD", messageId: "by hand", data: { objectCoordinates } }, "*");
        },
        { portalId: 62515, objectId: 101, objectTypeId: "0-2" },
      ),
    () => simulator.app.locator("body").evaluate(() => location.reload()),
    () => page.locator("#provider").dispatchEvent("change"),
  ];
  for (const move of moves) {
    await page.evaluate(() => {
      const { ready, loggedIn } = window.hubspot;
      Object.assign(window, { before: { ready, loggedIn }, statuses: [] });
      const status = document.querySelector<HTMLElement>("#status");
      new MutationObserver(() => Object(window).statuses.push(status?.dataset.state)).observe(Object(status), {
        attributes: true,
      });
    });
    await move();
    await page.waitForFunction(() => Object(window).before.ready !== window.hubspot.ready);
    await page.evaluate(() => Promise.all([window.hubspot.ready, window.hubspot.loggedIn]));
    expect(await page.evaluate(() => Object(window).before.loggedIn !== window.hubspot.loggedIn)).toBe(true);
    expect(await page.evaluate(() => new Set(Object(window).statuses).has("waiting")), `${move}`).toBe(true);
    await expect(page.locator("#status")).toHaveAttribute("data-state", "ready");
  }
});

const failures: [name: string, status: number, headers: Record<string, string>, reason: RegExp][] = [
  ["a 404 response", 404, {}, /answers with status 404/],
  ["X-Frame-Options", 200, { "x-frame-options": "DENY" }, /X-Frame-Options: DENY/],
  ["a Content-Security-Policy", 200, { "content-security-policy": "frame-ancestors 'none'" }, /frame-ancestors 'none'/],
];

test("rejects hubspot.ready with the reason, and reports one finding, if the app cannot be loaded, and resolves hubspot.loggedIn for the next app", async ({
  simulator,
  serve,
  page,
  errors,
}) => {
  await simulator.open(); // uses the default time limit of 30 seconds
  for (const [index, [name, status, headers, reason]] of failures.entries()) {
    await test.step(name, async () => {
      await simulator.load(await serve((response) => response.writeHead(status, headers).end(silentApp)));
      await expect(page.evaluate(() => window.hubspot.ready)).rejects.toThrow(reason);
      await expect(page.evaluate(() => window.hubspot.loggedIn)).rejects.toThrow(reason);
      await expect(simulator.dial()).rejects.toThrow(reason);
      await expect(page.locator("#findings")).toContainText(reason);
      expect((await simulator.rules()).slice(index)).toEqual(["no-answer"]);
    });
  }
  expect(errors.filter((text) => !/Failed to load|Refused|frame/i.test(text))).toEqual([]);
  const { PORT } = await freePorts();
  await simulator.load(`http://localhost:${PORT}/`);
  await expect(page.evaluate(() => window.hubspot.ready)).rejects.toThrow(/connection was refused/);
  await page.locator("#provider").selectOption("Calling app");
  await page.evaluate(() => window.hubspot.loggedIn);
});

test("reports nothing about an app that answers SYNC, even if its server sent an error status", async ({
  simulator,
  serve,
  page,
}) => {
  await page.clock.install();
  const app = await serve((response) => response.writeHead(404).end(minimalApp(initialize)));
  const headersResponse = page.waitForResponse("**/simulator/headers*");
  await simulator.open({ app });
  await (await headersResponse).finished();
  await simulator.sent("INITIALIZED");
  await page.clock.fastForward(60_000);
  await page.evaluate(() => window.hubspot.ready);
  expect(await simulator.findings()).toEqual([]);
});

test("rejects hubspot.ready with the finding's message if the app does not send initialized", async ({
  simulator,
  serve,
  page,
}) => {
  const app = await serve((response) => response.end(minimalApp(acknowledge)));
  await simulator.open({ app, timeout: "3000" });
  await expect(page.evaluate(() => window.hubspot.ready)).rejects.toThrow(/did not send initialized within 3000 ms/);
  await expect(page.locator("#status")).toHaveText("Not initialized");
});

test("sends END_CALL when the user presses “Hang up”", async ({ simulator, page }) => {
  await simulator.ready();
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await simulator.tab("Timeline");
  await page.locator("#engagements").getByRole("button", { name: "Hang up" }).click();
  await simulator.sent("CALL_ENDED");
  expect((await simulator.messages("hubspot")).at(-1)?.type).toBe("END_CALL");
  await expect(page.locator("#engagements").getByRole("button", { name: "Hang up" })).toHaveCount(0);
});

test("returns the findings from hubspot.close(), including findings about missing messages, and opens the app again for the next call", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.startCall();
  await simulator.press("callAnswered", "CALL_ANSWERED");
  await simulator.press("callEnded", "CALL_ENDED");
  expect(await simulator.findings()).toEqual([]);
  const findings = await page.evaluate(() => window.hubspot.close());
  expect(findings.map(({ rule }) => rule)).toEqual(["ghost-call"]);
  await expect(page.locator("#frame iframe")).toHaveCount(0);
  await expect(page.evaluate(() => window.hubspot.ready)).rejects.toThrow(/closed/);
  await simulator.dial();
  expect((await simulator.messages("hubspot")).map(({ type }) => type).slice(-2)).toEqual(["READY", "DIAL_NUMBER"]);
});

test("clears engagements, findings or messages, or all three", async ({ simulator, page }) => {
  await simulator.ready();
  const counts = () =>
    page.evaluate(() => {
      const { hubspot } = window;
      return [hubspot.engagements(), hubspot.findings(), hubspot.messages()].map((list) => list.length > 0);
    });
  const act = async () => {
    await simulator.app.locator("body").evaluate(() => {
      for (const type of ["OUTGOING_CALL_STARTED", "UNHEARD"]) {
        const data = { externalCallId: "x", toNumber: "+18005550151", createEngagement: true };
        parent.postMessage({ type, messageId: "by hand", data }, "*");
      }
    });
    await page.waitForFunction(() => window.hubspot.messages().some(({ type }) => type === "UNHEARD"));
    expect(await counts()).toEqual([true, true, true]);
  };
  const deletes: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "DELETE") deletes.push(new URL(request.url()).pathname);
  });
  await act();
  await page.evaluate(() => window.hubspot.clear("findings"));
  expect(await counts()).toEqual([true, false, true]);
  await page.evaluate(() => window.hubspot.clear("messages"));
  expect(await counts()).toEqual([true, false, false]);
  await expect(page.locator("#log > *")).toHaveCount(0);
  await expect(page.evaluate(() => window.hubspot.waitFor("UNHEARD", 50))).rejects.toThrow(
    /the app did not send UNHEARD/,
  );
  expect(deletes).toEqual([]);
  await page.evaluate(() => window.hubspot.clear("engagements"));
  expect(await counts()).toEqual([false, false, false]);
  await expect.poll(() => deletes).toEqual(["/simulator/calls"]);
  await act();
  await page.evaluate(() => window.hubspot.waitFor("UNHEARD", 1000)); // The `waitFor` call that timed out must not consume this message.
  await page.evaluate(() => window.hubspot.clear());
  expect(await counts()).toEqual([false, false, false]);
  await expect(page.evaluate("hubspot.clear('everything')")).rejects.toThrow(
    /unknown kind "everything"; use one of engagements, findings, messages/,
  );
  await act();
  for (const [tab, button] of [
    ["Findings", "#clearFindings"],
    ["Timeline", "#clearEngagements"],
    ["Messages", "#messages #clear"],
  ] satisfies [string, string][]) {
    await simulator.tab(tab);
    if (tab === "Messages")
      await expect(page.locator(button)).toHaveAttribute("title", /^Clear all messages, including/);
    await page.locator(button).click();
    if (tab === "Timeline") await page.getByRole("button", { name: "Delete", exact: true }).click();
  }
  expect(await counts()).toEqual([false, false, false]);
});

test("resolves each hubspot.waitFor() with the next message, describes the mistake in error messages, and causes no uncaught errors if a script does not handle a rejection", async ({
  simulator,
  page,
  errors,
}) => {
  await simulator.ready({ record: "0-1/999" });
  await expect(page.getByRole("alert")).toContainText(/Unknown record "0-1\/999" in \?record=; use one of 0-1\/51, /);
  await expect(page.locator("#records [aria-current=page] b")).toHaveText("Ada Lovelace");
  await expect.poll(() => new URL(page.url()).searchParams.get("record")).toBe(null);
  await page.reload();
  await page.evaluate(() => window.hubspot.ready);
  await expect(page.getByRole("alert"), "a reload does not repeat the alert").toBeHidden();
  await simulator.ready({ record: "0-2/101" });
  await expect(page.locator("#records [aria-current=page]")).toContainText("Analytical Engines");
  await expect(page.getByRole("alert")).toBeHidden();
  expect(await page.evaluate(() => window.hubspot.ready)).toEqual({ version: expect.stringMatching(/^0\.9\.7/) });
  await page.evaluate("hubspot.send(5)");
  await expect(page.locator("#log [data-type='5']")).toHaveCount(1);
  const [first, second] = [simulator.sent("USER_AVAILABLE"), simulator.sent("USER_AVAILABLE")];
  await simulator.app.locator("#userAvailable").click();
  const earlier = await Promise.race([first, second]);
  await simulator.app.locator("#userAvailable").click();
  expect((await Promise.all([first, second])).map(({ at }) => at)).toContain(earlier.at);
  const wrong: [script: string, message: RegExp][] = [
    ["hubspot.dial({ recordId: 999 })", /dial: no record has the id 999; use one of 51, 101/],
    ["hubspot.dial({ recordId: {} })", /dial: no record has the id \{\}/],
    ["hubspot.dial({ recordId: 51, pageRecordId: 999 })", /dial: no record has the id 999; use one of 51, 101/],
    ["hubspot.dial({ recordId: 201 })", /is stuck has no number; .* dial\(\{ recordId: 51, pageRecordId: 201 \}\)/],
    ["hubspot.waitFor('CALL_ENDD', 20)", /did not send CALL_ENDD within 20 ms; the SDK has no message of this type/],
    ["hubspot.waitFor('CALL_ENDED', 50)", /waitFor: the app did not send CALL_ENDED within 50 ms/],
    ["hubspot.answer('LOGGED_IN', 'fail')", /does not reply to LOGGED_IN; use one of OUTGOING_CALL_STARTED/],
    ["hubspot.answer('CALL_COMPLETED', 'explode')", /unknown reply "explode"; use one of succeed/],
    ["hubspot.answer('NOTHING', 'fail')", /does not reply to NOTHING; use one of OUTGOING_CALL_STARTED/],
    ["hubspot.answer('CALL_COMPLETED', 'fail', 'soon')", /the delay must be a number of milliseconds, not soon/],
    ["hubspot.send('END_CALL', () => 1)", /cannot clone the payload of END_CALL/],
  ];
  for (const [script, message] of wrong) await expect(page.evaluate(script), script).rejects.toThrow(message);
  await page.evaluate(`
    hubspot.dial({ recordId: 999 });
    hubspot.waitFor("NEVER", 1);
    hubspot.close();
    hubspot.ready; hubspot.loggedIn;
    new Promise((resolve) => setTimeout(resolve, 20))`);
  expect(errors).toEqual([]);
});
