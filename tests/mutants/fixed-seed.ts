import { fc } from "@fast-check/vitest";

// The seed is part of a property's name, and a mutant looks its tests up by name.
fc.configureGlobal({ seed: 20211126 });
