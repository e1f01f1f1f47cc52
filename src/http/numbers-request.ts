// The request that HubSpot's help desk sends to the numbers webhook, and the rule for the ids in it.
// Source: the vendor's page on third-party calling in help desk.
import * as v from "valibot";

export const mustBeId = "must be a whole number above 0";
const id = v.pipe(v.number(mustBeId), v.safeInteger(mustBeId), v.minValue(1, mustBeId));

export const numbersRequest = v.object({ appId: id, portalId: id, userId: id });

/** The app, the HubSpot account and the HubSpot user that the help desk asks for. */
export type NumbersRequest = v.InferOutput<typeof numbersRequest>;
