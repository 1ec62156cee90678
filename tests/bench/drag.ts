import { atMost, type BenchContext, type BenchLine, milliseconds } from "#tests/bench/timing.ts";
import { heldMoveMs, openPlanDesk } from "#tests/browser/patrols/plan-support.ts";

const moves = 120;

/** A window of a suggested week is dragged in a real Chromium: processor time of the page's own thread. */
export async function benchDrag({ say }: BenchContext): Promise<BenchLine[]> {
  const desk = await openPlanDesk("suggested");
  try {
    say(`Drag: ${moves} moves...`);
    const { page } = desk;
    const block = page.locator("[data-window]").first();
    await block.scrollIntoViewIfNeeded();
    const box = await block.boundingBox();
    if (!box) throw new Error("No window is drawn");
    const held = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(held.x, held.y);
    await page.mouse.down();
    await page.mouse.move(held.x, held.y + 8);
    await page.locator(".week__ghost").waitFor();
    const ms = await heldMoveMs(page, held, moves);
    await page.keyboard.press("Escape");
    await page.mouse.up();
    const windows = await page.locator("[data-window]").count();
    return [
      {
        work: `a window of a week of ${windows} is dragged: a move, judged and drawn`,
        measured: `${milliseconds(ms)} on average of ${moves}`,
        beside: "asked: 100 ms",
        ratio: "",
        figure: atMost(ms, "ms", 100),
      },
    ];
  } finally {
    await desk.close();
  }
}
