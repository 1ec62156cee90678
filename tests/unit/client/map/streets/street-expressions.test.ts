import { describe, expect, test } from "vitest";
import { lineKindExpression } from "#client/map/streets/street-expressions.ts";
import { lineKindOf, translations } from "#core/geo/tiles/translation.ts";
import { roadOf } from "#core/places/basemap/road-class.ts";

type Properties = Readonly<Record<string, string>>;

/** Kinds as the street graph reads them stand in core/places/basemap/road-class.ts: map and graph agree. */
const samples: Readonly<Record<keyof typeof translations, readonly Properties[]>> = {
  protomaps: [
    {},
    { kind: "highway", kind_detail: "motorway" },
    { kind: "highway", kind_detail: "motorway_link" },
    { kind: "major_road", kind_detail: "trunk" },
    { kind: "major_road", kind_detail: "primary" },
    { kind: "major_road", kind_detail: "secondary" },
    { kind: "major_road", kind_detail: "tertiary_link" },
    { kind: "medium_road" },
    { kind: "minor_road", kind_detail: "residential" },
    { kind: "minor_road", kind_detail: "service" },
    { kind: "minor_road" },
    { kind: "path", kind_detail: "footway" },
    { kind: "path", kind_detail: "cycleway" },
    { kind: "path", kind_detail: "steps" },
    { "pmap:kind": "minor_road", "pmap:kind_detail": "residential" },
    { kind: "ferry" },
    { kind: "aerialway" },
  ],
  zoomstack: [
    {},
    { type: "Motorway" },
    { type: "Primary" },
    { type: "A Road" },
    { type: "B Road" },
    { type: "Minor" },
    { type: "Local" },
    { type: "Restricted" },
    { type: "Local Road" },
    { type: "Guided Busway" },
  ],
};

describe.each(["protomaps", "zoomstack"] as const)("roads of %s", (schema) => {
  const [table] = translations[schema].roads;
  if (!table) throw new Error("A schema without roads");

  test.each(samples[schema])("%o is drawn as the graph reads it", (properties) => {
    expect(lineKindOf(table, properties)).toBe(roadOf(schema, properties)?.class ?? "none");
  });

  test.each([...samples[schema], { kind: "rail", kind_detail: "rail" }])(
    "%o is the same to MapLibre",
    (properties) => {
      expect(evaluate(lineKindExpression(table), properties)).toBe(lineKindOf(table, properties));
    },
  );
});

test("railways are drawn, those underground are not", () => {
  const { rail } = translations.protomaps;
  expect(lineKindOf(rail, { kind: "rail", kind_detail: "light_rail" })).toBe("rail");
  expect(lineKindOf(rail, { kind: "rail", kind_detail: "subway" })).toBe("none");
  expect(lineKindOf(translations.zoomstack.rail, { type: "Tunnel" })).toBe("none");
  expect(lineKindOf(translations.zoomstack.rail, { type: "Multi Track" })).toBe("rail");
});

/** The few operators of these expressions, by MapLibre's style specification. */
function evaluate(expression: unknown, properties: Properties): unknown {
  if (!Array.isArray(expression)) return expression;
  const [operator, ...rest] = expression as readonly unknown[];
  const value = (part: unknown) => evaluate(part, properties);
  switch (operator) {
    case "get":
      return properties[String(rest[0])];
    case "has":
      return String(rest[0]) in properties;
    case "!":
      return !value(rest[0]);
    case "all":
      return rest.every(value);
    case "case":
      return value(rest[0]) ? value(rest[1]) : value(rest[2]);
    case "match": {
      const input = value(rest[0]);
      for (let index = 1; index + 1 < rest.length; index += 2) {
        if ((rest[index] as unknown[]).includes(input)) return value(rest[index + 1]);
      }
      return value(rest.at(-1));
    }
    default:
      throw new Error(`Unknown operator ${String(operator)}`);
  }
}
