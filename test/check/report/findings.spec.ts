import type { FrameLocator } from "@playwright/test";
import { expect, rulesOf, test } from "../../support/check.ts";
import { acknowledge, blockUntilAnswered, initialize, minimalApp, silentApp } from "../../support/simulator.ts";

test("reports a silent app only once", async ({ checkPage }) => {
  const { report } = await checkPage(silentApp, ["visibility"], { timeoutMs: 1000 });
  expect(rulesOf(report)).toEqual([["framing"], ["handshake", "not-ready"], ["visibility"]]);
  expect(report).toMatchObject({ result: "failed", errors: 1, warnings: 0 });
});

test("reports different errors separately, links findings to messages even after a reload, and dials after a late login", async ({
  checkPage,
}) => {
  const login = `post({ type: "INITIALIZED", data: { isLoggedIn: false } }); post({ type: "LOGGED_IN" });`;
  // A number that is not in E.164 format causes a warning. The app sends a different number after each page load.
  const number = `post({ type: "CALL_DATA", data: { fromNumber: "page " + performance.timeOrigin } });`;
  const throwing = `<script>
    let count = 0;
    addEventListener("message", ({ data }) => {
      if (data.type === "VISIBILITY_CHANGED") throw new Error("failure " + ++count);
    });
  </script>`;
  const html = minimalApp(`${acknowledge} ${login} ${number}`) + throwing;
  const { runs } = await checkPage(html, ["navigation", "visibility", "dial"]);
  const runOf = (wanted: string) => runs.find(({ name }) => name === wanted);

  const errors = runOf("visibility")?.findings.filter(({ rule }) => rule === "uncaught");
  expect(errors?.map(({ message }) => message)).toEqual(
    [1, 2, 3, 4].map((count) => expect.stringMatching(new RegExp(`failure ${count}$`))),
  );

  const { findings = [], evidence } = runOf("navigation") ?? {};
  const sent = evidence?.messages.flatMap(({ data }, index) => {
    const number = /page [\d.]+/.exec(`${JSON.stringify(data)}`);
    return number ? [[index, number[0]]] : [];
  });
  expect(sent).toHaveLength(2);
  expect(findings.map(({ about, message }) => [about, /page [\d.]+/.exec(message)?.[0]])).toEqual(sent);

  expect(runOf("dial")?.result).toBe("passed");
});

test("loads an app that only HubSpot may load, and enforces the other directives of its Content-Security-Policy", async ({
  serve,
  checkApp,
}) => {
  const image = `<script>
    const image = new Image();
    image.onload = () => { throw new Error("the image was loaded"); };
    image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=";
  </script>`;
  const policies = ["frame-ancestors https://*.hubspot.com; img-src 'none'", "frame-ancestors https://*.hubspot.com"];
  const reports = await Promise.all(
    policies.map(async (policy) => {
      const url = await serve((response) => {
        response.setHeader("content-security-policy", policy);
        response.end(minimalApp(initialize) + image);
      });
      return (await checkApp(url, ["visibility"])).report;
    }),
  );
  expect(reports[0]?.scenarios.map(({ result }) => result)).toEqual(["passed", "passed", "passed"]);
  const messages = reports.map(({ scenarios }) => scenarios.flatMap(({ findings }) => findings.map((f) => f.message)));
  expect(messages).toEqual([[], expect.arrayContaining([expect.stringContaining("the image was loaded")])]);
});

test("attributes each error to the event that caused it", async ({ serve, checkApp }) => {
  // For each event, the second error is an unhandled rejection, which the browser reports later.
  // The page is busy, so it handles messages late.
  const throwing = `<script>
    setInterval(() => { ${blockUntilAnswered("/slow")} }, 31);
    addEventListener("message", ({ data }) => {
      if (data.type === "SYNC") return;
      void Promise.resolve().then(() => { throw new Error("rejected " + data.type); });
      throw new Error("thrown " + data.type);
    });
  </script>`;
  const url = await serve((response) => {
    if (response.req.url === "/slow") setTimeout(() => response.end(), 30);
    else response.end(minimalApp(initialize) + throwing);
  });
  const { report } = await checkApp(url, ["events"]);
  const messages = report.scenarios.flatMap(({ findings }) => findings.map(({ message }) => message));
  expect(messages.length).toBeGreaterThan(40);
  expect(messages.filter((message) => !/^on (\w+)( \(.*\))?: (Uncaught )?(thrown|rejected) \1$/.test(message))).toEqual(
    [],
  );
});

test("names the element that a user action waited for, and keeps a screenshot of the failure", async ({
  checkPage,
}) => {
  const press = (name: string) => (app: FrameLocator) => app.getByRole("button", { name }).click();
  const userActions = { placeCall: press("Call"), receiveCall: press("Ring"), hangUp: press("Call") };
  const scenarios = ["call: outbound", "call: inbound"];
  const options = { userActions, timeoutMs: 2000, takesPictures: true };
  const html = `${minimalApp(initialize)}<button disabled>Call</button>`;
  const { runs } = await checkPage(html, scenarios, options);
  const calls = runs.filter(({ name }) => scenarios.includes(name));
  expect(calls.map(({ findings }) => findings.map(({ message }) => message))).toEqual([
    [
      expect.stringMatching(
        /^placeCall: .*Timeout 2000ms exceeded; waiting for getByRole\('button', { name: 'Call' }\); element is not enabled$/,
      ),
    ],
    [
      expect.stringMatching(
        /^receiveCall: .*Timeout 2000ms exceeded; waiting for getByRole\('button', { name: 'Ring' }\)$/,
      ),
    ],
  ]);
  for (const { evidence } of calls) expect(evidence?.picture?.length).toBeGreaterThan(500);
});
