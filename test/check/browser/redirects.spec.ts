import { expect, test } from "@playwright/test";
import { framingFindings } from "../../../src/check/browser/framing.ts";
import { reachApp } from "../../../src/check/browser/reach-app.ts";
import { serve } from "../../support/serve.ts";

test("reports a redirect to another origin without requesting the target", async () => {
  const requested: (string | undefined)[] = [];
  const login = await serve((request, response) => {
    requested.push(request.url);
    response.end("<!doctype html><title>Log in</title>");
  });
  const url = await serve((_request, response) => response.writeHead(302, { location: `${login}/login` }).end());
  const { app, response } = await reachApp(url, 5000);
  expect(response).toMatchObject({ status: 302, headers: { location: `${login}/login` } });
  expect(requested).toEqual([]);
  expect(framingFindings(app, response)).toMatchObject([
    { rule: "not-framed", message: expect.stringContaining(login) },
  ]);
});
