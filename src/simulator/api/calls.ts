// The calls of the CRM: what the objects API says of them and changes, and those that are told of from outside HubSpot.
import type * as v from "valibot";
import { noContent, reply } from "../../http/body.ts";
import { callAssociations, callingPath, callsPath, versions } from "../../http/paths.ts";
import type { Received } from "../../protocol/messages.ts";
import { int64 } from "../calls/engagement.ts";
import { records } from "../session/crm-records.ts";
import { isId, refuse, refuseFaults } from "./errors.ts";
import { type Resource, taking } from "./routes.ts";
import { callCreate, callUpdate, inboundCall, recordingReady } from "./schemas.ts";
import { type Call, newEngagementId, type Store, withCall } from "./state.ts";

/** The type of record that HubSpot's default association of a call leads to. */
const typeOf = (associationTypeId: number) =>
  Object.values(callAssociations).find((one) => one.associationTypeId === associationTypeId)?.objectTypeId;

export interface CallOptions {
  store: Store;
  /** The records that have this E.164 number. */
  matchesOf: (number: string) => Received<"CALLER_ID_MATCH_SUCCEEDED">["callerIdMatches"];
  /** Milliseconds since 1970. */
  now: () => number;
}

export function callResources({ store, matchesOf, now }: CallOptions): Resource[] {
  const calling = (rest: string) => versions.map((version) => `${callingPath(version)}${rest}`);
  const objects = (rest: string) => versions.map((version) => `${callsPath(version)}${rest}`);

  function withCallOf(id: number | string, task: (call: Call) => Response | Promise<Response>) {
    const call = store.get().calls[id];
    return call ? task(call) : refuse(404, `No call has the engagement id ${id}`);
  }

  /** Merged; an empty value clears the property. */
  async function updateCall(call: Call, changes: Record<string, string>): Promise<Response> {
    const cleared = Object.entries(call.properties).filter(([name]) => changes[name] === "");
    const changed: Call = {
      ...call,
      properties: notEmpty({ ...call.properties, ...changes }),
      ...(cleared.length > 0 ? { cleared: { ...call.cleared, ...Object.fromEntries(cleared) } } : {}),
      updatedAt: now(),
      by: "api",
    };
    await store.set(withCall(store.get(), changed));
    return reply(200, callObject(changed, Object.keys(changes)));
  }

  function markRecording({ engagementId }: v.InferOutput<typeof recordingReady>) {
    return withCallOf(engagementId, async (call) => {
      await store.set(withCall(store.get(), { ...call, recordingReady: true, updatedAt: now(), by: "api" }));
      return noContent();
    });
  }

  async function logCall(call: v.InferOutput<typeof inboundCall>): Promise<Response> {
    const callerIdMatches = matchesOf(call.fromNumber.e164Number);
    if (call.createEngagement) {
      await store.set(withCall(store.get(), inboundCallOf(call, newEngagementId(store.get(), now()), now())));
    }
    return reply(200, { callerIdMatches });
  }

  async function createCall({ properties, associations = [] }: v.InferOutput<typeof callCreate>): Promise<Response> {
    const associated = associations.flatMap(({ to, types }, index) =>
      types.map(({ associationTypeId }) => ({
        in: `associations.${index}.to.id`,
        record: records.find(
          ({ objectTypeId, objectId }) => objectTypeId === typeOf(associationTypeId) && `${objectId}` === `${to.id}`,
        ),
      })),
    );
    const unknown = associated.filter(({ record }) => !record);
    if (unknown.length > 0) {
      return refuseFaults(unknown.map((one) => ({ message: "is of no record of that type here", in: one.in })));
    }
    const record = associated[0]?.record;
    const call: Call = {
      engagementId: newEngagementId(store.get(), now()),
      externalCallId: properties.hs_call_external_id ?? "",
      direction: properties.hs_call_direction === "INBOUND" ? "INBOUND" : "OUTBOUND",
      state: states.get(properties.hs_call_status ?? "") ?? "completed",
      properties: notEmpty(properties),
      createdAt: now(),
      by: "api",
      ...(record ? { record: { objectTypeId: record.objectTypeId, objectId: record.objectId } } : {}),
    };
    await store.set(withCall(store.get(), call));
    return reply(201, callObject(call, Object.keys(properties)));
  }

  return [
    { paths: objects(""), methods: { POST: taking(callCreate, createCall) } },
    {
      paths: objects("/:id"),
      guards: [isId("callId", int64)],
      methods: {
        GET: ({ id, query }) => withCallOf(id, (call) => reply(200, callObject(call, askedProperties(query)))),
        PATCH: taking(callUpdate, ({ properties }, { id }) => withCallOf(id, (call) => updateCall(call, properties))),
      },
    },
    { paths: calling("/recordings/ready"), methods: { POST: taking(recordingReady, markRecording) } },
    { paths: calling("/inbound-call"), methods: { POST: taking(inboundCall, logCall) } },
  ];
}

const notEmpty = (properties: Record<string, string>) =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== ""));

const askedProperties = (query: URLSearchParams) =>
  query.getAll("properties").flatMap((names) => names.split(",").map((name) => name.trim()));

/** The call as the CRM's objects API gives it: with three properties of its own and those asked for, if it has them. */
function callObject(call: Call, names: string[]) {
  const createdAt = new Date(call.createdAt).toISOString();
  const updatedAt = new Date(call.updatedAt ?? call.createdAt).toISOString();
  const id = `${call.engagementId}`;
  const asked = Object.entries(call.properties).filter(([name]) => names.includes(name));
  const own = { hs_createdate: createdAt, hs_lastmodifieddate: updatedAt, hs_object_id: id };
  return { id, properties: { ...Object.fromEntries(asked), ...own }, createdAt, updatedAt, archived: false };
}

/** How far a call has come by its hs_call_status; by any other, or none, it is over. Chosen. */
const states = new Map<string, Call["state"]>([
  ["QUEUED", "created"],
  ["CONNECTING", "created"],
  ["RINGING", "created"],
  ["CALLING_CRM_USER", "created"],
  ["IN_PROGRESS", "answered"],
  ["HOLD", "answered"],
]);

/** The engagement of a call that ended elsewhere. Which property takes which field is inferred from their names. */
function inboundCallOf(call: v.InferOutput<typeof inboundCall>, engagementId: number, createdAt: number): Call {
  const { callStartedTimestamp, durationSeconds } = call;
  const properties = {
    hs_timestamp: callStartedTimestamp ?? new Date(createdAt).toISOString(),
    hs_call_direction: "INBOUND",
    hs_call_external_id: call.externalCallId,
    hs_call_from_number: call.fromNumber.e164Number,
    hs_call_to_number: call.toNumber.e164Number,
    hs_call_status: call.finalCallStatus,
    ...(durationSeconds === undefined ? {} : { hs_call_duration: `${durationSeconds * 1000}` }),
    ...call.engagementProperties,
  };
  const { externalCallId } = call;
  return { engagementId, externalCallId, direction: "INBOUND", state: "completed", properties, createdAt, by: "api" };
}
