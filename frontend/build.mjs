// Builds what is vendored from the locked packages: `npm run build`, or `node build.mjs FOLDER`.
// The same lock file gives the same bytes; tests/frontend compares them.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUTPUT = resolve(process.argv[2] ?? join(HERE, "../app/styrgraf/web/static/vendor"));
const PACKAGES = join(HERE, "node_modules");
const PREBUNDLED = "@zazuko/yasgui";
const NOTICES = "THIRD_PARTY_NOTICES";

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
`;

// Packages that state the MIT licence and carry no text of it: whose they are, as they state it.
const WITHOUT_TEXT = {
  "@zazuko/yasgui": "Copyright (c) Triply <info@triply.cc>, and contributors: Zazuko GmbH",
  "@json2csv/formatters": "Copyright (c) Juanjo Díaz",
  "@json2csv/plainjs": "Copyright (c) Juanjo Díaz",
};

install();
mkdirSync(OUTPUT, { recursive: true });
await bundle();
writeFileSync(join(OUTPUT, NOTICES), listBundled().map(writeNotice).join("\n"));
writeSums(["sparql-editor.css", "sparql-editor.js", NOTICES]);

/** Install what the lock file names, running no script of any package. */
function install() {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  execFileSync(npm, ["ci", "--ignore-scripts"], { cwd: HERE, stdio: "inherit" });
}

/** Write script and stylesheet. */
async function bundle() {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: HERE,
    entryPoints: { "sparql-editor": "src/editor-parts.js" },
    outdir: OUTPUT,
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2022",
    charset: "utf8",
    legalComments: "none", // the notices hold them all
  });
  await build({
    absWorkingDir: HERE,
    entryPoints: { "sparql-editor": "src/editor-parts.css" },
    outdir: OUTPUT,
    bundle: true,
    minify: true,
    charset: "utf8",
    legalComments: "none",
  });
}

/** Return the packages whose code is in the output, by the source map of the one that bundles them. */
function listBundled() {
  const map = join(PACKAGES, PREBUNDLED, "build/yasgui.esm.js.map");
  const { sources } = JSON.parse(readFileSync(map, "utf8"));
  const names = sources.flatMap((source) => {
    const found = [...source.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].at(-1);
    return found ? [found[1]] : [];
  });
  return [...new Set([PREBUNDLED, ...names])].sort();
}

/** Return name, version, stated licence and licence text of a package. */
function writeNotice(name) {
  const { version, license } = JSON.parse(readFileSync(join(PACKAGES, name, "package.json"), "utf8"));
  const heading = `${name} ${version} (${license})`;
  return `${heading}\n${"=".repeat(heading.length)}\n\n${readLicence(name).trim()}\n`;
}

function readLicence(name) {
  const folder = join(PACKAGES, name);
  const file = readdirSync(folder).sort().find((each) => /^licen[cs]e(\.(md|txt))?$/i.test(each));
  if (file) return readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n");
  if (!(name in WITHOUT_TEXT)) throw new Error(`${name} carries no licence text`);
  return `MIT License\n\n${WITHOUT_TEXT[name]}\n\n${MIT}`;
}

/** Write SHA-256 sums as sha256sum -c reads them. */
function writeSums(names) {
  const lines = names.map((name) => {
    const path = join(OUTPUT, name);
    if (!existsSync(path)) throw new Error(`${name} was not built`);
    return `${createHash("sha256").update(readFileSync(path)).digest("hex")}  ${name}\n`;
  });
  writeFileSync(join(OUTPUT, "SHA256SUMS"), lines.join(""));
}
