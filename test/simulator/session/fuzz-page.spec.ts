// Sends random messages and performs random user actions in two tabs. The pages report no errors, each engagement has the
// same state in both tabs, and the same session always causes the same findings (checked for a quarter of the sessions;
// fuzz.spec.ts repeats all of its sessions, without pages).
import { callStates } from "../../../src/protocol/call-states.ts";
import { replies } from "../../../src/simulator/crm/replies.ts";
import { anything, type Sent, seed, sessions } from "../../support/fuzz.ts";
import { chance } from "../../support/random.ts";
import { serve } from "../../support/serve.ts";
import { expect, minimalApp, simulatorUrl, test } from "../../support/simulator.ts";

const userActions = ["dial", "hang up", "answer", "twice", "clear"] as const;
const pageChanges = ["reload", "close", "another app"] as const;

/** Messages from the app in one tab, followed by at most one user action. */
type Turn = {
  tab: number;
  sent: Sent[];
  userAction?: (typeof userActions | typeof pageChanges)[number] | "reload the page";
  answer: Parameters<Window["hubspot"]["answer"]>;
  force: boolean;
};

/** An app that sends initialized once. For each `play` request, it sends the given messages, and then "played" as a signal. */
const app = `${minimalApp(`
  if (globalThis.answered) return;
  globalThis.answered = true;
  post({ ...data, type: "SYNC_ACK", version: "0.9.7" });
  post({ type: "INITIALIZED", data: { isLoggedIn: true } });
`)}<script>
  addEventListener("message", ({ data: { play } }) => {
    if (!play) return;
    for (const message of play) parent.postMessage({ ...message, messageId: "by hand" }, "*");
    parent.postMessage("played", "*");
  });
</script>`;

/** Runs before the page's scripts. Creates a fake server and a clock that only messages advance, and offers a second app. */
function prepare(another: string): void {
  if (window.parent !== window || location.protocol === "about:") return;
  const clock: { now: number } = window.opener?.clock ?? {
    now: 1_790_000_000_000 + Math.floor(Math.random() * 1e9),
  };
  Object.assign(window, { clock });
  window.addEventListener("message", () => (clock.now += 700));
  Date.now = () => clock.now;
  const { setInterval } = window;
  Object.assign(window, { setInterval: (call: () => void, pause: number) => setInterval(call, pause / 20) });
  Object.assign(window, {
    fetch: async () => Response.json({ apps: {}, calls: {}, status: 200, headers: {} }),
    EventSource: EventTarget,
  });
  // Renders only when the test calls `draw`. Rendering takes most of the time. It also reads what the other tab has stored, so
  // a session's findings depend on when a page renders.
  const callbacks = new Map<number, (now: number) => void>();
  let frames = 0;
  Object.assign(window, {
    requestAnimationFrame: (callback: (now: number) => void) => callbacks.set(++frames, callback) && frames,
    cancelAnimationFrame: (frame: number) => callbacks.delete(frame),
    draw() {
      const drawn = [...callbacks.values()];
      callbacks.clear();
      for (const callback of drawn) callback(performance.now());
    },
  });
  Object.assign(console, { log() {}, debug() {} });
  const offer = JSON.stringify({ name: "Another", url: another });
  localStorage.setItem("LocalSettings:Calling:CallingExtensions", offer);
}

