import type { Page } from "#tests/browser/driver.ts";
import { desk, type Picture, paper, pictureOf, tablet } from "#tests/browser/screen-list.ts";

/** The demonstration's alert, handed over by whoever is signed in where nobody has done so yet. */
export async function handOver(page: Page): Promise<void> {
  const session = (await (await page.request.get("/api/session")).json()) as { pageToken: string };
  const headers = { "x-boxster-token": session.pageToken };
  const data = { neighbour: "Waltham Forest", role: "outreach", words: "Please go and see." };
  // The watch raises it soon after the start.
  for (let tries = 0; tries < 100; tries += 1) {
    const reply = await page.request.post("/api/alerts/1/hand-over", { data, headers });
    if (reply.status() !== 404) return;
    await page.waitForTimeout(200);
  }
  throw new Error("No alert was raised");
}

const ready = ".neighbours .table";
const theirs = "#/displacement";
const ours = "#/displacement?part=neighbours&neighbour=Waltham+Forest";

/** The exchange with neighbours, from either side of the line. */
export const neighbourPictures: readonly Picture[] = [
  pictureOf("neighbours", "sergeant", ours, ready, [desk, tablet], {
    prepare: async (page) => {
      await handOver(page);
      await page.reload();
      await page.locator(".neighbours__rows").first().waitFor();
    },
  }),
  pictureOf("neighbours-to-be-told", "analyst", ours, ready, [desk], {
    prepare: async (page) => {
      await page.getByRole("button", { name: "Their outreach was told" }).scrollIntoViewIfNeeded();
    },
  }),
  pictureOf("neighbours-agree", "analyst", ours, ready, [desk, tablet], {
    prepare: async (page) => {
      await page.getByText("Change, renew or end").click();
      await page.getByLabel("Contact there").fill("Inspector Jane Smith");
      await page.getByRole("button", { name: "Enter", exact: true }).click();
      await page.getByText("somebody's name").scrollIntoViewIfNeeded();
    },
  }),
  pictureOf("neighbours-liaison", "liaison", theirs, ready, [desk, tablet]),
  pictureOf("neighbours-liaison-file", "liaison", theirs, ready, [desk, tablet], {
    prepare: async (page) => {
      const rows = ["zone,quarter,reports,agreed", "Waltham Forest,2021-Q3,9,0123456789ab"];
      const buffer = Buffer.from(rows.join("\n"));
      await page
        .locator("input[type=file]")
        .setInputFiles({ name: "totals.csv", mimeType: "text/csv", buffer });
      await page.locator(".neighbours__faults").scrollIntoViewIfNeeded();
    },
  }),
  pictureOf("neighbours-liaison-check", "liaison", theirs, ready, [desk, tablet], {
    prepare: async (page) => {
      await page.locator(".zone-map__part").nth(20).click();
      await page.locator(".zone-map__part").nth(21).click();
      await page.getByRole("button", { name: "Check" }).click();
      await page.locator(".neighbours__answer .icon").waitFor();
      await page.locator(".neighbours__check").scrollIntoViewIfNeeded();
    },
  }),
  pictureOf("neighbours-liaison-draw", "liaison", theirs, ready, [desk, tablet], {
    prepare: async (page) => {
      await page.getByRole("button", { name: "Draw an area" }).click();
      await page.locator(".draw-area").waitFor();
      const box = await page.locator(".zone-map").boundingBox();
      if (!box) throw new Error("There is no map");
      for (const [x, y] of [
        [0.5, 0.4],
        [0.6, 0.5],
        [0.5, 0.6],
      ] as const) {
        await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
      }
      await page.locator(".neighbours__check").scrollIntoViewIfNeeded();
    },
  }),
  pictureOf("neighbours-liaison-print", "liaison", theirs, ready, [paper], { print: true }),
];
