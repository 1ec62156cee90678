import type { Published } from "#core/disclosure/joint.ts";
import type { Shown } from "#core/disclosure/rule.ts";
import { commandId } from "#core/places/public-areas.ts";
import type { PanelArea } from "#core/places/wire/places.ts";
import type { ShownFigures } from "#core/releases/panel/sayable.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";
import type { Month } from "#core/time/months.ts";

/** Ever approved: even if withdrawn, its figures have been seen. */
export interface EarlierRelease {
  readonly number: number;
  readonly areaSet: string;
  readonly content: Pick<ReleaseContent, "months" | "values" | "answers" | "movedNotes">;
  readonly isWithdrawn?: boolean;
}

export interface PublishedMonth extends Published {
  readonly sightings: Shown;
  readonly isWithdrawn: boolean;
}

/**
 * Every release of each month, earliest first. Figures of another area set do not fit these areas
 * and are left out.
 */
export function publishedMonths(
  earlier: readonly EarlierRelease[],
  areaSet: string,
  areaIds: readonly string[],
): Map<Month, PublishedMonth[]> {
  const found = new Map<Month, PublishedMonth[]>();
  for (const release of earlier.toSorted((a, b) => a.number - b.number)) {
    const figures = new Map(
      release.content.values.map(({ area, month, measure, count }) => [
        `${month} ${measure} ${area}`,
        count,
      ]),
    );
    const isSame = release.areaSet === areaSet;
    for (const month of release.content.months) {
      const before = found.get(month) ?? [];
      before.push({
        release: release.number,
        areaSet: release.areaSet,
        shown: isSame
          ? areaIds.map((area) => figures.get(`${month} resident_complaints ${area}`) ?? null)
          : [],
        sightings: figures.get(`${month} sightings ${commandId}`) ?? null,
        isWithdrawn: release.isWithdrawn === true,
      });
      found.set(month, before);
    }
  }
  return found;
}

/** Everything public on these areas: all releases, withdrawn too, and the months to come. */
export function shownFigures(
  areas: readonly PanelArea[],
  published: ReadonlyMap<Month, readonly PublishedMonth[]>,
  fresh: readonly (readonly [Month, readonly Shown[]])[] = [],
): ShownFigures {
  const released = Array.from(
    published,
    ([month, shownIn]) =>
      [month, shownIn.find(({ shown }) => shown.length > 0)?.shown ?? []] as const,
  );
  return { areas, months: new Map([...released, ...fresh]) };
}
