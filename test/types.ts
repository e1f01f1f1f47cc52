// Code that must not compile. The type check fails if one of these lines compiles.
import type { LoggedCallingExtensions, SdkMethod } from "../src/app/logged-sdk.ts";
import type { Received, Sent } from "../src/protocol/payload-types.ts";

type Rows = Record<SdkMethod, () => void>;
declare const rows: Rows;

const { callData, ...withoutCallData } = rows;
// @ts-expect-error a message without its row
export const missing: Rows = withoutCallData;
// @ts-expect-error a row that is not a message of the SDK
export const misspelt: Rows = { ...rows, callAnswerd: callData };

// @ts-expect-error the name of the constant instead of its value
export const ended: Sent<"CALL_ENDED"> = { externalCallId: "", engagementId: 1, callEndStatus: "INTERNAL_COMPLETED" };
// @ts-expect-error HubSpot's documentation sometimes writes externalCallID
export const answered: Sent<"CALL_ANSWERED"> = { externalCallID: "" };
// @ts-expect-error a type that is not in the protocol
export type Unknown = Received<"DIAL">;

declare const cti: InstanceType<typeof LoggedCallingExtensions>;
cti.callAnswered({ externalCallId: undefined }); // compiles: an empty field of the form
// @ts-expect-error a misspelt field
cti.callAnswered({ externalCallID: "" });
// @ts-expect-error a field with the wrong type
cti.resizeWidget({ width: "400" });
