// Each line below a @ts-expect-error comment must not compile. If it compiles, the type check fails.
import type { LoggedCallingExtensions, SdkMethod } from "../src/app/logged-sdk.ts";
import type { Received, Sent } from "../src/protocol/payload-types.ts";

type Rows = Record<SdkMethod, () => void>;
declare const rows: Rows;

const { callData, ...withoutCallData } = rows;
// @ts-expect-error a missing method
export const missing: Rows = withoutCallData;
// @ts-expect-error a name that is not an SDK method
export const misspelled: Rows = { ...rows, callAnswerd: callData };

// @ts-expect-error a constant's name instead of its value
export const ended: Sent<"CALL_ENDED"> = { externalCallId: "", engagementId: 1, callEndStatus: "INTERNAL_COMPLETED" };
// @ts-expect-error externalCallID, a spelling in some parts of HubSpot's documentation
export const answered: Sent<"CALL_ANSWERED"> = { externalCallID: "" };
// @ts-expect-error a type that is not in the protocol
export type Unknown = Received<"DIAL">;

declare const cti: InstanceType<typeof LoggedCallingExtensions>;
cti.callAnswered({ externalCallId: undefined }); // compiles, because a form field can be empty
// @ts-expect-error a misspelled field
cti.callAnswered({ externalCallID: "" });
// @ts-expect-error a field with the wrong type
cti.resizeWidget({ width: "400" });
