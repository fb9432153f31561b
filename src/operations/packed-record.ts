import { deserialize, serialize } from 'node:v8'
import { packProblem, unpackProblem, type PackedProblem } from './packed-problem.ts'
import type { OperationRecord } from './store.ts'

interface Packed extends Omit<OperationRecord, 'problems'> {
  problems: PackedProblem[]
}

/** A record as one value, dates, big integers and problems included. */
export function packRecord(record: OperationRecord): Buffer {
  const packed: Packed = { ...record, problems: record.problems.map(packProblem) }
  return serialize(packed)
}

export function unpackRecord(bytes: Uint8Array): OperationRecord {
  const packed = deserialize(bytes) as Packed
  return { ...packed, problems: packed.problems.map(unpackProblem) }
}
