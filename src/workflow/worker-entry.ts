/**
 * URL of a worker's entry beside `base`: `.ts` where the sources run as they are, `.js` in the built
 * package, since the compiler rewrites imports but not the names of worker files.
 */
export function workerEntry(name: string, base: string): URL {
  return new URL(`./${name}${base.endsWith(".ts") ? ".ts" : ".js"}`, base);
}
