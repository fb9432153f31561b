import { evictionBatchSize, recordOverheadBytes } from './store.ts'

export const schemaVersion = 2

const settled = "outcome IN ('SUCCEEDED', 'REJECTED', 'NOT_SENT')"

/**
 * Columns are what is looked for; the record itself is one value. `key` is null unless it is held. `usage` holds how much
 * each caller's operations take, so that nobody has to add it up.
 */
export const schema = `
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
  CREATE INDEX IF NOT EXISTS openOperations ON operation (startedAt) WHERE outcome IN ('PENDING', 'UNKNOWN');
  CREATE INDEX IF NOT EXISTS ages ON operation (startedAt);
  CREATE INDEX IF NOT EXISTS heldAges ON operation (startedAt) WHERE key IS NOT NULL;
  CREATE INDEX IF NOT EXISTS evictable ON operation (caller, startedAt) WHERE key IS NULL AND ${settled};

  CREATE TABLE IF NOT EXISTS lastCheck (id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS usage (caller TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO usage SELECT caller, sum(length(record) + ${recordOverheadBytes}) FROM operation
    WHERE NOT EXISTS (SELECT 1 FROM usage) GROUP BY caller;
  CREATE TRIGGER IF NOT EXISTS countInsert AFTER INSERT ON operation BEGIN
    INSERT OR IGNORE INTO usage VALUES (NEW.caller, 0);
    UPDATE usage SET bytes = bytes + length(NEW.record) + ${recordOverheadBytes} WHERE caller = NEW.caller;
  END;
  CREATE TRIGGER IF NOT EXISTS countUpdate AFTER UPDATE OF record ON operation BEGIN
    UPDATE usage SET bytes = bytes + length(NEW.record) - length(OLD.record) WHERE caller = NEW.caller;
  END;
  CREATE TRIGGER IF NOT EXISTS countDelete AFTER DELETE ON operation BEGIN
    UPDATE usage SET bytes = bytes - length(OLD.record) - ${recordOverheadBytes} WHERE caller = OLD.caller;
    DELETE FROM usage WHERE caller = OLD.caller AND bytes <= 0;
  END;
`

/** What a record of `size` bytes more would make of its caller's usage. */
const usage = `:size + ${recordOverheadBytes} + coalesce((SELECT bytes FROM usage WHERE caller = :caller), 0)`

/** Deletes the oldest operations that nobody needs, of a caller whose share has no room for one more. */
export const evict = `DELETE FROM operation WHERE id IN (
  SELECT id FROM operation WHERE ${usage} > :quota AND caller = :caller AND key IS NULL AND ${settled}
  ORDER BY startedAt LIMIT ${evictionBatchSize})`

/** Returns a row if there was room and the key was free. */
export const insert = `INSERT INTO operation
  SELECT :id, :caller, :mutation, :key, :outcome, :startedAt, :upload, :record WHERE ${usage} <= :quota
  ON CONFLICT (caller, mutation, key) WHERE key IS NOT NULL DO NOTHING RETURNING id`
