import type { Squad } from "#core/patrols/ground/squad.ts";

interface Whose {
  readonly patrolPartner: string | null;
}

/** A patrol partner's own numbers, so that they tell it nothing of how many windows others have. */
const perPartner = 10_000;

/** `w1`, `w2`, ... of police, `w10001`, ... of the first patrol partner, behind those that there are. */
export function numbered<Window extends Whose>(
  windows: readonly Window[],
  squads: readonly Pick<Squad, "patrolPartner" | "number">[] = [],
  before: readonly (Whose & { readonly label: string })[] = [],
): (Window & { readonly label: string })[] {
  const last = new Map<string | null, number>([
    [null, 0],
    ...squads.map((one) => [one.patrolPartner, one.number * perPartner] as const),
  ]);
  for (const { patrolPartner, label } of before) {
    last.set(patrolPartner, Math.max(last.get(patrolPartner) ?? 0, Number(label.slice(1))));
  }
  return windows.map((window) => {
    const number = (last.get(window.patrolPartner) ?? 0) + 1;
    last.set(window.patrolPartner, number);
    return { ...window, label: `w${number}` };
  });
}
