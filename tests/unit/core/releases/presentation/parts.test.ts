import { describe, expect, test } from "vitest";
import { partsOf } from "#core/releases/presentation/parts.ts";
import type { Block, DoneGroup } from "#core/releases/presentation/slide.ts";

const group = (title: string, count: number): DoneGroup => ({
  title,
  note: null,
  rows: Array.from({ length: count }, (_, at) => ({
    label: `${title} ${at}`,
    period: "p",
    figure: "15",
    inOneLine: `${title} ${at}`,
  })),
});
const blocks: Block[] = [
  {
    kind: "groups",
    groups: [group("outreach", 12), group("diversion", 9), group("enforcement", 21)],
  },
  { kind: "text", text: "counts" },
];
const rowsOf = (part: readonly Block[]) =>
  part.flatMap((block) => {
    if (block.kind === "groups")
      return block.groups.flatMap(({ rows }) => rows.map(({ label }) => label));
    return block.kind === "table" ? block.rows.map(([area]) => area) : [];
  });

describe("a slide of 42 rows", () => {
  test("is cut into parts of at most ten, enforcement in the first, each row once", () => {
    for (const most of [10, 7, 4]) {
      const parts = partsOf(blocks, most);
      const rows = parts.map(rowsOf);
      expect(Math.max(...rows.map(({ length }) => length))).toBe(most);
      expect(rows[0]?.some((label) => label.startsWith("enforcement"))).toBe(true);
      const all = rows.flat();
      expect([all.length, new Set(all).size]).toEqual([42, 42]);
      expect(parts.map((part) => part.at(-1)?.kind === "text")).toEqual(
        parts.map((_, at) => at === parts.length - 1),
      );
    }
  });

  test("is one part where all have room", () => {
    expect(partsOf(blocks, Number.POSITIVE_INFINITY)).toEqual([blocks]);
  });
});

test("a table keeps its head in each part; a slide of words, or without a row, is one", () => {
  const rows = Array.from({ length: 23 }, (_, at) => [`area ${at}`, "15"] as const);
  const table: Block = { kind: "table", caption: "c", columns: ["a", "b"], rows };
  const parts = partsOf([table], 10);
  expect(parts.map((part) => rowsOf(part).length)).toEqual([10, 10, 3]);
  expect(partsOf([{ kind: "text", text: "x" }], 10)).toHaveLength(1);
  expect(partsOf([{ kind: "groups", groups: [group("outreach", 0)] }], 10)).toHaveLength(1);
});
