// Messages between the session and the page in its iframe: recipients, fields, and page changes.
import { expect, test } from "@playwright/test";
import { inWindow, withApp } from "../../support/fake-window.ts";

test("reports each of two consecutive pages that do not answer", () =>
  inWindow({}, ({ open, session, wait, listen }) => {
    const unanswered = listen("noAnswer");
    open();
    wait(30_000);
    session.reload();
    wait(29_999);
    expect(unanswered).toHaveLength(1);
    wait(1);
    expect(unanswered).toHaveLength(2);
  }));

test("builds READY from the SYNC that the app answered, not from a later SYNC", () =>
  inWindow({}, ({ open, session, load, wait, post, syncs, ready }) => {
    open();
    load();
    wait(100);
    session.settings.portalId = 7;
    wait(100);
    const [first, second] = syncs();
    expect([first?.portalId, second?.portalId]).toEqual([62515, 7]);
    post({ type: "SYNC_ACK", messageId: first?.messageId, version: "0.9.7" });
    expect(ready()).toMatchObject({ portalId: 62515 });
  }));

test("delivers nothing to a page of another origin to which the frame has navigated", () =>
  withApp({}, ({ session, frames }) => {
    const [frame] = frames;
    session.send("END_CALL");
    expect(frame?.received.at(-1)?.type).toBe("END_CALL");
    if (frame) frame.origin = "http://localhost:1";
    session.send("VISIBILITY_CHANGED", { isMinimized: true, isHidden: false });
    expect(frame?.received.at(-1)?.type).toBe("END_CALL");
  }));

test("logs no data for a message without data, even if the message has fields besides its type", () =>
  withApp({}, ({ post, session }) => {
    post({ type: "USER_AVAILABLE", sentBy: "an old SDK" });
    const last = session.messages.at(-1);
    expect(last?.type).toBe("USER_AVAILABLE");
    expect(last).not.toHaveProperty("data");
  }));
