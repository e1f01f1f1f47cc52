// The format of src/webhook/phone-numbers.json, and the lookup of a user's numbers.

/**
 * A number in the webhook's response. HubSpot users cannot select a number with an extension, and HubSpot shows only the
 * first 24 characters of the name. Source: HubSpot's page on third-party calling in help desk.
 * @example
 * const number: PhoneNumber = { e164PhoneNumber: "+12025550100", friendlyName: "Main line" };
 */
export interface PhoneNumber {
  /** `+`, country code and number, without spaces. */
  e164PhoneNumber: string;
  extension?: string | undefined;
  friendlyName: string;
}

/** The numbers by HubSpot account (portal) and user. */
export interface PhoneNumbers {
  portals?: Record<string, { users?: Record<string, PhoneNumber[]>; default?: PhoneNumber[] }>;
  default: PhoneNumber[];
}

/** Returns the first list that exists: the user's, the account's default, or the default for all accounts. */
export function numbersOf(
  { portals, default: defaultNumbers }: PhoneNumbers,
  { portalId, userId }: { portalId: number; userId: number },
): PhoneNumber[] {
  const portal = portals?.[portalId];
  return portal?.users?.[userId] ?? portal?.default ?? defaultNumbers;
}
