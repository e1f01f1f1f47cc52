import { EventEmitter } from "node:events";
import { expect, test } from "@playwright/test";
import { openFollowers } from "../../src/server/server-events.ts";

/** A page's side of the connection: what it was told, until it goes. */
class Page extends EventEmitter {
  readonly told: string[] = [];
  writeHead() {}
  write(words: string) {
    this.told.push(/^event: (\w+)/.exec(words)?.[1] ?? words);
  }
}

test("a page hears of the newest build at once, then of all that happens, until it goes", () => {
  const followers = openFollowers();
  const [first, second] = [new Page(), new Page()];
  for (const page of [first, second]) followers.add(page);
  followers.tell("changed");
  first.emit("close");
  followers.tell("built");
  expect(first.told).toEqual(["built", "changed"]);
  expect(second.told).toEqual(["built", "changed", "built"]);
});
