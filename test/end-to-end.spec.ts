// A developer's full workflow with one app: register it, make a call, list its phone numbers, and delete it.
import { exec } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePorts } from "./support/ports.ts";
import { runHere } from "./support/settings-command.ts";
import { expect, Simulator, test } from "./support/simulator.ts";

const ports = await freePorts();
const simulatorUrl = `http://127.0.0.1:${ports.HTTP_PORT}/`;
const appUrl = `http://localhost:${ports.HTTP_PORT}/`;

test("registers an app, makes and updates a call, lists the app's phone numbers, and deletes the app", async ({
  page,
  workspace,
}) => {
  const server = workspace.start(["--serve"], ports);
  await expect.poll(() => server.printed.out).toContain(simulatorUrl);

  const environment = { HUBSPOT_API_URL: simulatorUrl, HUBSPOT_APP_ID: "7", HUBSPOT_DEVELOPER_API_KEY: "any-key" };
  /** Runs the settings command through npm, as a user does. */
  async function npmSettings(...parameters: string[]): Promise<void> {
    // On Windows, only a shell can start npm.
    const quoted = parameters.map((parameter) => `"${parameter}"`).join(" ");
    await promisify(exec)(`npm run -s settings -- ${quoted}`, {
      cwd: workspace.folder,
      env: { ...process.env, ...environment },
    });
  }

  /** Runs the settings command in this process, which is faster. */
  async function settings(...parameters: string[]): Promise<void> {
    const { code, stderr } = await runHere(parameters, workspace.folder, { ...process.env, ...environment });
    expect([code, stderr], parameters.join(" ")).toEqual([0, ""]);
  }

  const simulator = new Simulator(page);
  await page.goto(simulatorUrl);
  await page.evaluate(() => window.hubspot.ready);
  // The app registered below has the same name as the project's own app, so the option is located by its index.
  const option = page.locator("#provider option").nth(1);
  await expect(option).toHaveCount(0);

  // The page lists an app as soon as it is registered. Users can select the app when it is ready.
  await npmSettings("calling", "create", "--name", "Calling app", "--url", appUrl, "--width", "380", "--height", "600");
  await expect(option).toHaveText("Calling app (not ready)");
  await expect(option).toBeDisabled();
  await settings("calling", "update", "--isReady", "true");
  await expect(option).toHaveText("Calling app");
  await page.locator("#provider").selectOption({ index: 1 });
  await expect(simulator.app.locator("#status")).toHaveAttribute("data-state", "ready");
  await expect(page.locator("#frame iframe")).toHaveAttribute("width", "380");
  await expect(page.locator("#frame iframe")).toHaveAttribute("height", "600");

  await simulator.startCall();
  const engagementId = await simulator.app.locator("[name=engagementId]").inputValue();
  await simulator.press("callAnswered", "CALL_ANSWERED");
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.press("callCompleted", "CALL_COMPLETED");
  expect(await simulator.findings()).toEqual([]);

  // A property that the command updates appears on the timeline.
  await settings("call", engagementId, "update", "--hs_call_title", "Renewal", "--hs_call_disposition", "connected");
  await expect
    .poll(async () => (await simulator.engagements())[0]?.properties)
    .toMatchObject({ hs_call_title: "Renewal", hs_call_disposition: "connected", hs_call_direction: "OUTBOUND" });

  // On the Help desk tab, the button is disabled until isReady is true. A click then lists the numbers from the project's
  // webhook, which the simulator requests over https and with a signature.
  await simulator.tab("Help desk");
  const connect = page.locator("[data-app='7']").getByRole("button", { name: "Connect a number" });
  await expect(connect).toBeDisabled();
  await settings(
    "channel-connection",
    "create",
    "--url",
    `https://localhost:${ports.PORT}/webhook`,
    "--isReady",
    "false",
  );
  await expect(page.locator("[data-app='7']")).toContainText("isReady is false");
  await expect(connect).toBeDisabled();
  await settings("channel-connection", "update", "--isReady", "true");
  await expect(connect).toBeEnabled();
  const numbers = {
    default: [
      { e164PhoneNumber: "+18002255288", friendlyName: "A name of more than 24 characters" },
      { e164PhoneNumber: "+18002255288", extension: "1", friendlyName: "With extension" },
    ],
  };
  await writeFile(join(workspace.folder, "src", "webhook", "phone-numbers.json"), JSON.stringify(numbers));
  await connect.click();
  const numberButtons = page.locator("[data-app='7'] ul button");
  await expect(numberButtons).toHaveText([
    "A name of more than 24 c +18002255288",
    "With extension +18002255288, extension 1",
  ]);
  await expect(numberButtons.first()).toBeEnabled();
  await expect(numberButtons.last()).toBeDisabled();

  // HubSpot loads an app as a remote if the app supports inbound calls.
  await settings("calling", "update", "--supportsInboundCalling", "true", "--usesCallingWindow", "false");
  await expect(simulator.app.locator("#session")).toContainText(/iframeLocation remote\s*usesCallingWindow false/);

  // The tab shows an error if the webhook is unreachable.
  await settings("channel-connection", "update", "--url", "http://localhost:9/webhook");
  await expect(page.locator("[data-app='7']")).toContainText("http://localhost:9/webhook");
  await connect.click();
  await expect(page.locator("[data-app='7'] p em")).not.toBeEmpty();

  await settings("channel-connection", "delete");
  await expect(connect).toBeDisabled();
  await settings("calling", "delete");
  await expect(page.locator("[data-app='7']")).toHaveCount(0);
  await expect(option).toHaveCount(0);
  await expect(page.locator("#name")).toHaveText("Calling app");
});

test("enables the button that connects a number, although isReady is false, if supportsChannelConnection is true in localStorage", async ({
  page,
}) => {
  const state = {
    apps: {
      1: {
        channelConnection: {
          url: "https://app.example/webhook",
          isReady: false,
          createdAt: "2026-01-01T00:00:00.000Z",
          updatedAt: "2026-01-01T00:00:00.000Z",
        },
      },
    },
    calls: {},
  };
  await page.route("**/simulator/state", (route) => route.fulfill({ json: state }));
  const simulator = new Simulator(page);
  await simulator.ready();
  await simulator.tab("Help desk");
  const connect = page.getByRole("button", { name: "Connect a number" });
  await expect(connect).toBeDisabled();
  await page.evaluate(() => localStorage.setItem("LocalSettings:Calling:supportsChannelConnection", "true"));
  await page.reload();
  await simulator.tab("Help desk");
  await expect(connect).toBeEnabled();
});
