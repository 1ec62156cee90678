import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/**
 * WebGL in software costs 3 s of processor time for each page with a map; without it there is none. What lies around
 * the map is put together without it: by the same software graphics each frame of the page costs twice as much.
 */
const drawing = [
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--disable-gpu-compositing",
  "--disable-gpu-rasterization",
];
const flags = {
  drawing,
  wholeDrawing: drawing,
  plain: ["--disable-gpu", "--disable-software-rasterizer", "--in-process-gpu"],
  whole: ["--disable-gpu", "--disable-software-rasterizer"],
};
export type Kind = keyof typeof flags;

const browsers = new Map<Kind, Promise<Browser>>();

export function browserFor(kind: Kind): Promise<Browser> {
  const known = browsers.get(kind) ?? chromium.launch(launchOf(kind));
  browsers.set(kind, known);
  return known;
}

export function startedBrowsers(): Promise<readonly Browser[]> {
  return Promise.all(browsers.values());
}

export async function endBrowsers(): Promise<void> {
  for (const browser of await startedBrowsers()) await browser.close();
  browsers.clear();
}

export function launchOf(kind: Kind) {
  return {
    executablePath: findChromium(kind.startsWith("whole") ? "whole" : "headless"),
    args: ["--no-sandbox", "--disable-background-networking", ...flags[kind]],
  };
}

/** The headless one first, in which a visit costs half; a person's own is the whole one. */
function findChromium(kind: "headless" | "whole" = "headless"): string {
  const places = [
    process.env["BOXSTER_CHROMIUM"],
    kind === "headless" ? "/usr/bin/chromium-headless-shell" : undefined,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  const found = places.find((file) => file && existsSync(file));
  if (found) return found;
  throw new Error("No Chromium was found: install Debian's, or set BOXSTER_CHROMIUM to one.");
}
