import type { Sure } from "../../../protocol/sure.ts";

/** How certain the simulator is about a message or a rule. `explanation` appears in tooltips and in the legend. */
export const certainties: Record<Sure, { label: string; explanation: string }> = {
  documented: { label: "documented", explanation: "HubSpot documents it." },
  sdk: {
    label: "from the SDK",
    explanation: "It comes only from the SDK's types or code, or from the behavior of browsers.",
  },
  inferred: {
    label: "inferred",
    explanation: "HubSpot's demo apps, public issue reports or a similar message suggest it.",
  },
  chosen: { label: "chosen by the simulator", explanation: "No source describes it, so the simulator chose it." },
};
