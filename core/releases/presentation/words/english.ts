import { figureWords } from "#core/releases/presentation/words/figures.ts";
import { lawWords } from "#core/releases/presentation/words/law.ts";
import { paperWords } from "#core/releases/presentation/words/paper.ts";
import { questionWords } from "#core/releases/presentation/words/questions.ts";

/**
 * Every word of the slides, the handout and the files that is not frozen with a release. Each message
 * is a whole sentence or a whole label, with its places in braces, so that another language may put
 * them in another order. docs/guide/presenter.md says how a translation is made.
 */
export const english = { ...figureWords, ...lawWords, ...questionWords, ...paperWords } as const;
export type WordKey = keyof typeof english;
