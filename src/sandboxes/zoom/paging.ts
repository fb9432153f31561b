import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { invalidFields, ZoomError } from './errors.ts'
import type { Switches } from './switches.ts'
import type { ZoomContext } from './context.ts'

interface Envelope {
  next_page_token: string
  page_count?: number
  page_number?: number
  page_size: number
  total_records?: number
}
interface ListOptions<T> {
  /** Returns a key that is unique in the list. */
  keyOf: (item: T) => string
  /** Whether the list supports `page_number` in addition to page tokens. */
  numbered: boolean
  /** Defaults of parameters. A page token stays valid if one request sets the default and the next one omits it. */
  defaults?: Readonly<Record<string, string>>
}
export interface Pager {
  page<T>(c: ZoomContext, items: T[], options: ListOptions<T>): { items: T[]; envelope: Envelope }
}

/** Where the next page begins: after the item `after`, or at `offset` if the item was deleted. */
interface Place {
  after: string
  offset: number
  query: string
  ends: number
}

export function createPager(now: () => number, switches: Switches): Pager {
  const seal = sealer()

  function readToken(token: string, query: string): Place {
    const place = seal.open(token)
    if (place && place.query === query && now() < place.ends) return place
    throw new ZoomError(400, 300, 'The next page token is invalid or expired.')
  }

  return {
    page(c, all, { keyOf, numbered, defaults = {} }) {
      const size = Math.min(positive(c, 'page_size') ?? 30, 300)
      const query = fingerprint(c, size, defaults)
      const token = c.req.query('next_page_token')
      let start = 0
      if (token) {
        const place = readToken(token, query)
        const index = all.findIndex((item) => keyOf(item) === place.after)
        start = index === -1 ? place.offset - 1 : index + 1
      } else if (numbered && c.req.query('page_number') !== '0')
        // Some clients number pages from 0. Zoom returns the first page for 0.
        start = ((positive(c, 'page_number') ?? 1) - 1) * size
      const items = all.slice(start, start + size)
      const offset = start + items.length
      const last = items.at(-1)
      const envelope: Envelope = { next_page_token: '', page_size: size }
      if (last !== undefined && offset < all.length)
        envelope.next_page_token = seal.close({
          after: keyOf(last),
          offset,
          query,
          ends: now() + switches.pageTokenLifetime,
        })
      if (switches.totals) {
        envelope.page_count = Math.ceil(all.length / size)
        envelope.total_records = all.length
      }
      if (numbered) envelope.page_number = Math.floor(start / size) + 1
      return { items, envelope }
    },
  }
}

function positive(c: ZoomContext, name: string): number | undefined {
  const text = c.req.query(name)
  if (text === undefined || text === '') return undefined
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw invalidFields(name)
  return Number(text)
}

/** Returns a text for the list, its filters, and the page size. A page token is valid only for the same text. */
function fingerprint(c: ZoomContext, size: number, defaults: Readonly<Record<string, string>>): string {
  const parameters = Object.entries(c.req.query()).filter(([, value]) => value !== '')
  const query = new URLSearchParams({ ...defaults, ...Object.fromEntries(parameters) })
  for (const name of ['next_page_token', 'page_number', 'page_size', 'access_token']) query.delete(name)
  query.sort()
  return `${c.req.path.replace(/\/$/, '')}?${query}&${size}`
}

function sealer() {
  const key = randomBytes(32)
  return {
    close(place: Place): string {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const text = Buffer.concat([cipher.update(JSON.stringify(place)), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')
    },
    open(token: string): Place | null {
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length < 29) return null
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28))
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
        return JSON.parse(text.toString()) as Place
      } catch {
        return null
      }
    },
  }
}
