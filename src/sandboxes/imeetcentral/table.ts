export interface Row {
  id: string
  /** Position in vendor order. Grows with every added row. */
  seq: number
}

/** Creates an ID in the vendor's format: a JSON array in base64 without padding. */
function encodeId(kind: number, seq: number): string {
  return Buffer.from(JSON.stringify([kind, seq]))
    .toString('base64')
    .replace(/=+$/, '')
}

/** Returns the `seq` in an ID, or null if the text is not an ID. */
export function parseSeq(id: string): number | null {
  const match = /^\[\d+,(\d+)\]$/.exec(Buffer.from(id, 'base64').toString())
  return match ? Number(match[1]) : null
}

/** All objects of one kind by ID, in the order of their creation. */
export class Table<T extends object> extends Map<string, T & Row> {
  readonly #kind: number
  #seq = 99

  constructor(kind: number) {
    super()
    this.#kind = kind
  }

  add(fields: T): T & Row {
    const seq = ++this.#seq
    const row = { ...fields, id: encodeId(this.#kind, seq), seq }
    this.set(row.id, row)
    return row
  }
}
