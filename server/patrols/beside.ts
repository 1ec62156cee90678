import { demandDefaults } from "#core/patrols/demand/settings.ts";
import { changePlaceZones, partnerLedZones } from "#core/patrols/done/beside.ts";
import type { BesideReply } from "#core/patrols/wire/staffing.ts";
import { createFactorIndex } from "#core/places/layers/near.ts";
import { type FactorKind, factorKinds } from "#core/places/wire/layers.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { dayMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { loadFactors } from "#server/places/import-layer.ts";
import { placesOf } from "#server/places/places.ts";
import { loadEventColumns } from "#server/records/queries/events.ts";

const weeks = demandDefaults.recentDays / 7;

/**
 * What may help where a patrol does not. From reports and place factors only, so that it does not
 * depend on what is closed or planned.
 */
export async function besidePlan(act: Act): Promise<BesideReply> {
  const { db, actor, zone, asAt, addDetail } = act;
  const { nameOf } = await placesOf(act);
  const before = zone.startOfDate(asAt.date());
  const reading = withOptions(db, { events: true });
  const { columns, factors } = await reading.transaction(actor, async (tx) => {
    const range = { from: before - demandDefaults.recentDays * dayMs, before };
    const read = await loadEventColumns(tx, range);
    addDetail({ to: asAt.date(), events: read.length });
    return { columns: read, factors: await loadFactors(tx) };
  });
  const kinds = factorKinds.map((kind) => ({
    kind,
    factors: factors.filter((factor) => factor.kind === kind),
  }));
  const index = createFactorIndex({ kinds });
  return {
    partnerLed: partnerLedZones(columns).map(({ zone: place, cell, reports }) => ({
      zone: place,
      place: nameOf(cell),
      reports,
      sentence: `No patrol here: ask the outreach partners to lead. Residents and partners reported street sex work ${times(reports)} in the last ${weeks} weeks; such reports send nobody.`,
    })),
    changePlace: changePlaceZones(columns, index).map(
      ({ zone: place, cell, reports, factors: near }) => {
        const words = near.map(({ kind, near: count }) =>
          formatQuantity(count, ...factorNames[kind]),
        );
        return {
          zone: place,
          place: nameOf(cell),
          reports,
          factors: words,
          sentence: `Change the place: ${times(reports)} reported in the last ${weeks} weeks, with ${words.join(", ")} there or beside it. Look with the council at what can be altered.`,
        };
      },
    ),
  };
}

function times(reports: number): string {
  return reports === 1 ? "once" : `${reports} times`;
}

const factorNames: Readonly<Record<FactorKind, readonly [one: string, many: string]>> = {
  lighting: ["street light", "street lights"],
  alley: ["alley", "alleys"],
  stop: ["stop", "stops"],
  late_venue: ["venue open late", "venues open late"],
};
