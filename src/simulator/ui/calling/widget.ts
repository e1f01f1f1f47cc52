// The calling widget: shows the app's state, and a card while the user cannot use the app.
import { element } from "../../../dom/element.ts";
import type { Session } from "../../session/session.ts";
import type { Visibility } from "../../session/session-events.ts";
import { silentFrame } from "../../session/settings.ts";

type WidgetState =
  | "none"
  | "waiting"
  | "withoutSync"
  | "lateSync"
  | "synced"
  | "ready"
  | "silentRemote"
  | "silentWindow"
  | "failed"
  | "closed";

/** Shown while no app is loaded, while the app is hidden, or after the app has failed. */
type Card = { title: string; text: string; button?: string };

const cards: Partial<Record<WidgetState, Card>> = {
  none: { title: "No app yet", text: "Select an app in “Call from”." },
  closed: {
    title: "The widget is closed",
    text: "The app was unloaded, as if you had closed its tab. The widget opens again when you call a record.",
    button: "Open again",
  },
  failed: { title: "", text: "", button: "Retry" },
};

/** The caption above the app. An empty caption has the same height, so a new caption does not move the app. */
const captions: Record<WidgetState, string> = {
  none: "",
  waiting: "Waiting for the app to answer SYNC",
  withoutSync: "No SYNC is sent, as set on the Session tab",
  lateSync: "SYNC is sent late, as set on the Session tab",
  synced: "The SDK answered; waiting for initialized",
  ready: "Connected",
  silentRemote: "Connected; silent, because the calling window sends the messages",
  silentWindow: "Connected; silent, because the app in the tab sends the messages",
  failed: "Not connected",
  closed: "",
};

const hiddenCards: Record<"completed" | "isHidden" | "isMinimized", Card> = {
  completed: {
    title: "Call completed, widget hidden",
    text: "The app sent callCompleted without hideWidget: false, so HubSpot hid the widget. The app is still running. The widget reappears when you call a record.",
    button: "Show the widget",
  },
  isHidden: {
    title: "The widget is hidden",
    text: "The app is still running. The widget reappears when you call a record, or when you press Hide again.",
    button: "Show the widget",
  },
  isMinimized: {
    title: "The widget is minimized",
    text: "The app is still running. The widget reappears when you call a record, or when you press Minimize again.",
    button: "Show the widget",
  },
};

type Model = {
  state: WidgetState;
  /** The card's title after a failure. */
  inShort: string;
  reason: string;
  url: string;
  visibility: Visibility;
  /** Whether callCompleted, and not the user, hid the widget. */
  isCompleted: boolean;
  /** Whether the frame is hidden, because it would show the browser's error page instead of the app. */
  isBlank: boolean;
};

type Actions = { isLoaded(): boolean; retry(): void; show(next: Visibility): void };

export function createWidget(session: Pick<Session, "on" | "show" | "settings" | "isOpen">, retry: () => void) {
  const name = element("name", HTMLElement);
  const status = element("status", HTMLElement);
  const model: Model = {
    state: "none",
    inShort: "",
    reason: "",
    url: "",
    visibility: { isMinimized: false, isHidden: false },
    isCompleted: false,
    isBlank: false,
  };
  let isPressed = false;

  function show(next: Visibility): void {
    isPressed = true;
    try {
      session.show(next);
    } finally {
      isPressed = false;
    }
  }

  const render = createRenderer(model, { isLoaded: () => session.isOpen, retry, show });
  function update(changes: Partial<Model>): void {
    Object.assign(model, changes);
    render();
  }
  function setState(state: WidgetState, inShort: string, reason = ""): void {
    status.dataset.state = state;
    status.textContent = inShort;
    update({ state, inShort, reason, isBlank: false });
  }

  session.on("chosen", (provider) => {
    name.textContent = provider.name;
    update({ url: provider.url });
  });
  session.on("loading", () => {
    const { syncDelay } = session.settings;
    const unusual = syncDelay === Number.POSITIVE_INFINITY ? "withoutSync" : "lateSync";
    setState("waiting", "Waiting for the app");
    if (syncDelay > 0) update({ state: unusual });
  });
  session.on("acknowledged", ({ version }) => {
    const silent = silentFrame(session.settings);
    if (silent) setState(silent === "remote" ? "silentRemote" : "silentWindow", "Ready");
    else setState("synced", `SDK ${version}`);
  });
  session.on("initialized", () => setState("ready", "Ready"));
  session.on("failed", ({ inShort, reason }) => setState("failed", inShort, reason));
  session.on("withheld", ({ reason }) => setState("failed", "Not loaded", reason));
  session.on("closed", () => setState("closed", "Closed"));
  session.on("visibility", (next) => {
    update({ visibility: next, isCompleted: next.isHidden && (!isPressed || model.isCompleted) });
  });
  render();

  return {
    /** Hides the frame until the state changes. */
    blank: () => update({ isBlank: true }),
  };
}

function createRenderer(model: Model, { isLoaded, retry, show }: Actions): () => void {
  const frame = element("frame", HTMLElement);
  const caption = element("caption", HTMLElement);
  const card = element("card", HTMLElement);
  const title = element("cardTitle", HTMLElement);
  const text = element("cardWords", HTMLElement);
  const button = element("cardButton", HTMLButtonElement);
  const toggles: [button: HTMLButtonElement, which: keyof Visibility][] = [
    [element("minimise", HTMLButtonElement), "isMinimized"],
    [element("hide", HTMLButtonElement), "isHidden"],
  ];
  const close = element("close", HTMLButtonElement);
  for (const [toggle, which] of toggles) {
    toggle.onclick = () => show({ ...model.visibility, [which]: !model.visibility[which] });
  }
  // Focusable, so that the arrow keys can scroll an app that is larger than its column.
  element("stage", HTMLElement).tabIndex = 0;

  return () => {
    const { state, url, visibility, isBlank } = model;
    const isUsable = isLoaded();
    const isVisible = !isUsable || (!visibility.isMinimized && !visibility.isHidden);
    const content = cardFor(model, isVisible);
    frame.dataset.shown = `${isVisible && !isBlank}`;
    // A hidden app must not receive the keyboard focus.
    frame.inert = !isVisible || isBlank;
    caption.textContent = [captions[state], url].filter(Boolean).join(" · ");
    caption.title = caption.textContent;
    card.hidden = !content;
    card.dataset.state = isVisible ? state : "hidden";
    title.textContent = content?.title || model.inShort;
    text.textContent = (isVisible && model.reason) || (content?.text ?? "");
    button.hidden = !content?.button;
    button.textContent = content?.button ?? "";
    button.onclick = isVisible ? retry : () => show({ isMinimized: false, isHidden: false });
    for (const [toggle, which] of toggles) {
      toggle.ariaPressed = `${isUsable && visibility[which]}`;
      toggle.disabled = !isUsable;
    }
    close.disabled = !isUsable;
  };
}

function cardFor({ state, visibility, isCompleted }: Model, isVisible: boolean): Card | undefined {
  if (isVisible || state === "none" || state === "closed") return cards[state];
  return hiddenCards[isCompleted ? "completed" : visibility.isHidden ? "isHidden" : "isMinimized"];
}
