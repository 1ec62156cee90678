/**
 * Octets taken one after another from a stream, held no longer than they are needed. What `take` gives is good until the
 * next call; it throws a `RangeError` where the stream ends sooner.
 */
export function createOctets(stream: AsyncIterable<Uint8Array>) {
  const pieces = stream[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array(0);
  let at = 0;
  let done = 0;
  const fetchMore = async (length: number): Promise<boolean> => {
    const parts = [held.subarray(at)];
    let size = held.length - at;
    while (size < length) {
      const next = await pieces.next();
      if (next.done) break;
      parts.push(next.value);
      size += next.value.length;
    }
    held = new Uint8Array(size);
    at = 0;
    let end = 0;
    for (const part of parts) {
      held.set(part, end);
      end += part.length;
    }
    return size >= length;
  };
  return {
    /** Whether so many octets are left. */
    has: async (length: number): Promise<boolean> =>
      held.length - at >= length || (await fetchMore(length)),
    /** After `has`; what is given may not be kept. */
    next: (length: number): Uint8Array => {
      if (held.length - at < length) throw new RangeError("The stream ends too early");
      at += length;
      done += length;
      return held.subarray(at - length, at);
    },
    skip: async (length: number): Promise<void> => {
      let left = length;
      while (left > 0) {
        if (at === held.length && !(await fetchMore(1))) {
          throw new RangeError("The stream ends too early");
        }
        const step = Math.min(left, held.length - at);
        at += step;
        done += step;
        left -= step;
      }
    },
    done: () => done,
    close: async (): Promise<void> => {
      await pieces.return?.();
    },
  };
}

export type Octets = ReturnType<typeof createOctets>;

export async function takeOctets(octets: Octets, length: number): Promise<Uint8Array> {
  if (!(await octets.has(length))) throw new RangeError("The stream ends too early");
  return octets.next(length);
}

export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
