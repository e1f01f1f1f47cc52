import { expect, test } from "../support/host.ts";

test("restores the call, its caller and the form's fields when HubSpot reloads the page, but not if the engagementId is different", async ({
  host,
}) => {
  await host.open();
  await host.field("toNumber").fill("+18005550123");
  await host.field("isAvailable").uncheck();
  await host.field("hideWidget").uncheck();
  await host.app.locator("#outgoingCall").click();
  const externalCallId = await host.field("externalCallId").inputValue();
  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 5 });
  await expect(host.field("engagementId")).toHaveValue("5");
  await host.send("CALLER_ID_MATCH_SUCCEEDED", { callerIdMatches: [{ name: "Ada", callerIdType: "CONTACT" }] });
  await expect(host.app.locator("#caller")).toHaveText("Ada (CONTACT –)");
  await host.field("message").evaluate((field: HTMLInputElement) => {
    field.value = "As discussed";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  // Simulates Firefox, which loses data that a page stores while its iframe is being removed.
  await host.app.locator("body").evaluate(() => {
    Storage.prototype.setItem = () => {};
  });

  await host.open({ engagementId: 5 });
  await expect(host.field("message")).toHaveValue("As discussed");
  await expect(host.field("externalCallId")).toHaveValue(externalCallId);
  await expect(host.field("toNumber")).toHaveValue("+18005550123");
  expect((await host.next("INITIALIZED")).data).toMatchObject({ isLoggedIn: true, isAvailable: false });
  await expect(host.field("hideWidget")).not.toBeChecked();
  await expect(host.app.locator("#caller")).toHaveText("Ada (CONTACT –)");
  expect((await host.press("callAnswered", "CALL_ANSWERED")).data).toEqual({ externalCallId });

  await host.open({ engagementId: 6 });
  await expect(host.field("engagementId")).toHaveValue("6");
  await expect(host.field("externalCallId")).toHaveValue("");
});

test("stores the call only when one of its fields changes, and deletes it when the call is completed", async ({
  host,
}) => {
  const body = host.app.locator("body");
  const stored = () => body.evaluate(() => Object.keys(localStorage));
  await host.open();
  await host.app.locator("#outgoingCall").click();
  expect(await stored()).toEqual([]);
  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 5 });
  await expect(host.field("engagementId")).toHaveValue("5");
  expect(await stored()).toEqual(["running call 5"]);
  await body.evaluate(() => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key, value) {
      document.body.dataset.writes = `${Number(document.body.dataset.writes ?? 0) + 1}`;
      setItem.call(this, key, value);
    };
  });
  for (let n = 0; n < 5; n++) await host.send("SET_CALL_STATE", { n });
  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 5 });
  await expect(host.records("CREATE_ENGAGEMENT_SUCCEEDED")).toHaveCount(2);
  expect(await body.getAttribute("data-writes")).toBe(null);
  await host.app.locator("#callAnswered").click();
  await expect(body).toHaveAttribute("data-writes", "1");

  await host.app.locator("#callEnded").click();
  await host.press("callCompleted", "CALL_COMPLETED");
  expect(await stored()).toEqual([]);
});

test("works if the browser does not let it store the call, and warns only once", async ({ host, page, errors }) => {
  const warnings: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "warning") warnings.push(message.text());
  });
  await host.open();
  await host.app.locator("body").evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new Error("denied");
    };
  });
  await host.app.locator("#outgoingCall").click();
  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 5 });
  await expect(host.field("engagementId")).toHaveValue("5");
  for (const method of ["callAnswered", "callEnded"]) await host.app.locator(`#${method}`).click();
  await host.next("CALL_ENDED");
  expect(warnings.filter((text) => text.includes("will not survive a reload"))).toHaveLength(1);
  expect(errors).toEqual([]);
});
