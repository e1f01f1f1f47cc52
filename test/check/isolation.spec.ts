import { expect, test } from "../support/check.ts";
import { acknowledge, minimalApp } from "../support/simulator.ts";

/** This script throws an error if an earlier page left data behind, and then stores data of several kinds. */
const hoarder = `<script>
  const seen = async () => {
    const state = await navigator.permissions.query({ name: "notifications" });
    const workers = await navigator.serviceWorker.getRegistrations();
    return [
      document.cookie && "cookie",
      localStorage.length && "localStorage",
      sessionStorage.length && "sessionStorage",
      window.name && "window.name",
      (await indexedDB.databases()).length && "IndexedDB",
      (await caches.keys()).length && "cache",
      workers.length && "service worker",
      state.state === "granted" && "permission",
    ].filter(Boolean);
  };
  const leave = async () => {
    document.cookie = "left=1; SameSite=None; Secure; Partitioned";
    localStorage.left = sessionStorage.left = window.name = "left";
    await new Promise((resolve) => { indexedDB.open("left").onsuccess = resolve; });
    await caches.open("left");
    await navigator.serviceWorker.register("/worker.js");
  };
  const isDone = seen().then(async (left) => {
    if (left.length > 0) setTimeout(() => { throw new Error("left: " + left.join(", ")); });
    await leave();
    console.log("stored", (await seen()).join(", "));
  });
</script>`;

/** Is ready after it has stored the data, so that every scenario waits for the data. */
const app = `${hoarder}${minimalApp(
  `${acknowledge} isDone.then(() => post({ type: "INITIALIZED", data: { isLoggedIn: true } }));`,
)}`;

test("starts each scenario without the data that the app stored in an earlier scenario", async ({
  serve,
  checkApp,
}) => {
  const url = await serve((response) => {
    if (response.req.url === "/worker.js") response.setHeader("content-type", "text/javascript").end("");
    else response.end(app);
  });
  const names = ["handshake: no owner", "handshake: no user", "visibility", "navigation"];
  const { runs } = await checkApp(url, names);
  const [, ...loaded] = runs;
  const stored = "cookie, localStorage, sessionStorage, window.name, IndexedDB, cache, service worker";
  for (const { name, evidence } of loaded) expect(evidence?.console, name).toContain(`log: stored ${stored}`);
  // The navigation scenario reloads the page, so its finding shows that the app detects stored data.
  const left = loaded.map(({ name, findings }) => [name, findings.some(({ message }) => message.includes("left: "))]);
  expect(left.filter(([, isLeft]) => isLeft)).toEqual([["navigation", true]]);
});
