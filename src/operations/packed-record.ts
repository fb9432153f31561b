import { deserialize, serialize } from 'node:v8'
import { packProblem, unpackProblem, type PackedProblem } from './packed-problem.ts'
import { RecordShape } from './record-shape.ts'
import type { OperationResult, OperationRecord } from './store.ts'

interface Packed extends Omit<OperationRecord, 'problems'> {
  problems: PackedProblem[]
}

/** Maximum size of a packed record: a vendor's object can be as large as its responses may be. */
const maxRecordBytes = 64 * 1024
/** Maximum length of a text in a record that would otherwise be larger. */
const maxTextLength = 500
const maxTags = 50

/** What a record that is too large is stored without, one after another until it is small enough. */
const reductions: readonly ((record: Packed) => Packed)[] = [
  (record) => record,
  (record) => ({ ...record, lookup: isOpen(record) ? record.lookup : null, answer: withoutRaw(record.answer) }),
  (record) => ({ ...record, answer: shorten(record.answer), problems: record.problems.map(withoutVendorMessage) }),
  (record) => ({ ...record, answer: null, lookup: null }),
]

/**
 * Returns a record as one value, dates, big integers and problems included. Over 64 KiB, it leaves out the raw object
 * first, then long texts, and last the object itself; never the outcome, the problems, or the operation's IDs.
 */
export function packRecord(record: OperationRecord): Buffer {
  let packed: Packed = { ...record, problems: record.problems.map(packProblem) }
  for (const reduce of reductions) {
    packed = reduce(packed)
    if (isLarger(packed, maxRecordBytes)) continue
    const bytes = serialize(packed)
    if (bytes.length <= maxRecordBytes) return bytes
  }
  return serialize(packed)
}

/** @throws What the bytes are not, if they are not a record. */
export function unpackRecord(bytes: Uint8Array): OperationRecord {
  const packed = RecordShape.parse(deserialize(bytes)) as unknown as Packed
  return { ...packed, problems: packed.problems.map(unpackProblem) }
}

const isOpen = ({ outcome }: Packed): boolean => outcome === 'PENDING' || outcome === 'UNKNOWN'

/** The schema promises an object; an empty one says that it was not kept. */
function withoutRaw(answer: OperationResult | null): OperationResult | null {
  return answer && ({ ...answer, value: { ...answer.value, raw: {} } } as OperationResult)
}

function shorten(answer: OperationResult | null): OperationResult | null {
  if (answer?.type === 'Conference') {
    const { title, description, tags } = answer.value
    const texts = {
      title: cut(title),
      description: description && cut(description),
      tags: tags.slice(0, maxTags).map(cut),
    }
    return { ...answer, value: { ...answer.value, ...texts } }
  }
  if (answer?.type !== 'Participant') return answer
  const { displayName } = answer.value
  return { ...answer, value: { ...answer.value, displayName: displayName && cut(displayName) } }
}

const withoutVendorMessage = (problem: PackedProblem): PackedProblem => ({ ...problem, vendorMessage: null })

const cut = (text: string): string =>
  text.length <= maxTextLength ? text : `${text.slice(0, maxTextLength - 1).replace(/[\uD800-\uDBFF]$/, '')}…`

/** Whether a value certainly takes more than `bytes` when it is serialized; reads no more of it than that. */
function isLarger(value: unknown, bytes: number): boolean {
  let left = bytes
  const pending: unknown[] = [value]
  while (pending.length > 0 && left >= 0) {
    const next = pending.pop()
    left -= typeof next === 'string' ? next.length : 1
    if (typeof next !== 'object' || next === null) continue
    if (Array.isArray(next)) {
      if (next.length > left) return true
      pending.push(...(next as unknown[]))
    } else for (const name in next) pending.push((next as Record<string, unknown>)[name])
  }
  return left < 0
}
