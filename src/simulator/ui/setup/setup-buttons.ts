// The “Copy link” button, and the Reset button, which restores the defaults of the Session and Replies tabs.
import { copyOnClick } from "../../../dom/clipboard.ts";
import { element } from "../../../dom/element.ts";
import type { Session } from "../../session/session.ts";
import type { PageAddress } from "../common/page-address.ts";

/** A tab whose values are part of the setup. */
export type SetupTab = { isDefault(): boolean; reset(): void };

/**
 * @param records returns the value of the link's `records` parameter: the records that differ from the sample records
 * @param reloadApp loads the app with the settings that it was registered with
 */
export function createSetupButtons(
  address: PageAddress,
  session: Pick<Session, "on">,
  calling: { mayLeave(confirm: string): Promise<boolean> },
  { tabs, records, reloadApp }: { tabs: readonly SetupTab[]; records(): string; reloadApp(): void },
): void {
  const reset = element("reset", HTMLButtonElement);
  let appUrl = "";
  session.on("chosen", ({ url }) => {
    appUrl = url;
  });

  const update = () => {
    reset.disabled = tabs.every(({ isDefault }) => isDefault());
  };
  session.on("settings", update);
  session.on("replyMode", update);
  update();
  reset.onclick = async () => {
    if (!(await calling.mayLeave("Reset anyway"))) return;
    for (const tab of tabs) tab.reset();
    reloadApp();
  };

  copyOnClick(element("copyLink", HTMLButtonElement), () => linkTo(address.url, appUrl, records()));
}

/** The link contains the app's URL, because the recipient of the link may have chosen a different app. */
function linkTo(address: URL, appUrl: string, records: string): string {
  const link = new URL(address);
  if (appUrl) link.searchParams.set("app", appUrl);
  link.searchParams.delete("records");
  // Browsers do not send the fragment to the server, so the server does not limit the fragment's length.
  link.hash = records && `${new URLSearchParams({ records })}`;
  return link.href;
}
