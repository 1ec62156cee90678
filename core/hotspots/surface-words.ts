/** Two and a half widths of a finest cell: rules of thumb give kilometres, which no high street survives. */
export const surfaceMetres = 300;

export function describeSurface(): string {
  return `Smooth surface: quartic kernel density of ${surfaceMetres} m, corrected at the edge of the study area`;
}
