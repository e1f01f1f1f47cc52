// What must not compile. The type check fails when one of these lines would.
import type { LoggedCallingExtensions, Outbound } from "../src/app/logged-sdk.ts";
import type { Received, Sent } from "../src/protocol/messages.ts";

type Rows = Record<Outbound, () => void>;
declare const rows: Rows;

const { callData, ...withoutOne } = rows;
// @ts-expect-error a message without its row
export const missing: Rows = withoutOne;
// @ts-expect-error a row that is no message of the SDK
export const misspelt: Rows = { ...rows, callAnswerd: callData };

// @ts-expect-error the name of the constant instead of its value
export const ended: Sent<"CALL_ENDED"> = { externalCallId: "", engagementId: 1, callEndStatus: "INTERNAL_COMPLETED" };
// @ts-expect-error the vendor's pages write externalCallID in places
export const answered: Sent<"CALL_ANSWERED"> = { externalCallID: "" };
// @ts-expect-error a type that is not in the protocol
export type Unknown = Received<"DIAL">;

declare const cti: InstanceType<typeof LoggedCallingExtensions>;
cti.callAnswered({ externalCallId: undefined }); // an empty field of the form
// @ts-expect-error a misspelt field
cti.callAnswered({ externalCallID: "" });
// @ts-expect-error a field of another type
cti.resizeWidget({ width: "400" });
