// The filter on the Messages tab. The user can enter text, and terms such as `type:CALL_ENDED` and `from:app`.
import { element } from "../../../dom/element.ts";
import type { LogRecord } from "../../../dom/log.ts";
import { createLogFilter, type LogFilter } from "../../../dom/log-filter.ts";

const senderOf = ({ from }: LogRecord): string => from ?? "note";

type Test = (record: LogRecord) => boolean;

const tests: Record<string, (value: string) => Test> = {
  type: (value) => (record) => record.type.toLowerCase().includes(value),
  from: (value) => (record) => senderOf(record).startsWith(value),
};

export function createMessageFilter(): LogFilter {
  const text = element("filter", HTMLInputElement);
  const sender = element("shown", HTMLSelectElement);
  text.placeholder = "Filter, e.g. type:CALL_ENDED";
  text.title = "Enter text, type:CALL_ENDED, from:app, from:hubspot or from:note";
  return {
    ...createLogFilter(),
    matching(records) {
      const isWanted = matcherOf(text.value);
      return records.filter((record) => isWanted(record) && (!sender.value || sender.value === senderOf(record)));
    },
  };
}

/** Returns a function that tests whether a record matches every term and contains the other words as one phrase. */
export function matcherOf(wanted: string): Test {
  const text: string[] = [];
  const words: Test[] = [];
  for (const word of wanted.toLowerCase().split(/\s+/)) {
    const [, name = "", value = ""] = /^(\w+):(.+)$/.exec(word) ?? [];
    const test = Object.hasOwn(tests, name) ? tests[name]?.(value) : undefined;
    if (test) words.push(test);
    else text.push(word);
  }
  const rest = text.join(" ").trim();
  return (record) => words.every((test) => test(record)) && (!rest || searchTextOf(record).includes(rest));
}

function searchTextOf({ type, sdkName = "", note = "", json }: LogRecord): string {
  return `${type} ${sdkName} ${note} ${json}`.toLowerCase();
}
