import "#client/ui/skeleton.css";

/** Bars in the true shape of what is loading; says so to readers once. */
export function Skeleton({
  lines = 3,
  fill = false,
}: {
  readonly lines?: number;
  /** One block that fills its parent: a map, a chart. */
  readonly fill?: boolean;
}) {
  const bars = Array.from({ length: fill ? 1 : lines }, (_, index) => `bar-${index}`);
  return (
    <div
      className={fill ? "skeleton skeleton--fill stack gap-3 pad-3" : "skeleton stack gap-3 pad-3"}
      role="status"
    >
      <span className="visually-hidden">Loading</span>
      {bars.map((bar) => (
        <span key={bar} className="skeleton__bar" />
      ))}
    </div>
  );
}
