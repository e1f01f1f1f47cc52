// The webhook for platforms whose functions are `fetch(request, env)`: the entry point of its bundle.
import { reply } from "../http/body.ts";
// Checked by test/server/phone-numbers.spec.ts, as the server checks the file: a worker has no room for a library of numbers.
import bundled from "./phone-numbers.json" with { type: "json" };
import { numbersOf } from "./phone-numbers.ts";
import { createWebhook } from "./webhook.ts";

interface Environment {
  HUBSPOT_CLIENT_SECRET?: string | undefined;
  WEBHOOK_URL?: string | undefined;
}

let current: { secret: string; url: string; webhook: ReturnType<typeof createWebhook> } | undefined;

export default {
  /** Secret and URL come from the platform's bindings, the numbers are in the bundle. */
  async fetch(request: Request, env: Environment = {}): Promise<Response> {
    try {
      // Bun, Deno and Vercel pass no bindings, or something else in their place, and have them in the process.
      const own: Environment = globalThis.process?.env ?? {};
      const secret = env.HUBSPOT_CLIENT_SECRET ?? own.HUBSPOT_CLIENT_SECRET ?? "";
      const url = env.WEBHOOK_URL ?? own.WEBHOOK_URL ?? "";
      if (current?.secret !== secret || current.url !== url) {
        current = {
          secret,
          url,
          webhook: createWebhook({ url, secret, phoneNumbers: (request) => numbersOf(bundled, request) }),
        };
      }
      return await current.webhook(request);
    } catch (error) {
      console.error("webhook:", error);
      return reply(500, { message: "the webhook is not set up" });
    }
  },
};
