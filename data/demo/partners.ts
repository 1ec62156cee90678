import { drawFootprint } from "#core/blackouts/footprint.ts";
import type { SessionRule } from "#core/blackouts/session.ts";
import type { Position } from "#core/geo/cell.ts";
import type { Random } from "#core/random.ts";
import type { DemoPartner } from "#data/demo/model.ts";

interface MadeUpPlace {
  readonly label: string;
  /** A stretch of pavement chosen on the map; no service is known to work there. */
  readonly at: Position;
  readonly radiusM: number;
  readonly sessions: readonly SessionRule[];
}

/** Weekly from the first date on. */
function weekly(firstDate: string, start: string, end: string): SessionRule {
  return { repeats: "weekly", everyWeeks: 1, firstDate, start, end, until: null };
}

const partners: readonly (Omit<DemoPartner, "places"> & {
  readonly places: readonly MadeUpPlace[];
})[] = [
  {
    code: "a",
    name: "Partner A (made up)",
    places: [
      {
        label: "Evening walk, high street",
        // Fore Street's pavement between Park Avenue and Brettenham Road.
        at: [-0.0636, 51.6173],
        radiusM: 150,
        sessions: [weekly("2021-10-05", "19:30", "22:00"), weekly("2021-10-07", "19:30", "22:00")],
      },
      {
        label: "Late walk, north end",
        // The pavement of Hertford Road by Chiswick Road.
        at: [-0.0571, 51.6273],
        radiusM: 100,
        sessions: [weekly("2021-10-04", "21:00", "23:00")],
      },
    ],
  },
  {
    code: "b",
    name: "Partner B (made up)",
    places: [
      {
        label: "Tea van",
        // Beside Fore Street, north of Sebastopol Road.
        at: [-0.0619, 51.6203],
        radiusM: 100,
        // Over midnight into Saturday.
        sessions: [weekly("2021-10-08", "22:30", "00:45")],
      },
      {
        label: "Van, by the river",
        // Argon Road's verge on the trading estate.
        at: [-0.043, 51.6122],
        radiusM: 150,
        sessions: [weekly("2021-10-06", "20:00", "22:00")],
      },
    ],
  },
  {
    code: "c",
    name: "Partner C (made up)",
    places: [
      {
        label: "Saturday corner",
        // The wide pavement of Tottenham High Road south of the borough line.
        at: [-0.0675, 51.6078],
        radiusM: 150,
        sessions: [weekly("2021-10-09", "20:30", "23:00")],
      },
      {
        label: "Weekday corner",
        // Seven Sisters Road by Culvert Road.
        at: [-0.0776, 51.5804],
        radiusM: 100,
        sessions: [weekly("2021-10-11", "18:30", "20:30")],
      },
    ],
  },
];

/** Three partners with weekly evenings; their footprints are drawn once, as a partner's browser would. */
export function createPartners(random: Random): DemoPartner[] {
  return partners.map(({ code, name, places }) => ({
    code,
    name,
    places: places.map(({ label, at, radiusM, sessions }) => ({
      label,
      radiusM,
      cells: drawFootprint({ at, radiusM }, random.next),
      sessions,
    })),
  }));
}
