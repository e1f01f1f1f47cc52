// In watch mode, reports each build's result to the open pages, and prints build errors in the terminal.
// In the pages, src/dom/reload.ts receives the reports.

export type BuildError = {
  /** File, line and column; empty if the error has no location. */
  at: string;
  text: string;
  /** The source line, and a caret below the column. */
  source: string;
};

export type Build = {
  /** Identifies the page's content. A failed build has no id, because it does not change the page. */
  id?: string;
  errors: readonly BuildError[];
};

type Output = { error(text: string): void; log(text: string): void };

/** @param send sends the latest build of each page to the open pages, as JSON */
export function createBuildReport(send: (builds: string) => void, output: Output = console) {
  const builds: Record<string, Build> = {};

  const failures = () => Object.values(builds).map(describeErrors).filter(Boolean);

  /** Prints each new error once, even if the error breaks both pages. */
  function print(before: readonly string[]): void {
    const now = failures();
    for (const failure of new Set(now)) if (!before.includes(failure)) output.error(failure);
    if (before.length > 0 && now.length === 0) output.log("The build works again.");
  }

  /** Call this after each build of a page. */
  return (page: string, build: Build): void => {
    const previous = builds[page];
    // The server does not start if the first build fails.
    if (!previous && build.errors.length > 0) return;
    const before = failures();
    builds[page] = { ...previous, ...build };
    print(before);
    send(JSON.stringify(builds));
  };
}

function describeErrors({ errors }: Build): string {
  const lines = errors.map(({ at, text }) => [at, text].filter(Boolean).join(": "));
  return lines.length > 0 ? `The build failed. ${lines.join("; ")}` : "";
}
