import { evictionBatchSize, unresolvedBatchSize, recordOverheadBytes } from './store.ts'

const isSettledSql = "outcome IN ('SUCCEEDED', 'REJECTED', 'NOT_SENT')"
const isUnresolvedSql = "outcome IN ('PENDING', 'UNKNOWN')"

/** Contains the record as one value, and columns for the queries. `key` is null if the operation does not own its key. */
const operationTable = `
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
  CREATE INDEX IF NOT EXISTS openOperations ON operation (startedAt) WHERE ${isUnresolvedSql};
  CREATE INDEX IF NOT EXISTS ages ON operation (startedAt);
  CREATE TABLE IF NOT EXISTS lastCheck (id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
`

/** Counts the bytes of each caller's operations in triggers, so that no query has to add them up. */
const usageTable = `
  CREATE INDEX heldAges ON operation (startedAt) WHERE key IS NOT NULL;
  CREATE INDEX evictable ON operation (caller, startedAt) WHERE key IS NULL AND ${isSettledSql};
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

/** Adds the process to the index of unresolved operations, because a caller can have any number of them. */
const processColumn = `
  ALTER TABLE operation ADD COLUMN process TEXT;
  DROP INDEX openOperations;
  CREATE INDEX openOperations ON operation (startedAt, process) WHERE ${isUnresolvedSql};
`

/** Changes of the schema, in order. The first one is also executed on files that were created before versions were stored. */
export const migrations: readonly string[] = [operationTable, usageTable, processColumn]

/** The caller's usage with another record of `size` bytes. */
const usageSql = `:size + ${recordOverheadBytes} + coalesce((SELECT bytes FROM usage WHERE caller = :caller), 0)`

/** Deletes the oldest resolved operations without a key of a caller whose share has no room for another record. */
export const evictSql = `DELETE FROM operation WHERE id IN (
  SELECT id FROM operation WHERE ${usageSql} > :quota AND caller = :caller AND key IS NULL AND ${isSettledSql}
  ORDER BY startedAt LIMIT ${evictionBatchSize})`

/** Inserts an operation. Returns a row if the share had room and the key was not owned. */
export const insertSql = `INSERT INTO operation (id, caller, mutation, key, outcome, startedAt, upload, record, process)
  SELECT :id, :caller, :mutation, :key, :outcome, :startedAt, :upload, :record, :process WHERE ${usageSql} <= :quota
  ON CONFLICT (caller, mutation, key) WHERE key IS NOT NULL DO NOTHING RETURNING id`

/** Selects the oldest unresolved operations, except those of the given processes. */
export const listUnresolvedSql = `SELECT id, record FROM operation
  WHERE ${isUnresolvedSql} AND startedAt >= :since
    AND (process IS NULL OR process NOT IN (SELECT value FROM json_each(:processes)))
  ORDER BY startedAt LIMIT ${unresolvedBatchSize}`

/** Maximum number of operations that one statement changes, because no other statement can write in the meantime. */
export const writeBatchSize = 1_000

export const releaseKeysSql = `UPDATE operation SET key = NULL WHERE id IN (
  SELECT id FROM operation WHERE key IS NOT NULL AND startedAt < :before LIMIT ${writeBatchSize}) RETURNING id`

export const deleteBatchSql = `DELETE FROM operation WHERE id IN (
  SELECT id FROM operation WHERE startedAt < :before LIMIT ${writeBatchSize}) RETURNING id`
