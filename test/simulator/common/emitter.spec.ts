import { expect, test } from "@playwright/test";
import { createEmitter } from "../../../src/simulator/common/emitter.ts";
import { uncaughtErrors } from "../../support/uncaught-errors.ts";

type Events = { started: string; ended: number };

test("delivers only events of the subscribed type, immediately and in the order of subscription", () => {
  const { on, dispatch } = createEmitter<Events>();
  const seen: unknown[] = [];
  on("started", (event) => seen.push(["first", event]));
  on("ended", (event) => seen.push(["ended", event]));
  on("started", (event) => seen.push(["second", event]));
  dispatch("started", "a");
  expect(seen).toEqual([
    ["first", "a"],
    ["second", "a"],
  ]);
  dispatch("ended", 1);
  expect(seen.slice(2)).toEqual([["ended", 1]]);
});

test("accepts an event without a listener, even if its type is the name of an object property", () => {
  const { dispatch } = createEmitter<{ toString: string; constructor: string }>();
  expect(() => dispatch("toString", "")).not.toThrow();
  expect(() => dispatch("constructor", "")).not.toThrow();
});

test("queues the events that a listener dispatches, and delivers them in order after the current event", () => {
  const { on, dispatch } = createEmitter<Events>();
  const seen: string[] = [];
  on("started", (name) => {
    if (name !== "outer") return;
    dispatch("ended", 1);
    dispatch("started", "inner");
    seen.push("dispatched");
  });
  on("started", (name) => seen.push(`second ${name}`));
  on("ended", (code) => seen.push(`ended ${code}`));
  dispatch("started", "outer");
  expect(seen).toEqual(["dispatched", "second outer", "ended 1", "second inner"]);
});

test("continues when a listener throws, and reports the error as uncaught", () => {
  const { on, dispatch } = createEmitter<Events>();
  const error = new Error("broken listener");
  const seen: unknown[] = [];
  on("started", () => {
    dispatch("ended", 1);
    throw error;
  });
  on("started", (event) => seen.push(event));
  on("ended", (event) => seen.push(event));
  const errors = uncaughtErrors(() => {
    dispatch("started", "a");
    dispatch("started", "b");
  });
  expect(seen).toEqual(["a", 1, "b", 1]);
  expect(errors).toEqual([error, error]);
});

test("delivers only later events to a listener that subscribes during an event", () => {
  const { on, dispatch } = createEmitter<Events>();
  const seen: string[] = [];
  on("started", (outer) => {
    if (outer === "a") on("started", (event) => seen.push(event));
  });
  dispatch("started", "a");
  dispatch("started", "b");
  expect(seen).toEqual(["b"]);
});
