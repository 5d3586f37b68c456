import { join } from "node:path";
import type { Finding, Part, Samples } from "../part.ts";
import { missingProgram, run } from "../run.ts";

/** poppler's pdfsig, which checks with NSS: the signature alone, and with the root in its trust store. */
export const pdfsig: Part = {
  id: "pdfsig",
  title: "pdfsig (poppler and NSS)",
  missing: () => missingProgram("pdfsig"),
  run: (samples) => {
    const store = trustStore(samples);
    return samples.all.flatMap(({ name, pdf }): readonly Finding[] => {
      const { output } = run("pdfsig", [
        ...(store === null ? ["-nocert"] : ["-nssdir", store]),
        pdf,
      ]);
      const said = (what: string, text: string): Finding => ({
        name: `${name}: ${what}`,
        passed: output.includes(text),
        detail: output,
      });
      return [
        said("signature", "Signature is Valid"),
        said("covers the file", "Total document signed"),
        said("one signature", "Signature #1"),
        ...(store === null ? [] : [said("certificate", "Certificate is Trusted")]),
      ];
    });
  },
};

/** An NSS store that trusts the root; null without NSS's certutil. */
function trustStore({ folder, root }: Samples): string | null {
  if (missingProgram("certutil") !== null) return null;
  const store = join(folder, "nss");
  run("mkdir", [store]);
  run("certutil", ["-N", "-d", `sql:${store}`, "--empty-password"]);
  run("certutil", ["-A", "-n", "root", "-t", "CT,C,C", "-i", root, "-a", "-d", `sql:${store}`]);
  return store;
}
