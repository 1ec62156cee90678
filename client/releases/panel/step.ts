import { useEffect, useState } from "react";
import { changeParams } from "#client/state/url.ts";
import type { Deck } from "#core/releases/presentation/deck.ts";
import type { Slide } from "#core/releases/presentation/slide.ts";
import { monthName } from "#core/time/months.ts";

export type Move =
  | { readonly to: "next" | "before" | "first" | "last" }
  /** The list of questions; from a question back to the slides. */
  | { readonly to: "questions" }
  | { readonly to: "question"; readonly number: number };

export interface Position {
  readonly slide: Slide;
  readonly at: number;
  readonly among: readonly Slide[];
}

/** The first slide where the address names none. */
export function currentSlide({ slides, questions }: Deck, id: string | undefined): Position {
  for (const among of [slides, questions]) {
    const at = among.findIndex((slide) => slide.id === id);
    const slide = among[at];
    if (slide) return { slide, at, among };
  }
  const [slide] = slides;
  if (!slide) throw new RangeError("A deck has at least one slide");
  return { slide, at: 0, among: slides };
}

/** Stays at either end. `asked`: the slide that questions were opened from. */
export function moveTo(deck: Deck, id: string, move: Move, asked: string): string {
  const { at, among } = currentSlide(deck, id);
  switch (move.to) {
    case "next":
      return (among[at + 1] ?? among[at])?.id ?? id;
    case "before":
      return (among[at - 1] ?? among[at])?.id ?? id;
    case "first":
      return among[0]?.id ?? id;
    case "last":
      return among.at(-1)?.id ?? id;
    case "question":
      return deck.questions[move.number]?.id ?? id;
    case "questions":
      return among === deck.slides
        ? (deck.questions[0]?.id ?? id)
        : currentSlide(deck, asked).slide.id;
  }
}

/**
 * The month from the address. If not allowed, the last allowed one, and the address is corrected;
 * the reason stays until another is chosen.
 */
export function usePanelMonth(
  months: readonly string[],
  asked: string | undefined,
): { readonly month: string; readonly refusal: string | null } {
  const last = months.at(-1) ?? "";
  const [refusal, setRefusal] = useState<string | null>(null);
  const isKnown = asked !== undefined && months.includes(asked);
  useEffect(() => {
    if (isKnown && asked !== last) setRefusal(null);
    if (asked === undefined || isKnown) return;
    setRefusal(refusedMonth(asked, months, last));
    changeParams("panel", { month: last });
  }, [asked, isKnown, months, last]);
  return { month: isKnown ? asked : last, refusal };
}

export function refusedMonth(asked: string, months: readonly string[], shown: string): string {
  const [first = "", last = ""] = [months[0], months.at(-1)];
  const instead = `${monthName(shown)} is shown instead.`;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(asked)) return `The link has no month. ${instead}`;
  if (asked < first) {
    return `${monthName(asked)} is before the first month, ${monthName(first)}. ${instead}`;
  }
  return `${monthName(asked)} cannot be shown yet: a month is shown one whole month after it ends. The latest month, ${monthName(last)}, is shown instead.`;
}
