// The lists of the stand-in's page: records to call, findings, engagements.
import { element, make } from "../../panel/element.ts";
import { textOf } from "../session/answers.ts";
import type { Finding } from "../session/contract.ts";
import type { Engagement } from "../session/engagements.ts";
import { type CrmRecord, type PhoneNumber, records } from "../session/records.ts";
import { cut, onceAFrame, openList } from "./drawing.ts";

/** Findings that are listed. */
const shown = 200;

/** Lists the records, with a button for each number. */
export function listRecords(dial: (record: CrmRecord, phone: PhoneNumber) => void): void {
  const items = records.map((record) => {
    const { name, objectType = "custom object", objectTypeId, objectId, numbers, trap } = record;
    const buttons = numbers.map((phone) =>
      make("button", { type: "button", onclick: () => dial(record, phone) }, `Call ${phone.number}`),
    );
    const about = `${objectType} ${objectTypeId}, ${objectId}${trap ? ` · ${trap}` : ""}`;
    const item = make("li", {}, make("b", {}, name), " ", make("small", {}, about), make("br"), ...buttons);
    item.dataset.record = idOf(record);
    return item;
  });
  element("records", HTMLUListElement).replaceChildren(...items);
}

/** Type and id of a record in one text. */
export function idOf({ objectId, objectTypeId }: { objectId: unknown; objectTypeId: unknown }): string {
  return `${textOf(objectTypeId)}/${textOf(objectId)}`;
}

/** What a record is called, if it is in the list. */
function nameOf(record: { objectId: number; objectTypeId: string }): string {
  return records.find((one) => idOf(one) === idOf(record))?.name ?? `record ${idOf(record)}`;
}

/** Marks the record that the page is on, if it is in the list. */
export function markRecord(record: { objectId: unknown; objectTypeId: unknown }): void {
  for (const item of element("records", HTMLUListElement).children) {
    if (!(item instanceof HTMLElement)) continue;
    item.ariaCurrent = item.dataset.record === idOf(record) ? "page" : null;
  }
}

type Told = { finding: Pick<Finding, "rule" | "message" | "source">; times: number };

/** Lists the findings, the newest first. One that was found before is counted. */
export function openFindings(findings: readonly Finding[]): () => void {
  const count = element("findingCount", HTMLElement);
  const draw = openList(element("findings", HTMLOListElement), ({ finding, times }: Told) => {
    const { rule, message, source } = finding;
    const title = make("b", {}, times > 1 ? `${rule} (${times} times)` : rule);
    const item = make("li", {}, title, make("p", {}, cut(message)), make("small", {}, source));
    item.dataset.rule = rule;
    return item;
  });
  return onceAFrame(() => {
    const told = new Map<string, Told>();
    for (const { rule, message, source } of findings.toReversed()) {
      const key = `${rule} ${message}`;
      const times = (told.get(key)?.times ?? 0) + 1;
      told.set(key, { finding: { rule, message, source }, times });
    }
    draw([...told.values()].slice(0, shown));
    count.textContent = findings.length > 0 ? `${findings.length}` : "none";
  });
}

/** Lists the engagements, the newest first; one that runs can be hung up. */
export function openTimeline(engagements: () => readonly Engagement[], hangUp: () => void): () => void {
  const draw = openList(element("engagements", HTMLOListElement), (one: Engagement) => drawEngagement(one, hangUp));
  return onceAFrame(() => draw(engagements().toReversed()));
}

const runs: Engagement["state"][] = ["created", "answered"];

function drawEngagement(engagement: Engagement, hangUp: () => void): HTMLElement {
  const { engagementId, externalCallId, direction, state, properties, ghost, duplicate, record } = engagement;
  const item = make(
    "li",
    {},
    make("b", {}, `${engagementId}`),
    ` ${direction} `,
    make("span", { className: "state" }, state),
    ghost ? make("em", { title: "It was never completed" }, " ghost call") : "",
    duplicate ? make("em", { title: "Its call had an engagement before" }, " duplicate") : "",
    runs.includes(state) ? make("button", { type: "button", onclick: hangUp }, "Hang up") : "",
    make("br"),
    make("small", {}, cut(record ? nameOf(record) : externalCallId)),
    make("details", {}, make("summary", {}, "properties"), make("pre", {}, cut(JSON.stringify(properties, null, 2)))),
  );
  item.dataset.engagement = `${engagementId}`;
  item.dataset.state = state;
  return item;
}
