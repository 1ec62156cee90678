/**
 * Runs parts in their order, packed on two cores: `width` says how many of them a part keeps busy, and one starts as
 * soon as any is free. `run(spare)` may call `spare` once, when it needs one core less than it took.
 */
export async function runPacked(parts, cores = 2) {
  let free = cores;
  let wake = () => undefined;
  const give = (count) => {
    free += count;
    wake();
  };
  const running = [];
  for (const { width, run } of parts) {
    while (free < 1) {
      await new Promise((resolve) => {
        wake = resolve;
      });
    }
    free -= width;
    let held = width;
    const spare = () => {
      if (held <= 1) return;
      held -= 1;
      give(1);
    };
    running.push(run(spare).finally(() => give(held)));
  }
  return Promise.all(running);
}
