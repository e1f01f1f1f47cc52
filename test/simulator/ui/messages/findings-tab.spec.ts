import { ruleOf } from "../../../../src/simulator/rules/index.ts";
import { expect, initialize, minimalApp, nextFrames, test } from "../../../support/simulator.ts";

test("lists findings in order with severity, rule, remedy and source, and colors the count by the worst severity", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.tab("Findings");
  await expect(page.locator("#noFindings")).toBeVisible();
  const count = page.locator("#findingsTab .count");
  await expect(count).toBeEmpty();
  const post = (type: string, data: object) =>
    simulator.app
      .locator("body")
      .evaluate((_, message) => parent.postMessage({ ...message, messageId: `${Math.random()}` }, "*"), { type, data });
  await post("OUTGOING_CALL_STARTED", {
    externalCallId: "1",
    toNumber: "030",
    fromNumber: "+18005550100",
    createEngagement: true,
  });
  const items = page.locator("#findings > li");
  await expect(items).toHaveCount(1);
  await expect(items).toHaveAttribute("data-rule", "not-e164");
  await expect(items.locator(".severity")).toHaveText("warning");
  await expect(items.locator("small")).toContainText("E.164");
  const { title, remedy, example } = ruleOf("not-e164");
  await expect(items.locator("p").first()).toHaveText(
    `${title}: outgoingCall: toNumber is "030"; expected E.164: + and up to 15 digits`,
  );
  await expect(items.locator(".remedy")).toHaveText(`How to fix it: ${remedy}`);
  await items.locator("summary").click();
  await expect(
    page.locator("#findingsPane"),
    "opening the explanation does not switch to the Messages tab",
  ).toBeVisible();
  await expect(items.locator("details")).toContainText("Reference: src/simulator/rules/README.md#not-e164");
  await expect(items.locator("pre")).toHaveText(example.trim());
  await expect(count).toHaveAttribute("data-tone", "warning");
  await post("SOMETHING_NEW", {});
  await expect(items).toHaveCount(2);
  await items.last().locator("summary").click();
  await post("SOMETHING_NEW", {});
  await expect(items.last().locator("b")).toHaveText("unknown-type (2 times)");
  await expect(items.last().locator("pre"), "the explanation stays open").toBeVisible();
  await expect(items.last().locator(".severity")).toHaveText("error");
  await expect(count, "two findings in one entry count once").toHaveText("2");
  await expect(count).toHaveAttribute("data-tone", "error");
  await expect(page.locator("#findingCount")).toHaveText("1 error, 1 warning");
  await expect(page.locator("#noFindings")).toBeHidden();
});

test("shows the number of calls and messages if there are no findings", async ({ simulator, page }) => {
  await simulator.ready();
  await simulator.tab("Findings");
  const result = page.locator("#noFindings");
  await expect(result).toHaveText("No calls yet, 2 messages, no findings");
  for (const [button, type] of [
    ["outgoingCall", "OUTGOING_CALL_STARTED"],
    ["callAnswered", "CALL_ANSWERED"],
    ["callEnded", "CALL_ENDED"],
  ] as const)
    await simulator.press(button, type);
  await expect(result).toHaveText("1 call, 6 messages, no findings");
  await expect(result).toHaveClass(/good/);
  await page.evaluate(() => window.hubspot.clear("messages"));
  await expect(result).toHaveText("No findings yet. Protocol violations will appear here.");

  await simulator.press("callCompleted", "CALL_COMPLETED");
  await simulator.startCall();
  await page.reload();
  await page.evaluate(() => window.hubspot.ready);
  await expect(result, "a call in progress counts after a reload").toHaveText("1 call, 2 messages, no findings");
  await simulator.send("END_CALL");
  await simulator.sent("CALL_ENDED");
  await expect(result, "the call counts after it has ended").toHaveText("1 call, 4 messages, no findings");
});

test("clears the findings together with the messages, with the Clear button of the Messages tab or with a key, and links each of several equal findings to its message", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  const explanation = page.locator("#findings details").first();
  const clears = [() => page.locator("#clear").click(), () => page.keyboard.press("c")];
  for (const clear of clears) {
    await simulator.press("callEnded", "CALL_ENDED");
    await expect(page.locator("#findingsTab .count")).not.toBeEmpty();
    await expect(page.locator("#log [data-type=CALL_ENDED]")).toHaveCount(1);
    await simulator.tab("Findings");
    await expect(explanation, "clearing closes the explanation of the same fault").not.toHaveAttribute("open");
    await explanation.locator("summary").click();
    await expect(explanation).toHaveAttribute("open");
    await simulator.tab("Messages");
    await clear();
    await expect(page.locator("#findingsTab .count")).toBeEmpty();
    await expect(page.locator("#log > *")).toHaveCount(0);
    expect(await simulator.findings()).toEqual([]);
    expect(await simulator.messages("app")).toEqual([]);
  }
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.tab("Findings");
  await page.locator("#clearFindings").click();
  await expect(page.locator("#findingsTab .count")).toBeEmpty();
  expect(await simulator.messages("app"), "the Findings tab's button keeps the messages").toHaveLength(1);
  await page.keyboard.press("r");
  await page.waitForFunction(() => window.hubspot.messages().some(({ type }) => type === "READY"));

  await page.evaluate(() => window.hubspot.ready);
  for (const n of [1, 2]) {
    await simulator.app
      .locator("body")
      .evaluate((_, data) => parent.postMessage({ type: "SOMETHING_NEW", data, messageId: "by hand" }, "*"), { n });
  }
  await simulator.tab("Findings");
  const entry = page.locator("#findings > li");
  await expect(entry.locator("b")).toHaveText("unknown-type (2 times)");
  await page.evaluate(() => {
    for (let n = 0; n < 60; n++) window.hubspot.send("SET_CALL_STATE", { n });
  });
  const links = entry.getByRole("button", { name: /^Show SOMETHING_NEW at \d\d:\d\d:\d\d$/ });
  await expect(links).toHaveText([/^\d\d:\d\d:\d\d$/, /^\d\d:\d\d:\d\d$/]);
  for (const [index, payload] of ['"n": 1', '"n": 2'].entries()) {
    await simulator.tab("Findings");
    await links.nth(index).click();
    await expect(page.locator("#opened pre")).toContainText(payload);
    await page.evaluate(nextFrames);
    await expect(page.locator("#log [aria-selected=true]")).toBeInViewport({ ratio: 0.9 });
  }
});

