import type { Page } from "#tests/browser/driver.ts";

/** Two desks, a tablet held upright, and 1440 x 900 at 200% and 1280 x 1024 at 400%. */
export const desks = [
  [1280, 800],
  [1440, 900],
  [768, 1024],
  [720, 450],
  [320, 256],
] as const;
/** What a person works with; the way past the rail is shown once it has the focus. */
const controls =
  "a[href], button:not(.frame__skip), input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])";

/**
 * Each control, and each of what `content` names, that a person cannot get at, in words; none where all can be
 * reached: scrolled to as a person could, it lies in the view with a size, and nothing covers it. In an open dialog
 * only what is in it counts. What `content` names must be there.
 */
export function unreachable(
  page: Page,
  content: readonly string[] = [],
): Promise<readonly string[]> {
  return page.evaluate(findUnreachable, { controls, content });
}

/** How many of them lie in the view with nothing over their middle. */
export function seen(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluateAll(
    (all) =>
      all.filter((one) => {
        const { left, top, width, height } = one.getBoundingClientRect();
        return one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      }).length,
  );
}

/** Where the headings on screen leave out a level, for whoever goes from one to the next, or the page has not one title. */
export function misordered(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((one) =>
      one.checkVisibility(),
    );
    const levels = headings.map(({ localName }) => Number(localName.slice(1)));
    const titles = levels.filter((level) => level === 1).length;
    const skipped = headings
      .filter((_, at) => (levels[at] ?? 0) > (levels[at - 1] ?? 0) + 1)
      .map(({ localName, textContent }) => `${localName} skips a level: ${textContent}`);
    return titles === 1 ? skipped : [`${titles} titles`, ...skipped];
  });
}

/** The page answers a new size by drawing itself again: until ten frames in a row have one layout. */
export function settled(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const layout = () =>
      [...document.querySelectorAll("main :not(svg *)")]
        .map((element) => element.getBoundingClientRect())
        .map(({ x, y, width, height }) => [x, y, width, height].join())
        .join(";");
    let [last, equal] = ["", 0];
    while (equal < 10) {
      await new Promise(requestAnimationFrame);
      const now = layout();
      equal = now === last ? equal + 1 : 0;
      last = now;
    }
  });
}

