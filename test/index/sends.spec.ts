import { appUrl, expect, type Host, test } from "../support/host.ts";

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const milliseconds = expect.any(Number);
const ids = { externalCallId: "call-1", engagementId: 77 };

/** Every button, with the message that it sends when the form contains the values in `fields`. */
const messages: [method: string, type: string, data: unknown][] = [
  [
    "initialized",
    "INITIALIZED",
    { isLoggedIn: true, isAvailable: true, engagementId: 77, sizeInfo: { width: 400, height: 650 } },
  ],
  ["userLoggedIn", "LOGGED_IN", undefined],
  ["userLoggedOut", "LOGGED_OUT", undefined],
  ["userAvailable", "USER_AVAILABLE", undefined],
  ["userUnavailable", "USER_UNAVAILABLE", undefined],
  [
    "incomingCall",
    "INCOMING_CALL",
    {
      externalCallId: uuid,
      fromNumber: "+18005550101",
      toNumber: "+18005550102",
      createEngagement: true,
      callStartTime: milliseconds,
    },
  ],
  [
    "outgoingCall",
    "OUTGOING_CALL_STARTED",
    {
      externalCallId: uuid,
      fromNumber: "+18005550101",
      toNumber: "+18005550102",
      createEngagement: true,
      callStartTime: milliseconds,
    },
  ],
  ["callAnswered", "CALL_ANSWERED", { externalCallId: "call-1" }],
  ["callTransferred", "CALL_TRANSFERRED", { externalCallId: "call-1" }],
  ["callEnded", "CALL_ENDED", { ...ids, callEndStatus: "BUSY" }],
  [
    "callCompleted",
    "CALL_COMPLETED",
    {
      ...ids,
      hideWidget: true,
      engagementProperties: {
        hs_timestamp: milliseconds,
        hs_call_title: "Renewal",
        hs_call_body: "Will call back",
        hs_call_direction: "OUTBOUND",
        hs_call_duration: expect.stringMatching(/^\d+$/),
        hs_call_from_number: "+18005550101",
        hs_call_to_number: "+18005550102",
        hs_call_status: "BUSY",
      },
    },
  ],
  ["finalizeEngagement", "FINALIZE_ENGAGEMENT", ids],
  ["publishToChannel", "PUBLISH_TO_CHANNEL", ids],
  [
    "navigateToRecord",
    "NAVIGATE_TO_RECORD",
    { engagementId: 77, objectCoordinates: { portalId: 62515, objectId: 501, objectTypeId: "0-2" } },
  ],
  ["resizeWidget", "RESIZE_WIDGET", { width: 400, height: 650 }],
  ["setWidgetUrl", "SET_WIDGET_URL", { iFrameUrl: "https://app.example/" }],
  ["sendError", "ERROR", { message: "The line is dead" }],
  ["callData", "CALL_DATA", expect.objectContaining({ toNumber: "+18005550102", hs_call_title: "Renewal" })],
];

const fields = {
  width: "400",
  height: "650",
  fromNumber: "+18005550101",
  toNumber: "+18005550102",
  externalCallId: "call-1",
  engagementId: "77",
  hs_call_title: "Renewal",
  hs_call_body: "Will call back",
  objectId: "501",
  iFrameUrl: "https://app.example/",
  message: "The line is dead",
  callEndStatus: "BUSY",
  objectTypeId: "0-2",
};

/** Fills in all fields at once, because filling them in one by one would be slow. */
async function fillIn(host: Host): Promise<void> {
  await host.app.locator("#call").evaluate((form: HTMLFormElement, values) => {
    for (const [name, value] of Object.entries(values)) Object.assign(form.elements.namedItem(name) ?? {}, { value });
  }, fields);
}

test("answers READY with initialized, shows the session, has one button for each of the 18 messages and no other buttons, and sends the expected message, with the form's fields, for every button", async ({
  host,
  errors,
}) => {
  await host.open();
  expect((await host.next("INITIALIZED")).data).toEqual({ isLoggedIn: true, isAvailable: true });
  await expect(host.app.locator("#session div")).toHaveText([
    "portalId 62515",
    "userId 9",
    "ownerId 42",
    "iframeLocation widget",
    "usesCallingWindow true",
  ]);
  await expect(host.app.locator("#sdk")).toContainText("0.9.7");
  await expect(host.records("READY", "hubspot")).toHaveCount(1);
  await expect(host.records("INITIALIZED", "app")).toHaveCount(1);

  const buttons = await host.app
    .locator("form button")
    .evaluateAll((elements) => elements.map(({ id, textContent }) => [id, textContent]));
  expect(buttons).toHaveLength(18);
  expect(new Set(buttons.map(([id]) => id))).toEqual(new Set(messages.map(([method]) => method)));
  for (const [id, label] of buttons) expect(label).toBe(id);
  await expect(host.app.locator("#publishToChannel")).toHaveAttribute("title", /Deprecated/);

  const countBefore = (await host.received()).length;
  for (const [method, type, data] of messages) {
    await fillIn(host);
    const message = await host.press(method, type);
    expect(message.data, method).toEqual(data);
  }
  const sent = (await host.received()).slice(countBefore).map(({ type }) => type);
  expect(sent, "one message per button").toEqual(messages.map(([, type]) => type));
  const names = messages.map(([method, type]) => `${type} ${method}`);
  await expect(host.records(undefined, "app").locator("b")).toHaveText(["INITIALIZED initialized", ...names]);
  expect(errors).toEqual([]);
});

