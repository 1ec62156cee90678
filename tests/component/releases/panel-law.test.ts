import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { visitRelease } from "#tests/browser/releases/panel-support.ts";
import { openPages } from "#tests/component/driver.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

const { server, browser } = demoWith(openPages);

test("law that is due to be read again is listed over the slides, and its slide says so in sight", async () => {
  const reply = sampleRelease();
  const { law } = reply.release;
  const texts = law.map((text) =>
    text.id === "child" ? { ...text, asAt: "2026-03-01", readAgainOn: "2026-09-01" } : text,
  );
  const { page, problems } = await visitRelease(
    browser,
    { server: server.url, role: "presenter", fragment: "#/panel?slide=law" },
    reply,
    { today: "2026-12-01", texts },
  );
  await page.getByText("Read on 1 March 2026: check before you rely on it.").waitFor();
  await page
    .getByText(
      "Law to read again before you rely on it, as its slides say: Sexual Offences Act 2003, s. 47 (read 1 Mar 2026).",
    )
    .waitFor();
  expect(await page.locator(".panel__slide ul[lang=en] li").count()).toBe(4);
  await page.keyboard.press("ArrowRight");
  await page.locator(".panel__slide--selling").waitFor();
  await page
    .getByText("As read on 1 December 2026. To be read again by 1 March 2027.")
    .first()
    .waitFor();
  expect(problems).toEqual([]);
});
