// The simulator's page: loads a calling app and simulates HubSpot for it. Each module subscribes to the session itself, and
// is created after the modules that it uses.
import { element } from "../../dom/element.ts";
import type { RecordId } from "../crm/crm-records.ts";
import { createRecordStore } from "../crm/record-store.ts";
import { createTimeline } from "../crm/timeline.ts";
import { createAppIframe } from "../session/app-iframe.ts";
import { createReadiness } from "../session/readiness.ts";
import { Session } from "../session/session.ts";
import { syncWithServer } from "./backend/server-sync.ts";
import { createAppField } from "./calling/app-field.ts";
import { createCallBar } from "./calling/call-bar.ts";
import { createCalling } from "./calling/call-button.ts";
import { portalOfWindow } from "./calling/calling-window.ts";
import { createCallingWindowPage } from "./calling/calling-window-page.ts";
import { createConnectionCard } from "./calling/connection-card.ts";
import { createHangUp } from "./calling/hang-up.ts";
import { askBeforeLeaving } from "./calling/leave-guard.ts";
import { ProviderPicker } from "./calling/provider-picker.ts";
import { createWidget } from "./calling/widget.ts";
import { createWidgetButtons } from "./calling/widget-buttons.ts";
import { createClearButtons } from "./clear-buttons.ts";
import { createAlert } from "./common/alert.ts";
import { createPageAddress } from "./common/page-address.ts";
import { createForgivingStorage, createLazyStorage, unsavedText } from "./common/page-storage.ts";
import { createShortcuts } from "./common/shortcuts.ts";
import { createTabs } from "./common/tabs.ts";
import { nameOf } from "./crm/record-id.ts";
import { createRecordsList } from "./crm/records-list.ts";
import { createTimelineTab } from "./crm/timeline-tab.ts";
import { callNameOf } from "./messages/call-name.ts";
import { createCopyTest } from "./messages/copy-test.ts";
import { createFindingsTab } from "./messages/findings-tab.ts";
import { createMessagesTab } from "./messages/messages-tab.ts";
import { createOtherTabs } from "./messages/other-tabs.ts";
import { createRecordCalls } from "./messages/record-calls.ts";
import { createRepliesTab } from "./setup/replies-tab.ts";
import { settingsFrom } from "./setup/session-form.ts";
import { createSessionTab } from "./setup/session-tab.ts";
import { createSetupButtons } from "./setup/setup-buttons.ts";
import { createHelpDeskTab } from "./simulate/help-desk-tab.ts";
import { createReplayTab } from "./simulate/replay-tab.ts";
import { createSendEventTab } from "./simulate/send-event-tab.ts";
import { createWindowHubspot } from "./window-hubspot.ts";

const address = createPageAddress(new URL(location.href));

const lazyStorage = createLazyStorage(() => localStorage);
const storage = createForgivingStorage(lazyStorage, (reason) => alert.show("storage", unsavedText(reason)));
const tabStorage = createForgivingStorage(
  createLazyStorage(() => sessionStorage),
  (reason) => alert.show("storage", unsavedText(reason)),
);
const timeline = createTimeline(lazyStorage);
window.addEventListener("storage", timeline.all); // Restores calls that another tab has overwritten.
const records = createRecordStore(lazyStorage, address.get("records"));
const session = new Session(
  createAppIframe(element("frame", HTMLElement)),
  settingsFrom(address.url),
  timeline,
  tabStorage,
  records.all,
);
const alert = createAlert(session);
const readiness = createReadiness(session);
const calling = createCalling(address, session, readiness, alert, records.toParameter);
createRecordsList(address, session, records, calling, alert, timeline);

const providers = new ProviderPicker(address, session, calling, alert, storage);
createAppField(session, alert, storage, providers.enter);
const widget = createWidget(session, providers.retry);
createConnectionCard(session, widget.blank);
createWidgetButtons(session, calling, providers.retry);
askBeforeLeaving(session);

const tabs = createTabs(tabStorage);
const isInWindow = portalOfWindow(address.url) !== undefined;
const windowPage = isInWindow ? createCallingWindowPage(session, tabs) : undefined;
const recordName = (record: RecordId) => nameOf(records.all(), record);
const recordCalls = createRecordCalls(session, timeline, recordName);
const messages = createMessagesTab(session, tabs, recordCalls);
createCopyTest(session, alert);
const findings = createFindingsTab(session, tabs, {
  ...messages,
  callNames() {
    const calls = session.callsWithReplayed;
    return (finding) => callNameOf(messages.messageOf(finding), calls, recordName);
  },
  onCount: (entries, errors) => windowPage?.showFindings(entries, errors),
});
createOtherTabs(session, {
  message: messages.addFromOtherTab,
  finding(finding, message) {
    messages.addFinding(finding, message);
    findings.addFromWindow(finding);
  },
});
createTimelineTab(timeline, session, createHangUp(session, alert), records, tabs);
const callBar = createCallBar(session, timeline, recordName, recordCalls.hueOfCall);
for (const update of [recordCalls.rename, findings.render, callBar.render]) records.on("changed", update);
const sessionTab = createSessionTab(session, address, tabs);
const repliesTab = createRepliesTab(session, address, tabs, alert);
createSetupButtons(address, session, calling, {
  tabs: [sessionTab, repliesTab],
  records: records.toParameter,
  reloadApp: providers.reload,
});
createSendEventTab(session);
const helpDesk = createHelpDeskTab(session, calling, records.all, storage, tabs);
const replay = createReplayTab(session, readiness);
const clear = createClearButtons(session, timeline);

createShortcuts(
  [
    ...tabs.all().map(({ id, name }, index) => ({
      key: `${index + 1}`,
      action: `Show the “${name}” tab`,
      run: () => tabs.focus(id),
    })),
    { key: "/", action: "Filter the messages", run: messages.filter },
    { key: "c", action: "Clear the messages and findings", run: () => element("clear", HTMLButtonElement).click() },
    { key: "r", action: "Reload the app", run: () => element("reload", HTMLButtonElement).click() },
    { key: "a", action: "Enter an app's address", run: () => element("appUrl", HTMLInputElement).focus() },
  ],
  storage,
);

window.hubspot = createWindowHubspot(session, timeline, readiness, records.all, {
  dial: calling.dial,
  clear,
  replay: replay.play,
});

// Loads the app. All modules must have subscribed before this line.
providers.list();
syncWithServer(timeline, alert, (apps) => {
  helpDesk.list(apps);
  providers.list(apps);
});
