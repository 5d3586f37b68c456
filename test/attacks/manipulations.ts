/** Twenty ways to change what a signed report shows without touching a signed byte. */
import { layoutOf, numberOf, objectOf, revised } from "./revise.ts";

export type Manipulation = readonly [name: string, pdf: Buffer];

export function manipulations(pdf: Buffer): readonly Manipulation[] {
  const { objects, root, info } = layoutOf(pdf);
  const free = objects.size + 1;
  const page = numberOf(pdf, "/Type /Page\n");
  const pages = numberOf(pdf, "/Type /Pages\n");
  const catalog = objectOf(pdf, root);
  const onPage = (from: RegExp | string, to: string): string =>
    objectOf(pdf, page).replace(from, to);
  const annotated = (annotation: string): Buffer =>
    revised(pdf, {
      [page]: onPage(/\/Annots \[/, `/Annots [${free} 0 R `),
      [free]: `<<\n/Type /Annot\n${annotation}\n>>\n`,
    });
  const inCatalog = (member: string, more: Readonly<Record<number, string>> = {}): Buffer =>
    revised(pdf, { [root]: catalog.replace("<<\n", `<<\n${member}\n`), ...more });
  return [
    [
      "a page with other content",
      revised(pdf, {
        [page]: onPage(/\/Contents \d+ 0 R/, `/Contents ${free} 0 R`),
        [free]: show("BT ET"),
      }),
    ],
    [
      "content laid over a page",
      revised(pdf, {
        [page]: onPage(/\/Contents (\d+ 0 R)/, `/Contents [$1 ${free} 0 R]`),
        [free]: show("1 g 0 0 600 400 re f"),
      }),
    ],
    ["the content stream itself replaced", revised(pdf, { [contentOf(pdf, page)]: show("BT ET") })],
    [
      "a page taken out",
      revised(pdf, { [pages]: objectOf(pdf, pages).replace(/\/Kids \[\d+ 0 R ?/, "/Kids [") }),
    ],
    [
      "a page put in",
      revised(pdf, {
        [pages]: objectOf(pdf, pages).replace("/Kids [", `/Kids [${free} 0 R `),
        [free]: `<<\n/Type /Page\n/Parent ${pages} 0 R\n/MediaBox [0 0 9 9]\n>>\n`,
      }),
    ],
    ["a page turned round", revised(pdf, { [page]: onPage("<<\n", "<<\n/Rotate 180\n") })],
    ["a page cropped", revised(pdf, { [page]: onPage("<<\n", "<<\n/CropBox [0 0 10 10]\n") })],
    [
      "a free text over a page",
      annotated("/Subtype /FreeText\n/Rect [0 0 600 800]\n/Contents (paid)"),
    ],
    ["a stamp", annotated("/Subtype /Stamp\n/Rect [0 0 90 90]\n/Name /Approved")],
    [
      "a link",
      annotated("/Subtype /Link\n/Rect [0 0 90 90]\n/A <<\n/S /URI\n/URI (http://example.org)\n>>"),
    ],
    [
      "a form field with a value",
      annotated("/Subtype /Widget\n/FT /Tx\n/T (sum)\n/V (1000)\n/Rect [0 0 90 90]"),
    ],
    ["a script on opening", inCatalog("/OpenAction <<\n/S /JavaScript\n/JS (0)\n>>")],
    [
      "layers that hide content",
      inCatalog(`/OCProperties <<\n/OCGs [${free} 0 R]\n/D <<\n/OFF [${free} 0 R]\n>>\n>>`, {
        [free]: "<<\n/Type /OCG\n/Name (x)\n>>\n",
      }),
    ],
    [
      "permissions for later changes",
      inCatalog(`/Perms <<\n/DocMDP ${numberOf(pdf, "/Type /Sig\n")} 0 R\n>>`),
    ],
    [
      "a security store alone",
      inCatalog(`/DSS ${free} 0 R`, { [free]: "<<\n/Type /DSS\n/Certs []\n>>\n" }),
    ],
    [
      "other information",
      revised(pdf, { [info]: objectOf(pdf, info).replace("/Title", "/Title2") }),
    ],
    [
      "a font that draws other letters",
      revised(pdf, {
        [numberOf(pdf, "/FontFile")]: objectOf(pdf, numberOf(pdf, "/FontFile")).replace(
          "/FontFile",
          "/FontFi1e",
        ),
      }),
    ],
    ["a catalog of a hidden document", revised(pdf, { [free]: catalog }, `/Root ${free} 0 R\n`)],
    ["an empty revision", revised(pdf, {})],
    [
      "an object dropped",
      Buffer.concat([
        pdf,
        Buffer.from(
          `xref\n${page} 1\n0000000000 00001 f \ntrailer\n<<\n/Size ${free}\n/Root ${root} 0 R\n/Prev ${layoutOf(pdf).start}\n>>\nstartxref\n${pdf.length}\n%%EOF\n`,
        ),
      ]),
    ],
  ];
}

function show(content: string): string {
  return `<<\n/Length ${content.length}\n>>\nstream\n${content}\nendstream\n`;
}

function contentOf(pdf: Buffer, page: number): number {
  return Number(/\/Contents (\d+) 0 R/.exec(objectOf(pdf, page))?.[1]);
}
