import type { Page } from "#tests/browser/driver.ts";

/** Pairs of things on the slide that lie over each other, and things that are cut off. */
export function overlapsOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const parts = [
      ".panel__controls",
      ".panel__head",
      ".panel__moved",
      ".panel__foot",
      ".panel__slides",
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
    // Words may lie below the fold of a slide only where that is said.
    const slide = document.querySelector(".panel__slides");
    const fold = slide?.getBoundingClientRect().bottom ?? 0;
    const words = document.querySelectorAll(
      ".panel-months span, .panel__months li, .panel-table td, .panel-table__few, .panel__notes p, .panel-map text, .panel-key li",
    );
    const hasSign = document.querySelector(".panel__more") !== null;
    for (const element of words) {
      const { bottom, height } = element.getBoundingClientRect();
      if (height > 0 && bottom > fold + 1 && !hasSign) {
        found.push(`"${element.textContent.slice(0, 30)}" is cut off and nothing says so`);
      }
    }
    return found;
  });
}

/** Every name on the map, by area, with its place. */
export function namesOnMap(page: Page): Promise<readonly (readonly [string, number, number])[]> {
  return page.locator(".panel-map__name").evaluateAll((texts) =>
    texts
      .map((text) => {
        const lines = [...text.querySelectorAll("tspan:not(.panel-map__count)")];
        const words = lines.map((line) => line.textContent).join(" ");
        return [
          words,
          Number(lines[0]?.getAttribute("x")),
          Number(text.getAttribute("y")),
        ] as const;
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
