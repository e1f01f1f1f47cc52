import type { FrameLocator } from "@playwright/test";
import { type CheckOptions, check } from "../../src/check/check.ts";
import { ports } from "../support/ports.ts";
import { acknowledge, expect, initialize, minimalApp, silentApp, test } from "../support/simulator.ts";

test.describe.configure({ timeout: 90_000 });

/** Runs one scenario after the first handshake. */
const checkIn = (scenario: string, url: string, options: Partial<CheckOptions> = {}) =>
  check({
    url,
    pages: `.serve/${ports.HTTP_PORT}`,
    timeoutMs: 8000,
    only: (name) => name === scenario,
    ...options,
  });

test("reports a silent app only once", async ({ serve }) => {
  const url = await serve((response) => response.end(silentApp));
  const { report } = await checkIn("visibility", url, { timeoutMs: 1000 });
  expect(report.scenarios.flatMap(({ findings }) => findings)).toMatchObject([{ rule: "not-ready" }]);
  expect(report).toMatchObject({ result: "failed", errors: 1, warnings: 0 });
});

test("reports an app's different errors separately", async ({ serve }) => {
  const throwing = `<script>
    let count = 0;
    addEventListener("message", ({ data }) => {
      if (data.type === "VISIBILITY_CHANGED") throw new Error("failure " + ++count);
    });
  </script>`;
  const url = await serve((response) => response.end(minimalApp(initialize) + throwing));
  const { report } = await checkIn("visibility", url);
  const messages = report.scenarios.flatMap(({ findings }) => findings.map(({ rule, message }) => [rule, message]));
  expect(messages).toEqual(
    [1, 2, 3, 4].map((count) => ["uncaught", expect.stringMatching(new RegExp(`failure ${count}$`))]),
  );
});

test("links each finding to its message, even after a reload", async ({ serve }) => {
  // A number that is not in E.164 format causes a warning. The app sends a different number after each page load.
  const number = `post({ type: "CALL_DATA", data: { fromNumber: "page " + performance.timeOrigin } });`;
  const url = await serve((response) => response.end(minimalApp(`${initialize} ${number}`)));
  const { runs } = await checkIn("navigation", url);
  const { findings = [], evidence } = runs.find(({ name }) => name === "navigation") ?? {};
  const sent = evidence?.messages.flatMap(({ data }, index) => {
    const number = /page [\d.]+/.exec(`${JSON.stringify(data)}`);
    return number ? [[index, number[0]]] : [];
  });
  expect(sent).toHaveLength(2);
  expect(findings.map(({ about, message }) => [about, /page [\d.]+/.exec(message)?.[0]])).toEqual(sent);
});

test("enforces the other Content-Security-Policy directives of an app that only HubSpot may load", async ({
  serve,
}) => {
  const image = `<script>
    const image = new Image();
    image.onload = () => { throw new Error("the image was loaded"); };
    image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=";
  </script>`;
  const policies = ["frame-ancestors https://*.hubspot.com; img-src 'none'", "frame-ancestors https://*.hubspot.com"];
  const results = await Promise.all(
    policies.map(async (policy) => {
      const url = await serve((response) => {
        response.setHeader("content-security-policy", policy);
        response.end(minimalApp(initialize) + image);
      });
      const { report } = await checkIn("handshake: no user", url);
      return report.scenarios.flatMap(({ findings }) => findings.map(({ message }) => message));
    }),
  );
  expect(results).toEqual([[], expect.arrayContaining([expect.stringContaining("the image was loaded")])]);
});

test("tries the dial scenario if the app reports the login only after it has sent initialized", async ({ serve }) => {
  const login = `post({ type: "INITIALIZED", data: { isLoggedIn: false } }); post({ type: "LOGGED_IN" });`;
  const url = await serve((response) => response.end(minimalApp(`${acknowledge} ${login}`)));
  const { report } = await checkIn("dial", url);
  expect(report.scenarios.map(({ name, result }) => [name, result])).toEqual([
    ["framing", "passed"],
    ["handshake", "passed"],
    ["dial", "passed"],
  ]);
});

test("attributes each error to the event that caused it", async ({ serve }) => {
  // For each event, the second error is an unhandled rejection, which the browser reports later.
  // The page is busy, so it handles messages late.
  const throwing = `<script>
    setInterval(() => { for (const end = performance.now() + 30; performance.now() < end; ); }, 31);
    addEventListener("message", ({ data }) => {
      if (data.type === "SYNC") return;
      void Promise.resolve().then(() => { throw new Error("rejected " + data.type); });
      throw new Error("thrown " + data.type);
    });
  </script>`;
  const url = await serve((response) => response.end(minimalApp(initialize) + throwing));
  const { report } = await checkIn("events", url);
  const messages = report.scenarios.flatMap(({ findings }) => findings.map(({ message }) => message));
  expect(messages.length).toBeGreaterThan(40);
  expect(messages.filter((message) => !/^on (\w+)( \(.*\))?: (Uncaught )?(thrown|rejected) \1$/.test(message))).toEqual(
    [],
  );
});

test("names the element that a user action waited for, and keeps a screenshot of the failure", async ({ serve }) => {
  const page = `${minimalApp(initialize)}<button disabled>Call</button>`;
  const url = await serve((response) => response.end(page));
  const press = (name: string) => (app: FrameLocator) => app.getByRole("button", { name }).click();
  const messages: string[] = [];
  for (const name of ["Call", "Dial"]) {
    const options = {
      userActions: { placeCall: press(name), hangUp: press(name) },
      timeoutMs: 2000,
      takesPictures: true,
    };
    const { report, runs } = await checkIn("call: outbound", url, options);
    messages.push(...report.scenarios.flatMap(({ findings }) => findings.map(({ message }) => message)));
    expect(runs.at(-1)?.evidence?.picture?.length).toBeGreaterThan(500);
  }
  expect(messages).toEqual([
    expect.stringMatching(
      /^placeCall: .*Timeout 2000ms exceeded; waiting for getByRole\('button', { name: 'Call' }\); element is not enabled$/,
    ),
    expect.stringMatching(
      /^placeCall: .*Timeout 2000ms exceeded; waiting for getByRole\('button', { name: 'Dial' }\)$/,
    ),
  ]);
});
