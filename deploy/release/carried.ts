import type { Component } from "#deploy/release/components.ts";

/** A program that a package carries in compiled form, which npm knows nothing of. */
export interface Carried {
  readonly name: string;
  readonly version: string;
  readonly cpe: string;
  readonly licence: string;
}

/**
 * Named so that a list of known faults can be compared: faults of Node and PostgreSQL are published under these names, not
 * under those of the packages. PostGIS brings GEOS (LGPL-2.1) and PROJ (MIT). A test compares with what the engine says.
 */
export function carriedBy({ name, version }: Pick<Component, "name" | "version">): Carried | null {
  if (/^node-(?:bin-)?(?:linux|darwin|win)-(?:x64|arm64)$/.test(name)) {
    return { name: "node", version, cpe: cpe("nodejs", "node.js", version), licence: "MIT" };
  }
  return compiled[`${name}@${version}`] ?? null;
}

const compiled: Readonly<Record<string, Carried>> = {
  "@electric-sql/pglite@0.5.8": {
    name: "postgresql",
    version: "18.3",
    cpe: cpe("postgresql", "postgresql", "18.3"),
    licence: "PostgreSQL",
  },
  "@electric-sql/pglite-postgis@0.2.8": {
    name: "postgis",
    version: "3.6.2",
    cpe: cpe("postgis", "postgis", "3.6.2"),
    licence: "GPL-2.0-or-later",
  },
};

function cpe(vendor: string, product: string, version: string): string {
  return `cpe:2.3:a:${vendor}:${product}:${version}:*:*:*:*:*:*:*`;
}
