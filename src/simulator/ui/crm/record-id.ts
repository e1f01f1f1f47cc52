import { textOf } from "../../../protocol/fields.ts";
import type { CrmRecord, RecordId } from "../../crm/crm-records.ts";

/** Returns the record's objectTypeId and objectId, for example "0-1/51". */
export function idOf({ objectId, objectTypeId }: { objectId: unknown; objectTypeId: unknown }): string {
  return `${textOf(objectTypeId)}/${textOf(objectId)}`;
}

/** Returns the record's name, or text such as "record 0-1/51" if `records` does not contain the record. */
export function nameOf(records: readonly CrmRecord[], id: RecordId): string {
  return records.find((listed) => idOf(listed) === idOf(id))?.name ?? `record ${idOf(id)}`;
}
