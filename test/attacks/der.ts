/** DER as a tree that can be changed: for signatures and certificates that break their own rules. */

/** An element: content octets, or elements where the tag is constructed. */
export interface Node {
  tag: number;
  bytes: Buffer;
  parts: Node[];
}

export function parse(der: Buffer): Node {
  const [node, end] = parseAt(der, 0);
  if (end !== der.length) throw new Error("bytes behind the DER");
  return node;
}

function parseAt(der: Buffer, at: number): readonly [Node, number] {
  const tag = der.readUInt8(at);
  const first = der.readUInt8(at + 1);
  const extra = first < 0x80 ? 0 : first & 0x7f;
  const length = extra === 0 ? first : der.readUIntBE(at + 2, extra);
  const start = at + 2 + extra;
  const bytes = der.subarray(start, start + length);
  const parts: Node[] = [];
  const isConstructed = (tag & 0x20) !== 0;
  let next = isConstructed ? 0 : length;
  while (next < length) {
    const [part, end] = parseAt(bytes, next);
    parts.push(part);
    next = end;
  }
  return [{ tag, bytes, parts }, start + length];
}

export function encode(node: Node): Buffer {
  const body = (node.tag & 0x20) === 0 ? node.bytes : Buffer.concat(node.parts.map(encode));
  return Buffer.concat([Buffer.of(node.tag), lengthOf(body.length), body]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const digits = length.toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes]);
}

/** The element that the path of positions leads to. */
export function at(node: Node, ...path: readonly number[]): Node {
  let found = node;
  for (const step of path) {
    const next = found.parts[step];
    if (next === undefined) throw new Error(`no element ${path.join(".")}`);
    found = next;
  }
  return found;
}

export function leaf(tag: number, content: Buffer | string): Node {
  return { tag, bytes: Buffer.from(content), parts: [] };
}

export function tree(tag: number, ...parts: Node[]): Node {
  return { tag, bytes: Buffer.alloc(0), parts };
}

/** An OBJECT IDENTIFIER by its content octets in hex. */
export function oid(hex: string): Node {
  return leaf(0x06, Buffer.from(hex, "hex"));
}

/** Puts elements into the ascending order of a DER SET. */
export function sortSet(node: Node): void {
  node.parts.sort((left, right) => Buffer.compare(encode(left), encode(right)));
}
