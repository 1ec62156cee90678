export interface Flow {
  /** An arc; unlimited without `most`. */
  readonly add: (from: number, to: number, most?: number) => void;
  readonly send: () => number;
  /** After `send`: whether the node is on the source side of a minimum cut. */
  readonly isReached: (node: number) => boolean;
}

const unlimited = 2 ** 50;

/** Maximum flow by layers (Dinic 1970). Integer capacities; each arc is followed by its reverse. */
export function createFlow(nodes: number, source: number, sink: number): Flow {
  const arcsOf: number[][] = Array.from({ length: nodes }, () => []);
  const target: number[] = [];
  const room: number[] = [];
  const level = new Int32Array(nodes);
  const tried = new Int32Array(nodes);
  const half = (from: number, to: number, most: number) => {
    arcsOf[from]?.push(target.length);
    target.push(to);
    room.push(most);
  };
  const open = (node: number) => (arcsOf[node] ?? []).filter((arc) => (room[arc] ?? 0) > 0);
  const levelOf = (node: number) => level[node] ?? -1;
  const targetOf = (arc: number) => target[arc] ?? sink;
  const layer = () => {
    level.fill(-1);
    level[source] = 0;
    const queue = [source];
    for (const node of queue) {
      for (const next of open(node).map(targetOf)) {
        if (levelOf(next) >= 0) continue;
        level[next] = levelOf(node) + 1;
        queue.push(next);
      }
    }
    return levelOf(sink) >= 0;
  };
  const along = (arc: number, most: number): number => {
    const sent = push(targetOf(arc), Math.min(most, room[arc] ?? 0));
    room[arc] = (room[arc] ?? 0) - sent;
    room[arc ^ 1] = (room[arc ^ 1] ?? 0) + sent;
    return sent;
  };
  const leadsOn = (arc: number, from: number) =>
    (room[arc] ?? 0) > 0 && levelOf(targetOf(arc)) === levelOf(from) + 1;
  const push = (node: number, most: number): number => {
    if (node === sink) return most;
    const arcs = arcsOf[node] ?? [];
    let sent = 0;
    for (let at = tried[node] ?? 0; at < arcs.length && sent < most; at += 1) {
      const arc = arcs[at] ?? -1;
      // If it stops short, the next search resumes with this arc.
      tried[node] = at;
      if (leadsOn(arc, node)) sent += along(arc, most - sent);
    }
    if (sent < most) tried[node] = arcs.length;
    return sent;
  };
  return {
    add: (from, to, most = unlimited) => {
      half(from, to, most);
      half(to, from, 0);
    },
    send: () => {
      let sent = 0;
      while (layer()) {
        tried.fill(0);
        sent += push(source, unlimited);
      }
      return sent;
    },
    isReached: (node) => levelOf(node) >= 0,
  };
}
