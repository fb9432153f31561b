import { deserialize, serialize } from 'node:v8'
import { packProblem, unpackProblem, type PackedProblem } from './packed-problem.ts'
import { RecordSchema } from './record-schema.ts'
import type { OperationResult, OperationRecord } from './store.ts'

/** A record as it is stored. The property names are part of the stored format. */
interface PackedRecord extends Omit<OperationRecord, 'processId' | 'ownsKey' | 'result' | 'problems'> {
  process: string
  holdsKey: boolean
  answer: OperationResult | null
  problems: PackedProblem[]
}

/** Maximum size of a stored record. A vendor's object can be as large as a response. */
const maxRecordBytes = 64 * 1024
/** Maximum length of a text in a record that would be too large otherwise, in characters. */
const maxTextLength = 500
const maxTags = 50

/** Reductions of a record that is too large. They are applied one after another until it is small enough. */
const reductions: readonly ((record: PackedRecord) => PackedRecord)[] = [
  (record) => record,
  (record) => ({ ...record, lookup: isUnresolved(record) ? record.lookup : null, answer: withoutRaw(record.answer) }),
  (record) => ({
    ...record,
    answer: withShortTexts(record.answer),
    problems: record.problems.map(withoutVendorMessage),
  }),
  (record) => ({ ...record, answer: null, lookup: null }),
]

/**
 * Serializes a record, including dates, big integers, and problems. If it is larger than 64 KiB, omits first the raw object,
 * then long texts, and last the object itself. Never omits the outcome, the problems, or the operation's IDs.
 */
export function packRecord(record: OperationRecord): Buffer {
  let packed = toPacked(record)
  for (const reduce of reductions) {
    packed = reduce(packed)
    if (isLarger(packed, maxRecordBytes)) continue
    const bytes = serialize(packed)
    if (bytes.length <= maxRecordBytes) return bytes
  }
  return serialize(packed)
}

/** @throws An error if the bytes are not a valid record. */
export function unpackRecord(bytes: Uint8Array): OperationRecord {
  const packed = RecordSchema.parse(deserialize(bytes)) as unknown as PackedRecord
  const { process, holdsKey, answer, problems, ...rest } = packed
  return { ...rest, processId: process, ownsKey: holdsKey, result: answer, problems: problems.map(unpackProblem) }
}

function toPacked({ processId, ownsKey, result, problems, ...rest }: OperationRecord): PackedRecord {
  return { ...rest, process: processId, holdsKey: ownsKey, answer: result, problems: problems.map(packProblem) }
}

const isUnresolved = ({ outcome }: PackedRecord): boolean => outcome === 'PENDING' || outcome === 'UNKNOWN'

/** Replaces the raw object by an empty one, because the GraphQL field is not nullable. */
function withoutRaw(result: OperationResult | null): OperationResult | null {
  return result && ({ ...result, value: { ...result.value, raw: {} } } as OperationResult)
}

function withShortTexts(result: OperationResult | null): OperationResult | null {
  if (result?.type === 'Conference') {
    const { title, description, tags } = result.value
    const texts = {
      title: truncate(title),
      description: description && truncate(description),
      tags: tags.slice(0, maxTags).map(truncate),
    }
    return { ...result, value: { ...result.value, ...texts } }
  }
  if (result?.type !== 'Participant') return result
  const { displayName } = result.value
  return { ...result, value: { ...result.value, displayName: displayName && truncate(displayName) } }
}

const withoutVendorMessage = (problem: PackedProblem): PackedProblem => ({ ...problem, vendorMessage: null })

const truncate = (text: string): string =>
  text.length <= maxTextLength ? text : `${text.slice(0, maxTextLength - 1).replace(/[\uD800-\uDBFF]$/, '')}…`

/** Whether a value certainly takes more than `bytes` when it is serialized. Stops reading as soon as this is certain. */
function isLarger(value: unknown, bytes: number): boolean {
  let remaining = bytes
  const pending: unknown[] = [value]
  while (pending.length > 0 && remaining >= 0) {
    const next = pending.pop()
    remaining -= typeof next === 'string' ? next.length : 1
    if (typeof next !== 'object' || next === null) continue
    if (Array.isArray(next)) {
      if (next.length > remaining) return true
      pending.push(...(next as unknown[]))
    } else for (const name in next) pending.push((next as Record<string, unknown>)[name])
  }
  return remaining < 0
}
