import type { LawNow } from "#core/releases/wire/law.ts";
import type { ReleaseReply } from "#core/releases/wire/release.ts";
import type { DemoBrowser } from "#tests/browser/demo-with.ts";
import type { Page, Visit, VisitOptions } from "#tests/browser/driver.ts";

/** Opens a presenter's Panel over a release that the test made, instead of that of the server. */
export async function visitRelease(
  browser: DemoBrowser,
  reply: ReleaseReply,
  { fragment = "#/panel", ...size }: Partial<VisitOptions> = {},
  law?: LawNow,
): Promise<Visit> {
  const visit = await browser.visit({ role: "presenter", ...size });
  await showRelease(visit.page, fragment, reply, law);
  return visit;
}

/** The open page loaded again, over this release. */
export async function showRelease(
  page: Page,
  fragment: string,
  reply: ReleaseReply,
  law?: LawNow,
): Promise<void> {
  const { release, approvedOn, hash, withdrawn } = reply;
  const [from = "", to = from] = [release.months[0], release.months.at(-1)];
  const line = { number: release.number, approvedOn, from, to, hash, withdrawn };
  await page.unrouteAll();
  await page.route("**/api/public/releases", (route) =>
    route.fulfill({ json: { releases: [line] } }),
  );
  await page.route("**/api/public/releases/*", (route) => route.fulfill({ json: reply }));
  if (law) await page.route("**/api/public/law", (route) => route.fulfill({ json: law }));
  // By way of an answer without a script: the page that is open would still write its own address.
  await page.goto("/api/session");
  await page.goto(`/${fragment}`);
}

/** Pairs of things on the slide that lie over each other, and things that are cut off. */
export function overlapsOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const parts = [
      // In full screen they lie over the slides for as long as a pointer moves.
      ...(document.fullscreenElement ? [] : [".panel__controls"]),
      ".panel__head",
      ".panel__stage > .panel__moved",
      ".panel__foot",
      ".panel__slide",
      ".panel__more",
    ];
    const boxes = parts.flatMap((part) =>
      [...document.querySelectorAll(part)].map((element) => ({
        part,
        box: element.getBoundingClientRect(),
      })),
    );
    const found: string[] = [];
    boxes.forEach(({ part, box }, index) => {
      if (box.bottom > window.innerHeight + 1 || box.right > window.innerWidth + 1) {
        found.push(`${part} reaches beyond the screen`);
      }
      for (const other of boxes.slice(index + 1)) {
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (across > 1 && down > 1) found.push(`${part} and ${other.part}`);
      }
    });
    // Words may be out of sight only in another part of a slide, and where that is said.
    const slide = document.querySelector(".panel__slide");
    const { bottom: fold, right: edge } = slide?.getBoundingClientRect() ?? { bottom: 0, right: 0 };
    const words = document.querySelectorAll(
      ".panel__slide :is(p, li, dt, dd, td, th, text, .panel-months span)",
    );
    const hasSign = document.querySelector(".panel__more") !== null;
    for (const element of words) {
      const { bottom, left, right, height } = element.getBoundingClientRect();
      // Of another part, as the sign says.
      if (hasSign && left >= edge) continue;
      if (height > 0 && (bottom > fold + 1 || right > edge + 1)) {
        found.push(`"${element.textContent.slice(0, 30)}" is cut off and nothing says so`);
      }
    }
    return found;
  });
}
