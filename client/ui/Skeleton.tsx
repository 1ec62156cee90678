import "#client/ui/skeleton.css";

/** In the shape of what is loading; announced once. */
export function Skeleton({
  lines = 3,
  fill = false,
}: {
  readonly lines?: number;
  readonly fill?: boolean;
}) {
  const bars = Array.from({ length: fill ? 1 : lines }, (_, index) => `bar-${index}`);
  return (
    <div
      className={
        fill ? "relative skeleton--fill tall stack gap-3 pad-3" : "relative stack gap-3 pad-3"
      }
      role="status"
    >
      <span className="visually-hidden">Loading</span>
      {bars.map((bar) => (
        <span key={bar} className="skeleton__bar rounded" />
      ))}
    </div>
  );
}
