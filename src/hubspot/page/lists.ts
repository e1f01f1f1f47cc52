// The lists of the stand-in's page: records to call, findings, engagements.
import { element, make } from "../../panel/element.ts";
import { textOf } from "../session/answers.ts";
import type { Finding } from "../session/contract.ts";
import type { Engagement } from "../session/engagements.ts";
import { type CrmRecord, type PhoneNumber, records } from "../session/records.ts";

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

/** Marks the record that the page is on, if it is in the list. */
export function markRecord(record: { objectId: unknown; objectTypeId: unknown }): void {
  for (const item of element("records", HTMLUListElement).children) {
    if (!(item instanceof HTMLElement)) continue;
    item.ariaCurrent = item.dataset.record === idOf(record) ? "page" : null;
  }
}

const counted = new Map<string, { item: HTMLElement; times: number }>();

/** Adds a finding, the newest first. One that was found before is counted. */
export function listFinding({ rule, message, source }: Finding, total: number): void {
  const list = element("findings", HTMLOListElement);
  const known = counted.get(`${rule} ${message}`);
  const times = (known?.times ?? 0) + 1;
  const title = make("b", {}, times > 1 ? `${rule} (${times} times)` : rule);
  const item = make("li", {}, title, make("p", {}, message), make("small", {}, source));
  item.dataset.rule = rule;
  known?.item.remove();
  list.prepend(item);
  counted.set(`${rule} ${message}`, { item, times });
  if (list.childElementCount > shown) list.lastElementChild?.remove();
  element("findingCount", HTMLElement).textContent = `${total}`;
}

/** Lists the engagements, the newest first. */
export function listEngagements(engagements: readonly Engagement[]): void {
  const list = element("engagements", HTMLOListElement);
  const items = engagements
    .toReversed()
    .map(({ engagementId, direction, state, properties, ghost, duplicate, ...call }) => {
      const item = make(
        "li",
        {},
        make("b", {}, `${engagementId}`),
        ` ${direction} `,
        make("span", { className: "state" }, state),
        ghost ? make("em", { title: "It was never completed" }, " ghost call") : "",
        duplicate ? make("em", { title: "Its call had an engagement before" }, " duplicate") : "",
        make("br"),
        make("small", {}, call.externalCallId),
        make("details", {}, make("summary", {}, "properties"), make("pre", {}, JSON.stringify(properties, null, 2))),
      );
      item.dataset.engagement = `${engagementId}`;
      item.dataset.state = state;
      return item;
    });
  list.replaceChildren(...items);
}
