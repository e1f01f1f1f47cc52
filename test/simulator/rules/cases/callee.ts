import {
  answered,
  app,
  call,
  created,
  createdFor,
  ended,
  hubspot,
  ids,
  initialized,
  outgoing,
} from "../../../support/rule-steps.ts";
import type { Cases } from "./case.ts";

const dial = (objectId: number) =>
  hubspot("DIAL_NUMBER", {
    phoneNumber: "+18005550102",
    objectId,
    calleeInfo: { calleeId: 51, calleeObjectTypeId: "0-1" },
  });
const begin = (objectId: number) => [initialized, dial(objectId), outgoing, created, answered];
const complete = (calleeId: unknown) =>
  app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_callee_object_id: calleeId } });
const navigate = (objectId: unknown, objectTypeId: string, engagementId?: number) =>
  app("NAVIGATE_TO_RECORD", {
    objectCoordinates: { portalId: 62515, objectId, objectTypeId },
    ...(engagementId && { engagementId }),
  });
const waiting = [app("INCOMING_CALL", call("b")), createdFor("b", 8)];

export const callee: Cases = {
  "wrong-callee": [
    {
      app: "stores the open company as the called record",
      steps: [begin(101), ended, complete("101")],
      finds: [
        'callCompleted: hs_call_callee_object_id is "101", which is objectId in onDialNumber; the called record is 51 (calleeInfo)',
      ],
    },
    {
      app: "stores the open company's id as the called record's id, and sends a number instead of a string",
      steps: [begin(101), ended, complete(101)],
      finds: [
        "callCompleted: hs_call_callee_object_id is 101, which is objectId in onDialNumber; the called record is 51 (calleeInfo)",
      ],
    },
    {
      app: "navigates to the open company, whose id it sends as a string instead of a number",
      steps: [begin(101), navigate("101", "0-2")],
      finds: [],
      also: ['wrong-type: navigateToRecord: objectCoordinates.objectId is "101"; expected number'],
    },
    {
      app: "navigates twice to the open company instead of the called contact",
      steps: [begin(101), navigate(101, "0-2"), navigate(101, "0-2"), ended, complete("51")],
      finds: [
        "warning: navigateToRecord opens record 101, which is objectId in onDialNumber; the called record is 51 (calleeInfo)",
      ],
    },
    {
      app: "navigates for a dialed call, by its engagementId, while another call is waiting",
      steps: [begin(101), waiting, navigate(101, "0-2", 7)],
      finds: [
        "warning: navigateToRecord opens record 101, which is objectId in onDialNumber; the called record is 51 (calleeInfo)",
      ],
    },
    {
      app: "navigates for a waiting call to the record that was open when the other call was dialed",
      steps: [begin(101), waiting, navigate(101, "0-2", 8)],
      finds: [],
    },
    {
      app: "navigates to record 0 during a help desk call",
      steps: [begin(0), navigate(0, "0-1"), ended, complete("51")],
      finds: [
        "navigateToRecord opens record 0, which is objectId in onDialNumber; the called record is 51 (calleeInfo)",
      ],
    },
  ],
};
