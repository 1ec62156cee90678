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

/** What was made, for the report. */
export interface PackReport {
  readonly folder: string;
  readonly code: string;
  readonly name: string;
  readonly timeZone: string;
  readonly patch: string;
  readonly cells: number;
  readonly parts: readonly string[];
  /** With the kilometres of their line with the command; 0 where they lie near it and do not touch. */
  readonly neighbours: readonly { readonly name: string; readonly km: number }[];
  readonly roads: readonly string[];
  readonly corners: number;
  readonly streets: number;
  readonly stations: number;
  readonly neighbourhoods: number;
  /** What was put right, or is worth a look. */
  readonly notes: readonly string[];
  /** What is not there, and what follows. */
  readonly missing: readonly string[];
}
