// Shows a message's SDK name, source, findings and fields.
import { make } from "../../../dom/element.ts";
import type { LogRecord } from "../../../dom/log.ts";
import type { Message } from "../../calls/message.ts";
import type { Finding } from "../../rules/finding.ts";
import { certainties } from "../common/certainty.ts";
import { truncate } from "../common/truncate.ts";
import { describeFields, describeMessage, type FieldDoc } from "./field-docs.ts";

export function createMessageDetails({ from, type, json }: LogRecord, findings: readonly Finding[]): HTMLElement {
  if (!from) return make("div");
  const data: unknown = json ? JSON.parse(json) : undefined;
  const fields = describeFields(from, type, data);
  return make(
    "div",
    { className: "explained" },
    make("p", { className: "about" }, ...nameAndSource(from, type)),
    ...(findings.length > 0 ? [make("ul", {}, ...findings.map(createFindingItem))] : []),
    ...(fields.length > 0 ? [createFieldsTable(fields)] : []),
  );
}

function nameAndSource(from: Message["from"], type: string): (HTMLElement | string)[] {
  const about = describeMessage(from, type);
  if (!about) return [make("small", {}, "The protocol does not define this message.")];
  const { label, explanation } = certainties[about.sure];
  return [
    type === "READY" ? "SYNC on the wire, SDK handler " : from === "app" ? "SDK method " : "SDK handler ",
    make("b", {}, about.name),
    " ",
    make("span", { className: "sure", title: explanation }, label),
    " ",
    make("small", {}, about.source),
  ];
}

function createFindingItem({ rule, severity, message, source }: Finding): HTMLElement {
  const item = make(
    "li",
    { className: "finding" },
    make("span", { className: "severity" }, severity),
    make("b", {}, rule),
    make("p", {}, truncate(message)),
    make("small", {}, source),
  );
  item.dataset.severity = severity;
  return item;
}

function createFieldsTable(fields: readonly FieldDoc[]): HTMLElement {
  const heads = ["Field", "Value", "Meaning"].map((name) => make("th", { scope: "col" }, name));
  const rows = fields.map((field) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, field.path),
      make("td", {}, createValue(field)),
      make("td", {}, field.meaning || (field.isKnown ? "" : "unknown field")),
    ),
  );
  return make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
}

function createValue({ value, isRequired }: FieldDoc): HTMLElement {
  if (value !== undefined) return make("code", {}, value);
  return isRequired ? make("em", {}, "missing") : make("small", {}, "–");
}
