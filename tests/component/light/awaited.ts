import { until, type Wait } from "#tests/component/light/locator.ts";
import { matches } from "#tests/component/light/routes.ts";

export function asked<One extends { readonly url: () => string }>(
  wanted: string | RegExp | ((one: One) => boolean),
) {
  return (one: One) => {
    if (typeof wanted === "function") return wanted(one);
    return matches(wanted, new URL(one.url()));
  };
}

/** The next one of a kind that is told. */
export async function next<One>(
  all: Set<(one: One) => void>,
  isWanted: (one: One) => boolean,
  what: string,
  wait: Wait = {},
): Promise<One> {
  let found: { readonly one: One } | null = null;
  const hear = (one: One) => {
    if (!found && isWanted(one)) found = { one };
  };
  all.add(hear);
  try {
    const { one } = await until<{ readonly one: One }>(
      () => found,
      () => what,
      wait.timeout,
    );
    return one;
  } finally {
    all.delete(hear);
  }
}
