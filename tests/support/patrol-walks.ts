import { createRandom, type Random } from "#core/random.ts";
import type { LoggedFix } from "#tests/support/positions.ts";

const metresPerDegree = 111_200;

export interface Walk {
  readonly device: string;
  readonly minutes: number;
  /** Metres a second while it moves. */
  readonly speed: number;
  readonly seed: number;
}

/**
 * A shift of a crew, second by second: to a place some hundred metres off, a stay of five to fifteen minutes there, on to
 * the next, along streets that run two ways. Its own clock begins at a moment of its own.
 */
export function walkedSeconds({
  minutes,
  speed,
  seed,
}: Walk): readonly (readonly [number, number])[] {
  const random = createRandom(seed);
  const path: [number, number][] = [];
  let [x, y] = [random.next() * 2_000, random.next() * 2_000];
  const stay = () => {
    const seconds = 300 + random.integer(600);
    for (let at = 0; at < seconds; at += 1) path.push([x, y]);
  };
  const go = (dx: number, dy: number) => {
    const seconds = Math.round(Math.hypot(dx, dy) / speed);
    const [fromX, fromY] = [x, y];
    for (let at = 1; at <= seconds; at += 1) {
      path.push([fromX + (dx * at) / seconds, fromY + (dy * at) / seconds]);
    }
    [x, y] = [fromX + dx, fromY + dy];
  };
  while (path.length < minutes * 60) {
    stay();
    for (let leg = 0; leg < 4; leg += 1) {
      const length = legLength(random);
      if (leg % 2 === 0) go(homeward(x, length), 0);
      else go(0, homeward(y, length));
    }
  }
  return path.slice(0, minutes * 60);
}

function legLength(random: Random): number {
  return (60 + random.next() * 240) * (random.next() < 0.5 ? -1 : 1);
}

/** Turns round at the rim of two kilometres. */
function homeward(at: number, step: number): number {
  return at + step < 0 || at + step > 2_000 ? -step : step;
}

/** What a device logs of a walk at one refresh, from a phase of its own, with an error of some metres. */
export function loggedWalk(
  walk: Walk,
  path: readonly (readonly [number, number])[],
  refresh: number,
  { from, corner }: { readonly from: number; readonly corner: { lat: number; lng: number } },
): LoggedFix[] {
  const random = createRandom(walk.seed * 1_000 + refresh);
  const across = Math.cos((corner.lat * Math.PI) / 180);
  const fixes: LoggedFix[] = [];
  for (let second = random.integer(refresh); second < path.length; second += refresh) {
    const [x, y] = path[second] ?? [0, 0];
    const error = () => (random.next() + random.next() + random.next() - 1.5) * 4;
    fixes.push({
      device: walk.device,
      at: from + second * 1000,
      lat: corner.lat + (y + error()) / metresPerDegree,
      lng: corner.lng + (x + error()) / (metresPerDegree * across),
    });
  }
  return fixes;
}
