import type { ElementType, Key, ReactElement } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";

/** What Vitest makes of markup calls React for development; this hands it on to React as in a built page, which does a third less. */
export function jsxDEV(
  type: ElementType,
  props: object,
  key: Key | undefined,
  hasSeveral: boolean,
): ReactElement {
  return hasSeveral ? jsxs(type, props, key) : jsx(type, props, key);
}

export { Fragment };
