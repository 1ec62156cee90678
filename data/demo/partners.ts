import type { Ground } from "#core/protected-time/ground.ts";
import { snapToLattice } from "#core/protected-time/lattice.ts";
import type { SessionRule } from "#core/protected-time/session.ts";
import type { DemoPartner } from "#data/demo/model.ts";

/** A stretch of pavement chosen on the map; no service is known to work there. */
interface MadeUpPlace {
  readonly label: string;
  readonly sessions: readonly SessionRule[];
  readonly ground: Ground;
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
        ground: { kind: "circle", at: [-0.0636, 51.6173], radiusM: 150 },
        sessions: [weekly("2021-10-05", "19:30", "22:00"), weekly("2021-10-07", "19:30", "22:00")],
      },
      {
        label: "Late walk, north end",
        // The pavement of Hertford Road by Chiswick Road.
        ground: { kind: "circle", at: [-0.0571, 51.6273], radiusM: 100 },
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
        ground: { kind: "circle", at: [-0.0619, 51.6203], radiusM: 100 },
        // Over midnight into Saturday.
        sessions: [weekly("2021-10-08", "22:30", "00:45")],
      },
      {
        label: "Van, by the river",
        // Argon Road's verge on the trading estate.
        ground: { kind: "circle", at: [-0.043, 51.6122], radiusM: 150 },
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
        ground: { kind: "circle", at: [-0.0675, 51.6078], radiusM: 150 },
        sessions: [weekly("2021-10-09", "20:30", "23:00")],
      },
      {
        label: "Weekday corner",
        // Seven Sisters Road by Culvert Road.
        ground: { kind: "circle", at: [-0.0776, 51.5804], radiusM: 100 },
        sessions: [weekly("2021-10-11", "18:30", "20:30")],
      },
      {
        label: "Morning round, streets by the green",
        // Between Philip Lane and West Green Road.
        ground: {
          kind: "area",
          corners: [
            [-0.0806, 51.5868],
            [-0.0774, 51.5868],
            [-0.0774, 51.5848],
            [-0.0806, 51.5848],
          ],
        },
        sessions: [weekly("2021-11-10", "09:30", "11:00")],
      },
      {
        label: "Morning walk, east side",
        // Along Broad Lane.
        ground: {
          kind: "corridor",
          halfWidthM: 50,
          corners: [
            [-0.0702, 51.5843],
            [-0.0675, 51.5852],
            [-0.0652, 51.5859],
          ],
        },
        sessions: [weekly("2021-11-12", "09:30", "11:00")],
      },
    ],
  },
];

/**
 * Three partners with weekly evenings, and one with an area and a route in the morning; their places are
 * snapped to the lattice, as a partner's browser would.
 */
export function createPartners(): DemoPartner[] {
  return partners.map(({ code, name, places }) => ({
    code,
    name,
    places: places.map((place) => ({ ...place, ground: snapToLattice(place.ground) })),
  }));
}
