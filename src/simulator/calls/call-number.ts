// The number of a call's other side: the caller of an inbound call, or the called number.
import { type Fields, textOf } from "../../protocol/fields.ts";
import type { Engagement } from "./engagement.ts";

/** Returns the number in the message that started the call, or "" if the message does not contain the number. */
export function sentNumber(isInbound: boolean, { fromNumber, toNumber, phoneNumber }: Fields): string {
  const number = (isInbound ? fromNumber : (toNumber ?? phoneNumber)) ?? "";
  return number === "" ? "" : textOf(number);
}

export const storedNumber = ({ direction, properties }: Pick<Engagement, "direction" | "properties">) =>
  properties[direction === "INBOUND" ? "hs_call_from_number" : "hs_call_to_number"];
