// The help desk's request to the numbers webhook. Source: HubSpot's page on third-party calling in help desk.
import * as v from "valibot";

export const mustBeId = "must be a positive whole number";
const id = v.pipe(v.number(mustBeId), v.safeInteger(mustBeId), v.minValue(1, mustBeId));

export const numbersRequest = v.object({ appId: id, portalId: id, userId: id });

/** The app, the HubSpot account (portal), and the user whose numbers the help desk requests. */
export type NumbersRequest = v.InferOutput<typeof numbersRequest>;
