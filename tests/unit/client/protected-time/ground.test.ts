import { expect, test } from "vitest";
import { groundOf } from "#client/protected-time/session-form/draft.ts";
import { disk, packCells } from "#core/geo/cell.ts";
import { bundledGround, bundledStudy } from "#tests/support/bundled-places.ts";

test("where patrols may go is the same from the packed cells as from the detailed lines", () => {
  const { cells } = bundledStudy();
  const map = { name: bundledStudy().name, command: packCells(cells) };
  const [ground, filled] = [groundOf(map), bundledGround()];
  expect(ground.name).toBe(filled.name);
  // Each twentieth cell with all that lies within four rings of it, in the command, beside it and beyond.
  const around = new Set(cells.filter((_, at) => at % 20 === 0).flatMap((cell) => disk(cell, 4)));
  const judged = (by: typeof ground) => [...around].filter((cell) => by.touches([cell]));
  expect(judged(ground)).toEqual(judged(filled));
  expect(judged(ground).length).toBeLessThan(around.size);
  expect(groundOf(map)).toBe(ground);
});
