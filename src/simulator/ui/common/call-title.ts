/** @param number "" if the number is not known */
export function callTitle(direction: "INBOUND" | "OUTBOUND", recordName: string | undefined, number: string): string {
  const preposition = direction === "INBOUND" ? "from" : "to";
  return `Call ${preposition} ${recordName ?? (number || "an unknown number")}`;
}