/** Messages sent without a call. They omit empty fields, and the log shows which fields are missing. */
const incompleteMessages: [method: string, type: string, data: unknown, note: string][] = [
  ["callEnded", "CALL_ENDED", { callEndStatus: "COMPLETED" }, "externalCallId is missing; engagementId is missing"],
  ["finalizeEngagement", "FINALIZE_ENGAGEMENT", {}, "externalCallId is missing; engagementId is missing"],
  [
    "callCompleted",
    "CALL_COMPLETED",
    {
      hideWidget: true,
      engagementProperties: {
        hs_call_title: "Call",
        hs_call_direction: "OUTBOUND",
        hs_call_from_number: "+442079460301",
        hs_call_to_number: "+18005550151",
        hs_call_status: "COMPLETED",
      },
    },
    "externalCallId is missing; engagementId is missing",
  ],
  [
    "navigateToRecord",
    "NAVIGATE_TO_RECORD",
    { objectCoordinates: { portalId: 62515, objectTypeId: "0-1" } },
    "objectId is missing",
  ],
  ["resizeWidget", "RESIZE_WIDGET", { width: 380, height: 640 }, ""],
  ["setWidgetUrl", "SET_WIDGET_URL", { iFrameUrl: appUrl }, ""],
  ["callAnswered", "CALL_ANSWERED", {}, "externalCallId is missing"],
];

test("omits empty fields, and logs which fields are missing, and gives a new call a new externalCallId without the previous call's engagementId", async ({
  host,
}) => {
  await host.page.setViewportSize({ width: 380, height: 640 });
  await host.open();
  for (const [method, type, data, note] of incompleteMessages) {
    expect((await host.press(method, type)).data, method).toStrictEqual(data);
    await expect(host.records(type).locator("em"), method).toHaveText(note);
    await expect(host.records(type), method).toHaveAttribute(note ? "data-trouble" : "data-type", note ? "" : type);
  }
  await host.app.locator("#outgoingCall").click();
  const callStartTime = await host.field("callStartTime").inputValue();
  const { data } = await host.press("callCompleted", "CALL_COMPLETED");
  expect(data).toMatchObject({ engagementProperties: { hs_timestamp: Number(callStartTime) } });
  expect(data, "HubSpot has not created an engagement").not.toHaveProperty("engagementId");
  expect(data, "the call was not answered").not.toHaveProperty("engagementProperties.hs_call_duration");

  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 5 });
  await expect(host.field("engagementId")).toHaveValue("5");
  await host.app.locator("#outgoingCall").click();
  const first = await host.field("externalCallId").inputValue();
  await expect(host.field("engagementId")).toHaveValue("");
  await host.app.locator("#incomingCall").click();
  expect(await host.field("externalCallId").inputValue()).not.toBe(first);
});

test("fills in the engagementId from READY, and sends it in initialized, with a size for the widget if the form contains one", async ({
  host,
}) => {
  await host.open({ engagementId: 4711 });
  const { data } = await host.next("INITIALIZED");
  expect(data).toMatchObject({ engagementId: 4711 });
  expect(data).not.toHaveProperty("sizeInfo");
  await expect(host.field("engagementId")).toHaveValue("4711");
  await host.app.locator("#call").evaluate((form: HTMLFormElement) => {
    for (const name of ["width", "height"]) Object.assign(form.elements.namedItem(name) ?? {}, { value: "500" });
  });
  expect((await host.press("initialized", "INITIALIZED")).data).toMatchObject({
    sizeInfo: { width: 500, height: 500 },
  });
  expect(await host.received()).toHaveLength(2);
});

test("sends all seven call end statuses, and maps them to hs_call_status", async ({ host }) => {
  await host.open();
  const statuses = ["COMPLETED", "FAILED", "CANCELED", "BUSY", "NO_ANSWER", "REJECTED", "MISSED"];
  await expect(host.field("callEndStatus").locator("option")).toHaveText(statuses);
  for (const callEndStatus of statuses) {
    await host.field("callEndStatus").selectOption(callEndStatus);
    for (const method of ["callEnded", "callCompleted"]) await host.app.locator(`#${method}`).click();
  }
  const sent = async (type: string) => (await host.received()).filter((message) => message.type === type);
  await expect.poll(() => sent("CALL_COMPLETED")).toHaveLength(statuses.length);
  expect((await sent("CALL_ENDED")).map(({ data }) => data)).toMatchObject(
    statuses.map((callEndStatus) => ({ callEndStatus })),
  );
  expect((await sent("CALL_COMPLETED")).map(({ data }) => data)).toMatchObject(
    statuses.map((status) => ({
      engagementProperties: { hs_call_status: ["REJECTED", "MISSED"].includes(status) ? "NO_ANSWER" : status },
    })),
  );
});

test("measures a call's duration from its answer to its end, or to callCompleted if the call has not ended", async ({
  host,
  page,
}) => {
  await page.clock.install();
  await host.open();
  const press = (method: string) => host.app.locator(`#${method}`).click();
  const duration = async () => {
    const { data } = await host.press("callCompleted", "CALL_COMPLETED");
    expect(data).toMatchObject({ hideWidget: false });
    return /"hs_call_duration":"([^"]*)"/.exec(JSON.stringify(data))?.[1];
  };
  await host.field("hideWidget").uncheck();
  await press("outgoingCall");
  await press("callAnswered");
  await page.clock.fastForward("01:30");
  await press("callEnded");
  const answered = Number(await host.field("answeredAt").inputValue());
  const ended = Number(await host.field("endedAt").inputValue());
  expect(ended - answered).toBeGreaterThanOrEqual(90_000);
  await page.clock.fastForward("01:00");
  expect(await duration()).toBe(String(ended - answered));

  await press("outgoingCall");
  expect(await duration(), "the call was not answered").toBe(undefined);
  await press("callAnswered");
  await page.clock.fastForward("02:00");
  expect(Number(await duration()), "the call has not ended").toBeGreaterThanOrEqual(120_000);
});
