// The webhook for platforms that call `fetch(request, env)`. This file is the entry point of the bundle.
import { reply } from "../http/body.ts";
// test/server/phone-numbers.spec.ts validates the JSON file, so the bundle does not need a library for phone numbers.
import bundled from "./phone-numbers.json" with { type: "json" };
import { numbersOf } from "./phone-numbers.ts";
import { createWebhook } from "./webhook.ts";

interface Environment {
  HUBSPOT_CLIENT_SECRET?: string | undefined;
  WEBHOOK_URL?: string | undefined;
}

let current: { secret: string; url: string; webhook: ReturnType<typeof createWebhook> } | undefined;

export default {
  /** `env` contains the secret and the URL; the bundle contains the phone numbers. */
  async fetch(request: Request, env: Environment = {}): Promise<Response> {
    try {
      // Bun, Deno and Vercel pass no `env`, or a different argument. On these platforms, the values are environment variables.
      const processEnv: Environment = globalThis.process?.env ?? {};
      const secret = env.HUBSPOT_CLIENT_SECRET ?? processEnv.HUBSPOT_CLIENT_SECRET ?? "";
      const url = env.WEBHOOK_URL ?? processEnv.WEBHOOK_URL ?? "";
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
      return reply(500, { message: "the webhook is not configured" });
    }
  },
};
