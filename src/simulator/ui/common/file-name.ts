import { formatDay, formatTime } from "../../../dom/format-time.ts";

/**
 * Names a download after the app and the local time, for example calling-log-softphone-2026-11-28-140509.jsonl.
 * @param at a Unix time in milliseconds
 */
export function fileNameOf(start: string, appName: string, extension: string, at = Date.now()): string {
  const app = appName
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, 40);
  const time = formatTime(at).replaceAll(":", "");
  const parts = [start, app.replace(/^-|-$/g, ""), formatDay(at), time].filter(Boolean);
  return `${parts.join("-")}.${extension}`;
}
