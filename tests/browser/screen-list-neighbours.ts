import type { Page } from "#tests/browser/driver.ts";
import { desk, type Picture, paper, tablet } from "#tests/browser/screen-list.ts";

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

const liaison = {
  role: "liaison",
  fragment: "#/displacement",
  ready: ".neighbours .table",
} as const;
const neighbours = {
  fragment: "#/displacement?part=neighbours&neighbour=Waltham+Forest",
  ready: ".neighbours .table",
};

/** The exchange with neighbours, from either side of the line. */
export const neighbourPictures: readonly Picture[] = [
  {
    name: "neighbours",
    role: "sergeant",
    ...neighbours,
    sizes: [desk, tablet],
    prepare: async (page) => {
      await handOver(page);
      await page.reload();
      await page.locator(".neighbours__rows").first().waitFor();
    },
  },
  {
    name: "neighbours-to-be-told",
    role: "analyst",
    ...neighbours,
    sizes: [desk],
    prepare: async (page) => {
      await page.getByRole("button", { name: "Their outreach was told" }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "neighbours-agree",
    role: "analyst",
    ...neighbours,
    sizes: [desk, tablet],
    prepare: async (page) => {
      await page.getByText("Change, renew or end").click();
      await page.getByLabel("Contact there").fill("Inspector Jane Smith");
      await page.getByRole("button", { name: "Enter", exact: true }).click();
      await page.getByText("somebody's name").scrollIntoViewIfNeeded();
    },
  },
  { name: "neighbours-liaison", ...liaison, sizes: [desk, tablet] },
  {
    name: "neighbours-liaison-file",
    ...liaison,
    sizes: [desk, tablet],
    prepare: async (page) => {
      const rows = ["zone,quarter,reports,agreed", "Waltham Forest,2021-Q3,9,0123456789ab"];
      const buffer = Buffer.from(rows.join("\n"));
      await page
        .locator("input[type=file]")
        .setInputFiles({ name: "totals.csv", mimeType: "text/csv", buffer });
      await page.locator(".neighbours__faults").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "neighbours-liaison-check",
    ...liaison,
    sizes: [desk, tablet],
    prepare: async (page) => {
      await page.locator(".zone-map__part").nth(20).click();
      await page.locator(".zone-map__part").nth(21).click();
      await page.getByRole("button", { name: "Check" }).click();
      await page.locator(".neighbours__answer .icon").waitFor();
      await page.locator(".neighbours__check").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "neighbours-liaison-draw",
    ...liaison,
    sizes: [desk, tablet],
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
  },
  { name: "neighbours-liaison-print", ...liaison, sizes: [paper], print: true },
];
