// The phone numbers that the webhook answers with, in the shape of src/webhook/phone-numbers.json.

/** HubSpot cannot select a number with an extension, and shows the first 24 characters of the name. */
export interface PhoneNumber {
  e164PhoneNumber: string;
  extension?: string | undefined;
  friendlyName: string;
}

/** Numbers by account and user. */
export interface PhoneNumbers {
  portals?: Record<string, { users?: Record<string, PhoneNumber[]>; default?: PhoneNumber[] }>;
  default: PhoneNumber[];
}

/** The numbers of the user, else those of the account, else the default. */
export function numbersOf(
  { portals, default: defaultNumbers }: PhoneNumbers,
  { portalId, userId }: { portalId: number; userId: number },
): PhoneNumber[] {
  const portal = portals?.[portalId];
  return portal?.users?.[userId] ?? portal?.default ?? defaultNumbers;
}
