import { badFeatures, oddFeatures } from "#tests/support/bad-features.ts";
import { badTexts, oddFiles } from "#tests/support/bad-files.ts";
import { badLayers } from "#tests/support/bad-layers.ts";
import { badWorkbooks, oddWorkbooks } from "#tests/support/bad-workbooks.ts";

/** Every file that is refused, and every unusual one that is not. */
export const badFiles = [...badTexts, ...badWorkbooks, ...badFeatures, ...badLayers];
export const unusualFiles = [...oddFiles, ...oddWorkbooks, ...oddFeatures];
