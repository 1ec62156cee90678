/** Reported events: filled marks. */
export function FilledMark() {
  return (
    <svg className="source-mark" viewBox="0 0 12 12" aria-hidden="true">
      <path d="M6 .8l4.5 2.6v5.2L6 11.2 1.500 8.600V3.400z" fill="var(--count-4)" />
    </svg>
  );
}

/** Discovered events: hollow marks. */
export function HollowMark() {
  return (
    <svg className="source-mark" viewBox="0 0 12 12" aria-hidden="true">
      <path
        d="M6 1.500l3.900 2.250v4.500L6 10.500 2.100 8.250v-4.500z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    </svg>
  );
}
