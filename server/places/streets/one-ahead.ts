/** Works on each one while whoever asks is still at the one before: for what waits for a disk, or for Node's own threads. */
export async function* oneAhead<Given, Made>(
  given: Iterable<Given> | AsyncIterable<Given>,
  work: (one: Given) => Promise<Made>,
): AsyncGenerator<Made> {
  let ahead: Promise<Made> | null = null;
  for await (const one of given) {
    const next = work(one);
    // Told when its turn comes; where nobody asks that far, nothing is lost.
    next.catch(() => undefined);
    if (ahead) yield await ahead;
    ahead = next;
  }
  if (ahead) yield await ahead;
}
