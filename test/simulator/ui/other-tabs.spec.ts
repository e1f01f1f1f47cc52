// What the pages of one account tell each other of their messages.
import { expect, test } from "@playwright/test";
import type { Message } from "../../../src/simulator/calls/message.ts";
import { createEmitter } from "../../../src/simulator/session/emitter.ts";
import type { SessionEvents } from "../../../src/simulator/session/session-events.ts";
import type { Settings } from "../../../src/simulator/session/settings.ts";
import { createOtherTabs } from "../../../src/simulator/ui/other-tabs.ts";

type Place = Settings["iframeLocation"];

/** A page of that account, with what it has heard so far. */
function openPage(portalId: number, iframeLocation: Place = "widget") {
  const settings = { portalId, iframeLocation };
  const heard: [message: Message, place: string][] = [];
  const { on, dispatch } = createEmitter<SessionEvents>();
  createOtherTabs({ on, settings }, (message, place) => heard.push([message, place]));
  const tell = (message: Message) =>
    message.from === "app"
      ? dispatch("messageReceived", { message })
      : dispatch("messageSent", { message, isDelivered: true });
  return { settings, heard, tell };
}

const message = (type: string): Message => ({ at: 1_700_000_000_000, from: "app", type });
const typesOf = ({ heard }: ReturnType<typeof openPage>) => heard.map(([{ type }]) => type);

test("each page hears of the others' messages as they were, of where, and not of its own", async () => {
  const tab = openPage(1);
  const remote = openPage(1, "remote");
  const window = openPage(1, "window");
  const payloads: unknown[] = [{ phoneNumber: "+18005550151", deep: [{ n: 0 }] }, 0, null, "", false];
  const told = payloads.map((data): Message => ({ ...message("DIAL_NUMBER"), from: "hubspot", data }));
  for (const one of told) window.tell(one);
  window.tell(message("WITHOUT_DATA"));
  await expect.poll(() => tab.heard).toHaveLength(6);
  expect(tab.heard).toEqual([...told, message("WITHOUT_DATA")].map((one) => [one, "the calling window"]));
  expect(tab.heard.at(-1)?.[0]).not.toHaveProperty("data");

  tab.tell(message("FROM_TAB"));
  remote.tell(message("FROM_REMOTE"));
  await expect.poll(() => window.heard.map(([{ type }, place]) => [type, place])).toHaveLength(2);
  expect(window.heard.map(([{ type }, place]) => [type, place])).toEqual([
    ["FROM_TAB", "another tab"],
    ["FROM_REMOTE", "another tab"],
  ]);
  expect(typesOf(tab)).not.toContain("FROM_TAB");
});

test("the account is the one that the page has when it hears, and that the other has when it tells", async () => {
  const [here, there] = [openPage(2), openPage(3)];
  there.tell(message("OF_ANOTHER"));
  there.settings.portalId = 2;
  there.tell(message("OF_THIS"));
  await expect.poll(() => typesOf(here)).toEqual(["OF_THIS"]);
  here.settings.portalId = 4;
  there.tell(message("OF_THE_ONE_BEFORE"));
  there.settings.portalId = 4;
  there.settings.iframeLocation = "window";
  there.tell(message("OF_THE_NEXT"));
  await expect.poll(() => typesOf(here)).toEqual(["OF_THIS", "OF_THE_NEXT"]);
  expect(here.heard.at(-1)?.[1]).toBe("the calling window");
});

test("what is no message of a page is let go", async () => {
  const [here, there] = [openPage(5), openPage(5)];
  const raw = new BroadcastChannel("messages between HubSpot and the app");
  const right = { portalId: 5, place: "widget", at: 1, from: "app", type: "RIGHT" };
  const wrong = [null, "text", [], {}, { ...right, portalId: "5" }, { ...right, place: "" }, { ...right, from: "me" }];
  for (const one of [...wrong, { ...right, at: "now" }, { ...right, type: 7 }, { ...right, data: {} }, right]) {
    raw.postMessage(one);
  }
  raw.close();
  await expect.poll(() => typesOf(here)).toContain("RIGHT");
  there.tell(message("AFTER"));
  await expect.poll(() => typesOf(here)).toEqual(["RIGHT", "AFTER"]);
});
