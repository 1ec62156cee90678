/** Nested areas, by index: the parts of an area add up to it. */
export interface AreaTree {
  readonly ids: readonly string[];
  /** Index of the area around this one, or -1. */
  readonly parent: readonly number[];
  readonly children: readonly (readonly number[])[];
  /** Every index, parts before their whole. */
  readonly upward: readonly number[];
}

export interface NestedArea {
  readonly id: string;
  readonly parent: string | null;
}

export function createAreaTree(areas: readonly NestedArea[]): AreaTree {
  const indexOf = new Map(areas.map((area, index) => [area.id, index] as const));
  if (indexOf.size !== areas.length) throw new RangeError("Two areas share one id");
  const parent = areas.map((area) => {
    if (area.parent === null) return -1;
    const index = indexOf.get(area.parent);
    if (index === undefined) {
      throw new RangeError(`Area "${area.id}" lies in "${area.parent}", which is not given`);
    }
    return index;
  });
  const children: number[][] = areas.map(() => []);
  parent.forEach((at, index) => {
    children[at]?.push(index);
  });
  const downward = parent.flatMap((at, index) => (at === -1 ? [index] : []));
  for (const index of downward) downward.push(...(children[index] ?? []));
  if (downward.length !== areas.length)
    throw new RangeError("Areas lie in one another in a circle");
  return { ids: areas.map((area) => area.id), parent, children, upward: downward.reverse() };
}

export function branchOf(
  tree: AreaTree,
  area: number,
): { readonly branch: AreaTree; readonly members: readonly number[] } {
  const members = [area];
  for (const member of members) members.push(...(tree.children[member] ?? []));
  const idOf = (index: number) => tree.ids[index] ?? "";
  const branch = createAreaTree(
    members.map((member) => ({
      id: idOf(member),
      parent: member === area ? null : idOf(tree.parent[member] ?? -1),
    })),
  );
  return { branch, members };
}

/** Counts of all areas from their leaves; a larger area's own entry is ignored. */
export function addUp(tree: AreaTree, leafCounts: readonly number[]): number[] {
  const counts = leafCounts.slice();
  for (const area of tree.upward) {
    const parts = tree.children[area] ?? [];
    if (parts.length > 0) {
      counts[area] = parts.reduce((total, part) => total + (counts[part] ?? 0), 0);
    }
  }
  return counts;
}
