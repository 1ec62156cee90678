import { tenFiveRule } from "#core/disclosure/rule.ts";
import { publicAreas } from "#core/places/public-areas.ts";
import { panelNotes } from "#core/releases/build.ts";
import {
  type ReleaseDocument,
  type ReleaseReply,
  releaseReply,
} from "#core/releases/wire/release.ts";
import { publicMonths } from "#core/time/months.ts";
import { readLaw } from "#server/releases/law.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";

let drawn: ReturnType<typeof publicAreas> | null = null;

/** A release over the areas of the demonstration, its figures made up by rule: never under 10, by fives. */
export function sampleRelease(changes: Partial<ReleaseDocument> = {}): ReleaseReply {
  const { areas: stored, gazetteer } = readBundledPlaces();
  // As the places themselves: half a second, once.
  drawn ??= publicAreas(stored, gazetteer.neighbourhoods);
  const { areas, outlines } = drawn;
  const asAt = "2021-11-26";
  const months = publicMonths(asAt);
  const release: ReleaseDocument = {
    id: "release-3",
    number: 3,
    asAt,
    threshold: tenFiveRule.threshold,
    base: tenFiveRule.base,
    months,
    areas: [...areas],
    values: months.flatMap((month, at) => [
      ...areas.map((area, index) => ({
        area: area.id,
        month,
        measure: "resident_complaints" as const,
        count: sampleCount(area.kind, index, at),
      })),
      { area: "command", month, measure: "sightings" as const, count: at % 4 ? 25 + 5 * at : null },
    ]),
    notes: panelNotes({ asAtDate: asAt, months, areas, rule: tenFiveRule }),
    outlines: [...outlines],
    madeUp: true,
    done: [
      total("enforcement", "arrests", "Arrests", 65),
      total("diversion", "courses_attended", "Awareness courses attended", 20),
      total("outreach", "outreach_contacts", "Contacts by outreach workers", 120),
      total("diversion", "courses_completed", "Awareness courses completed", null),
    ],
    answers: [
      {
        operation: "Autumn 2021",
        helped: {
          text: "Reports fell in the streets of the operation: by 12 to 41 in a hundred, best estimate 28.",
          basis: "Reports from 1 August to 30 September 2021 against 2 June to 31 July 2021.",
          wrongIf: "This answer would be wrong if people reported less readily than before.",
        },
        moved: [
          {
            text: "Reports rose near the boundary with Waltham Forest.",
            basis: "Within 1,000 m of the line, on either side.",
          },
          {
            text: "Hackney: cannot tell. There were too few reports to compare.",
            basis: "Within 1,000 m of the line, on either side.",
          },
        ],
      },
    ],
    commitments: [
      {
        said: "The alley behind the shops is dark.",
        did: "We asked the council for a lamp.",
        next: "The lamp is lit.",
        by: "2022-01-31",
      },
    ],
    movedNotes: sampleMoved,
    law: [...readLaw()],
    sources: [
      "Contains OS data © Crown copyright, Open Government Licence v3",
      "Place names: GeoNames, CC BY 4.0",
    ],
    mark: "MADE-UP DATA",
    ...changes,
  };
  return releaseReply.parse({
    release,
    approvedOn: "2021-11-26",
    hash: "5a".repeat(32),
    previousHash: "b7".repeat(32),
    withdrawn: null,
  });
}

function total(
  group: ReleaseDocument["done"][number]["group"],
  measure: string,
  label: string,
  count: number | null,
) {
  return { group, measure, label, from: "2021-08-01", to: "2021-11-26", count };
}

function sampleCount(kind: string, index: number, month: number): number | null {
  if (kind === "command") return 180 + 5 * month;
  if (kind === "borough") return 80 + 5 * ((index + month) % 4);
  return (index + month) % 3 === 0 ? null : 10 + 5 * ((index * 7 + month) % 11);
}

/** What stands beside its figures. */
export const sampleMoved = [
  {
    operation: "Autumn 2021",
    text: "Reports fell in the streets of the operation but rose near the boundary with Waltham Forest: the problem may have moved.",
    basis: "Counted: complaints by residents from 1 August to 30 September 2021.",
  },
];
