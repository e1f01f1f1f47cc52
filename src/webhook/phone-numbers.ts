// What the webhook answers with: phone numbers, and whose they are, as src/webhook/phone-numbers.json holds them.

/** A number as HubSpot takes it: one with an extension cannot be selected, a name is cut after 24 characters. */
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

/** The user's own numbers, or else those of the account, or else those for everybody. */
export function numbersOf(
  { portals, default: everybody }: PhoneNumbers,
  { portalId, userId }: { portalId: number; userId: number },
): PhoneNumber[] {
  const portal = portals?.[portalId];
  return portal?.users?.[userId] ?? portal?.default ?? everybody;
}
