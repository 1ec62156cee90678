import type { Deck } from "#core/releases/presentation/deck.ts";
import type { Slide } from "#core/releases/presentation/slide.ts";

/** What a key or a button asks for. */
export type Move =
  | { readonly to: "next" | "before" | "first" | "last" }
  /** The list of questions; from a question back to the slides. */
  | { readonly to: "questions" }
  | { readonly to: "question"; readonly number: number };

export interface Position {
  readonly slide: Slide;
  readonly at: number;
  /** The slides, or the questions: steps stay among them. */
  readonly among: readonly Slide[];
}

/** Where the address is; its first slide when it names none. */
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

/** The slide after a move; the same one at either end. `asked`: where the questions were asked from. */
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
