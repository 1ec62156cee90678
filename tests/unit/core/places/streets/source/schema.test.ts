import { describe, expect, it } from "vitest";
import { attributionOf, schemaOf } from "#core/places/streets/source/schema.ts";
import { sizeWords } from "#core/text/size-words.ts";

describe("the schema of an archive", () => {
  it.each([
    [["earth", "roads", "buildings", "places"], "protomaps"],
    [["labels", "roads", "water"], "protomaps"],
    [["sea", "greenspaces", "roads", "names", "buildings"], "zoomstack"],
    [["roads_local", "roads_national", "names"], "zoomstack"],
    [["transportation", "transportation_name", "building", "water"], "openmaptiles"],
    [["streets", "land", "water_polygons"], null],
    [["greenspaces", "names"], null],
    [[], null],
  ] as const)("of layers %j is %s", (layers, schema) => {
    expect(schemaOf(layers)).toBe(schema);
  });
});

describe("an attribution", () => {
  it("is plain words of what archives write in HTML", () => {
    const html = '<a href="https://x.org" target="_blank">&copy; OpenStreetMap</a> &amp; <b>me</b>';
    expect(attributionOf(html, "protomaps")).toBe("© OpenStreetMap & me");
  });

  it("names OpenStreetMap's contributors where an archive only says OSM", () => {
    for (const short of ["&copy; OSM", '<a href="x">&copy; OpenStreetMap</a>', "OpenStreetMap"]) {
      expect(attributionOf(short, "protomaps")).toBe("© OpenStreetMap contributors");
    }
  });

  it("is the schema's own where an archive names nobody", () => {
    expect(attributionOf(undefined, "zoomstack")).toMatch(/Contains OS data © Crown/);
    expect(attributionOf(" <br> ", "zoomstack")).toMatch(/Contains OS data © Crown/);
  });

  it("is one line of no markup, however long and odd", () => {
    const odd = attributionOf(
      `a\n<script>b</script>\u202e &lt;i&gt; ${"x".repeat(1_000)}`,
      "protomaps",
    );
    expect(odd).not.toMatch(/[<>\n\u202e]/);
    expect(odd.length).toBeLessThanOrEqual(200);
  });
});

describe("a size", () => {
  it.each([
    [12, "1 kB"],
    [640_400, "640 kB"],
    [2_449_000, "2.4 MB"],
    [2_000_000, "2 MB"],
    [28_400_000, "28 MB"],
  ])("of %d octets is %s", (octets, words) => {
    expect(sizeWords(octets)).toBe(words);
  });
});
