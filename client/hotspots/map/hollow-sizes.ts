/** A hollow hexagon grows with its class from a third to most of its cell. */
export const hollowSizes: readonly number[] = [0, 0.32, 0.44, 0.56, 0.68, 0.8];
