// Read before any module: zod otherwise tries whether it may compile code from text, which the
// policy of the server forbids and the browser reports (server/http/security-headers.ts).
globalThis.__zod_globalConfig = { jitless: true };
