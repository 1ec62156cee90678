import type { Page } from "#tests/browser/driver.ts";

type Found = Awaited<ReturnType<Page["$$"]>>[number];

/** What says that something is chosen, wherever it stands, and what is kept clear. */
const marked = [
  "[aria-pressed=true]",
  "[aria-selected=true]",
  "[aria-current=page]",
  "input:checked",
  ".hatch",
].join();

/**
 * With the system's own colours, which paint over fills and shadows: what looks no different when it is chosen, or kept
 * clear, one of each kind. Each is looked at as it is and without what makes it so.
 */
export async function unmarked(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ forcedColors: "active" });
  const faults: string[] = [];
  const kinds = new Set<string>();
  for (const one of await page.$$(marked)) {
    const kind = await one.evaluate(kindOf);
    if (kind === null || kinds.has(kind)) continue;
    kinds.add(kind);
    const face = await one.evaluateHandle(faceOf);
    const [before, after] = [await pictureOf(face), await withoutMark(one, () => pictureOf(face))];
    if (before.equals(after)) faults.push(`looks the same with the system's colours: ${kind}`);
  }
  await page.emulateMedia({ forcedColors: "none" });
  return faults;
}

/** Null for what is out of sight. */
function kindOf(element: Element): string | null {
  const isInDialog = document.querySelector("dialog[open]")?.contains(element) ?? true;
  if (!isInDialog || !element.checkVisibility({ visibilityProperty: true })) return null;
  const { width, height } = element.getBoundingClientRect();
  if (width < 1 || height < 1) return null;
  const around = element instanceof HTMLInputElement ? element.parentElement : element;
  return `${element.localName}.${around?.getAttribute("class") ?? ""}`;
}

function faceOf(element: Element): Element {
  return (element instanceof HTMLInputElement && element.closest("label")) || element;
}

interface Face {
  readonly asElement: () => { readonly screenshot: () => Promise<Buffer> } | null;
}

function pictureOf(face: Face): Promise<Buffer> {
  const element = face.asElement();
  if (!element) throw new Error("What is chosen has no face");
  return element.screenshot();
}

async function withoutMark(one: Found, look: () => Promise<Buffer>): Promise<Buffer> {
  const turn = (isOn: boolean) =>
    one.evaluate((element, on) => {
      if (element instanceof HTMLInputElement) element.checked = on;
      else if (element.matches(".hatch") || element.hasAttribute("data-was-hatch")) {
        element.classList.toggle("hatch", on);
        element.toggleAttribute("data-was-hatch", !on);
      } else {
        for (const name of ["aria-pressed", "aria-selected", "aria-current"]) {
          const word = name === "aria-current" ? "page" : "true";
          if (element.hasAttribute(name)) element.setAttribute(name, on ? word : "false");
        }
      }
    }, isOn);
  await turn(false);
  const picture = await look();
  await turn(true);
  return picture;
}
