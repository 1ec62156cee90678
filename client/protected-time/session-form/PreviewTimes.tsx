import { boundsOf } from "#client/map/place-features.ts";
import { dayIn, type Here, spanOf } from "#client/protected-time/outreach/outreach-words.ts";
import { diary, say } from "#client/protected-time/words/diary.tsx";
import { cellRing, type H3Cell, metresBetween } from "#core/geo/cell.ts";
import type { Occurrence } from "#core/protected-time/occurrences.ts";
import { keepClearDays } from "#core/protected-time/settings.ts";
import { firstShownDate, lastShownDate } from "#core/protected-time/shown-until.ts";

interface PreviewTimesProps {
  readonly here: Here;
  /** All that are closed, in order. */
  readonly visits: readonly Occurrence[];
}

/** With the day from which police can see each. */
export function PreviewTimes({ here, visits }: PreviewTimesProps) {
  if (visits.length === 0) {
    return <p>{say("preview.over")}</p>;
  }
  const last = visits.at(-1);
  const more = visits.length - mostPreviewed;
  return (
    <div>
      <h3>{say("preview.away")}</h3>
      <ul className="preview__times lead">
        {visits.slice(0, mostPreviewed).map(({ closedFrom, closedTo }) => {
          const seen = seenFrom(here, closedFrom);
          return (
            <li key={closedFrom}>
              <span className="preview__when">{spanOf(here, closedFrom, closedTo)}</span>
              {seen === null ? null : (
                <span className="block quiet small">
                  {say("preview.from", { day: dayIn(here, seen) })}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {more > 0 && last ? (
        <p className="quiet">{say("preview.more", { count: more, day: dayIn(here, last.date) })}</p>
      ) : null}
    </div>
  );
}

export const mostPreviewed = 6;

/** "1.1", or "1,1" as the partner's language writes it: largest extent. */
export function kmAcross(cells: readonly H3Cell[]): string {
  const bounds = boundsOf(cells.flatMap((cell) => cellRing(cell)));
  if (!bounds) return "";
  const [west, south, east, north] = bounds;
  const middle = (south + north) / 2;
  const metres = Math.max(
    metresBetween([west, middle], [east, middle]),
    metresBetween([west, south], [west, north]),
  );
  const km = String(Math.round(metres / 100) / 10);
  return ["en", "so"].includes(diary().code) ? km : km.replace(".", ",");
}

/** Null where police can see it now. */
export function seenFrom(
  { zone, today }: Pick<Here, "zone" | "today">,
  from: number,
): string | null {
  const first = firstShownDate(zone.dateOf(from));
  return first > today ? first : null;
}

/** Null where police see all of them. */
export function laterSentence(here: Here, froms: readonly number[]): string | null {
  if (froms.every((from) => seenFrom(here, from) === null)) return null;
  const day = dayIn(here, lastShownDate(here.today));
  return say("preview.later", { count: keepClearDays, day });
}
