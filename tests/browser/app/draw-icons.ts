import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { browserFor, endBrowsers } from "#tests/browser/launch.ts";

/**
 * `npm run icons`: the marks of the page as pictures for a home screen, after one of them has changed. A phone cuts
 * them to a circle or a square with round corners, so the mark keeps to the middle three fifths of a plain ground.
 */
const icons = [
  { name: "diary", mark: "client/plain.svg" },
  { name: "boxster", mark: "client/icon.svg" },
];
const sizes = [180, 192, 512];
const folder = "client/public/icons";

mkdirSync(folder, { recursive: true });
const browser = await browserFor("plain");
for (const { name, mark } of icons) {
  const source = `data:image/svg+xml;base64,${readFileSync(mark, "base64")}`;
  for (const size of sizes) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(
      `<body style="margin:0;background:#fff;display:grid;place-items:center;height:100vh">
         <img src="${source}" style="width:60vw;height:60vw"></body>`,
    );
    await page.waitForFunction(() => document.images[0]?.complete);
    const file = `${folder}/${name}-${size}.png`;
    writeFileSync(file, await page.screenshot());
    process.stdout.write(`${file}\n`);
    await page.close();
  }
}
await endBrowsers();
