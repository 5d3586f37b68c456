/**
 * The index: a cache of what originals and journal say, rebuilt from them to the same rows. Rows of a
 * superseded parse run stay, and every reader asks for the current one.
 */
export const INDEX_SQL = `
CREATE TABLE artifact (
  number INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('source', 'member')),
  status TEXT NOT NULL,
  name TEXT NOT NULL,
  name_bytes TEXT,
  exhibit TEXT,
  acquired TEXT NOT NULL,
  seq INTEGER NOT NULL
) STRICT;

-- Files of one export, by their path in it. source is the archive, or the main file of a folder.
CREATE TABLE member (
  source INTEGER NOT NULL REFERENCES artifact,
  path TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  artifact INTEGER NOT NULL REFERENCES artifact,
  archived INTEGER NOT NULL,
  PRIMARY KEY (source, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_artifact ON member (artifact);

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  artifact INTEGER NOT NULL REFERENCES artifact,
  source INTEGER NOT NULL REFERENCES artifact,
  seq INTEGER NOT NULL,
  format TEXT NOT NULL,
  format_version INTEGER NOT NULL,
  options TEXT NOT NULL,
  current INTEGER NOT NULL,
  units INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  events INTEGER NOT NULL,
  exceptions INTEGER NOT NULL,
  digest TEXT NOT NULL
) STRICT;
CREATE INDEX run_artifact ON run (artifact);

-- run is null for what was found while the file was taken in, before anything was parsed.
CREATE TABLE finding (
  artifact INTEGER NOT NULL REFERENCES artifact,
  run INTEGER REFERENCES run,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  count INTEGER NOT NULL
) STRICT;
CREATE INDEX finding_artifact ON finding (artifact);

CREATE TABLE conversation (
  id INTEGER PRIMARY KEY,
  artifact INTEGER NOT NULL REFERENCES artifact,
  ordinal INTEGER NOT NULL,
  key TEXT NOT NULL,
  native_id TEXT,
  title TEXT,
  kind TEXT NOT NULL,
  UNIQUE (artifact, key)
) STRICT;

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  artifact INTEGER NOT NULL REFERENCES artifact,
  ordinal INTEGER NOT NULL,
  key TEXT NOT NULL,
  service TEXT NOT NULL,
  native_id TEXT,
  name TEXT,
  UNIQUE (artifact, key)
) STRICT;

-- earliest and latest bound the instant in ms since the epoch: latest is exclusive, and the two lie
-- further apart than the precision where the zone or the date is in doubt.
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run,
  conversation INTEGER NOT NULL REFERENCES conversation,
  account INTEGER REFERENCES account,
  event INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT,
  byte_offset INTEGER NOT NULL,
  byte_length INTEGER NOT NULL,
  part TEXT,
  place TEXT,
  text TEXT NOT NULL,
  time_raw TEXT,
  time_local TEXT,
  instant INTEGER,
  basis TEXT NOT NULL,
  time_more TEXT,
  earliest INTEGER,
  latest INTEGER,
  flags TEXT,
  native_id TEXT,
  reply_to TEXT,
  edited TEXT,
  extra TEXT,
  attachments INTEGER NOT NULL
) STRICT;

CREATE TABLE attachment (
  message INTEGER NOT NULL REFERENCES message,
  ordinal INTEGER NOT NULL,
  name TEXT,
  state TEXT NOT NULL,
  literal TEXT,
  media TEXT,
  mime TEXT,
  artifact INTEGER REFERENCES artifact,
  PRIMARY KEY (message, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX attachment_artifact ON attachment (artifact) WHERE artifact IS NOT NULL;

-- Further places where the same message stands, when one talk was exported twice.
CREATE TABLE message_source (
  message INTEGER NOT NULL REFERENCES message,
  run INTEGER NOT NULL REFERENCES run,
  byte_offset INTEGER NOT NULL,
  byte_length INTEGER NOT NULL,
  basis TEXT NOT NULL,
  PRIMARY KEY (message, run, byte_offset)
) STRICT, WITHOUT ROWID;

CREATE TABLE exception (
  run INTEGER NOT NULL REFERENCES run,
  ordinal INTEGER NOT NULL,
  conversation INTEGER REFERENCES conversation,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  byte_offset INTEGER NOT NULL,
  byte_length INTEGER NOT NULL,
  place TEXT,
  PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;

-- item is a message id, or artifact:NUMBER.
CREATE TABLE withheld (
  item TEXT PRIMARY KEY,
  ground TEXT NOT NULL,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE production (
  procedure TEXT NOT NULL,
  number INTEGER NOT NULL,
  bundle TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL,
  zip_sha256 TEXT,
  content_digest TEXT,
  detail TEXT NOT NULL,
  PRIMARY KEY (procedure, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX message_conversation ON message (conversation);
CREATE INDEX message_place ON message (run, byte_offset);

-- Without a copy of the text: what goes in is folded, and rowid is the message's id.
CREATE VIRTUAL TABLE message_text USING fts5 (
  text,
  content = '',
  tokenize = 'unicode61 remove_diacritics 2'
);
`;
