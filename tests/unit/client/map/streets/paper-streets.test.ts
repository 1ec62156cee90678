import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { PaperStreets } from "#client/map/streets/PaperStreets.tsx";

/** Kinds of lines on a drawing of so many units a metre, with a pen of one unit. */
function kindsAt(unitsPerMetre: number): readonly string[] {
  const kinds = ["main", "street", "service"] as const;
  const lines = kinds.map((kind, at) => ({
    kind,
    name: null,
    line: [
      [10 * at + 5, 10],
      [10 * at + 5, 90],
    ] as const,
  }));
  const ground = { lines, water: [], green: [] };
  const toPoint = (at: readonly [number, number]) => at;
  const drawing = { ground, toPoint, width: 100, height: 100, unitsPerMetre, pen: 1 };
  const drawn = renderToStaticMarkup(createElement(PaperStreets, drawing));
  return [...drawn.matchAll(/paper-streets__line--(\w+)/g)].map(([, kind = ""]) => kind);
}

test("a drawing of a whole command has its main streets alone, one of some streets has all", () => {
  expect(kindsAt(0.05)).toEqual(["main"]);
  expect(kindsAt(0.15).toSorted()).toEqual(["main", "street"]);
  expect(kindsAt(0.3).toSorted()).toEqual(["main", "service", "street"]);
});
