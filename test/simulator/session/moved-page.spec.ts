// Apps that navigate to another page themselves, for example to a login page.
import { expect, initialize, minimalApp, silentApp, test } from "../../support/simulator.ts";

const moving = (script: string) => `<!doctype html><title>App</title><script>${script}</script>`;

for (const [when, script] of [
  ["while it loads", (login: string) => `location.replace("${login}")`],
  ["after it has loaded", (login: string) => `addEventListener("load", () => location.assign("${login}"))`],
] as const) {
  for (const [kind, headers] of [
    ["another origin", {}],
    ["a page that forbids iframes", { "x-frame-options": "DENY" }],
  ] as const) {
    test(`reports an app that navigates to ${kind} ${when}`, async ({ simulator, serve, page }) => {
      const warnings: string[] = [];
      page.on("console", (message) => warnings.push(message.text()));
      const login = await serve((response) => {
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        response.end(silentApp);
      });
      const app = await serve((response) => response.end(moving(script(login))));
      await simulator.open({ app, timeout: "3000" });
      await expect(page.locator("#status")).toHaveText("Page moved");
      const { origin } = new URL(login);
      expect(await simulator.findings()).toMatchObject([
        { rule: "page-moved", message: expect.stringContaining(`navigated to ${origin}`) },
      ]);
      await expect(page.locator("#cardWords")).toContainText(origin);
      expect(warnings.filter((text) => text.includes("postMessage")).length).toBeLessThan(6);
    });
  }
}

test("connects to an app that returns from a login page", async ({ simulator, serve }) => {
  const login = await serve((response) => response.end(moving(`location.href = document.referrer + "#back"`)));
  const app = await serve((response) => {
    const away = `if (location.hash === "") location.href = "${login}";`;
    response.setHeader("referrer-policy", "unsafe-url");
    response.end(moving(away) + minimalApp(initialize));
  });
  await simulator.ready({ app });
  expect(await simulator.findings()).toEqual([]);
});

test("reports an app that navigates to a page without the SDK on the same origin, and reports a server's redirect as a redirect, and not as a moved page", async ({
  simulator,
  serve,
  page,
}) => {
  let count = 0;
  const moved = await serve((response) => {
    count += 1;
    response.end(count < 3 ? moving(`onload = () => location.replace("/login")`) : silentApp);
  });
  await simulator.open({ app: moved, timeout: "2000" });
  await expect(page.locator("#status")).toHaveText("Page moved");
  expect(await simulator.findings()).toMatchObject([
    { rule: "page-moved", message: expect.stringContaining("another page, which does not answer SYNC") },
  ]);

  const login = await serve((response) => response.end(silentApp));
  await simulator.load(await serve((response) => response.writeHead(302, { location: login }).end()));
  await expect(page.locator("#status")).toHaveText("No answer");
  const [, redirected, ...others] = await simulator.findings();
  expect(redirected).toMatchObject({ message: expect.stringContaining(`redirects to ${login}`) });
  expect(others).toEqual([]);
});
