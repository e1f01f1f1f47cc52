// What goes between a frame and the page in it: to whom, with which fields, and what counts as another page.
import { expect, test } from "@playwright/test";
import { inWindow, withApp } from "../../support/fake-window.ts";

test("reports each page that does not answer, also the second one", () =>
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

test("takes for READY what the SYNC said that the app answered, not a later one", () =>
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

test("posts nothing to a page of another origin that the frame has gone to", () =>
  withApp({}, ({ session, frames }) => {
    const [frame] = frames;
    session.send("END_CALL");
    expect(frame?.received.at(-1)?.type).toBe("END_CALL");
    if (frame) frame.origin = "http://localhost:1";
    session.send("VISIBILITY_CHANGED", { isMinimized: true, isHidden: false });
    expect(frame?.received.at(-1)?.type).toBe("END_CALL");
  }));

test("logs a message without data as it came, whatever else stands beside its type", () =>
  withApp({}, ({ post, session }) => {
    post({ type: "USER_AVAILABLE", sentBy: "an old SDK" });
    const last = session.messages.at(-1);
    expect(last?.type).toBe("USER_AVAILABLE");
    expect(last).not.toHaveProperty("data");
  }));
