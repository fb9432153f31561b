export interface Row {
  id: string
  /** Place in the vendor's order; grows with every row added. */
  seq: number
}

/** The vendor's form of an id: a JSON array in base64 without padding. */
function encodeId(kind: number, seq: number): string {
  return Buffer.from(JSON.stringify([kind, seq]))
    .toString('base64')
    .replace(/=+$/, '')
}

/** The `seq` inside an id, or null where it is no id. */
export function seqOf(id: string): number | null {
  const match = /^\[\d+,(\d+)\]$/.exec(Buffer.from(id, 'base64').toString())
  return match ? Number(match[1]) : null
}

/** Everything of one kind, by id, in order of making. */
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
