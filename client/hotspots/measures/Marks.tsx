import { type FindingLook, markToken } from "#client/hotspots/measures/measure.ts";
import { hollowSizes, markOutlines } from "#client/map/layers/mark-shapes.ts";
import { cssColour, type Palette, withOpacity } from "#client/map/palette.ts";

export interface FindingMarkProps {
  readonly look: FindingLook;
  readonly palette: Palette;
  readonly isHollow?: boolean;
}

/** In the map's own colours: a dark map that is printed keeps its legend. */
export function FindingMark({ look, palette, isHollow = false }: FindingMarkProps) {
  const rate = /^rate_(\d)$/.exec(look.finding);
  if (rate) return <RateMark rank={Number(rate[1])} />;
  return (
    <svg className="finding-mark still" viewBox="-12 -12 24 24" aria-hidden="true">
      {look.fill ? (
        <path
          d={hexagon}
          fill={isHollow ? "none" : cssColour(withOpacity(palette[look.fill], look.opacity))}
          stroke={isHollow ? "currentColor" : "none"}
          strokeWidth="1.500"
        />
      ) : null}
      {look.mark ? (
        <path
          d={pathOf(markOutlines[look.mark])}
          fillRule="evenodd"
          fill={cssColour(palette[markToken(look, isHollow)])}
        />
      ) : null}
    </svg>
  );
}

function RateMark({ rank }: { readonly rank: number }) {
  return (
    <svg className="finding-mark still" viewBox="-12 -12 24 24" aria-hidden="true">
      <path
        d={hexagon}
        transform={`scale(${hollowSizes[rank] ?? 1})`}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.500"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

function pathOf(outlines: (typeof markOutlines)[keyof typeof markOutlines]): string {
  return outlines
    .map((outline) => `M${outline.map(([x, y]) => `${x * size} ${-y * size}`).join("L")}z`)
    .join("");
}

export function FilledMark() {
  return (
    <svg className="source-mark still" viewBox="0 0 12 12" aria-hidden="true">
      <path d="M6 .8l4.5 2.6v5.2L6 11.2 1.500 8.600V3.400z" fill="var(--count-4)" />
    </svg>
  );
}

export function HollowMark() {
  return (
    <svg className="source-mark still" viewBox="0 0 12 12" aria-hidden="true">
      <path
        d="M6 1.500l3.900 2.250v4.500L6 10.500 2.100 8.250v-4.500z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    </svg>
  );
}

const hexagon = "M0-11L9.500-5.500V5.500L0 11-9.500 5.500V-5.500z";

const size = 6.5;
