// Redirects of the app's page: those to its own origin are followed, those to another are not.
import { expect, test } from "@playwright/test";
import { framingFindings } from "../../src/check/framing.ts";
import { reachApp } from "../../src/check/reach-app.ts";
import { serve } from "../support/serve.ts";

test("judges a redirect to another origin by itself, not by the page that it leads to", async () => {
  const asked: (string | undefined)[] = [];
  const login = await serve((request, response) => {
    asked.push(request.url);
    response.end("<!doctype html><title>Log in</title>");
  });
  const url = await serve((_request, response) => response.writeHead(302, { location: `${login}/login` }).end());
  const { app, response } = await reachApp(url);
  expect(response).toMatchObject({ status: 302, headers: { location: `${login}/login` } });
  expect(asked).toEqual([]);
  expect(framingFindings(app, response)).toMatchObject([
    { rule: "not-framed", message: expect.stringContaining(login) },
  ]);
});
