// During development, reloads the page after each build, and shows build errors over the page.
import { type BuildError, createBuildErrors } from "./build-errors.ts";
import { subscribeToServerEvents } from "./server-events.ts";

type Builds = Record<string, { id: string; errors: readonly BuildError[] }>;

// build.mjs writes the page's name and the id of its build into the page. So a build that ends before the page has
// connected is also noticed.
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