test("lists findings about the same field in one entry, with each finding's call and value", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  const durations = [26, "26 s", ...Array.from({ length: 10 }, (_, index) => 100 + index)];
  await simulator.app.locator("body").evaluate(async (_, durations) => {
    const post = (type: string, data: object) =>
      parent.postMessage({ type, messageId: crypto.randomUUID(), data }, "*");
    const nextEngagementId = () =>
      new Promise<number>((resolve) => {
        addEventListener("message", function listen({ data: { type, data } }) {
          if (type !== "CREATE_ENGAGEMENT_SUCCEEDED") return;
          removeEventListener("message", listen);
          resolve(data.engagementId);
        });
      });
    const numbers = { toNumber: "+18005550151", fromNumber: "+18005550100" };
    for (const [index, hs_call_duration] of durations.entries()) {
      const externalCallId = `call ${index}`;
      post("OUTGOING_CALL_STARTED", { externalCallId, ...numbers, createEngagement: true });
      const ids = { externalCallId, engagementId: await nextEngagementId() };
      post("CALL_ENDED", { ...ids, callEndStatus: "CANCELED" });
      post("CALL_COMPLETED", { ...ids, hideWidget: false, engagementProperties: { hs_call_duration } });
    }
  }, durations);
  await expect.poll(() => simulator.rules()).toHaveLength(12);
  await simulator.tab("Findings");
  await expect(page.locator("#findings > li b")).toHaveText(["wrong-type (11 times)", "not-milliseconds"]);
  await expect(page.locator("#findingsTab .count")).toHaveText("2");
  await expect(page.locator("#findingCount")).toHaveText("2 warnings");
  const [several, single] = [page.locator("#findings > li").first(), page.locator("#findings > li").last()];
  await expect(several.locator("p").first()).toContainText("hs_call_duration is 26; expected");
  await expect(several.locator(":scope > .call"), "the entry is not about one call").toHaveCount(0);
  await expect(single.locator(":scope > .call")).toHaveText(/^Call to \+18005550151/);
  const times = several.locator(".times > li");
  await expect(times).toHaveCount(11);
  await expect(times.nth(0)).toContainText(
    /^\d\d:\d\d:\d\d Call to \+18005550151 \(Ada Lovelace\) at .*: … 26; expected/,
  );
  await expect(times.nth(1)).toContainText(": … 100; expected");
  await expect(times.last()).toHaveText("and 1 more");
  await page.locator("#records > li").first().getByRole("button", { name: "Edit" }).click();
  const form = page.getByRole("dialog", { name: "Edit" });
  await form.getByLabel("Name").fill("Ada King");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(times.nth(0), "shows the record's new name").toContainText("(Ada King)");
});

test("shows which app the messages and the findings are about after the user has switched to another app", async ({
  simulator,
  page,
  serve,
}) => {
  const say = `post({ type: "SOMETHING_NEW" });`;
  const other = await serve((response) => response.end(minimalApp(`${initialize} ${say}`)));
  await simulator.ready();
  const own = await page.locator("#appUrl").inputValue();
  await simulator.app
    .locator("body")
    .evaluate(() => parent.postMessage({ type: "SOMETHING_NEW", messageId: "by hand" }, "*"));
  await expect(page.locator("#findings > li")).toHaveCount(1);
  await page.locator("#reload").click();
  await page.evaluate(() => window.hubspot.ready);
  await expect(page.locator("#log [data-type=APP]"), "not after a reload").toHaveCount(0);
  await page.locator("#appUrl").fill(other);
  await page.locator("#appUrl").press("Enter");
  await simulator.sent("SOMETHING_NEW");
  await expect(page.locator("#log [data-type=APP]")).toContainText(`${other} replaces ${own}`);
  await expect(page.locator("#findings > li")).toHaveText([own, /unknown-type/, other, /unknown-type/]);
  await expect(page.locator("#findings b")).toHaveText(["unknown-type", "unknown-type"]);
});
