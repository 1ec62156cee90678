import { useMemo, useState } from "react";
import { theme } from "#client/state/theme.ts";
import { useStore } from "#client/state/use-store.ts";
import { useMedia } from "#client/ui/use-media.ts";

/** Red, green, blue, opacity: 0 to 255 each, as deck.gl takes them. */
export type Rgba = readonly [number, number, number, number];

type TokenName = (typeof tokenNames)[number];

/** The tokens of the present theme, as numbers: tokens.css stays the only home of a colour. */
export type Palette = Readonly<Record<TokenName, Rgba>>;

/**
 * The theme's palette, one object while it holds. Unchanged on paper: the printed map is a picture
 * taken before.
 */
export function usePalette(): Palette {
  const chosen = useStore(theme, (state) => state);
  const machineIsDark = useMedia("(prefers-color-scheme: dark)");
  const isForced = useMedia("(forced-colors: active)");
  const isPaper = useMedia("print");
  // biome-ignore lint/correctness/useExhaustiveDependencies: these decide what the tokens resolve to.
  const read = useMemo(readPalette, [chosen, machineIsDark, isForced]);
  const [onScreen, setOnScreen] = useState(read);
  if (!isPaper && onScreen !== read) setOnScreen(read);
  return isPaper ? onScreen : read;
}

export function cssColour([red, green, blue, opacity]: Rgba): string {
  return `rgba(${red}, ${green}, ${blue}, ${(opacity / 255).toFixed(3)})`;
}

export function withOpacity([red, green, blue]: Rgba, share: number): Rgba {
  return [red, green, blue, Math.round(255 * share)];
}

/** deck.gl draws the 2.2th root of an opacity; this compensates. */
export function deckOpacity(seen: number): number {
  return seen ** 2.2;
}

/** The five classes of counts, least first. */
export function countColours(palette: Palette): readonly Rgba[] {
  return ([1, 2, 3, 4, 5] as const).map((at) => palette[`count-${at}`]);
}

/** Resolves each token on a probe, then reads the pixel that it paints. */
function readPalette(): Palette {
  const probe = document.createElement("span");
  // The map is a picture: with forced colours each token would resolve to the text colour.
  probe.style.setProperty("forced-color-adjust", "none");
  document.body.append(probe);
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const read = (name: TokenName): Rgba => {
    probe.style.color = `var(--${name})`;
    const colour = getComputedStyle(probe).color;
    if (!pen) return [0, 0, 0, 255];
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, opacity = 255] = pen.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, opacity];
  };
  const palette = Object.fromEntries(tokenNames.map((name) => [name, read(name)])) as Palette;
  probe.remove();
  return palette;
}

const tokenNames = [
  "ink",
  "paper",
  "accent",
  "count-1",
  "count-2",
  "count-3",
  "count-4",
  "count-5",
  "hot",
  "rise",
  "fall",
  "cannot-tell",
  "patrol",
  "hatch",
  "map-water",
  "map-beyond",
  "map-command",
  "map-outline",
  "map-border",
  "map-road",
  "map-road-main",
  "map-land",
  "map-land-beyond",
  "map-street",
  "map-lake",
  "map-green",
  "map-building",
  "map-rail",
  "map-station",
  "map-label",
  "map-halo",
] as const;
