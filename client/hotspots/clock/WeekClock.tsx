import { useMemo } from "react";
import { Clock } from "#client/hotspots/clock/Clock.tsx";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import { lookThrough } from "#client/hotspots/ranked/lens.ts";
import { allTimeFilter, filterOf, maskOf } from "#client/hotspots/state/filters.ts";
import {
  allDays,
  type HotspotsView,
  isWholeWeek,
  leadingSource,
  toggled,
  wholeWeek,
} from "#client/hotspots/state/view.ts";
import { describeWeek, formatHour, nounOf } from "#client/hotspots/state/words.ts";
import { Button } from "#client/ui/Button.tsx";
import { Chip } from "#client/ui/Chip.tsx";
import { Popover } from "#client/ui/Popover.tsx";
import { Select } from "#client/ui/Select.tsx";
import { roundShares } from "#core/hotspots/round-shares.ts";
import { shortWeekdayNames } from "#core/time/words.ts";
import { daysIn } from "#core/time/zone.ts";

export function WeekClock() {
  const { data, view, picture, store } = useHotspotsParts();
  const { events, zone } = data;
  const { lens } = picture;
  const source = leadingSource(view);
  const kinds = view[source].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: dates and hours must not move the scale.
  const largestRate = useMemo(() => {
    const { clock } = lookThrough(events, lens, allTimeFilter(filterOf(view, source, zone)));
    const { start, length } = events.columns;
    const weeks = ((start[length - 1] ?? 0) - (start[0] ?? 0)) / 10_080;
    return Math.max(...clock) / Math.max(1, weeks);
  }, [events, lens, kinds, source]);
  const { clock } = picture.leading.summary;
  const weights = useMemo(() => clockShares(clock, maskOf(view.time)), [clock, view.time]);
  const change = (time: HotspotsView["time"], continues = false) =>
    store.change({ time }, continues);
  return (
    <section aria-label="Days and hours">
      <header className="week-clock__head row middle gap-1">
        <Popover
          name={`Days and hours: ${describeWeek(view.time)}`}
          label={isWholeWeek(view.time) ? "All week" : describeWeek(view.time)}
        >
          {() => <WeekForm time={view.time} onTime={change} />}
        </Popover>
        {isWholeWeek(view.time)
          ? weekPresets.map(({ label, time }) => (
              <Button key={label} look="quiet" onClick={() => change(time)}>
                {label}
              </Button>
            ))
          : null}
        {isWholeWeek(view.time) ? null : (
          <Button
            look="quiet"
            icon="close"
            label="Show the whole week"
            onClick={() => change(wholeWeek)}
          />
        )}
      </header>
      <Clock
        weights={weights}
        weeks={daysIn(view) / 7}
        largestRate={largestRate}
        noun={nounOf(view).many}
        time={view.time}
        onTime={change}
      />
    </section>
  );
}

function WeekForm({
  time,
  onTime,
}: {
  readonly time: HotspotsView["time"];
  readonly onTime: (time: HotspotsView["time"]) => void;
}) {
  const { days, hours } = time;
  const toggle = (day: number) => {
    const next = toggled(allDays, days, day);
    onTime({ days: next.length === 0 ? allDays : next, hours });
  };
  const hourOptions = Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: formatHour(hour),
  }));
  return (
    <>
      <fieldset className="hotspots__kinds row wrap gap-2">
        <legend>Days</legend>
        {allDays.map((day) => (
          <Chip key={day} checked={days.includes(day)} onChange={() => toggle(day)}>
            {shortWeekdayNames[day]}
          </Chip>
        ))}
      </fieldset>
      <div className="fields row wrap start gap-2">
        <Select
          label="From"
          value={hours ? String(hours.from) : "all"}
          options={[{ value: "all", label: "All hours" }, ...hourOptions]}
          onChange={(text) =>
            onTime({
              days,
              hours:
                text === "all"
                  ? null
                  : { from: Number(text), to: hours?.to ?? (Number(text) + 4) % 24 },
            })
          }
        />
        <Select
          label="Until"
          value={hours ? String(hours.to % 24) : "0"}
          disabled={hours === null}
          options={hourOptions}
          onChange={(text) =>
            hours && onTime({ days, hours: { from: hours.from, to: Number(text) } })
          }
        />
      </div>
      <div className="row wrap gap-2">
        {hourPresets.map((preset) => (
          <Button key={preset.label} onClick={() => onTime({ days, hours: preset.hours })}>
            {preset.label}
          </Button>
        ))}
      </div>
    </>
  );
}

/**
 * The clock's rounded weights. Those in the chosen hours sum to the figure over the map; the
 * others, for comparison, are rounded apart.
 */
export function clockShares(clock: Float64Array, hours: Uint8Array | null): Float64Array {
  if (hours === null) return roundShares(clock);
  const inside = roundShares(clock.map((weight, hour) => (hours[hour] === 1 ? weight : 0)));
  const outside = roundShares(clock.map((weight, hour) => (hours[hour] === 1 ? 0 : weight)));
  return inside.map((share, hour) => share + (outside[hour] ?? 0));
}

/** A night belongs to the day on which it starts. */
const weekPresets: readonly { readonly label: string; readonly time: HotspotsView["time"] }[] = [
  { label: "Fri, Sat nights", time: { days: [4, 5], hours: { from: 22, to: 4 } } },
  { label: "Weekend", time: { days: [5, 6], hours: null } },
];

const hourPresets = [
  { label: "Evening 18:00-22:00", hours: { from: 18, to: 22 } },
  { label: "Night 22:00-04:00", hours: { from: 22, to: 4 } },
  { label: "Morning 06:00-10:00", hours: { from: 6, to: 10 } },
] as const;
