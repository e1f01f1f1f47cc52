// The calling widget as a person sees it: what state its app is in, and a card with a way on where the app is not seen.
import { element } from "../../dom/element.ts";
import type { Visibility } from "../session/session.ts";

export type WidgetState = "none" | "waiting" | "synced" | "ready" | "failed" | "closed";

/** What the card says where the app cannot be seen, or did not answer. The button does what its words say. */
type Card = { title: string; words: string; button?: string };

const cards: Partial<Record<WidgetState, Card>> = {
  none: { title: "No app yet", words: "Choose one in “Call from”." },
  closed: {
    title: "The widget is closed",
    words: "As when its tab is closed: the app is gone. Call on a record opens it, too.",
    button: "Open it again",
  },
  failed: { title: "", words: "", button: "Retry" },
};

/** In a line above the app, of which there is always one: nothing moves when it changes. */
const captions: Record<WidgetState, string> = {
  none: "",
  waiting: "Connecting: SYNC is sent until the app answers",
  synced: "The SDK answered; HubSpot waits for initialized",
  ready: "Connected",
  failed: "Not connected",
  closed: "",
};

const hidden: Record<"completed" | "isHidden" | "isMinimized", Card> = {
  completed: {
    title: "The call is completed, and the widget hidden",
    words:
      "callCompleted said hideWidget: true, or nothing, which HubSpot takes for true. The app goes on running. It comes back with the next call, or now.",
    button: "Show the widget",
  },
  isHidden: {
    title: "The widget is hidden",
    words: "The app goes on running. It comes back with the next call, by the button Hide above, or now.",
    button: "Show the widget",
  },
  isMinimized: {
    title: "The widget is minimised",
    words: "The app goes on running. It comes back with the next call, by the button Minimise above, or now.",
    button: "Show the widget",
  },
};

/**
 * Opens the widget's head and stage.
 * @param on what its buttons do: `open` frames the app anew, `show` is told which of both is to be
 */
export function createWidget(on: { open(): void; show(next: Visibility): void }) {
  const status = element("status", HTMLElement);
  const frame = element("frame", HTMLElement);
  const name = element("name", HTMLElement);
  const caption = element("caption", HTMLElement);
  const card = element("card", HTMLElement);
  const title = element("cardTitle", HTMLElement);
  const words = element("cardWords", HTMLElement);
  const button = element("cardButton", HTMLButtonElement);
  const toggles: [button: HTMLButtonElement, which: keyof Visibility][] = [
    [element("minimise", HTMLButtonElement), "isMinimized"],
    [element("hide", HTMLButtonElement), "isHidden"],
  ];
  // Where the app is larger than its column, the arrow keys scroll it.
  element("stage", HTMLElement).tabIndex = 0;
  let state: WidgetState = "none";
  let said = "";
  let reason = "";
  let url = "";
  let visibility: Visibility = { isMinimized: false, isHidden: false };
  let isCompleted = false;
  let isPressed = false;
  let isBlank = false;

  function draw(): void {
    const isShown = !visibility.isMinimized && !visibility.isHidden;
    const shown = cardFor(isShown);
    frame.dataset.shown = `${isShown && !isBlank}`;
    // Nothing in it takes the focus while nobody sees it.
    frame.inert = !isShown || isBlank;
    caption.textContent = [captions[state], url].filter(Boolean).join(" · ");
    caption.title = caption.textContent;
    card.hidden = !shown;
    card.dataset.state = isShown ? state : "hidden";
    title.textContent = shown?.title || said;
    words.textContent = (isShown && reason) || (shown?.words ?? "");
    button.hidden = !shown?.button;
    button.textContent = shown?.button ?? "";
    button.onclick = isShown ? on.open : () => show({ isMinimized: false, isHidden: false });
    for (const [toggle, which] of toggles) toggle.ariaPressed = `${visibility[which]}`;
  }

  function cardFor(isShown: boolean): Card | undefined {
    if (isShown || state === "none" || state === "closed") return cards[state];
    return hidden[isCompleted ? "completed" : visibility.isHidden ? "isHidden" : "isMinimized"];
  }

  /** As a person presses it: what is hidden by nobody's press was hidden for callCompleted. */
  function show(next: Visibility): void {
    isPressed = true;
    try {
      on.show(next);
    } finally {
      isPressed = false;
    }
  }

  for (const [toggle, which] of toggles) {
    toggle.onclick = () => show({ ...visibility, [which]: !visibility[which] });
  }
  draw();

  return {
    /** Names the app that is framed. */
    framed(app: { name: string; url: string }): void {
      name.textContent = app.name;
      url = app.url;
      draw();
    },
    /**
     * Says what state the app is in.
     * @param inShort in a word or two
     * @param why in words, where there is more to say
     */
    status(next: WidgetState, inShort: string, why = ""): void {
      state = next;
      said = inShort;
      reason = why;
      isBlank = false;
      status.dataset.state = next;
      status.textContent = said;
      draw();
    },
    /** Until the next status, nothing of the frame is shown: what is in it is the browser's word, not the app's. */
    blank(): void {
      isBlank = true;
      draw();
    },
    /** Shows or hides the app, as the session has it. */
    visible(next: Visibility): void {
      visibility = next;
      isCompleted = next.isHidden && (!isPressed || isCompleted);
      draw();
    },
  };
}
