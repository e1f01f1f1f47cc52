// Error responses have the shape of `Error` in HubSpot's OpenAPI description. The description does not document the error
// statuses, so they are our choice.
import { reply } from "../../http/body.ts";

export interface FieldError {
  message: string;
  in: string;
}

/** HubSpot documents only VALIDATION_ERROR. Other categories come from HubSpot's responses, or are our choice. */
const categories: Record<number, string> = {
  401: "INVALID_AUTHENTICATION",
  403: "MISSING_SCOPES",
  404: "OBJECT_NOT_FOUND",
  409: "CONFLICT",
  429: "RATE_LIMITS",
};

export function errorResponse(
  status: number,
  message: string,
  { errors, headers }: { errors?: FieldError[]; headers?: Record<string, string> } = {},
): Response {
  const category = categories[status] ?? (status < 500 ? "VALIDATION_ERROR" : "INTERNAL_ERROR");
  const correlationId = crypto.randomUUID();
  return reply(status, { status: "error", message, category, correlationId, ...(errors ? { errors } : {}) }, headers);
}

export function fieldErrorsResponse(errors: FieldError[]): Response {
  return errorResponse(400, errors.map(({ message, in: field }) => `${field}: ${message}`).join("; "), { errors });
}
