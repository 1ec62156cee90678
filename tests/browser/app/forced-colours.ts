import type { Page } from "#tests/browser/driver.ts";

/**
 * With the system's own colours, which paint over fills, shadows and the colours of lines: what looks no different when it
 * is chosen, or kept clear, one of each kind.
 */
export async function unmarked(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ forcedColors: "active" });
  const faults = await page.evaluate(findUnmarked);
  await page.emulateMedia({ forcedColors: "none" });
  return faults;
}

/** Runs in the page: everything it needs is inside. */
function findUnmarked(): readonly string[] {
  const chosen = [
    "[aria-pressed=true]",
    "[aria-selected=true]",
    "[aria-current=page]",
    "input:checked",
  ].join();
  const root = document.querySelector("dialog[open]") ?? document;

  const paintsItself = (style: CSSStyleDeclaration) =>
    style.getPropertyValue("forced-color-adjust") === "none";
  /** What of its look the system leaves; of what says that it paints itself, all that it paints with. */
  const lookOf = (element: Element) => {
    const style = getComputedStyle(element);
    const { outlineStyle, outlineWidth, borderStyle, borderWidth, textDecorationLine } = style;
    const kept = [outlineStyle, outlineWidth, borderStyle, borderWidth, textDecorationLine];
    const own = [style.backgroundImage, style.backgroundColor, style.boxShadow];
    return JSON.stringify(paintsItself(style) ? [...kept, ...own] : kept);
  };
  /** A checkbox that is drawn by what stands beside it. */
  const faceOf = (element: Element) =>
    element instanceof HTMLInputElement ? element.nextElementSibling : element;
  const turn = (element: Element, isOn: boolean) => {
    if (element instanceof HTMLInputElement) element.checked = isOn;
    for (const name of ["aria-pressed", "aria-selected"]) {
      if (element.hasAttribute(name)) element.setAttribute(name, String(isOn));
    }
    if (element.hasAttribute("aria-current")) {
      element.setAttribute("aria-current", isOn ? "page" : "false");
    }
  };

  const faults = new Set<string>();
  for (const element of root.querySelectorAll(chosen)) {
    const face = faceOf(element);
    // The browser draws its own checkboxes with a mark.
    const isNative =
      element instanceof HTMLInputElement && getComputedStyle(element).opacity !== "0";
    if (isNative || !face?.checkVisibility()) continue;
    const on = lookOf(face);
    turn(element, false);
    const off = lookOf(face);
    turn(element, true);
    if (on === off) faults.add(`bears no mark with the system's colours: ${face.className}`);
  }
  for (const hatch of root.querySelectorAll(".hatch")) {
    if (!hatch.checkVisibility()) continue;
    const style = getComputedStyle(hatch);
    const isDrawn = style.boxShadow !== "none" && style.backgroundImage !== "none";
    if (!isDrawn || !paintsItself(style))
      faults.add(`kept clear, and not drawn with the system's colours: ${hatch.className}`);
  }
  return [...faults];
}