/** Plays the sessions on this page and on a second page that it opens. Returns the errors, findings and timelines. */
async function play({ sessions, states }: { sessions: Turn[][]; states: readonly string[] }) {
  const start = location.href;
  const other = window.open(start);
  if (!other) throw new Error("The other tab did not open.");
  const pages = [window, other];
  const wrong: string[] = [];
  const found: string[][] = [];
  const timelines: string[] = [];
  const ids: number[] = [];
  const reached = new Map<number, number>();
  let reports: string[] = [];

  const named = (text: string) => text.replace(/\b\d{13}\b/g, (id) => `engagement ${ids.indexOf(Number(id))}`);
  const button = (page: Window, id: string) => Object(page.document.getElementById(id));
  const frame = (page: Window) => Object(page.document.querySelector("#frame iframe"));
  const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

  async function opened(page: Window): Promise<void> {
    while (!page.hubspot) await pause();
    await page.hubspot.ready;
  }
  async function reload(page: Window): Promise<void> {
    Object(page).hubspot = undefined;
    page.location.replace(start); // The current URL may no longer name the first app.
    await opened(page);
  }
  /** Runs an action that may load another page of the app, and waits for that page. */
  async function change(page: Window, act: () => void, mayStay = false): Promise<void> {
    let resolvePlayed = () => {};
    const done = new Promise<void>((resolve) => {
      const observer = new MutationObserver((all) => {
        if (all.some(({ addedNodes }) => addedNodes.length > 0)) resolvePlayed();
      });
      observer.observe(button(page, "frame"), { childList: true });
      const onMessage = ({ data }: { data?: unknown }) => {
        if (!mayStay || data !== "played") return;
        // Handles the waiting messages, of which one may load another page.
        page.hubspot.engagements();
        resolvePlayed();
      };
      page.addEventListener("message", onMessage);
      resolvePlayed = () => {
        observer.disconnect();
        page.removeEventListener("message", onMessage);
        resolve();
      };
    });
    act();
    if (button(page, "asking").open) button(page, "goOn").click();
    await done;
    await page.hubspot.ready;
  }
  function gather(page: Window, at: number): void {
    const { findings, messages } = page.hubspot;
    const all = messages();
    for (const { severity, rule, message, about = -1 } of findings()) {
      reports.push(named(`tab ${at}: ${severity} ${rule} of ${all[about]?.type}: ${message}`));
    }
    page.hubspot.clear("findings");
  }
  /**
   * Renders both pages. While it renders, a page learns from the timeline which of its calls the other page has ended or
   * completed.
   */
  function draw(): void {
    for (const page of pages) Object(page).draw();
  }
  const choose = (page: Window) => button(page, "provider").dispatchEvent(new Event("change"));

  async function act(page: Window, { tab, userAction, answer, force }: Turn): Promise<void> {
    const { hubspot } = page;
    if (userAction === "dial")
      await hubspot.dial({ force }).catch(({ message }) => reports.push(`tab ${tab}: ${message}`));
    if (userAction === "hang up") hubspot.send("END_CALL");
    if (userAction === "answer") hubspot.answer(...answer);
    if (userAction === "twice") Object(page.document.querySelector("[name=twice]")).click();
    if (userAction === "clear") {
      draw();
      gather(page, tab);
      hubspot.clear(force ? "messages" : undefined);
    }
    if (userAction === "reload") await change(page, () => button(page, "reload").click());
    if (userAction === "close") {
      await hubspot.close();
      await change(page, () => choose(page));
    }
    if (userAction === "another app") {
      await change(page, () => {
        button(page, "provider").selectedIndex = frame(page).src.endsWith("another") ? 0 : 2;
        choose(page);
      });
    }
    if (userAction === "reload the page") {
      gather(page, tab);
      await reload(page);
    }
  }

  /** Checks that engagements are unique, never return to an earlier state, and are the same in both tabs. */
  function checkEngagements(): void {
    // Handles the waiting messages in both tabs, because one tab's messages may change an engagement in the other tab.
    for (const { hubspot } of pages) hubspot.engagements();
    const [all = [], there] = pages.map(({ hubspot }) => hubspot.engagements());
    if (JSON.stringify(all) !== JSON.stringify(there)) wrong.push("the tabs have different engagements");
    if (new Set(all.map(({ engagementId }) => engagementId)).size < all.length)
      wrong.push("two engagements have the same id");
    for (const { engagementId, state, ghost, properties } of all) {
      if (!ids.includes(engagementId)) ids.push(engagementId);
      const place = states.indexOf(state);
      if (place < (reached.get(engagementId) ?? 0)) wrong.push(`engagement ${engagementId} went back to ${state}`);
      reached.set(engagementId, place);
      if (ghost && state !== "ended") wrong.push(`engagement ${engagementId} is a ghost, but its state is ${state}`);
      const invalidValues = Object.values(properties).filter((text) => ["null", "undefined", "NaN"].includes(text));
      if (invalidValues.length > 0 && !invalidValues.includes("null"))
        wrong.push(`engagement ${engagementId} has ${invalidValues}`);
    }
  }

  /** Checks that both pages show each engagement once, with its state. Renders up to 50 times. */
  async function checkPages(): Promise<void> {
    for (const page of pages) {
      const cards = () =>
        [...page.document.querySelectorAll<HTMLElement>("#engagements > li")].toReversed().map((card) => {
          const steps = [...card.querySelectorAll("[aria-current=step]")].map(({ textContent }) => textContent);
          return `${card.dataset.engagement} ${card.dataset.state} ${steps}`;
        });
      const wanted = page.hubspot.engagements().map(({ engagementId, state }) => {
        return `${engagementId} ${state} ${state === "created" ? "started" : state}`;
      });
      for (let frames = 0; frames < 50 && cards().join() !== wanted.join(); frames++) {
        Object(page).draw();
        await pause();
      }
      if (cards().join() !== wanted.join()) wrong.push(`the page shows ${cards()} instead of ${wanted}`);
    }
  }

  await Promise.all(pages.map(opened));
  // In Chromium, `prepare` does not run on the first page of a window that a script opens.
  await reload(other);
  for (const [count, turns] of sessions.entries()) {
    reports = [];
    for (const turn of turns) {
      const page = pages[turn.tab] ?? window;
      const known = page.hubspot.engagements();
      const sent = turn.sent.map(({ type, data }) => {
        const { engagementId: requestedId } = Object(data);
        const place = typeof requestedId === "string" && /^engagement (\d+)$/.exec(requestedId)?.[1];
        if (!place) return { type, data };
        return { type, data: { ...Object(data), engagementId: known[Number(place) % known.length]?.engagementId } };
      });
      await change(page, () => frame(page).contentWindow.postMessage({ play: sent }, "*"), true);
      checkEngagements();
      await act(page, turn);
      checkEngagements();
    }
    draw();
    if (count % 40 === 39) await checkPages();
    timelines.push(
      named(
        JSON.stringify(
          window.hubspot.engagements().map(({ createdAt: _, properties: { hs_timestamp: __, ...rest }, ...one }) => {
            return { ...one, rest };
          }),
        ),
      ),
    );
    for (const [at, page] of pages.entries()) {
      gather(page, at);
      page.hubspot.clear();
    }
    found.push(reports);
  }
  for (const page of pages) await page.hubspot.close();
  return { wrong: [...new Set(wrong)], found, timelines };
}

