import { footprintOf } from "#core/protected-time/footprint.ts";
import { groundFault } from "#core/protected-time/ground.ts";
import { snapToLattice } from "#core/protected-time/lattice.ts";
import { patrolGroundOf } from "#core/protected-time/patrol-ground.ts";
import type { SessionRule } from "#core/protected-time/session.ts";
import { addDays } from "#core/time/zone.ts";
import type { DemoGround } from "#data/demo/ground.ts";
import type { DemoPartner } from "#data/demo/model.ts";
import { fieldFault, groundOf, liesOutside, type Recipe, weeklyRule } from "#data/demo/recipe.ts";

/** What the sign-in page calls them. */
const codes = ["a", "b", "c"] as const;

/**
 * Partners with weekly sessions; their places are snapped to the lattice, as a partner's browser would, and are
 * stretches of pavement chosen on the map, where no service is known to work.
 */
export function createPartners(
  { command }: Pick<DemoGround, "command">,
  { partners }: Pick<Recipe, "partners">,
): DemoPartner[] {
  const patrols = patrolGroundOf(command);
  let evenings = 0;
  return codes.map((code, index) => ({
    code,
    name: partners[index]?.name ?? `Partner ${code.toUpperCase()} (made up)`,
    places: (partners[index]?.places ?? []).map(({ label, sessions, ...place }, at) => {
      const ground = groundOf(place);
      const field = `partners.${index}.places.${at}`;
      const fault = groundFault(ground, patrols);
      if (fault !== null) throw fieldFault(field, `cannot be used. ${fault}`);
      const snapped = snapToLattice(ground);
      if (!patrols.touches(footprintOf(snapped))) {
        throw fieldFault(field, `("${label}") ${liesOutside(patrols)}`);
      }
      return {
        label,
        ground: snapped,
        sessions: sessions?.map(weeklyRule) ?? [usualEvening(evenings++)],
      };
    }),
  }));
}

/** One evening a week, from Monday 4 October on; on Fridays late and over midnight. */
function usualEvening(nth: number): SessionRule {
  const weekday = nth % 7;
  const from = addDays("2021-10-04", weekday);
  const [start, end] = weekday === friday ? ["22:30", "00:45"] : ["19:30", "22:00"];
  return weeklyRule({ from, start, end });
}

const friday = 4;
