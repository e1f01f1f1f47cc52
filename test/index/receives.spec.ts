import { expect, test } from "../support/host.ts";

/** Every event of the SDK's EventHandlers except READY, and an unknown event. */
const events: [type: string, handler: string][] = [
  ["DIAL_NUMBER", "onDialNumber"],
  ["CREATE_ENGAGEMENT_SUCCEEDED", "onCreateEngagementSucceeded"],
  ["CREATE_ENGAGEMENT_FAILED", "onCreateEngagementFailed"],
  ["ENGAGEMENT_CREATED", "onEngagementCreated"],
  ["UPDATE_ENGAGEMENT_SUCCEEDED", "onUpdateEngagementSucceeded"],
  ["UPDATE_ENGAGEMENT_FAILED", "onUpdateEngagementFailed"],
  ["CALLER_ID_MATCH_SUCCEEDED", "onCallerIdMatchSucceeded"],
  ["CALLER_ID_MATCH_FAILED", "onCallerIdMatchFailed"],
  ["NAVIGATE_TO_RECORD_FAILED", "onNavigateToRecordFailed"],
  ["PUBLISH_TO_CHANNEL_SUCCEEDED", "onPublishToChannelSucceeded"],
  ["PUBLISH_TO_CHANNEL_FAILED", "onPublishToChannelFailed"],
  ["FINALIZE_ENGAGEMENT_SUCCEEDED", "onFinalizeEngagementSucceeded"],
  ["FINALIZE_ENGAGEMENT_FAILED", "onFinalizeEngagementFailed"],
  ["INITIATE_CALL_ID_SUCCEEDED", "onInitiateCallIdSucceeded"],
  ["INITIATE_CALL_ID_FAILED", "onInitiateCallIdFailed"],
  ["SET_CALL_STATE", "onSetCallState"],
  ["END_CALL", "onEndCall"],
  ["VISIBILITY_CHANGED", "onVisibilityChanged"],
  ["SET_WIDGET_URL_FAILED", "onSetWidgetUrlFailed"],
  ["FAILED", "onFailed"],
  ["SOMETHING_NEW", "defaultEventHandler"],
];

test("logs each event with its handler's name, in the panel and in the console, and the ERROR that the SDK sends in response to an unknown event", async ({
  host,
  page,
  errors,
}) => {
  const lines: string[] = [];
  page.on("console", (message) => lines.push(message.text()));
  await host.open();
  for (const [type] of events) await host.send(type, { marker: type.toLowerCase() });
  const rows = host.app.locator("#log > [data-from=hubspot]:not([data-type=READY])");
  await expect(rows.locator("b")).toHaveText(events.map((names) => names.join(" ")));
  await expect(rows.locator("code")).toHaveText(events.map(([type]) => `{"marker":"${type.toLowerCase()}"}`));
  await expect(rows.locator("time")).toHaveText(events.map(() => /^\d\d:\d\d:\d\d$/));
  for (const [type, handler] of events) {
    await expect(host.records(type, "hubspot"), type).toHaveCount(1);
    expect(
      lines.filter((line) => /^\d\d:\d\d:\d\d → /.test(line) && line.includes(` ${type} ${handler}`)),
      type,
    ).toHaveLength(1);
  }
  const originalMessage = { type: "SOMETHING_NEW", data: { marker: "something_new" } };
  const { data } = await host.next("ERROR");
  expect(data).toMatchObject({ type: "UNKNOWN_MESSAGE_TYPE", data: { originalMessage } });
  await expect(host.records("ERROR", "app")).toHaveCount(1);
  expect(errors).toEqual([]);
});

test("fills in the number that HubSpot dials, and the engagementId, and ends the call on END_CALL", async ({
  host,
}) => {
  await host.open();
  await host.send("DIAL_NUMBER", { phoneNumber: "+4930123456" });
  await expect(host.field("toNumber")).toHaveValue("+4930123456");
  await host.send("ENGAGEMENT_CREATED", { engagementId: 6 });
  await expect(host.field("engagementId")).toHaveValue("6");
  await host.app.locator("#outgoingCall").click();
  const externalCallId = await host.field("externalCallId").inputValue();
  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 5 });
  await expect(host.field("engagementId")).toHaveValue("5");
  await host.send("END_CALL");
  expect((await host.next("CALL_ENDED")).data).toMatchObject({ externalCallId, engagementId: 5 });
});

const contact = {
  callerIdType: "CONTACT",
  objectCoordinates: { portalId: 1, objectId: 51, objectTypeId: "0-1" },
  firstName: "Ada",
  lastName: "Lovelace",
  email: "ada@example.com",
};
const company = {
  callerIdType: "COMPANY",
  objectCoordinates: { portalId: 1, objectId: 52, objectTypeId: "0-2" },
  name: "Analytical Engines",
};
const matches: [name: string, matches: object[], caller: string, coordinates: object | undefined][] = [
  ["a contact", [contact], "Ada Lovelace (CONTACT 51)", contact.objectCoordinates],
  ["a company", [company], "Analytical Engines (COMPANY 52)", company.objectCoordinates],
  [
    "a record of an unknown type, whose type is not filled in",
    [{ ...company, objectCoordinates: { portalId: 1, objectId: 53, objectTypeId: "2-7" } }],
    "Analytical Engines (COMPANY 53)",
    { portalId: 1, objectId: 53, objectTypeId: "0-2" },
  ],
  ["no record", [], "No match", undefined],
];

test("shows who is calling, and fills in the record for navigateToRecord", async ({ host }) => {
  await host.open();
  for (const [name, callerIdMatches, caller, objectCoordinates] of matches) {
    await host.send("CALLER_ID_MATCH_SUCCEEDED", { callerIdMatches });
    await expect(host.app.locator("#caller"), name).toHaveText(caller);
    if (!objectCoordinates) continue;
    const { data } = await host.press("navigateToRecord", "NAVIGATE_TO_RECORD");
    expect(data, name).toMatchObject({ objectCoordinates });
  }
});

test("shows whether HubSpot has minimized or hidden the widget, and the error from every event whose name ends in FAILED, until the user dismisses it", async ({
  host,
}) => {
  await host.open();
  for (const [data, text] of [
    [{ isMinimized: true, isHidden: false }, "minimized"],
    [{ isMinimized: false, isHidden: true }, "hidden"],
    [{ isMinimized: false, isHidden: false }, ""],
  ] as const) {
    await host.send("VISIBILITY_CHANGED", data);
    await expect(host.app.locator("#visibility")).toHaveText(text);
  }

  const alert = host.app.getByRole("alert");
  for (const [type] of events.filter(([name]) => name.endsWith("FAILED"))) {
    await host.send(type, { error: { message: "The reason" } });
    await expect(alert).toContainText(`${type}: The reason`);
    await host.app.locator("#dismiss").click();
    await expect(alert).toBeHidden();
  }
});
