import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Database } from "#server/db/database.ts";
import { usualLimits } from "#server/http/limits.ts";
import { closeBrowsers, openBrowser, type TestBrowser } from "#tests/browser/driver.ts";
import { buildPage } from "#tests/browser/global-setup.ts";
import { copyGuidePictures, isGuidePicture } from "#tests/browser/guide-pictures.ts";
import { type Picture, pictures, picturesWithImports } from "#tests/browser/screen-list.ts";
import { alertPictures } from "#tests/browser/screen-list-alerts.ts";
import { assessmentPictures } from "#tests/browser/screen-list-assessment.ts";
import { areaPictures, factorPictures } from "#tests/browser/screen-list-hotspots.ts";
import { measurePictures } from "#tests/browser/screen-list-measures.ts";
import { neighbourPictures } from "#tests/browser/screen-list-neighbours.ts";
import { operationPictures } from "#tests/browser/screen-list-operations.ts";
import { outcomePictures } from "#tests/browser/screen-list-outcomes.ts";
import { outreachPictures } from "#tests/browser/screen-list-outreach.ts";
import { panelPictures } from "#tests/browser/screen-list-panel.ts";
import { placePlanPictures } from "#tests/browser/screen-list-place-plans.ts";
import { policePictures } from "#tests/browser/screen-list-police.ts";
import { releasePictures } from "#tests/browser/screen-list-releases.ts";
import { streetPictures } from "#tests/browser/screen-list-streets.ts";
import { teamPictures } from "#tests/browser/screen-list-teams.ts";
import { viewPictures } from "#tests/browser/screen-list-views.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { fillWatched } from "#tests/support/demo.ts";
import { fillDemoOnStreets } from "#tests/support/kept-streets.ts";

/**
 * `npm run screens [WORD] [--guide] [--zoomed] [--streets=FILE] [--into=FOLDER]`: a picture of every screen in light and dark, at the widths where it
 * applies, into `var/screens/`; with a word only those whose name holds it; for the guide, without a word, its own alone; zoomed as a
 * desk of 1440 by 900 shows it at 200 %; with an archive of tiles on its streets, and those of the list of streets too.
 */
const words = process.argv.slice(2);
const folder = resolve(valueGiven("into") ?? "var/screens");
const word = words.find((one) => !one.startsWith("--")) ?? "";

const isGuideAlone = words.includes("--guide") && word === "";

const isZoomed = words.includes("--zoomed");
/** What is left of 1440 by 900 at 200 %. */
const zoomed = [{ width: 720, height: 450 }];

const archive = valueGiven("streets");

function valueGiven(name: string): string | undefined {
  return words.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);
}

/** One caller asks for everything, and at a clock that hardly moves no minute ever ends. */
const limits = { ...usualLimits, files: 1e6, strangers: 1e6, signIns: 1e6, persons: 1e6 };

mkdirSync(folder, { recursive: true });
buildPage();
const failed: string[] = [];
const [server, browser] = await Promise.all([start(), openBrowser()]);
try {
  const isAsked = ({ name }: Picture) => name.includes(word);
  const onImports = factorPictures.filter(isAsked);
  const before = [
    ...pictures,
    ...viewPictures,
    ...areaPictures,
    ...measurePictures,
    ...teamPictures,
    ...assessmentPictures,
    ...outreachPictures,
    ...policePictures,
    ...operationPictures,
    ...placePlanPictures,
    ...alertPictures,
    ...neighbourPictures,
    ...outcomePictures,
    ...panelPictures,
    ...releasePictures,
    ...(archive ? streetPictures : []),
  ];
  // What shows imported places needs the pictures that import them.
  const importing =
    onImports.length > 0 ? picturesWithImports : picturesWithImports.filter(isAsked);
  const chosen = [...before.filter(isAsked), ...importing, ...onImports];
  for (const picture of chosen) await takeAll(browser, server.url, picture);
  process.stdout.write(
    `${isGuideAlone ? "The screens of the guide" : `${chosen.length} screens`} are in ${folder}\n`,
  );
  for (const words of failed) process.stderr.write(`Not taken: ${words}\n`);
  if (words.includes("--guide")) {
    process.stdout.write(`For the guide: ${copyGuidePictures(folder).join(", ")}\n`);
  }
} finally {
  await browser.close();
  await closeBrowsers();
  await server.close();
}
// The database is kept for whoever comes next, and nobody does.
process.exit(failed.length > 0 ? 1 : 0);

/** With streets the demonstration is loaded on them, as `npm start -- --streets` does. */
function start(): Promise<DemoServer> {
  if (!archive) return startDemoServer({}, fillWatched, limits);
  const dataFolder = mkdtempSync(join(tmpdir(), "boxster-screens-"));
  const fill = (db: Database) => fillDemoOnStreets(db, dataFolder, archive);
  return startDemoServer({ dataFolder }, fill, limits);
}

async function takeAll(from: TestBrowser, url: string, picture: Picture): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    for (const size of isZoomed && !picture.print ? zoomed : picture.sizes) {
      if (isGuideAlone && !isGuidePicture(fileOf(picture, { theme, ...size }))) continue;
      // One that was not accepted is told at the end; the others are still worth looking at.
      await take(from, url, picture, { theme, ...size }).catch((error: unknown) => {
        failed.push(`${picture.name}, ${size.width} px, ${theme}: ${String(error)}`);
      });
    }
  }
}

function fileOf({ name }: Picture, { width, theme }: Look): string {
  return `${name}-${width}-${theme}.png`;
}

interface Look {
  readonly theme: "light" | "dark";
  readonly width: number;
  readonly height: number;
}

async function take(from: TestBrowser, url: string, picture: Picture, look: Look): Promise<void> {
  const { role, partner, fragment } = picture;
  const visit = await from.visit({
    server: url,
    ...(role ? { role } : {}),
    ...(partner ? { partner } : {}),
    fragment,
    ...look,
    touch: look.width < 600,
    map: true,
  });
  const { page } = visit;
  await page.locator(picture.ready).first().waitFor();
  if (picture.hasMap && look.width >= 600) await page.locator("[data-drawn]").first().waitFor();
  await picture.prepare?.(page);
  if (picture.print) await page.emulateMedia({ media: "print" });
  // What is worked out meanwhile, unless it is what the picture is of; the last frame, and letters that have just come.
  await page
    .waitForFunction(() => !document.body.innerText.includes("alculating"), null, {
      timeout: 5_000,
    })
    .catch(() => undefined);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(400);
  const file = fileOf(picture, look);
  await page.screenshot({ path: join(folder, file), fullPage: picture.print ?? false });
  if (visit.problems.length > 0) {
    process.stderr.write(`${file}: ${visit.problems.join("\n")}\n`);
  }
  // Whoever was without a signal could not be signed out.
  await page.context().setOffline(false);
  await visit.close();
}
