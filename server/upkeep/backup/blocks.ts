export interface Block {
  readonly bytes: Buffer;
  /** Nothing comes after it. */
  readonly isLast: boolean;
}

/**
 * Cuts a stream into blocks of exactly `size` octets, the first one of `firstSize`; only the last may
 * be shorter. There is always a last one, be it empty.
 */
export async function* blocksOf(
  source: AsyncIterable<Uint8Array>,
  size: number,
  firstSize: number = size,
): AsyncGenerator<Block> {
  let wanted = firstSize;
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    held.push(piece);
    length += piece.length;
    // One octet more than wanted must be there: a block that could be the last is kept back.
    if (length <= wanted) continue;
    let rest = Buffer.concat(held);
    while (rest.length > wanted) {
      yield { bytes: rest.subarray(0, wanted), isLast: false };
      rest = rest.subarray(wanted);
      wanted = size;
    }
    held = [rest];
    length = rest.length;
  }
  yield { bytes: Buffer.concat(held), isLast: true };
}
