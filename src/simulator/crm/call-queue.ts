import { type CrmRecord, isSameRecord, type RecordId } from "./crm-records.ts";

/** Our choice: the tasks are the records with a number. After the last task, the queue starts again. */
export function nextTask(records: readonly CrmRecord[], current: RecordId | undefined): CrmRecord | undefined {
  const tasks = records.filter(({ numbers }) => numbers.length > 0);
  const index = tasks.findIndex((record) => current && isSameRecord(current, record));
  return tasks[(index + 1) % tasks.length];
}
