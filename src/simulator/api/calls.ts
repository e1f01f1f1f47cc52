// The endpoints that create, read and update calls as CRM objects, log inbound calls, and mark recordings as ready.
import type * as v from "valibot";
import { noContent, reply } from "../../http/body.ts";
import { callAssociations, callingPath, callsPath, versions } from "../../http/paths.ts";
import type { Received } from "../../protocol/payload-types.ts";
import { int64 } from "../calls/engagement.ts";
import { callingRecords } from "../crm/crm-records.ts";
import { sampleRecords } from "../crm/sample-records.ts";
import { errorResponse, fieldErrorsResponse } from "./errors.ts";
import { type Resource, requireId, withBody } from "./routes.ts";
import { callCreate, callUpdate, inboundCall, recordingReady } from "./schemas.ts";
import { type Call, newEngagementId, type Store, withCall } from "./state.ts";

const typeOf = (associationTypeId: number) =>
  Object.values(callAssociations).find((association) => association.associationTypeId === associationTypeId)
    ?.objectTypeId;

export interface CallOptions {
  store: Store;
  /** @param number in E.164 format */
  matchesOf: (number: string) => Received<"CALLER_ID_MATCH_SUCCEEDED">["callerIdMatches"];
  /** Returns a Unix time in milliseconds. */
  now: () => number;
}

export function callResources(options: CallOptions): Resource[] {
  const { store } = options;
  const calling = (rest: string) => versions.map((version) => `${callingPath(version)}${rest}`);
  const objects = (rest: string) => versions.map((version) => `${callsPath(version)}${rest}`);

  function withCallOf(id: number | string, handler: (call: Call) => Response | Promise<Response>) {
    const call = store.get().calls[id];
    return call ? handler(call) : errorResponse(404, `No call has the engagementId ${id}`);
  }

  return [
    { paths: objects(""), methods: { POST: withBody(callCreate, (body) => createCall(body, options)) } },
    {
      paths: objects("/:id"),
      guards: [requireId("callId", int64)],
      methods: {
        GET: ({ id, query }) => withCallOf(id, (call) => reply(200, callObject(call, requestedProperties(query)))),
        PATCH: withBody(callUpdate, ({ properties }, { id }) =>
          withCallOf(id, (call) => updateCall(call, properties, options)),
        ),
      },
    },
    {
      paths: calling("/recordings/ready"),
      methods: {
        POST: withBody(recordingReady, ({ engagementId }) =>
          withCallOf(engagementId, (call) => markRecordingReady(call, options)),
        ),
      },
    },
    { paths: calling("/inbound-call"), methods: { POST: withBody(inboundCall, (body) => logCall(body, options)) } },
  ];
}

type CallCreate = v.InferOutput<typeof callCreate>;
type InboundCall = v.InferOutput<typeof inboundCall>;

async function createCall({ properties, associations }: CallCreate, { store, now }: CallOptions): Promise<Response> {
  const associated = associatedRecords(associations);
  const unknown = associated.filter(({ record }) => !record);
  if (unknown.length > 0) {
    return fieldErrorsResponse(unknown.map(({ field }) => ({ message: "no record has this id and type", in: field })));
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

/** For each association type, returns the path of the `id` field, and the record, or undefined if no record matches. */
function associatedRecords(associations: CallCreate["associations"] = []) {
  return associations.flatMap(({ to, types }, index) =>
    types.map(({ associationTypeId }) => ({
      field: `associations.${index}.to.id`,
      record: sampleRecords.find(
        ({ objectTypeId, objectId }) => objectTypeId === typeOf(associationTypeId) && `${objectId}` === `${to.id}`,
      ),
    })),
  );
}

/** Changes properties. An empty string clears a property. */
async function updateCall(call: Call, changes: Record<string, string>, { store, now }: CallOptions): Promise<Response> {
  const cleared = Object.entries(call.properties).filter(([name]) => changes[name] === "");
  const at = now();
  const updated: Call = {
    ...call,
    properties: notEmpty({ ...call.properties, ...changes }),
    ...(cleared.length > 0 ? { cleared: { ...call.cleared, ...Object.fromEntries(cleared) } } : {}),
    patchedAt: { ...call.patchedAt, ...Object.fromEntries(Object.keys(changes).map((name) => [name, at])) },
    updatedAt: at,
    by: "api",
  };
  await store.set(withCall(store.get(), updated));
  return reply(200, callObject(updated, Object.keys(changes)));
}

async function markRecordingReady(call: Call, { store, now }: CallOptions): Promise<Response> {
  await store.set(withCall(store.get(), { ...call, recordingReady: true, updatedAt: now(), by: "api" }));
  return noContent();
}

async function logCall(call: InboundCall, { store, matchesOf, now }: CallOptions): Promise<Response> {
  const callerIdMatches = matchesOf(call.fromNumber.e164Number);
  if (call.createEngagement) {
    await store.set(withCall(store.get(), inboundCallOf(call, newEngagementId(store.get(), now()), now())));
  }
  return reply(200, { callerIdMatches });
}

const notEmpty = (properties: Record<string, string>) =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== ""));

const requestedProperties = (query: URLSearchParams) =>
  query.getAll("properties").flatMap((names) => names.split(",").map((name) => name.trim()));

/** Returns a call in the format of the CRM's objects API, with the named properties and three standard properties. */
function callObject(call: Call, names: string[]) {
  const createdAt = new Date(call.createdAt).toISOString();
  const updatedAt = new Date(call.updatedAt ?? call.createdAt).toISOString();
  const id = `${call.engagementId}`;
  const requested = Object.entries(call.properties).filter(([name]) => names.includes(name));
  const standard = { hs_createdate: createdAt, hs_lastmodifieddate: updatedAt, hs_object_id: id };
  return { id, properties: { ...Object.fromEntries(requested), ...standard }, createdAt, updatedAt, archived: false };
}

/** The call states by `hs_call_status`. Our choice: a call with any other status, or without a status, is completed. */
const states = new Map<string, Call["state"]>([
  ["QUEUED", "created"],
  ["CONNECTING", "created"],
  ["RINGING", "created"],
  ["CALLING_CRM_USER", "created"],
  ["IN_PROGRESS", "answered"],
  ["HOLD", "answered"],
]);

/** We inferred the names of the call's properties from the names of the request's fields. */
function inboundCallOf(call: InboundCall, engagementId: number, createdAt: number): Call {
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
  const [caller] = callingRecords(sampleRecords, call.fromNumber.e164Number);
  return {
    engagementId,
    externalCallId,
    direction: "INBOUND",
    state: "completed",
    properties,
    createdAt,
    by: "api",
    ...(caller && { record: { objectTypeId: caller.objectTypeId, objectId: caller.objectId } }),
  };
}
