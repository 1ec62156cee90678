/** What `boxster places build` was told; paths are absolute. */
export interface PackRequest {
  readonly boundary: string;
  /** Names or codes of features; null for all of them. */
  readonly parts: readonly string[] | null;
  readonly layer: string | null;
  /** Names of properties; found by their own names where undefined. */
  readonly code?: string | undefined;
  readonly name?: string | undefined;
  readonly neighbours: string | null;
  /** Of a GeoPackage of neighbours. */
  readonly neighboursLayer: string | null;
  readonly names: string | null;
  readonly streets: string | null;
  readonly zone: string;
  /** Of the pack; null for one made of the folder's name. */
  readonly pack: string | null;
  /** Of the command; null for the names of its parts. */
  readonly called: string | null;
  readonly patch: string | null;
  readonly out: string;
  /** Licence lines, at least one. */
  readonly attributions: readonly string[];
}
