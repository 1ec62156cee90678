import type { AssessedRow } from "#client/displacement/verdict-words.ts";

/** A shape for each answer, so that none rests on its colour: up, down, level, three dots. */
export function VerdictMark({ verdict }: { readonly verdict: AssessedRow["verdict"] }) {
  return (
    <svg className={`verdict-mark verdict-mark--${verdict}`} viewBox="0 0 16 16" aria-hidden="true">
      {verdict === "rise" ? <path d="M8 2.5L14 13H2z" /> : null}
      {verdict === "fall" ? <path d="M8 13.5L2 3h12z" /> : null}
      {verdict === "no_clear_change" ? <path d="M2 6.6h12v2.8H2z" /> : null}
      {verdict === "cannot_tell"
        ? [3, 8, 13].map((x) => <circle key={x} cx={x} cy={8} r={1.8} />)
        : null}
    </svg>
  );
}
