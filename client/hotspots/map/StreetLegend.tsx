import type { KeepClearShown } from "#client/hotspots/choices/KeepClear.tsx";
import { classLabels, endWords, keepClearEntries } from "#client/hotspots/map/HotspotLegend.tsx";
import { streetBreaks, streetWidths } from "#client/hotspots/map/street-lines.ts";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import { describeWeek, nounOf, sourceLine } from "#client/hotspots/state/words.ts";
import { countColours, cssColour, usePalette } from "#client/map/palette.ts";
import { capitalised } from "#client/ui/format.ts";
import { Legend, OutlineSwatch } from "#client/ui/Legend.tsx";
import { useMedia } from "#client/ui/use-media.ts";
import type { StreetsReply } from "#core/hotspots/wire/streets.ts";
import { typesNote } from "#core/records/types.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDateRange } from "#core/time/words.ts";
import "#client/hotspots/streets/streets.css";

export interface StreetLegendProps {
  /** Null until there is an answer. */
  readonly reply: StreetsReply | null;
  readonly keepClear: KeepClearShown;
}

export function StreetLegend({ reply, keepClear }: StreetLegendProps) {
  const { view } = useHotspotsParts();
  const isPaper = useMedia("print");
  const palette = usePalette();
  if (!reply) return null;
  const { one, many } = nounOf(view);
  const colours = countColours(palette).map(cssColour);
  const breaks = streetBreaks(reply.rows);
  const lines = classLabels(breaks).map((label, index) => ({
    key: label,
    swatch: <LineSwatch colour={colours[index] ?? ""} width={streetWidths[index] ?? 3} />,
    label,
    ...endWords(index, breaks),
  }));
  const hot = {
    key: "hot",
    swatch: <OutlineSwatch colour="hot" />,
    label: "Hotspot (alone or with the streets that meet it)",
    short: "Hotspot",
  };
  return (
    <Legend
      title={`${capitalised(many)} per stretch of street`}
      entries={[...lines, hot, ...keepClearEntries(keepClear)]}
      isOpen={isPaper}
      notes={[
        formatDateRange(view.from, view.to),
        describeWeek(view.time),
        `${reply.studyArea}. ${sourceLine(view)}`,
        `${formatCount(reply.placed)} of ${formatQuantity(reply.total, one, many)} on a street`,
        ...(reply.types ? [typesNote(reply.types) ?? ""] : []),
      ].filter((note) => note !== "")}
      test={`${capitalised(reply.test)}.`}
    />
  );
}

function LineSwatch({ colour, width }: { readonly colour: string; readonly width: number }) {
  return (
    <svg className="street-swatch still" viewBox="0 0 24 12" aria-hidden="true">
      <line
        x1="3"
        y1="6"
        x2="21"
        y2="6"
        stroke={colour}
        strokeWidth={width}
        strokeLinecap="round"
      />
    </svg>
  );
}
