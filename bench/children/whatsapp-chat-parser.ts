import { readFileSync } from "node:fs";
import { parseString } from "whatsapp-chat-parser";

/** `whatsapp-chat-parser.ts FILE`: the peer reads the same export, as its own page shows it. */
const messages = parseString(readFileSync(process.argv[2] ?? "", "utf8"));
process.stdout.write(`${JSON.stringify({ messages: messages.length })}\n`);
