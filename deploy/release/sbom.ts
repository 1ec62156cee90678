import { createHash } from "node:crypto";
import { carriedBy } from "#deploy/release/carried.ts";
import {
  type Component,
  type Dependency,
  type Locked,
  type Manifest,
  type Part,
  readLocked,
  readManifest,
  rootsOf,
  shippedParts,
} from "#deploy/release/components.ts";
import { readByHand } from "#deploy/release/licences.ts";

export interface Sbom {
  readonly $schema: string;
  readonly bomFormat: "CycloneDX";
  readonly specVersion: "1.6";
  readonly serialNumber: string;
  readonly version: 1;
  readonly metadata: { readonly timestamp: string; readonly component: unknown };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
}

export interface SbomOptions {
  /** ISO 8601, of the commit: the one thing that changes while the lock file does not. */
  readonly at: string;
  /** Whether a package for some systems only is there; all are listed where this is not given. */
  readonly isHere?: (name: string) => boolean;
}

/**
 * What a release is made of, as CycloneDX 1.6: packages of production, packages that the page is built from, and the programs
 * that some of them carry. The same lock file and time give the same bytes.
 */
export function makeSbom(root: string, options: SbomOptions): Sbom {
  return describe(readManifest(root), readLocked(root), rootsOf(root), options);
}

/** The same of what was read already. */
export function describe(
  manifest: Manifest,
  locked: Locked,
  roots: Readonly<Record<Part, ReadonlySet<string>>>,
  { at, isHere = () => true }: SbomOptions,
): Sbom {
  const parts = shippedParts(locked, roots);
  const packages = locked.components
    .filter((one) => parts.has(one["bom-ref"]))
    .filter((one) => one.scope !== "optional" || isDevelopment(one) || isHere(one.name))
    .map((one) => asShipped(one, parts.get(one["bom-ref"]) ?? "server"));
  const carried = packages.map((one) => [one["bom-ref"], asComponent(one)] as const);
  const components = byReference([...packages, ...carried.flatMap(([, one]) => one ?? [])]);
  const listed = new Set(components.map((one) => one["bom-ref"]));
  const self = `${manifest.name}@${manifest.version}`;
  const dependencies = locked.dependencies
    .map(({ ref, dependsOn }, index) => ({ ref: index === 0 ? self : ref, dependsOn }))
    .filter(({ ref }) => ref === self || listed.has(ref))
    .map(({ ref, dependsOn }) => ({
      ref,
      dependsOn: [
        ...dependsOn.filter((one) => listed.has(one)),
        ...carried.flatMap(([of, one]) => (of === ref && one ? [one["bom-ref"]] : [])),
      ],
    }));
  const content = {
    version: 1 as const,
    metadata: { timestamp: at, component: describeSelf(manifest, self) },
    components,
    dependencies,
  };
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(content))}`,
    ...content,
  };
}

const development = "cdx:npm:package:development";

/** npm calls what the page is built from optional, since production does without. */
function isDevelopment({ properties = [] }: Component): boolean {
  return properties.some(({ name }) => name === development);
}

function asShipped(one: Component, part: Part): Component {
  const { properties = [], scope = "required", licenses } = one;
  const known = readByHand[one["bom-ref"]];
  return {
    ...one,
    scope: isDevelopment(one) ? "required" : scope,
    properties: [
      ...properties.filter(({ name }) => name !== development),
      { name: "boxster:part", value: part },
    ],
    ...(licenses === undefined && known ? { licenses: [{ license: { id: known } }] } : {}),
  };
}

function asComponent(one: Component): Component | null {
  const carried = carriedBy(one);
  if (carried === null) return null;
  const { name, version, cpe, licence } = carried;
  return {
    "bom-ref": `${name}@${version} (compiled)`,
    type: "application",
    name,
    version,
    purl: `pkg:generic/${name}@${version}`,
    cpe,
    licenses: [{ license: { id: licence } }],
    properties: [{ name: "boxster:part", value: "server" }],
  };
}

/** Each once, in one order whatever npm's is. */
function byReference(components: readonly Component[]): readonly Component[] {
  const once = new Map(components.map((one) => [one["bom-ref"], one]));
  return [...once.values()].sort((a, b) => (a["bom-ref"] < b["bom-ref"] ? -1 : 1));
}

function describeSelf({ name, version, license, description }: Manifest, ref: string): unknown {
  return {
    "bom-ref": ref,
    type: "application",
    name,
    version,
    description,
    purl: `pkg:npm/${name}@${version}`,
    licenses: [{ license: { id: license } }],
  };
}

/** A UUID of version 8 (RFC 9562): drawn from the content, so that it changes with it alone. */
function uuidOf(content: string): string {
  const hex = createHash("sha256").update(content).digest("hex");
  const variant = (Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8;
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant.toString(16)}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
