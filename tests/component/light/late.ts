/** Code of a page that takes its time to load. */
await new Promise((resolve) => setTimeout(resolve, 3_000));

export {};
