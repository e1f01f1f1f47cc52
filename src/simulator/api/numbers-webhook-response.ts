// Reads the numbers from a webhook's response, and finds problems in the response.
import { isJson, maxBodyBytes, parseJson } from "../../http/body.ts";
import { e164 } from "../../protocol/e164.ts";

export interface WebhookResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
  milliseconds: number;
}

export interface ListedNumber {
  e164PhoneNumber: string;
  extension?: string;
  friendlyName: string;
  /** The first 24 characters of the name. The user does not see the other characters. */
  shownName: string;
  /** False for a number that has an extension (documented) or is not in E.164 format (our assumption). */
  selectable: boolean;
}

export interface ValidatedNumbers {
  numbers: ListedNumber[];
  problems: string[];
}

const maxNameLength = 24;

/** @param bytes the body, or the reason why the body could not be read */
export function validateResponse(
  { status, headers }: Pick<WebhookResponse, "status" | "headers">,
  bytes: Uint8Array | string,
  url: string,
): ValidatedNumbers {
  const { location = "", "content-type": type = "" } = headers;
  const problem = statusProblem(status, location, url);
  if (problem) return onlyProblem(problem);
  if (bytes === "too large") return onlyProblem(`the body is larger than ${maxBodyBytes} bytes; send a shorter list`);
  if (typeof bytes === "string") return onlyProblem("the body was cut off; check whether the webhook crashed");
  const typeProblem = `content-type: is ${type ? `"${type}"` : "missing"}; send application/json`;
  const { numbers, problems } = validateBody(bytes);
  return { numbers, problems: isJson(type) ? problems : [typeProblem, ...problems] };
}

const onlyProblem = (problem: string): ValidatedNumbers => ({ numbers: [], problems: [problem] });

function statusProblem(status: number, location: string, url: string): string | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 401) {
    return `401: the webhook probably rejected the simulator's signature; check that the webhook expects the registered URL ${url} (WEBHOOK_URL), that it uses the simulator's secret (HUBSPOT_CLIENT_SECRET), and that its clock is correct`;
  }
  if (status >= 300 && status < 400 && location) {
    return `${status}: the webhook redirects to "${location}", but the simulator does not follow redirects; register the final URL`;
  }
  return `${status}: send status 200${status >= 500 ? "; the webhook's output may explain the failure" : ""}`;
}

function validateBody(bytes: Uint8Array): ValidatedNumbers {
  let body: unknown;
  try {
    body = parseJson(bytes);
  } catch {
    return onlyProblem("the body is not JSON in UTF-8");
  }
  const list = fieldsOf(body).get("phoneNumbers");
  if (!Array.isArray(list)) {
    const problem = list === undefined ? "is missing" : "is not a list";
    return onlyProblem(`phoneNumbers: ${problem}; send {"phoneNumbers":[…]}`);
  }
  if (list.length === 0) return onlyProblem("phoneNumbers: is empty, so this user has no number to select");
  const results = list.map((item: unknown, index) => validateNumber(fieldsOf(item), `phoneNumbers[${index}]`));
  return {
    numbers: results.flatMap(({ numbers }) => numbers),
    problems: results.flatMap(({ problems }) => problems),
  };
}

/** Validates one number. The result does not contain the number if `e164PhoneNumber` is not a string. */
function validateNumber(fields: Map<string, unknown>, path: string): ValidatedNumbers {
  const number = fields.get("e164PhoneNumber");
  const name = fields.get("friendlyName");
  const extension = fields.get("extension");
  const problems = [...numberProblems(fields, path)];
  if (typeof name !== "string" || name.trim() === "") problems.push(`${path}.friendlyName: ${textProblem(name)}`);
  if (extension !== undefined && typeof extension !== "string") {
    problems.push(`${path}.extension: ${textProblem(extension)}; send a string or leave the field out`);
  }
  if (typeof number !== "string") return { numbers: [], problems };

  const friendlyName = typeof name === "string" ? name : "";
  const listed = {
    e164PhoneNumber: number,
    ...(typeof extension === "string" ? { extension } : {}),
    friendlyName,
    shownName: [...friendlyName].slice(0, maxNameLength).join(""),
    selectable: e164.test(number) && !fields.has("extension"),
  };
  return { numbers: [listed], problems };
}

function numberProblems(fields: Map<string, unknown>, path: string): string[] {
  const number = fields.get("e164PhoneNumber");
  if (number === undefined && fields.has("e164Number")) {
    return [`${path}.e164Number: the field's name is e164PhoneNumber; e164Number belongs to other endpoints`];
  }
  if (typeof number !== "string") return [`${path}.e164PhoneNumber: ${textProblem(number)}`];
  if (e164.test(number)) return [];
  return [`${path}.e164PhoneNumber: "${number}" is not in E.164; send +, the country code and the number`];
}

function textProblem(value: unknown): string {
  if (value === undefined) return "is missing";
  if (value === "") return "is empty";
  return `must be a non-blank string, but is ${JSON.stringify(value)}`;
}

const fieldsOf = (value: unknown) =>
  new Map<string, unknown>(typeof value === "object" && value !== null ? Object.entries(value) : []);
