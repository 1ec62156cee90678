import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import {
  type StreetGraph,
  segmentClass,
  segmentLine,
  segmentName,
} from "#core/places/streets/graph.ts";
import { checkGraph } from "#core/places/streets/parts.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { readGraph, writeGraph } from "#server/places/streets/kept-file.ts";
import { readStreets, streetsFile } from "#server/places/streets/streets.ts";
import { keepStreets, removeStreets } from "#tests/support/kept-graph.ts";
import { testFolder } from "#tests/support/scratch.ts";
import { place, street } from "#tests/support/streets.ts";

/** Name, class, corners and direction of each segment. */
function told(graph: StreetGraph): unknown[] {
  return Array.from({ length: graph.segmentCount }, (_, segment) => [
    segmentName(graph, segment),
    segmentClass(graph, segment),
    segmentLine(graph, segment).length,
    graph.oneWay[segment],
  ]);
}

describe("lines become segments", () => {
  test("two lines that go on as one street are one segment, with the length of both", () => {
    const name = "Fore Street";
    const graph = buildGraph([street("0 0, 0 1", { name }), street("0 3, 0 2, 0 1", { name })]);
    expect(told(graph)).toEqual([[name, "street", 4, 0]]);
    expect(graph.metres[0]).toBeCloseTo(300, 0);
    expect(graph.nodeCount).toBe(2);
  });

  test("a line that another one meets in its middle is cut there", () => {
    const graph = buildGraph([street("0 0, 0 1, 0 2"), street("0 1, 1 1")]);
    expect([graph.segmentCount, graph.nodeCount]).toEqual([3, 4]);
  });

  test("another name, class or direction begins another segment", () => {
    const graph = buildGraph([
      street("0 0, 0 1", { name: "A" }),
      street("0 1, 0 2", { name: "B" }),
      street("0 2, 0 3", { name: "B", class: "path" }),
      street("0 3, 0 4", { name: "B", class: "path", oneWay: 1 }),
    ]);
    expect(told(graph)).toEqual([
      ["A", "street", 2, 0],
      ["B", "street", 2, 0],
      ["B", "path", 2, 0],
      ["B", "path", 2, 1],
    ]);
  });

  test("a one-way street is kept in the direction of its traffic, however it was drawn", () => {
    const graph = buildGraph([
      street("0 0, 0 1", { oneWay: -1 }),
      street("0 2, 0 1", { oneWay: 1 }),
    ]);
    expect(told(graph)).toEqual([[null, "street", 3, 1]]);
    expect(segmentLine(graph, 0)[0]?.[1]).toBeCloseTo(place(0, 2)[1], 6);
  });

  test("the same stretch given twice is one: the wider class, the name, and both directions", () => {
    const graph = buildGraph([
      street("0 0, 0 1", { class: "path", oneWay: 1 }),
      street("0 1, 0 0", { name: "Fore Street", oneWay: 1 }),
    ]);
    expect(told(graph)).toEqual([["Fore Street", "street", 2, 0]]);
  });

  test("a ring that meets nothing is one segment with one node", () => {
    const graph = buildGraph([street("0 0, 0 1, 1 1, 0 0")]);
    expect([graph.segmentCount, graph.nodeCount, graph.from[0] === graph.to[0]]).toEqual([
      1,
      1,
      true,
    ]);
  });

  test("lines of one point, of none, and points said twice add nothing", () => {
    const graph = buildGraph([street([]), street("0 0"), street("0 0, 0 0")]);
    expect([graph.segmentCount, graph.nodeCount]).toEqual([0, 0]);
    expect(checkGraph(graph)).toMatchObject({ segments: 0, km: 0, parts: 0, largestShare: 0 });
  });

  test("a place that is none is refused with the line it is of", () => {
    const bad = { ...street("0 0"), line: [[Number.NaN, 51.6] as const, place(0, 0)] };
    expect(() => buildGraph([street("0 0, 0 1"), bad])).toThrow(/Line 2 has a vertex at NaN/);
  });

  test("100,000 islands are counted", () => {
    const lines = Array.from({ length: 100_000 }, (_, at) => {
      const [east, north] = [(at % 400) * 0.3, Math.floor(at / 400) * 0.3];
      return street([
        [east, north],
        [east + 0.1, north],
      ]);
    });
    const check = checkGraph(buildGraph(lines));
    expect(check).toMatchObject({ segments: 100_000, parts: 100_000, named: 0 });
    expect(check.largestShare).toBeLessThan(0.0001);
  });
});

describe("a file of streets", () => {
  const graph = buildGraph([
    street("0 0, 0 1, 0 2", { name: "Fore Street" }),
    street("0 1, 1 1", { name: "Överåsgatan", class: "path" }),
  ]);

  test("is read back as it was, even out of the middle of a larger buffer", () => {
    const octets = writeGraph(graph);
    const around = new Uint8Array(octets.length + 11);
    around.set(octets, 5);
    const back = readGraph(around.subarray(5, 5 + octets.length));
    expect(back).toEqual(graph);
  });

  test("of another version, or of something else, is refused", () => {
    const newer = writeGraph(graph);
    // The version of the form comes second.
    newer[1] = 99;
    expect(() => readGraph(newer)).toThrow(/another version of Node/);
    expect(() => readGraph(new Uint8Array(64))).toThrow(FileFault);
    expect(() => readGraph(new Uint8Array(0))).toThrow(FileFault);
  });

  test("with one bit changed or cut short on the disk is refused", async () => {
    const folder = testFolder("graph");
    await keepStreets(folder, graph, { name: "streets.geojson", attribution: null });
    const kept = await readStreets(folder);
    expect(kept?.graph()).toEqual(graph);
    expect(kept?.words).toMatchObject({ source: "streets.geojson", attribution: null });
    const path = streetsFile(folder);
    const octets = await readFile(path);
    for (let at = 0; at < octets.length; at += 29) {
      const bent = Buffer.from(octets);
      bent[at] = (bent[at] ?? 0) ^ 4;
      await writeFile(path, bent);
      await expect(readStreets(folder)).rejects.toThrow(/damaged/);
    }
    await writeFile(path, octets.subarray(0, -8));
    await expect(readStreets(folder)).rejects.toThrow(/damaged/);
    await removeStreets(folder);
    expect(await readStreets(folder)).toBeNull();
  });
});
