// Recognizes findings about the same fault. Their texts can contain different values, for example different call ids.
import type { Finding } from "./finding.ts";

type Described = Pick<Finding, "rule" | "message" | "field">;

/** The text of a finding can contain a long value from the app. */
const maxLength = 2000;

/** Replaces call ids, phone numbers and times, which can differ between two findings even if the fault is the same. */
export function withoutValues(message: string): string {
  return message
    .slice(0, maxLength)
    .replace(/\b(call|externalCallId|engagementId) "[^"]*"/g, '$1 "…"')
    .replace(/"[^"]*\d[^"]*"/g, '"…"')
    .replace(/\b\d[\d.]*\b/g, "#");
}

/**
 * Returns the same text for two findings under one rule if they are about the same field of the same message type or, for
 * findings without a field, if their texts differ only in values.
 */
export const faultKey = ({ rule, message, field }: Described) => `${rule} ${field ?? withoutValues(message)}`;
