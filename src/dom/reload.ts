// During development, reloads the page after each build that changes it, and shows build errors over the page.
import { type BuildError, createBuildErrors } from "./build-errors.ts";
import { subscribeToServerEvents } from "./server-events.ts";

type Builds = Record<string, { id: string; errors: readonly BuildError[] }>;

// build.mjs writes the page's name and build id into the page. By comparing ids, this script also notices a build that
// finished before the page connected to the server.
const { content = "" } = document.querySelector<HTMLMetaElement>("meta[name=build]") ?? {};
const [name = "", id] = content.split("/");
const showBuildErrors = createBuildErrors();

subscribeToServerEvents("built", (data) => {
  const builds: Builds = JSON.parse(data);
  const build = builds[name];
  if (!build) return;
  showBuildErrors(build.errors);
  if (build.errors.length > 0 || build.id === id) return;
  window.dispatchEvent(new Event("rebuilt"));
  location.reload();
});
