// The “Send an event” tab: sends a HubSpot event with any JSON payload.
import { element, make } from "../../../dom/element.ts";
import { inbound } from "../../../protocol/messages.ts";
import { fullNameOf } from "../../../protocol/sdk-name.ts";
import { examples, knownBad } from "../../session/example-events.ts";
import type { Session } from "../../session/session.ts";
import { certainties } from "../common/certainty.ts";

/** Fills in the example payload of the selected event, or the payload of a known problem, which an app must survive. */
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
      { ...bad, about: `${bad.type}, known problem, ${certainties[bad.sure].label}: ${bad.source}` },
    ]),
  ]);
  const events = Object.keys(examples).map((type) => new Option(fullNameOf("hubspot", type), type));
  const problems = Object.keys(knownBad).map((name) => new Option(name));
  choice.append(
    make("optgroup", { label: "Events" }, ...events),
    make("optgroup", { label: "Known problems" }, ...problems),
  );

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
      problem.textContent = `Invalid JSON: ${error instanceof Error ? error.message : error}`;
    }
  };
}

type Preset = { type: string; data?: unknown; about: string };

function aboutEvent(type: string): string {
  const known = Object.entries(inbound).find(([name]) => name === type)?.[1];
  return known ? `${certainties[known.sure].label}: ${known.source}` : "";
}
