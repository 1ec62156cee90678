import type { FactorKind } from "#core/places/wire/layers.ts";

/** Several of them, and one. */
export const factorWords: Readonly<
  Record<FactorKind, { readonly many: string; readonly one: string }>
> = {
  lighting: { many: "Street lighting", one: "lamp" },
  alley: { many: "Alleys and paths", one: "alley or path" },
  stop: { many: "Stops", one: "stop" },
  late_venue: { many: "Venues open late", one: "venue open late" },
};
