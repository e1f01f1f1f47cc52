// The copies of messages that pages of the same account send each other.
import { expect, test } from "@playwright/test";
import type { Message } from "../../../../src/simulator/calls/message.ts";
import { createEmitter } from "../../../../src/simulator/common/emitter.ts";
import { type Finding, findingOf } from "../../../../src/simulator/rules/finding.ts";
import type { SessionEvents } from "../../../../src/simulator/session/session-events.ts";
import type { Settings } from "../../../../src/simulator/session/settings.ts";
import { createOtherTabs } from "../../../../src/simulator/ui/messages/other-tabs.ts";

type Place = Settings["iframeLocation"];

/** Opens a page of an account, and collects the messages that it receives from other pages. */
function openPage(portalId: number, iframeLocation: Place = "widget") {
  const settings = { portalId, iframeLocation };
  const received: [message: Message, place: string][] = [];
  const { on, dispatch } = createEmitter<SessionEvents>();
  const found: [finding: Finding, message: Message | undefined][] = [];
  createOtherTabs(
    { on, settings },
    {
      message: (message, place) => received.push([message, place]),
      finding: (finding, message) => found.push([finding, message]),
    },
  );
  const report = (finding: Finding, message?: Message) => dispatch("finding", { finding, message });
  const send = (message: Message) =>
    message.from === "app"
      ? dispatch("messageReceived", { message })
      : dispatch("messageSent", { message, isDelivered: true });
  return { settings, received, found, send, report };
}

const message = (type: string): Message => ({ at: 1_700_000_000_000, from: "app", type });
const typesOf = ({ received }: ReturnType<typeof openPage>) => received.map(([{ type }]) => type);

test("receives other pages' messages unchanged and labeled with the sender's location, but not its own messages", async () => {
  const tab = openPage(1);
  const remote = openPage(1, "remote");
  const window = openPage(1, "window");
  const payloads: unknown[] = [{ phoneNumber: "+18005550151", deep: [{ n: 0 }] }, 0, null, "", false];
  const sent = payloads.map((data): Message => ({ ...message("DIAL_NUMBER"), from: "hubspot", data }));
  for (const message of sent) window.send(message);
  window.send(message("WITHOUT_DATA"));
  await expect.poll(() => tab.received).toHaveLength(6);
  expect(tab.received).toEqual([...sent, message("WITHOUT_DATA")].map((copy) => [copy, "the calling window"]));
  expect(tab.received.at(-1)?.[0]).not.toHaveProperty("data");

  tab.send(message("FROM_TAB"));
  remote.send(message("FROM_REMOTE"));
  await expect.poll(() => window.received.map(([{ type }, place]) => [type, place])).toHaveLength(2);
  expect(window.received.map(([{ type }, place]) => [type, place])).toEqual([
    ["FROM_TAB", "another tab"],
    ["FROM_REMOTE", "another tab"],
  ]);
  expect(typesOf(tab)).not.toContain("FROM_TAB");
});

const { about: _, ...newFinding } = findingOf("never-ended", { message: "not ended" });
const finding: Finding = { ...newFinding, at: 1_700_000_000_000 };

test("receives the calling window's findings with their messages, but no findings from other tabs", async () => {
  const [tab, other, window] = [openPage(7), openPage(7), openPage(7, "window")];
  const sent: Message = { ...message("CALL_ENDED"), data: { externalCallId: "a" } };
  other.report(finding);
  window.send(message("CALL_ANSWERED"));
  window.send(sent);
  window.report({ ...finding, about: 1 }, sent);
  window.report(finding);
  await expect.poll(() => tab.found).toHaveLength(2);
  expect(tab.found).toEqual([
    [finding, sent],
    [finding, undefined],
  ]);
  expect(tab.received.at(-1)?.[0], "the message that was received before").toBe(tab.found[0]?.[1]);
});

test("receives a message only if both pages have the same account when it is sent", async () => {
  const [here, there] = [openPage(2), openPage(3)];
  there.send(message("OTHER_ACCOUNT"));
  there.settings.portalId = 2;
  there.send(message("SAME_ACCOUNT"));
  await expect.poll(() => typesOf(here)).toEqual(["SAME_ACCOUNT"]);
  here.settings.portalId = 4;
  there.send(message("PREVIOUS_ACCOUNT"));
  there.settings.portalId = 4;
  there.settings.iframeLocation = "window";
  there.send(message("NEXT_ACCOUNT"));
  await expect.poll(() => typesOf(here)).toEqual(["SAME_ACCOUNT", "NEXT_ACCOUNT"]);
  expect(here.received.at(-1)?.[1]).toBe("the calling window");
});

test("receives every message in a burst, in order", async () => {
  const [here, there] = [openPage(6), openPage(6)];
  const types = Array.from({ length: 500 }, (_, index) => `MESSAGE_${index}`);
  for (const type of types) there.send(message(type));
  await expect.poll(() => typesOf(here)).toEqual(types);
});

test("ignores anything that is not a copy of a message", async () => {
  const [here, there] = [openPage(5), openPage(5)];
  const raw = new BroadcastChannel("messages between HubSpot and the app");
  const valid = { portalId: 5, place: "widget", page: "raw", number: 1, at: 1, from: "app", type: "VALID" };
  const invalid = [
    null,
    "text",
    [],
    {},
    { ...valid, portalId: "5" },
    { ...valid, place: "" },
    { ...valid, from: "me" },
  ];
  for (const copy of [...invalid, { ...valid, at: "now" }, { ...valid, type: 7 }, { ...valid, data: {} }, valid]) {
    raw.postMessage([copy]);
  }
  for (const other of [...invalid, valid]) raw.postMessage(other);
  raw.close();
  await expect.poll(() => typesOf(here)).toContain("VALID");
  there.send(message("AFTER"));
  await expect.poll(() => typesOf(here)).toEqual(["VALID", "AFTER"]);
});
