/**
 * The order in which nodes are taken out: whichever meets the fewest others at that time (Markowitz 1957; Tinney and
 * Walker 1967, doi 10.1109/PROC.1967.6011), as streets are nearly flat and few arcs come to be so. What is answered is
 * the turn of each node.
 */
export function orderOf(nodeCount: number, from: Uint32Array, to: Uint32Array): Uint32Array {
  const rank = new Uint32Array(nodeCount);
  takeOut(neighboursOf(nodeCount, from, to)).forEach((node, at) => {
    rank[node] = at;
  });
  return rank;
}

/** Each node that shares a segment with another, once. */
function neighboursOf(nodeCount: number, from: Uint32Array, to: Uint32Array): number[][] {
  const meets: number[][] = Array.from({ length: nodeCount }, () => []);
  for (let segment = 0; segment < from.length; segment += 1) {
    const [one, other] = [from[segment] as number, to[segment] as number];
    if (one === other || meets[one]?.includes(other)) continue;
    meets[one]?.push(other);
    meets[other]?.push(one);
  }
  return meets;
}

function takeOut(meets: readonly number[][]): number[] {
  const order: number[] = [];
  const isOut = new Uint8Array(meets.length);
  const seen = new Uint32Array(meets.length);
  let round = 0;
  const byCount = createQueue(meets);
  /** `node` is gone: `other` meets all that it met instead. */
  const mend = (other: number, node: number, around: readonly number[]) => {
    round += 1;
    seen[other] = round;
    seen[node] = round;
    const list = meets[other] as number[];
    list.splice(list.indexOf(node), 1);
    for (const one of list) seen[one] = round;
    for (const one of around) if (seen[one] !== round) list.push(one);
  };
  for (let node = byCount.take(isOut); node >= 0; node = byCount.take(isOut)) {
    isOut[node] = 1;
    order.push(node);
    const around = meets[node] as number[];
    for (const other of around) {
      mend(other, node, around);
      byCount.put(other);
    }
  }
  return order;
}

/** Nodes by how many others they meet; one whose count has changed stands there more than once. */
function createQueue(meets: readonly (readonly number[])[]) {
  const byCount: number[][] = [];
  let low = 0;
  const put = (node: number) => {
    const count = meets[node]?.length ?? 0;
    byCount[count] ??= [];
    byCount[count].push(node);
    low = Math.min(low, count);
  };
  meets.forEach((_, node) => {
    put(node);
  });
  return {
    put,
    /** -1 when all are out. */
    take: (isOut: Uint8Array): number => {
      while (low < byCount.length) {
        const node = byCount[low]?.pop();
        if (node === undefined) low += 1;
        else if (isOut[node] === 0 && meets[node]?.length === low) return node;
      }
      return -1;
    },
  };
}
