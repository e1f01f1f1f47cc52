// The user's records: added, edited, removed, stored in the browser, and shared with a link.
import { expect, test } from "@playwright/test";
import { createRecordStore } from "../../../src/simulator/crm/record-store.ts";
import { sampleRecords } from "../../../src/simulator/crm/sample-records.ts";
import { openStorage } from "../../support/tabs.ts";

const added = {
  objectTypeId: "0-1",
  objectType: "CONTACT",
  name: "Annie Easley",
  countryCode: "US",
  hasOwner: true,
  numbers: [{ number: "+18005550160", property: "phone" }],
};
const ada = sampleRecords[0];
if (!ada) throw new Error("There are no sample records.");

test("stores added and edited records, and restores an edited sample record when it is removed", () => {
  const storage = openStorage();
  const store = createRecordStore(storage);
  let changes = 0;
  store.on("changed", () => {
    changes += 1;
  });
  expect(store.all()).toEqual(sampleRecords);
  const first = store.add(added);
  const second = store.add({ ...added, name: "Mary Jackson" });
  expect(new Set([...sampleRecords, first, second].map(({ objectId }) => objectId)).size).toBe(
    sampleRecords.length + 2,
  );
  store.replace({ ...first, name: "Annie" });
  store.replace({ ...ada, name: "Ada King" });
  expect(changes).toBe(4);

  const next = createRecordStore(storage);
  expect(next.all()).toEqual(store.all());
  expect(next.all()[0]).toMatchObject({ objectId: 51, name: "Ada King" });
  expect(next.all().slice(sampleRecords.length)).toMatchObject([{ name: "Mary Jackson" }, { name: "Annie" }]);
  expect([ada, first].map((record) => [next.isOwn(record), next.isSample(record)])).toEqual([
    [true, true],
    [true, false],
  ]);
  for (const record of [ada, first, second]) next.remove(record);
  expect(next.all()).toEqual(sampleRecords);
  store.readAgain();
  expect(store.all(), "another tab removed them").toEqual(sampleRecords);
});

test("uses the records from a link without storing them, and adds them to its own link", () => {
  const sender = createRecordStore(openStorage());
  expect(sender.toParameter()).toBe("");
  sender.add(added);
  sender.replace({ ...ada, name: "Ada King" });
  const storage = openStorage();
  const receiver = createRecordStore(storage, sender.toParameter());
  expect(receiver.all()).toEqual(sender.all());
  expect(storage.getItem("records")).toBe(null);
  expect(createRecordStore(openStorage(), receiver.toParameter()).all()).toEqual(sender.all());
});

test("keeps the user's record if a link contains a record with the same id", () => {
  const storage = openStorage();
  const own = createRecordStore(storage).add(added);
  const linked = JSON.stringify([{ ...own, name: "Another" }]);
  expect(createRecordStore(storage, linked).all().at(-1)).toEqual(own);
});

test("ignores stored or linked text that is not a list of valid records", () => {
  const wrong = ["", "null", "{}", "[1]", JSON.stringify([{ ...added, objectId: 0 }]), JSON.stringify([added]), "[{]"];
  for (const text of wrong) {
    const storage = openStorage();
    storage.setItem("records", text);
    expect(createRecordStore(storage, text).all(), text).toEqual(sampleRecords);
  }
});

test("throws if the storage is full, and leaves the records unchanged", () => {
  const store = createRecordStore({
    getItem: () => null,
    setItem() {
      throw new DOMException("full", "QuotaExceededError");
    },
  });
  expect(() => store.add(added)).toThrow("full");
  expect(store.all()).toEqual(sampleRecords);
});
