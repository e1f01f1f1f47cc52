// Prints the ten spec files that took the most time, the slowest first.
import { relative } from "node:path";
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

export default class SlowestSpecs implements Reporter {
  readonly #milliseconds = new Map<string, number>();

  onTestEnd({ location: { file } }: TestCase, { duration }: TestResult): void {
    this.#milliseconds.set(file, (this.#milliseconds.get(file) ?? 0) + duration);
  }

  onEnd(): void {
    const slowest = [...this.#milliseconds].sort(([, a], [, b]) => b - a).slice(0, 10);
    console.log("\nThe slowest specs, in seconds:");
    for (const [file, milliseconds] of slowest) {
      console.log(`${(milliseconds / 1000).toFixed(1).padStart(7)}  ${relative(process.cwd(), file)}`);
    }
  }

  printsToStdio(): boolean {
    return false;
  }
}
