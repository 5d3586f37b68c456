/**
 * Where in an artifact something stands.
 *
 * `offset` and `length` count bytes of the file the parser read (for a member of an archive: of the
 * uncompressed member). `entry` is the member's path as the archive or folder writes it, null for a
 * file taken by itself. `pointer` is an RFC 6901 JSON pointer, `row` a table row number, each only
 * where the format has one. `byteCheckable` is false where bytes cannot say the place (a row of a
 * database): such a locator is counted apart by `verify --against`.
 */
export interface Locator {
  readonly entry: string | null;
  readonly offset: number;
  readonly length: number;
  readonly pointer?: string;
  readonly row?: number;
  readonly byteCheckable: boolean;
}
