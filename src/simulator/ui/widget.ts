// The calling widget as the user sees it: the state of its app, and a card with a way on when the app cannot be seen.
import { element } from "../../dom/element.ts";
import type { Session } from "../session/session.ts";
import type { Visibility } from "../session/session-events.ts";

type WidgetState = "none" | "waiting" | "synced" | "ready" | "failed" | "closed";

/** What the card says when the app cannot be seen or did not answer. Its button does what its text says. */
type Card = { title: string; text: string; button?: string };

const cards: Partial<Record<WidgetState, Card>> = {
  none: { title: "No app yet", text: "Choose one in “Call from”." },
  closed: {
    title: "The widget is closed",
    text: "As when its tab is closed: the app is gone. Call on a record opens it, too.",
    button: "Open it again",
  },
  failed: { title: "", text: "", button: "Retry" },
};

/** A line above the app. It is always there, so that nothing moves when it changes. */
const captions: Record<WidgetState, string> = {
  none: "",
  waiting: "Connecting: SYNC is sent until the app answers",
  synced: "The SDK answered; HubSpot waits for initialized",
  ready: "Connected",
  failed: "Not connected",
  closed: "",
};

const hiddenCards: Record<"completed" | "isHidden" | "isMinimized", Card> = {
  completed: {
    title: "The call is completed, and the widget hidden",
    text: "callCompleted said hideWidget: true, or nothing, which HubSpot takes for true. The app goes on running. It comes back with the next call, or now.",
    button: "Show the widget",
  },
  isHidden: {
    title: "The widget is hidden",
    text: "The app goes on running. It comes back with the next call, by the button Hide above, or now.",
    button: "Show the widget",
  },
  isMinimized: {
    title: "The widget is minimised",
    text: "The app goes on running. It comes back with the next call, by the button Minimise above, or now.",
    button: "Show the widget",
  },
};

type Model = {
  state: WidgetState;
  /** The state in a word or two. */
  inShort: string;
  reason: string;
  url: string;
  visibility: Visibility;
  /** callCompleted hid the widget, not a button of the page. */
  isCompleted: boolean;
  /** Hides the frame: what is in it comes from the browser, not from the app. */
  isBlank: boolean;
};

type Actions = { retry(): void; show(next: Visibility): void };

/** @param retry loads the app again */
export function createWidget(session: Pick<Session, "on" | "show">, retry: () => void) {
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

  const render = createRenderer(model, { retry, show });
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
  session.on("loading", () => setState("waiting", "Waiting for the app"));
  session.on("acknowledged", ({ version }) => setState("synced", `SDK ${version}`));
  session.on("initialized", () => setState("ready", "Ready"));
  session.on("failed", ({ inShort, reason }) => setState("failed", inShort, reason));
  session.on("withheld", ({ reason }) => setState("failed", "Not framed", reason));
  session.on("closed", () => setState("closed", "Closed"));
  session.on("visibility", (next) => {
    update({ visibility: next, isCompleted: next.isHidden && (!isPressed || model.isCompleted) });
  });
  render();

  return {
    /** Hides what is in the frame until the next state. */
    blank: () => update({ isBlank: true }),
  };
}

function createRenderer(model: Model, { retry, show }: Actions): () => void {
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
  for (const [toggle, which] of toggles) {
    toggle.onclick = () => show({ ...model.visibility, [which]: !model.visibility[which] });
  }
  // When the app is larger than its column, the arrow keys scroll it.
  element("stage", HTMLElement).tabIndex = 0;

  return () => {
    const { state, url, visibility, isBlank } = model;
    const isShown = !visibility.isMinimized && !visibility.isHidden;
    const shown = cardFor(model, isShown);
    frame.dataset.shown = `${isShown && !isBlank}`;
    // Nothing in it takes the focus while it cannot be seen.
    frame.inert = !isShown || isBlank;
    caption.textContent = [captions[state], url].filter(Boolean).join(" · ");
    caption.title = caption.textContent;
    card.hidden = !shown;
    card.dataset.state = isShown ? state : "hidden";
    title.textContent = shown?.title || model.inShort;
    text.textContent = (isShown && model.reason) || (shown?.text ?? "");
    button.hidden = !shown?.button;
    button.textContent = shown?.button ?? "";
    button.onclick = isShown ? retry : () => show({ isMinimized: false, isHidden: false });
    for (const [toggle, which] of toggles) toggle.ariaPressed = `${visibility[which]}`;
  };
}

function cardFor({ state, visibility, isCompleted }: Model, isShown: boolean): Card | undefined {
  if (isShown || state === "none" || state === "closed") return cards[state];
  return hiddenCards[isCompleted ? "completed" : visibility.isHidden ? "isHidden" : "isMinimized"];
}
