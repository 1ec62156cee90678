import { expect, test } from "vitest";
import { layOutBars } from "#client/charts/bars.ts";
import { textWidth } from "#client/charts/marks.ts";

const funnel = [
  { label: "Offered", value: 200, words: "about 200" },
  { label: "Booked", value: 185, words: "about 185: 93% of the about 200 offered" },
  { label: "Attended", value: 100, words: "about 100: 54% of the about 185 booked" },
  { label: "Completed", value: null, words: "fewer than 10, or withheld" },
];

const texts = (width: number) =>
  layOutBars(funnel, width).marks.flatMap((mark) => (mark.kind === "text" ? [mark] : []));

test("the words behind a bar stand whole within the picture, and the bars keep to each other", () => {
  for (const width of [640, 700, 1100]) {
    const behind = texts(width).filter(({ anchor }) => anchor === undefined);
    expect(behind.map(({ text }) => text)).toEqual(funnel.map(({ words }) => words));
    for (const { x, text } of behind) expect(x + textWidth(text)).toBeLessThanOrEqual(width);
    const lengths = layOutBars(funnel, width).marks.flatMap((mark) =>
      mark.kind === "rect" ? [mark.width] : [],
    );
    expect((lengths[1] ?? 0) / (lengths[0] ?? 1)).toBeCloseTo(185 / 200, 6);
    expect(lengths[0]).toBeGreaterThanOrEqual(200);
  }
});

test("where there is no room for both, words are cut and nothing runs out", () => {
  for (const { x, text, anchor } of texts(330)) {
    if (anchor === undefined) expect(x + textWidth(text)).toBeLessThanOrEqual(330);
  }
});
