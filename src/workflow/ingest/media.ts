/** First bytes of the media that messengers attach; each at its offset. */
const SIGNATURES: readonly { readonly at: number; readonly bytes: readonly number[] }[] = [
  { at: 0, bytes: [0xff, 0xd8, 0xff] }, // JPEG
  { at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a] }, // PNG
  { at: 0, bytes: [0x47, 0x49, 0x46, 0x38] }, // GIF
  { at: 8, bytes: [0x57, 0x45, 0x42, 0x50] }, // WebP in RIFF
  { at: 8, bytes: [0x57, 0x41, 0x56, 0x45] }, // WAVE in RIFF
  { at: 4, bytes: [0x66, 0x74, 0x79, 0x70] }, // ISO media: MP4, MOV, M4A, HEIC, 3GP
  { at: 0, bytes: [0x4f, 0x67, 0x67, 0x53] }, // Ogg: Opus, Vorbis
  { at: 0, bytes: [0x49, 0x44, 0x33] }, // MP3 with ID3
  { at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] }, // Matroska, WebM
  { at: 0, bytes: [0x23, 0x21, 0x41, 0x4d, 0x52] }, // AMR
  { at: 0, bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] }, // PDF
];

/** A frame of MPEG audio layer II or III (ISO/IEC 11172-3); layer I would take the mark of UTF-16 for sound. */
function isMpegAudio(head: Uint8Array): boolean {
  const second = head[1] ?? 0;
  const layer = second & 0x06;
  return head[0] === 0xff && (second & 0xe0) === 0xe0 && (layer === 0x02 || layer === 0x04);
}

/** True where the first bytes are those of an image, a sound, a film or a document: an attachment, not a chat. */
export function isMedia(head: Uint8Array): boolean {
  const matches = SIGNATURES.some(({ at, bytes }) =>
    bytes.every((byte, i) => head[at + i] === byte),
  );
  return matches || isMpegAudio(head) || startsWithVcard(head);
}

function startsWithVcard(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 11)).toString("latin1").toUpperCase() === "BEGIN:VCARD";
}
