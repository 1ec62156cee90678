import { expect, test } from "vitest";
import { english } from "#client/protected-time/words/english.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations } from "#tests/browser/driver.ts";
import { patiently, visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { textsByKey } from "#tests/support/dictionaries.ts";

const { server, browser } = demoWith(openBrowser);
const source = textsByKey(english);

/** The built dictionary of Turkish with each text made at least 40 % longer than the English one. */
function lengthened(code: string): string {
  let key = "";
  let changed = 0;
  const text = code.replace(
    /(?:(["'`])([a-z][\w.-]*)\1|\b([a-z]\w*)):(\{|(["'`])((?:\\.|(?!\5)[^\\])*)\5)/gu,
    (whole, _quote, quoted, plain, value, mark, words) => {
      const name = quoted ?? plain;
      if (value === "{") {
        key = name;
        return whole;
      }
      const own = source.get(name) ?? source.get(`${key}.${name}`) ?? source.get(`${key}.other`);
      if (own === undefined) return whole;
      changed += 1;
      const more = Math.ceil(1.4 * own.length) - words.length;
      const longer =
        more > 0
          ? `${words} ${own.replace(/[{}"'`\\]/gu, "")}`.slice(0, words.length + 1 + more)
          : words;
      return whole.replace(`${mark}${words}${mark}`, `${mark}${longer}${mark}`);
    },
  );
  if (changed < 300) throw new Error(`Only ${changed} texts were found in the dictionary`);
  return text;
}

/** Wider than the screen, beyond its edge, or cut off within a control, in words. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const wide = [document.documentElement, ...document.querySelectorAll("#main, dialog[open]")];
    const held = [
      ...document.querySelectorAll<HTMLElement>(
        ".outreach button, .outreach label, .outreach summary, .outreach h2, .outreach p, .outreach li",
      ),
    ].filter((part) => part.checkVisibility());
    return [
      ...wide
        .filter((part) => part.scrollWidth > part.clientWidth + 1)
        .map((part) => `wider than the screen: ${part.tagName} ${part.className}`),
      ...held
        .filter((part) => {
          const { left, right } = part.getBoundingClientRect();
          return left < -1 || right > window.innerWidth + 1;
        })
        .map((part) => `beyond the edge: ${part.textContent}`),
      ...held
        .filter((part) => {
          const hides = getComputedStyle(part).overflow !== "visible";
          return (
            hides &&
            (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1)
          );
        })
        .map((part) => `cut off: ${part.textContent}`),
    ];
  });
}

async function openPart(page: Page, at: number): Promise<void> {
  const part = page.locator("details.more__part").nth(at);
  // By key: what comes in above it would move it away under a click.
  await part.locator("summary").press("Enter");
  await part.locator(".more__inside").waitFor(patiently);
}

test("texts 40 % longer fit on a phone: first screen, all of More, form and preview", async () => {
  const { page, close } = await visitPartner(browser, server);
  await page.route(/\/assets\/tr-[\w-]+\.js$/u, async (route) => {
    const reply = await route.fetch();
    const body = await reply.text();
    // The other dictionary of that name is of the slides.
    return route.fulfill({
      response: reply,
      body: body.includes("leaving.meant") ? lengthened(body) : body,
    });
  });
  await page.locator(".more select").selectOption({ label: "Türkçe" });
  await page
    .getByText(/^Çalışma ekle Add/u)
    .first()
    .waitFor(patiently);
  expect(await cutOff(page)).toEqual([]);
  for (const at of [0, 1, 2, 3, 4, 5]) await openPart(page, at);
  await page.locator(".own-calendar").waitFor(patiently);
  expect(await cutOff(page)).toEqual([]);
  await page.locator(".session-card__face").first().click();
  expect(await cutOff(page)).toEqual([]);
  await page.evaluate(() => window.location.assign("#/outreach?do=add"));
  await page.locator(".session-form .day-fields").first().waitFor(patiently);
  expect(await cutOff(page)).toEqual([]);
  await page.locator(".session-form [type=submit]").click();
  expect(await cutOff(page)).toEqual([]);
  await page.locator(".day-fields .chip").first().click();
  await page.locator(".session-form [type=submit]").click();
  await page.locator(".preview").waitFor(patiently);
  expect(await cutOff(page)).toEqual([]);
  await close();
});

test("a phone remembers its language, names it to readers, and every screen of it passes axe", async () => {
  const { page, close, problems } = await visitPartner(browser, server);
  await page.locator(".more select").selectOption({ label: "Soomaali" });
  await page.locator(".outreach[lang=so]").waitFor(patiently);
  await page.reload();
  await page.locator(".outreach[lang=so] .session-card").first().waitFor(patiently);
  expect(await seriousViolations(page)).toEqual([]);
  for (const at of [0, 1, 2, 3, 4, 5]) await openPart(page, at);
  expect(await seriousViolations(page)).toEqual([]);
  await page.evaluate(() => window.location.assign("#/outreach?do=add"));
  await page.locator(".session-form .day-fields").first().waitFor(patiently);
  expect(await seriousViolations(page)).toEqual([]);
  expect(problems).toEqual([]);
  await close();
});
