// The filter on the Messages tab. The user can enter text, and terms such as `type:CALL_ENDED`, `from:app` and
// `call:"Ada Lovelace"`.
import { element } from "../../../dom/element.ts";
import type { LogRecord } from "../../../dom/log.ts";
import { createLogFilter, type LogFilter } from "../../../dom/log-filter.ts";
import type { CallNames } from "./message-calls.ts";

const senderOf = ({ from }: LogRecord): string => from ?? "note";

type Test = (record: LogRecord) => boolean;
type NamesOf = (record: LogRecord) => CallNames | undefined;

const tests: Record<string, (value: string, namesOf: NamesOf) => Test> = {
  type: (value) => (record) => record.type.toLowerCase().includes(value),
  from: (value) => (record) => senderOf(record).startsWith(value),
  call: (value, namesOf) => (record) => {
    const { name = "", number = "", ids = [] } = namesOf(record) ?? {};
    return `${name} ${number}`.toLowerCase().includes(value) || ids.some((id) => id.toLowerCase() === value);
  },
};

/** Returns the filter that shows only this call. Prefers an id, because several calls can have the same name and number. */
export function callFilter({ ids, number, name }: CallNames): string {
  const value = [...ids, number].find((candidate) => candidate !== "" && !candidate.includes('"')) ?? name;
  return `call:${quoted(value)}`;
}

const quoted = (value: string) => (/\s/.test(value) ? `"${value}"` : value);

/** @param namesOf returns the names of a record's call */
export function createMessageFilter(namesOf: NamesOf): LogFilter {
  const text = element("filter", HTMLInputElement);
  const sender = element("shown", HTMLSelectElement);
  text.placeholder = "Filter, e.g. type:CALL_ENDED";
  text.title =
    'Enter text, type:CALL_ENDED, from:app, from:hubspot, from:note, call:"Ada Lovelace", or call: followed by a number or an id';
  return {
    ...createLogFilter(),
    matching(records) {
      const isWanted = matcherOf(text.value, namesOf);
      return records.filter((record) => isWanted(record) && (!sender.value || sender.value === senderOf(record)));
    },
  };
}

/** Returns a function that tests whether a record matches every term and contains the other words as one phrase. */
export function matcherOf(wanted: string, namesOf: NamesOf = () => undefined): Test {
  const text: string[] = [];
  const words: Test[] = [];
  for (const word of wanted.toLowerCase().match(/\w+:"[^"]+"|\S+/g) ?? []) {
    const [, name = "", value = ""] = /^(\w+):"?([^"]+)"?$/.exec(word) ?? [];
    const test = Object.hasOwn(tests, name) ? tests[name]?.(value, namesOf) : undefined;
    if (test) words.push(test);
    else text.push(word);
  }
  const rest = text.join(" ").trim();
  return (record) => words.every((test) => test(record)) && (!rest || searchTextOf(record).includes(rest));
}

function searchTextOf({ type, sdkName = "", note = "", json }: LogRecord): string {
  return `${type} ${sdkName} ${note} ${json}`.toLowerCase();
}