function turnsOf(random: ReturnType<typeof chance>, session: number, iFrameUrl: string): Turn[] {
  const { below, pick } = random;
  const externalCallIds = ["a", "b", "c"].map((name) => `${name}${session}`);
  const engagementIds = [0, 1, 2].map((place) => `engagement ${place}`);
  const known = { externalCallIds, engagementIds, iFrameUrl };
  /** Loading another page takes as long as a hundred messages. */
  const stays = session % 8 > 0;
  const turns = Array.from({ length: 2 }, (): Turn => {
    const sent = Array.from({ length: 2 + below(5) }, () => anything(random, known));
    const userAction =
      below(stays ? 4 : 2) > 0 ? undefined : pick(stays ? userActions : [...userActions, ...pageChanges]);
    const answer: Turn["answer"] = [pick(Object.keys(replies)), pick(["succeed", "succeed", "fail", "never"] as const)];
    return {
      tab: below(2),
      sent: sent.filter(({ type }) => !stays || !["SET_WIDGET_URL", "NAVIGATE_TO_RECORD"].includes(type)),
      ...(userAction && { userAction }),
      answer,
      force: below(2) === 0,
    };
  });
  const reload: Turn = {
    tab: 1,
    sent: [],
    userAction: "reload the page",
    answer: ["CALL_COMPLETED", "succeed"],
    force: false,
  };
  return turns.flatMap((turn, place) => (session % 100 === 50 && place === 1 ? [reload, turn] : [turn]));
}

test(`has no errors in ${sessions} random sessions in two tabs, and reports the same findings when a quarter of them are repeated`, async ({
  browser,
}) => {
  // The app has the simulator's site but another origin, so one process renders both tabs, which halves the time.
  const url = `${await serve((_request, response) => response.setHeader("content-type", "text/html").end(app))}/`;
  const random = chance(seed);
  const all = Array.from({ length: sessions }, (_, session) => turnsOf(random, session, `${url}?elsewhere`));
  const errors: string[] = [];

  async function playOnce(sessions: Turn[][]) {
    const context = await browser.newContext();
    context.on("weberror", (error) => errors.push(error.error().message));
    context.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await context.addInitScript(prepare, `${url}?another`);
    const page = await context.newPage();
    await page.goto(`${simulatorUrl}?${new URLSearchParams({ app: url, timeout: "600000" })}`);
    const played = await page.evaluate(play, { sessions, states: callStates });
    await context.close();
    return played;
  }
  try {
    const [first, again] = await Promise.all([playOnce(all), playOnce(all.slice(0, all.length / 4))]);
    expect(errors).toEqual([]);
    expect([...first.wrong, ...again.wrong]).toEqual([]);
    expect(again.found).toEqual(first.found.slice(0, again.found.length));
    expect(again.timelines).toEqual(first.timelines.slice(0, again.timelines.length));
    expect(first.found.flat().length).toBeGreaterThan(sessions);
  } catch (error) {
    throw new Error(`set SEED=${seed} to repeat this failure`, { cause: error });
  }
});
