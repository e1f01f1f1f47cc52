/**
 * How we know a fact about the protocol.
 * documented: HubSpot's documentation. sdk: only the SDK's types or code.
 * inferred: HubSpot's demo apps, or a similar message. chosen: no source; it is our choice.
 */
export type Sure = "documented" | "sdk" | "inferred" | "chosen";
