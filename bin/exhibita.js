#!/usr/bin/env node
// Old syntax throughout: an old Node must be able to read this file, to say that it is too old.
import { existsSync } from "fs";

var LEAST_MAJOR = 22;
var LEAST_MINOR = 18;

function fail(message, hint) {
  process.stderr.write("exhibita: error: " + message + "\nexhibita: hint: " + hint + "\n");
  process.exit(1);
}

var version = process.versions.node.split(".").map(Number);
if (version[0] < LEAST_MAJOR || (version[0] === LEAST_MAJOR && version[1] < LEAST_MINOR)) {
  fail(
    "Node " + process.versions.node + " is too old, exhibita needs 22.18 or newer",
    "install a current Node from https://nodejs.org, or call it by npx from a checkout",
  );
} else if (!existsSync(new URL("../dist/main.js", import.meta.url))) {
  fail("dist/main.js is missing, exhibita is not built", "run npm run build");
} else {
  void import("../dist/main.js");
}
