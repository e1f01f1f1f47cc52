// Shows a message's sender, SDK name, certainty, findings, fields and payload.
import { make } from "../../../dom/element.ts";
import { formatElapsed, formatTime } from "../../../dom/format-time.ts";
import type { LogRecord } from "../../../dom/log.ts";
import { noteOf } from "../../../dom/log-record.ts";
import type { Sure } from "../../../protocol/sure.ts";
import type { Message } from "../../calls/message.ts";
import type { Finding } from "../../rules/finding.ts";
import { markCall } from "../common/call-color.ts";
import { certainties } from "../common/certainty.ts";
import { truncate } from "../common/truncate.ts";
import { describeFields, describeMessage, type FieldDoc } from "./field-docs.ts";
import type { CallNames } from "./message-calls.ts";

/** The message's call with its color, and a function that shows only this call's messages. */
export type CallOfMessage = { names: CallNames; hue: number | undefined; showOnly(): void };

/**
 * @param from undefined for a note
 * @param call undefined if the message belongs to no call
 */
export function createMessageDetails(
  record: LogRecord,
  from: Message["from"] | undefined,
  findings: readonly Finding[],
  call: CallOfMessage | undefined,
): HTMLElement {
  const { type, json } = record;
  const data: unknown = json ? JSON.parse(json) : undefined;
  const fields = from ? describeFields(from, type, data) : [];
  return make(
    "div",
    { className: "explained" },
    make("p", {}, ...senderAndTime(record, from)),
    ...(call ? [createCallLine(call)] : []),
    ...(from ? [make("p", { className: "about" }, ...nameAndSource(from, type))] : []),
    ...(findings.length > 0 ? [make("ul", {}, ...findings.map(createFindingItem))] : []),
    ...(fields.length > 0 ? [createFieldsTable(fields)] : []),
    ...(json ? [make("h4", {}, "Payload"), make("pre", {}, JSON.stringify(data, null, 2))] : []),
    ...(from ? [createLegend()] : []),
  );
}

const senders = { app: "From the app", hubspot: "From HubSpot" };

function senderAndTime(record: LogRecord, from: Message["from"] | undefined): (HTMLElement | string)[] {
  const { at, since } = record;
  const note = noteOf(record);
  return [
    from ? senders[from] : "Note",
    " at ",
    make("time", {}, formatTime(at)),
    " ",
    make("small", {}, formatElapsed(since)),
    ...(note ? [make("br"), note] : []),
  ];
}

/** Returns "Call: ", the call's name and, if it differs, the call's number. */
export function callText({ name, number }: CallNames): (HTMLElement | string)[] {
  const rest = number && number !== name ? [", ", make("bdi", {}, truncate(number))] : [];
  return ["Call: ", make("bdi", {}, truncate(name)), ...rest];
}

function createCallLine({ names, hue, showOnly }: CallOfMessage): HTMLElement {
  const call = make("span", {}, ...callText(names));
  markCall(call, hue);
  return make(
    "p",
    { className: "callLine" },
    call,
    make("button", { type: "button", onclick: showOnly }, "Show only this call"),
  );
}

function nameAndSource(from: Message["from"], type: string): (HTMLElement | string)[] {
  const about = describeMessage(from, type);
  if (!about) return [make("small", {}, "The protocol does not define this message.")];
  return [
    type === "READY" ? "SYNC on the wire, SDK handler " : from === "app" ? "SDK method " : "SDK handler ",
    make("b", {}, about.name),
    " ",
    createCertainty(about.sure),
    " ",
    make("small", {}, about.source),
  ];
}

function createFindingItem({ rule, severity, message, source, remedy }: Finding): HTMLElement {
  const item = make(
    "li",
    { className: "finding" },
    make("span", { className: "severity" }, severity),
    make("b", {}, rule),
    make("p", {}, truncate(message)),
    make("p", { className: "remedy" }, `How to fix it: ${remedy}`),
    make("small", {}, source),
  );
  item.dataset.severity = severity;
  return item;
}

function createFieldsTable(fields: readonly FieldDoc[]): HTMLElement {
  const heads = ["Field", "Value and meaning"].map((name) => make("th", { scope: "col" }, name));
  const rows = fields.map((field) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, field.path),
      make("td", {}, createValue(field), make("small", {}, ...meaningOf(field))),
    ),
  );
  return make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
}

function meaningOf({ meaning, isKnown, sure }: FieldDoc): (HTMLElement | string)[] {
  if (!isKnown) return ["unknown field"];
  return sure ? [createCertainty(sure), " ", meaning] : [meaning];
}

const createCertainty = (sure: Sure) => make("span", { className: "sure" }, certainties[sure].label);

function createValue({ value, isRequired }: FieldDoc): HTMLElement {
  if (value !== undefined) return make("code", {}, value);
  return isRequired ? make("em", {}, "missing") : make("small", {}, "–");
}

function createLegend(): HTMLElement {
  const entries = Object.values(certainties).flatMap(({ label, explanation }) => [
    make("dt", {}, make("span", { className: "sure" }, label)),
    make("dd", {}, explanation),
  ]);
  return make(
    "section",
    { className: "legend", ariaLabel: "Certainty" },
    make("h4", {}, "How certain is the simulator?"),
    make("dl", {}, ...entries),
  );
}
