export type SwatchReading =
  | { readonly kind: "fill"; readonly colour: string }
  | { readonly kind: "outline"; readonly colour: string; readonly widthPx: number }
  | {
      readonly kind: "drawing";
      readonly svg: string;
      readonly widthPx: number;
      readonly heightPx: number;
    }
  | { readonly kind: "none" };

export type MapWords = ReturnType<typeof readMapWords>;

export function readMapWords(map: Element) {
  const legend = map.querySelector(".legend");
  return {
    legend: legend ? readLegend(legend) : noLegend,
    caption: textOf(map.querySelector(".map-caption")),
    sources: textOf(map.querySelector(".map-view__licence")),
  };
}

export interface LegendReading {
  readonly title: string;
  readonly entries: readonly { readonly swatch: SwatchReading; readonly label: string }[];
  readonly notes: readonly string[];
}

export const noLegend: LegendReading = { title: "", entries: [], notes: [] };

/**
 * Reads the map's legend off the page, so that files say just what the screen says, in the same
 * colours. Entries not for paper are left out, folded or not.
 */
function readLegend(legend: Element): LegendReading {
  const entries = [...legend.querySelectorAll(".legend__entry")].filter(isForPaper);
  return {
    title: textOf(legend.querySelector(".legend__title")),
    entries: entries.map((entry) => ({
      swatch: readSwatch(entry.firstElementChild),
      label: textOf(entry.lastElementChild),
    })),
    notes: [...legend.querySelectorAll(".legend__note")].filter(isForPaper).map(textOf),
  };
}

function isForPaper(element: Element): boolean {
  return !element.matches(".no-print");
}

function textOf(element: Element | null): string {
  const copy = element?.cloneNode(true);
  if (!(copy instanceof Element)) return "";
  for (const onScreen of copy.querySelectorAll(".no-print")) onScreen.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function readSwatch(mark: Element | null): SwatchReading {
  if (mark === null) return { kind: "none" };
  if (mark instanceof SVGSVGElement) return readDrawing(mark);
  const inner = mark.querySelector("svg");
  if (inner) return readDrawing(inner);
  const { backgroundColor, borderTopColor, borderTopWidth } = getComputedStyle(mark);
  const widthPx = Number.parseFloat(borderTopWidth);
  if (widthPx > 0) return { kind: "outline", colour: borderTopColor, widthPx };
  return { kind: "fill", colour: backgroundColor };
}

const painted = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "fill-opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
] as const;

/** Colours are written into it: outside the page there is no style sheet. */
export function readDrawing(source: SVGSVGElement) {
  const copy = source.cloneNode(true) as SVGSVGElement;
  const originals = [source, ...source.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  originals.forEach((original, index) => {
    const style = getComputedStyle(original);
    for (const name of painted) copies[index]?.setAttribute(name, style.getPropertyValue(name));
  });
  const { width, height } = getComputedStyle(source);
  const [widthPx, heightPx] = [sizeOf(width), sizeOf(height)];
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(widthPx));
  copy.setAttribute("height", String(heightPx));
  const svg = new XMLSerializer().serializeToString(copy);
  return { kind: "drawing" as const, svg, widthPx, heightPx };
}

/** A folded legend has no layout size. */
function sizeOf(length: string): number {
  const size = Number.parseFloat(length);
  return size > 0 ? size : 12;
}
