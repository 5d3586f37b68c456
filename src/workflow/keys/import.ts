/** Keys that others made, taken into the key folder: from files, or left on their card. */
export { type Importable, type ImportRequest, readImport } from "../../signature/keys/import.ts";
export { type CardRequest, readCardKey } from "../../signature/keys/pkcs11/add.ts";
