// The tab "Send an event": a form to send any event of HubSpot by hand.
import { element, make } from "../../dom/element.ts";
import { inbound } from "../../protocol/messages.ts";
import { examples, knownBad } from "../session/example-events.ts";
import type { Session } from "../session/session.ts";

/** The form to send any event by hand; it starts from the documented payload, or from one that is known to be bad. */
export function createSendEventTab(session: Pick<Session, "send">): void {
  const choice = element("eventType", HTMLSelectElement);
  const data = element("eventData", HTMLTextAreaElement);
  const source = element("eventSource", HTMLElement);
  const problem = element("eventProblem", HTMLElement);
  const presets = new Map([
    ...Object.entries(examples).map(([type, payload]): [string, Preset] => {
      return [type, { type, data: payload, about: aboutEvent(type) }];
    }),
    ...Object.entries(knownBad).map(([name, bad]): [string, Preset] => [
      name,
      { ...bad, about: `${bad.type}, known to be bad` },
    ]),
  ]);
  const options = (names: string[]) => names.map((name) => new Option(name));
  const group = (label: string, names: string[]) => make("optgroup", { label }, ...options(names));
  choice.append(group("Events", Object.keys(examples)), group("Known to be bad", Object.keys(knownBad)));

  const show = () => {
    const preset = presets.get(choice.value);
    data.value = preset?.data === undefined ? "" : JSON.stringify(preset.data, null, 2);
    source.textContent = preset?.about ?? "";
    problem.textContent = "";
  };
  choice.onchange = show;
  show();
  element("event", HTMLFormElement).onsubmit = (event) => {
    event.preventDefault();
    try {
      const payload = data.value.trim() ? JSON.parse(data.value) : undefined;
      session.send(presets.get(choice.value)?.type ?? choice.value, payload);
      problem.textContent = "Sent";
    } catch (error) {
      problem.textContent = `The payload is no JSON: ${error instanceof Error ? error.message : error}`;
    }
  };
}

type Preset = { type: string; data?: unknown; about: string };

function aboutEvent(type: string): string {
  const known = Object.entries(inbound).find(([name]) => name === type)?.[1];
  return known ? `${known.handler}: ${known.sure}, ${known.source}` : "";
}
