import { expect, rulesOf, test } from "../../support/check.ts";
import { softphone } from "../../support/faulty-softphone.ts";
import { blockUntilAnswered } from "../../support/simulator.ts";
import * as userActions from "../softphone.actions.ts";

const remote = "iframeLocation: remote, usesCallingWindow: true";

/** Reacts as slowly as on a busy machine, from the moment when HubSpot shows the app until the first click. */
const slowPage = `<script>
  let isClicked = false;
  addEventListener("click", () => { isClicked = true; });
  addEventListener("message", ({ data }) => {
    if (data.type !== "VISIBILITY_CHANGED" || data.data.isMinimized) return;
    (function block() {
      ${blockUntilAnswered("/slow")}
      if (!isClicked) setTimeout(block, 20);
    })();
  });
</script>`;

test("finds a call from a silent frame even if the app's page reacts slowly", async ({ serve, checkApp }) => {
  const html = softphone("makes calls from silent frames") + slowPage;
  const url = await serve((response) => {
    if (response.req.url === "/slow") setTimeout(() => response.end(), 600);
    else response.end(html);
  });
  const { report } = await checkApp(url, [remote], { userActions, timeoutMs: 80_000 });
  expect(rulesOf(report)).toContainEqual([remote, "remote-speaks"]);
});
