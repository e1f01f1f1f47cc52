import { expect, test } from "@playwright/test";
import { createEmitter } from "../../../src/simulator/session/emitter.ts";
import { uncaughtErrors } from "../../support/uncaught-errors.ts";

type Events = { started: string; ended: number };

test("delivers at once, in the order of subscription, and only events of the type", () => {
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

test("delivers an event without a listener to nothing, whatever its name", () => {
  const { dispatch } = createEmitter<{ toString: string; constructor: string }>();
  expect(() => dispatch("toString", "")).not.toThrow();
  expect(() => dispatch("constructor", "")).not.toThrow();
});

test("delivers the events that a listener dispatches afterwards, in the order of dispatch", () => {
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

test("delivers to the other listeners when one throws, also the next event, and the error surfaces", () => {
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

test("delivers to a listener that subscribes during an event from the next event on", () => {
  const { on, dispatch } = createEmitter<Events>();
  const seen: string[] = [];
  on("started", (outer) => {
    if (outer === "a") on("started", (event) => seen.push(event));
  });
  dispatch("started", "a");
  dispatch("started", "b");
  expect(seen).toEqual(["b"]);
});
