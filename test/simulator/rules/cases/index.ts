import { callOrder } from "./call-order.ts";
import { callee } from "./callee.ts";
import type { Cases } from "./case.ts";
import { engagements } from "./engagements.ts";
import { payload } from "./payload.ts";
import { session } from "./session.ts";

export const cases: Cases = { ...payload, ...session, ...callOrder, ...engagements, ...callee };
