import { inflateSync } from "node:zlib";

export interface PdfPages {
  readonly count: number;
  /** Width and height in points, each that occurs: 595 by 842 is A4. */
  readonly sizes: readonly (readonly [width: number, height: number])[];
}

/**
 * The pages of a PDF as Chromium writes it: page objects stand in the open or inside compressed
 * object streams, so all that inflates is read as well.
 */
export function pagesOf(pdf: Buffer): PdfPages {
  const text = [pdf.toString("latin1"), ...inflated(pdf)].join("\n");
  const boxes = text.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g);
  return {
    count: [...text.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length,
    sizes: Array.from(boxes, ([, width, height]) => [Number(width), Number(height)] as const),
  };
}

function* inflated(pdf: Buffer): Generator<string> {
  for (let from = pdf.indexOf("stream"); from >= 0; from = pdf.indexOf("stream", from)) {
    const end = pdf.indexOf("endstream", from);
    if (end < 0) return;
    const start = pdf[from + 6] === 13 ? from + 8 : from + 7;
    try {
      yield inflateSync(pdf.subarray(start, end)).toString("latin1");
    } catch {
      // Pictures and fonts may be packed in other ways; they hold no page.
    }
    from = end + 9;
  }
}
