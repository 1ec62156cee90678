import {
  type Comparison,
  compareWithControl,
  type Verdict,
  verdictsOf,
} from "#core/displacement/compare.ts";
import { rowSentence } from "#core/displacement/sentence.ts";
import type { Result } from "#core/result.ts";
import type { PrePost } from "#core/stats/wdd.ts";

/** One edge as it was assessed, with what its neighbour has given for the other side, if anything. */
export interface EdgeToComplete extends Pick<Comparison, "p" | "wdd" | "control"> {
  /** Of the edge's months before the start; null where it is not known. */
  readonly dispersion: number | null;
  readonly neighbour: string;
  readonly inner: PrePost;
  readonly given: { readonly reference: string; readonly outer: Result<PrePost> } | null;
}

export interface CompletedEdge {
  readonly reference: string;
  /** Beyond the line, as received; null where the totals do not serve, and `sentence` says why. */
  readonly outer: PrePost | null;
  readonly verdict: Verdict;
  readonly sentence: string;
}

/**
 * Edges whose records end at the line, completed by totals of whole quarters; null for the others. All
 * edges are asked about together, each as well as it is known, so that a wrong rise stays as rare as
 * without the totals (Holm 1979), and with the scatter of its own months.
 */
export function completeEdges(edges: readonly EdgeToComplete[]): (CompletedEdge | null)[] {
  const comparisons = edges.map((edge) => {
    const outer = edge.given?.outer;
    if (!outer?.ok) return null;
    const both: PrePost = [edge.inner[0] + outer.value[0], edge.inner[1] + outer.value[1]];
    return compareWithControl(both, edge.control, edge.dispersion ?? 1);
  });
  const asked = edges.map((edge, at) => comparisons[at] ?? edge);
  const verdicts = verdictsOf(asked);
  const questions = asked.filter(({ p }) => p !== null).length;
  return edges.map(({ neighbour, given }, at) => {
    if (given === null) return null;
    const { reference, outer } = given;
    const from = `totals received from ${neighbour}, reference ${reference}`;
    const comparison = comparisons[at] ?? null;
    if (!outer.ok || comparison === null) {
      const why = outer.ok ? "" : ` ${outer.reason}`;
      const sentence = `There are ${from}, but they cannot be used here.${why}`;
      return { reference, outer: null, verdict: "cannot_tell", sentence };
    }
    const verdict = verdicts[at] ?? "cannot_tell";
    const where = `Both sides of the edge to ${neighbour}, with ${from}`;
    const words = { where, comparison, verdict, asked: questions, oneSided: null };
    return { reference, outer: outer.value, verdict, sentence: rowSentence(words) };
  });
}
