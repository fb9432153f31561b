import { evictionBatchSize, openBatchSize, recordOverheadBytes } from './store.ts'

const settled = "outcome IN ('SUCCEEDED', 'REJECTED', 'NOT_SENT')"
const open = "outcome IN ('PENDING', 'UNKNOWN')"

/** Columns are what is looked for; the record itself is one value. `key` is null unless it is held. */
const operations = `
  CREATE TABLE IF NOT EXISTS operation (
    id TEXT PRIMARY KEY,
    caller TEXT NOT NULL,
    mutation TEXT NOT NULL,
    key TEXT,
    outcome TEXT NOT NULL,
    startedAt INTEGER NOT NULL,
    upload TEXT,
    record BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS heldKeys ON operation (caller, mutation, key) WHERE key IS NOT NULL;
  CREATE INDEX IF NOT EXISTS uploads ON operation (caller, upload) WHERE upload IS NOT NULL;
  CREATE INDEX IF NOT EXISTS openOperations ON operation (startedAt) WHERE ${open};
  CREATE INDEX IF NOT EXISTS ages ON operation (startedAt);
  CREATE TABLE IF NOT EXISTS lastCheck (id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
`

/** How much each caller's operations take, so that nobody has to add it up. */
const usages = `
  CREATE INDEX heldAges ON operation (startedAt) WHERE key IS NOT NULL;
  CREATE INDEX evictable ON operation (caller, startedAt) WHERE key IS NULL AND ${settled};
  CREATE TABLE usage (caller TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO usage SELECT caller, sum(length(record) + ${recordOverheadBytes}) FROM operation GROUP BY caller;
  CREATE TRIGGER countInsert AFTER INSERT ON operation BEGIN
    INSERT OR IGNORE INTO usage VALUES (NEW.caller, 0);
    UPDATE usage SET bytes = bytes + length(NEW.record) + ${recordOverheadBytes} WHERE caller = NEW.caller;
  END;
  CREATE TRIGGER countUpdate AFTER UPDATE OF record ON operation BEGIN
    UPDATE usage SET bytes = bytes + length(NEW.record) - length(OLD.record) WHERE caller = NEW.caller;
  END;
  CREATE TRIGGER countDelete AFTER DELETE ON operation BEGIN
    UPDATE usage SET bytes = bytes - length(OLD.record) - ${recordOverheadBytes} WHERE caller = OLD.caller;
    DELETE FROM usage WHERE caller = OLD.caller AND bytes <= 0;
  END;
`

/** Which process an open operation belongs to, in an index: a caller can leave any number of them open. */
const processes = `
  ALTER TABLE operation ADD COLUMN process TEXT;
  DROP INDEX openOperations;
  CREATE INDEX openOperations ON operation (startedAt, process) WHERE ${open};
`

/** The changes of the schema, in order. The first also meets files that have no version yet. */
export const migrations: readonly string[] = [operations, usages, processes]

/** What a record of `size` bytes more would make of its caller's usage. */
const usage = `:size + ${recordOverheadBytes} + coalesce((SELECT bytes FROM usage WHERE caller = :caller), 0)`

/** Deletes the oldest operations that nobody needs, of a caller whose share has no room for one more. */
export const evict = `DELETE FROM operation WHERE id IN (
  SELECT id FROM operation WHERE ${usage} > :quota AND caller = :caller AND key IS NULL AND ${settled}
  ORDER BY startedAt LIMIT ${evictionBatchSize})`

/** Returns a row if there was room and the key was free. */
export const insert = `INSERT INTO operation (id, caller, mutation, key, outcome, startedAt, upload, record, process)
  SELECT :id, :caller, :mutation, :key, :outcome, :startedAt, :upload, :record, :process WHERE ${usage} <= :quota
  ON CONFLICT (caller, mutation, key) WHERE key IS NOT NULL DO NOTHING RETURNING id`

/** Finds the oldest open operations of all processes but these. */
export const findOpen = `SELECT id, record FROM operation
  WHERE ${open} AND startedAt >= :since
    AND (process IS NULL OR process NOT IN (SELECT value FROM json_each(:processes)))
  ORDER BY startedAt LIMIT ${openBatchSize}`

/** How many operations one statement changes: nobody else can write in the meantime. */
export const writeBatchSize = 1_000

export const freeBatch = `UPDATE operation SET key = NULL WHERE id IN (
  SELECT id FROM operation WHERE key IS NOT NULL AND startedAt < :before LIMIT ${writeBatchSize}) RETURNING id`

export const forgetBatch = `DELETE FROM operation WHERE id IN (
  SELECT id FROM operation WHERE startedAt < :before LIMIT ${writeBatchSize}) RETURNING id`
