// The fixture's options for a test that repeats a logged session.
import { fieldsOf } from "../../protocol/fields.ts";
import { isMessageType, type MessageType } from "../../protocol/message-types.ts";
import { isSameRecord } from "../crm/crm-records.ts";
import { failReplies } from "../crm/replies.ts";
import { sampleRecords } from "../crm/sample-records.ts";
import type { Line } from "./replay.ts";

const defaults = { portalId: 62515, userId: 9, ownerId: 42 };

/**
 * @param lines the session's messages, without repeated events. The first message is READY.
 * @param isTwice whether the session sent every event twice
 * @returns only the options that differ from the defaults
 */
export function optionsFor(lines: readonly Line[], app: string | undefined, isTwice: boolean): object {
  const { iframeLocation = "widget", usesCallingWindow = true, ...fields } = fieldsOf(lines[0]?.data);
  const ids = Object.entries(defaults).flatMap(([name, value]) =>
    fields[name] === undefined || fields[name] === value ? [] : [[name, fields[name]]],
  );
  const session = {
    ...Object.fromEntries(ids),
    ...(fields.userId === undefined && { withoutUser: true }),
    ...(fields.ownerId === undefined && { withoutOwner: true }),
    ...(lines.some(({ type }) => type === "ENGAGEMENT_CREATED") && { sendsDeprecated: true }),
    ...(isTwice && { twice: true }),
  };
  const answers = answersIn(lines);
  return {
    ...(app !== undefined && { app }),
    ...(iframeLocation !== "widget" && { iframeLocation }),
    ...(usesCallingWindow !== true && { usesCallingWindow }),
    ...(Object.keys(session).length > 0 && { session }),
    ...(Object.keys(answers).length > 0 && { answers }),
  };
}

/** Returns the message types whose reply was probably set to fail during the session. */
function answersIn(lines: readonly Line[]): Record<string, "fail"> {
  const failed = lines.filter(({ from, type }) => from === "hubspot" && /_FAILED$/.test(type));
  const types = lines.flatMap(({ from, type, data }) =>
    from === "app" && isMessageType(type) && isSetToFail(type, data, failed) ? [type] : [],
  );
  return Object.fromEntries(types.map((type) => [type, "fail"]));
}

/** A reply can also fail because of the message's data, for example an unknown engagementId. */
function isSetToFail(type: MessageType, data: unknown, failed: readonly Line[]): boolean {
  if (type === "NAVIGATE_TO_RECORD" && !isSampleRecord(fieldsOf(data).objectCoordinates)) return false;
  return failReplies(type, data).some((reply) =>
    failed.some(
      (line) =>
        line.type === reply.event &&
        (alwaysSimulated.test(line.type) || JSON.stringify(line.data) === JSON.stringify(reply.data)),
    ),
  );
}

/** These failures do not depend on the message's data. */
const alwaysSimulated = /^(CREATE_ENGAGEMENT|CALLER_ID_MATCH)_FAILED$/;

function isSampleRecord(coordinates: unknown): boolean {
  const { objectId, objectTypeId } = fieldsOf(coordinates);
  return sampleRecords.some((record) => isSameRecord({ objectId, objectTypeId }, record));
}