/** Runs in the page: everything it needs is inside. */
function findUnreachable(asked: { controls: string; content: readonly string[] }) {
  /** A scrolling box lower than this shows nothing of what is in it. */
  const leastBoxPx = 96;
  const root = document.querySelector("dialog[open]") ?? document;
  const faults = new Set<string>();

  const nameOf = (element: Element) => {
    const words = element.getAttribute("aria-label") ?? element.textContent.trim();
    return `${element.localName}.${element.getAttribute("class") ?? ""} "${words.slice(0, 40)}"`;
  };
  const ancestorsOf = (element: Element): readonly Element[] =>
    element.parentElement ? [element.parentElement, ...ancestorsOf(element.parentElement)] : [];
  const styleOf = (element: Element) => getComputedStyle(element);
  /** Of each box once: a screen has hundreds of controls in the same boxes. */
  const known = new Map<Element, { readonly isCut: boolean; readonly scrolls: boolean }>();
  const boxOf = (element: Element) => {
    const before = known.get(element);
    if (before) return before;
    const { overflow, overflowY } = styleOf(element);
    const isRoot = element === document.documentElement;
    const box = {
      isCut: /hidden|clip/.test(overflow),
      scrolls: /auto|scroll/.test(overflowY) && !isRoot,
    };
    known.set(element, box);
    return box;
  };

  /** As a person could: what hides its overflow is scrolled by programs alone. */
  const scrollTo = (element: Element, around: readonly Element[]) => {
    const cut = around
      .filter((box) => boxOf(box).isCut)
      .map((box) => ({ box, top: box.scrollTop, left: box.scrollLeft }));
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    for (const { box, top, left } of cut) box.scrollTo({ top, left, behavior: "instant" });
  };
  /** What a press on it may meet: its label as well, and for what is worked by keys alone what it stands on. */
  const facesOf = (element: Element): readonly (Element | null)[] => {
    if (element instanceof HTMLInputElement) return [element, ...(element.labels ?? [])];
    return [styleOf(element).pointerEvents === "none" ? element.parentElement : element];
  };
  /** The middle; of a control that fits into the view the middle of each side too. */
  const pointsOf = (element: Element, { left, right, top, bottom }: DOMRect, isWhole: boolean) => {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const middle = [["middle", x, y]] as const;
    const fits = right - left <= innerWidth && bottom - top <= innerHeight;
    const { display, pointerEvents } = styleOf(element);
    if (!isWhole || !fits || display === "inline" || pointerEvents === "none") return middle;
    return [
      ...middle,
      ["left edge", left + 2, y],
      ["right edge", right - 2, y],
      ["top edge", x, top + 2],
      ["bottom edge", x, bottom - 2],
    ] as const;
  };
  const noteLowBoxes = (around: readonly Element[]) => {
    for (const box of around) {
      if (!boxOf(box).scrolls) continue;
      const { clientHeight: seen, scrollHeight: whole } = box;
      if (whole > seen && seen < leastBoxPx)
        faults.add(`only ${seen} px of ${whole} are seen: ${nameOf(box)}`);
    }
  };
  /** In a sheet that waits at the foot to be raised. */
  const isPeeking = (element: Element) => {
    const body = element.closest(".sheet--peek .sheet__body");
    return body !== null && body.clientHeight < leastBoxPx;
  };
  /** A sheet may lie over a part of a map. */
  const isMapInPart = (
    element: Element,
    { left, top, width, height }: DOMRect,
    isMissed: (x: number, y: number) => boolean,
  ) => {
    if (!(element instanceof HTMLCanvasElement)) return false;
    const shares = [0.1, 0.3, 0.5, 0.7, 0.9];
    return shares.some((across) =>
      shares.some((down) => !isMissed(left + across * width, top + down * height)),
    );
  };
  const check = (element: Element, isWhole: boolean) => {
    if (!element.checkVisibility({ visibilityProperty: true }) || isPeeking(element)) return;
    const around = ancestorsOf(element);
    scrollTo(element, around);
    const faces = facesOf(element);
    const box = element.getClientRects()[0];
    if (!box || box.width < 1 || box.height < 1) {
      // An input that nobody sees is worked by its label.
      if (faces.length === 1) faults.add(`has no size: ${nameOf(element)}`);
      return;
    }
    const isMissed = (x: number, y: number) => {
      const hit = document.elementFromPoint(x, y);
      return !faces.some((face) => face?.contains(hit));
    };
    const missed = pointsOf(element, box, isWhole).find(([, x, y]) => isMissed(x, y));
    if (missed && !isMapInPart(element, box, isMissed)) {
      const [part, x, y] = missed;
      const over = document.elementFromPoint(x, y);
      const why = over ? `under ${nameOf(over)}` : "outside the view";
      faults.add(`${part} at ${Math.round(x)}, ${Math.round(y)} ${why}: ${nameOf(element)}`);
    }
    noteLowBoxes(around);
  };

  for (const selector of asked.content) {
    const found = [...root.querySelectorAll(selector)];
    if (!found.some((element) => element.checkVisibility())) faults.add(`not there: ${selector}`);
    for (const element of found) check(element, false);
  }
  for (const element of root.querySelectorAll(asked.controls)) {
    // A row may be wider than what it scrolls in.
    check(element, !(element instanceof HTMLTableRowElement));
  }
  const sideways = document.documentElement.scrollWidth - innerWidth;
  if (sideways > 0) faults.add(`the page is ${sideways} px wider than the view`);
  return [...faults];
}
