// What a person sets on the simulator's page: the session, the answers, an event to send by hand.
import * as v from "valibot";
import { element, make } from "../../dom/element.ts";
import { isMessageType } from "../../protocol/message-types.ts";
import { inbound, outbound } from "../../protocol/messages.ts";
import { examples, knownBad } from "../session/example-events.ts";
import { answers, type How } from "../session/replies.ts";
import type { Session, Settings } from "../session/session.ts";

const form = () => element("session", HTMLFormElement);

const number = v.pipe(v.string(), v.transform(Number), v.number());
const milliseconds = v.fallback(v.pipe(number, v.minValue(1), v.finite()), 30_000);
const settings = v.object({
  portalId: number,
  userId: number,
  ownerId: number,
  iframeLocation: v.picklist(["widget", "remote", "window"]),
  syncDelay: number,
  timeout: milliseconds,
});

/** What the form says. */
export function readSettings(): Settings {
  const data = new FormData(form());
  return {
    ...v.parse(settings, Object.fromEntries(data)),
    usesCallingWindow: data.has("usesCallingWindow"),
    withoutOwner: data.has("withoutOwner"),
    withoutUser: data.has("withoutUser"),
    twice: data.has("twice"),
    sendsDeprecated: data.has("sendsDeprecated"),
  };
}

/** Sets the fields of the form that the address names, as `?portalId=1&usesCallingWindow=false`. */
export function presetSettings(address: URLSearchParams): void {
  for (const field of form().elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
    const value = address.get(field.name);
    if (value === null) continue;
    if (field.type === "checkbox" && field instanceof HTMLInputElement) field.checked = value !== "false";
    else if (field instanceof HTMLInputElement || [...field.options].some((option) => option.value === value))
      field.value = value;
  }
}

const notOfSync = ["timeout", "twice", "sendsDeprecated"];

/** Calls back whenever the form was changed, and says whether SYNC is another by that. */
export function onSettings(changed: (isOfSync: boolean) => void): void {
  form().addEventListener("change", ({ target }) => {
    changed(!(target instanceof HTMLInputElement && notOfSync.includes(target.name)));
  });
}

const ways: Record<How, string> = { succeed: "succeeds", fail: "fails", never: "never comes" };

/** A row for each message that is answered: how, and after how long. */
export function listAnswers({ switches, answer }: Session): void {
  const rows = Object.keys(answers)
    .filter(isMessageType)
    .map((type) => {
      const { how, delay } = switches.get(type) ?? { how: "succeed", delay: 0 };
      const { method, answers: events } = outbound[type];
      const sure = [...new Set(events.map((event) => (event === "READY" ? "chosen" : inbound[event].sure)))].join(", ");
      const choice = make("select", { ariaLabel: `Answer to ${method}` });
      choice.append(...Object.entries(ways).map(([value, words]) => new Option(words, value, false, value === how)));
      const after = make("input", {
        type: "number",
        min: "0",
        value: `${delay}`,
        ariaLabel: `Delay for ${method}, milliseconds`,
      });
      const changed = () => {
        const chosen = Object.keys(ways).filter(isHow)[choice.selectedIndex] ?? "succeed";
        answer(type, chosen, after.valueAsNumber || 0);
      };
      choice.onchange = changed;
      after.onchange = changed;
      const row = make("tr", { title: events.join(", ") });
      row.append(
        make("td", {}, method, make("br"), make("small", {}, sure)),
        make("td", {}, choice),
        make("td", {}, after),
      );
      return row;
    });
  element("answers", HTMLTableSectionElement).replaceChildren(...rows);
}

const isHow = (name: string): name is How => Object.hasOwn(ways, name);

/** The form to send any event by hand; it starts from the documented payload, or from one that is known to be bad. */
export function offerEvents(send: Session["send"]): void {
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
      send(presets.get(choice.value)?.type ?? choice.value, data.value.trim() ? JSON.parse(data.value) : undefined);
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
