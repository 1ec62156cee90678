// Read before any module: zod otherwise tries whether it may compile code from text, which the
// policy of the server forbids and the browser reports (server/http/security-headers.ts).
globalThis.__zod_globalConfig = { jitless: true };

// Code and style of the screen that the address names, asked for beside what every page begins with.
// The build writes which files those are into the page (vite.config.ts).
const [, opened = ""] = location.hash.match(/^#\/([a-z-]+)/) ?? [];
const ahead = document.documentElement.getAttribute(`data-ahead-${opened}`);
for (const href of ahead?.split(" ") ?? []) {
  const how = href.endsWith(".css") ? { rel: "preload", as: "style" } : { rel: "modulepreload" };
  document.head.append(
    Object.assign(document.createElement("link"), how, { href, crossOrigin: "" }),
  );
}

// A unit's phone waits for its next stop: asked for by now, where it is a phone (client/api/asked-ahead.ts).
if (opened === "plan" && matchMedia("(pointer: coarse)").matches) {
  const [path, at] = ["/api/tonight", performance.now()];
  const reply = fetch(path, { signal: AbortSignal.timeout(20_000) });
  reply.catch(() => undefined);
  globalThis.askedAhead = { path, at, reply };
}
