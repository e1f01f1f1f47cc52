import type { Page } from "@playwright/test";
import type { SimulatorLimits } from "./limits.ts";
import type { UserActions } from "./user-actions.ts";

export type RunnerOptions = {
  simulator: string;
  /** The URL from which the simulator loads the app. */
  app: string;
  timeoutMs: number;
  userActions: UserActions;
  takesPictures: boolean;
  isHeaded: boolean;
  limits: SimulatorLimits;
  /** The check calls this before the page loads the app. */
  prepare(page: Page): Promise<void>;
  /** The app and the simulator run in separate processes, so the app cannot block the simulator. */
  isIsolated: boolean;
};
