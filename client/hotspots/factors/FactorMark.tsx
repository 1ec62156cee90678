import type { FactorKind } from "#core/places/wire/layers.ts";

/** As on the map: dot, double line, ring, ring with a dot; shape tells them apart, not colour. */
export function FactorMark({ kind }: { readonly kind: FactorKind }) {
  return (
    <svg className="source-mark still" viewBox="0 0 14 14" aria-hidden="true">
      {marks[kind]}
    </svg>
  );
}

const ring = <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="1.500" />;

const marks = {
  lighting: <circle cx="7" cy="7" r="2.500" fill="currentColor" />,
  alley: <path d="M1 5.500h12M1 8.500h12" stroke="currentColor" strokeWidth="1.250" />,
  stop: ring,
  late_venue: (
    <>
      {ring}
      <circle cx="7" cy="7" r="2" fill="currentColor" />
    </>
  ),
} as const;

/** Plural and singular. */
export const factorWords: Readonly<
  Record<FactorKind, { readonly many: string; readonly one: string }>
> = {
  lighting: { many: "Street lighting", one: "lamp" },
  alley: { many: "Alleys and paths", one: "alley or path" },
  stop: { many: "Stops", one: "stop" },
  late_venue: { many: "Venues open late", one: "venue open late" },
};
