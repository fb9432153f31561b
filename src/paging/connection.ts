import { Problem } from '../errors.ts'
import type { Cursor, CursorEdge } from './cursor.ts'
import {
  assertAnswered,
  isGivenUp,
  namesAccount,
  pageSizeOf,
  ShownEdge,
  unsupported,
  type Connection,
  type ConnectionOptions,
  type Source,
  statusOfFailure,
} from './relay.ts'
import { fingerprint, type Cut } from './place.ts'
import { totalOf } from './total.ts'
import type { Scan } from './pages.ts'
import { joinSlices, type Edge, type Slice } from './slice.ts'
import { walk } from './walk.ts'

/** An account that has not answered by then (ms) is not waited for before the next one is asked. */
const patience = 250

/**
 * One page of the one list that several accounts' lists make, account after account. Only as many accounts are asked
 * as the page needs; a failed one is left standing where it was. Throws where every account asked has failed.
 */
export async function connect<T>(options: ConnectionOptions<T>): Promise<Connection<T>> {
  const { forward, count } = pageSizeOf(options.args, options.pageSize)
  const parts = new Parts(options, forward)
  await parts.fill(count)
  return parts.connection()
}

interface Part<T> extends Source<T> {
  /** Where the page begins in this account's list, and where it goes on behind (in the direction walked). */
  cut: Cut
  end: Cut
  slice: Slice<T> | null
  edges: Edge<T>[]
  running: Promise<Slice<T>> | null
  /** Calls that the page can still spend on it. */
  scan: Scan
}

class Parts<T> {
  readonly #options: ConnectionOptions<T>
  readonly #forward: boolean
  /** Short, because a list's own name holds its whole filter. */
  readonly #lengthKey: string
  /** In configuration order. */
  readonly #parts: Part<T>[]
  /** In the order in which they are walked. */
  readonly #queue: Part<T>[]
  readonly #until: CursorEdge | null
  readonly #isContinued: boolean
  #stopped = false

  constructor(options: ConnectionOptions<T>, forward: boolean) {
    this.#options = options
    this.#forward = forward
    this.#lengthKey = fingerprint(options.list)
    const { list, args, codec } = options
    const after = args.after == null ? null : codec.decode(list, args.after, 'after')
    const before = args.before == null ? null : codec.decode(list, args.before, 'before')
    const [from, to] = forward ? [after, before] : [before, after]
    this.#isContinued = from !== null
    const cuts = this.#cutsOf(from)
    this.#parts = options.sources.map((source, index) => ({
      ...source,
      cut: cuts[index]!,
      end: cuts[index]!,
      slice: null,
      edges: [],
      running: null,
      scan: { left: options.scanCalls },
    }))
    this.#until = to?.edge ?? null
    if (after && before) this.#checkOrder(after, before)
    const reach = this.#until && this.#positionOf(this.#until)
    const within = this.#parts.filter((_, index) => reach === null || (forward ? index <= reach : index >= reach))
    const done = forward ? 'end' : 'start'
    this.#queue = (forward ? within : within.toReversed()).filter((part) => part.listing && part.cut !== done)
  }

  async fill(count: number): Promise<void> {
    let missing = count
    for (const [index, part] of this.#queue.entries()) {
      if (missing === 0 || this.#stopped) break
      this.#askAhead(index, missing)
      part.slice = await this.#read(part, index, missing)
      part.edges = part.slice.edges.slice(0, missing)
      missing -= part.edges.length
      const cutShort = part.edges.length < part.slice.edges.length
      part.end = this.#endOf(part, cutShort)
      this.#stopped = part.slice.stopped && !cutShort
    }
    const asked = this.#queue.flatMap(({ slice }) => slice ?? [])
    assertAnswered(asked, { sources: this.#parts.length, isContinued: this.#isContinued })
  }

  /** Starts this account, and those after it that the page will surely need as well, each for what will then be missing. */
  #askAhead(index: number, missing: number): void {
    let expected = 0
    for (const part of this.#queue.slice(index)) {
      if (expected > missing) return
      this.#ask(part, Math.max(1, missing - expected))
      expected += this.#expectLength(part)
    }
  }

  /** How many items the account is expected to have behind its cut. */
  #expectLength({ account, cut }: Part<T>): number {
    const unknown = this.#options.isSelective ? 0 : Infinity
    return cut === (this.#forward ? 'start' : 'end') ? (account.lengths.get(this.#lengthKey) ?? unknown) : unknown
  }

  #ask(part: Part<T>, count: number): Promise<Slice<T>> {
    part.running ??= this.#walk(part, part.cut, count)
    return part.running
  }

  /** What the account gives to the page. */
  async #read(part: Part<T>, index: number, missing: number): Promise<Slice<T>> {
    const slice = await this.#patiently(part, index, missing)
    const count = missing - slice.edges.length
    if (count > 0 && slice.more && !slice.stopped && !slice.failure) {
      // It was asked for less, because the accounts before it were expected to have more.
      const end = this.#endOf({ ...part, slice, edges: slice.edges }, false)
      joinSlices(slice, namesAccount(await this.#walk(part, end, count), part.account))
    }
    this.#learn(part, slice)
    return slice
  }

  #walk(part: Part<T>, cut: Cut, count: number): Promise<Slice<T>> {
    const { call, keep, onOuter, isSelective } = this.#options
    return walk(part.listing!, cut, {
      call,
      scan: part.scan,
      forward: this.#forward,
      count,
      keep,
      sparse: !part.isExact,
      isSelective,
      ...(this.#until?.account === part.account.key ? { until: this.#until.place } : {}),
      ...(onOuter ? { onOuter: (item) => onOuter(part.account, item) } : {}),
    })
  }

  /** Waits for one account; the longer it takes, the more of the next ones are asked meanwhile. */
  async #patiently(part: Part<T>, index: number, missing: number): Promise<Slice<T>> {
    const waiting = this.#queue.slice(index + 1).values()
    const timer = setInterval(() => {
      const next = waiting.next()
      if (next.done) clearInterval(timer)
      else void this.#ask(next.value, missing)
    }, patience)
    try {
      return namesAccount(await part.running!, part.account)
    } finally {
      clearInterval(timer)
    }
  }

  #learn({ account, cut }: Part<T>, slice: Slice<T>): void {
    if (cut !== (this.#forward ? 'start' : 'end') || slice.failure) return
    if (slice.more) account.lengths.delete(this.#lengthKey)
    else account.lengths.set(this.#lengthKey, slice.edges.length)
    if (account.lengths.size > 1_000) account.lengths.delete(account.lengths.keys().next().value!)
  }

  #endOf({ slice, edges, cut }: Part<T>, cutShort: boolean): Cut {
    const last = edges.at(-1)
    const behindLast: Cut = !last ? cut : this.#forward ? { after: last.place() } : { before: last.place() }
    if (cutShort) return behindLast
    if (!slice!.more) return this.#forward ? 'end' : 'start'
    return slice!.resume ?? behindLast
  }

  #cutsOf(cursor: Cursor | null): Cut[] {
    const forward = this.#forward
    const accounts = this.#options.sources.map(({ account }) => account.key)
    if (!cursor) return accounts.map(() => (forward ? 'start' : 'end'))
    const { edge, cuts } = cursor
    const at = edge ? positionIn(accounts, edge) : -1
    const resumed = cursor.resume?.forward === forward ? cursor.resume.cuts : {}
    return accounts.map((key, index) => {
      const own = resumed[key] ?? cuts[key]
      if (own) return own
      if (edge && index === at) return forward ? { after: edge.place } : { before: edge.place }
      return index < at ? 'end' : 'start'
    })
  }

  #positionOf(edge: CursorEdge): number {
    return positionIn(
      this.#parts.map(({ account }) => account.key),
      edge,
    )
  }

  #checkOrder(after: Cursor, before: Cursor): void {
    if (!after.edge || !before.edge) return
    const [a, b] = [this.#positionOf(after.edge), this.#positionOf(before.edge)]
    const [x, y] = [after.edge.place.offset, before.edge.place.offset]
    if (a > b || (a === b && x !== null && y !== null && x >= y))
      throw new Problem('BAD_USER_INPUT', '"after" lies behind "before"; the two are the wrong way round.', {
        path: ['after'],
      })
  }

  connection(): Connection<T> {
    const parts = this.#parts
    const edges = (this.#forward ? this.#queue : this.#queue.toReversed()).flatMap((part) => {
      const own = this.#forward ? part.edges : part.edges.toReversed()
      return own.map((edge) => ({ part, edge }))
    })
    const ending = this.#forward ? edges.at(-1)?.edge : edges[0]?.edge
    const shown = edges.map(
      ({ part, edge }) => new ShownEdge(edge.node, part.account, () => this.#cursor(part, edge, edge === ending)),
    )
    const goesOn = this.#queue.some(({ slice, end }) => {
      if (isGivenUp(slice?.failure, this.#isContinued)) return false
      return !slice || end !== (this.#forward ? 'end' : 'start')
    })
    const { args } = this.#options
    const gap = (): string | null => (goesOn ? this.#gap() : null)
    return {
      edges: shown,
      pageInfo: {
        hasNextPage: this.#forward ? goesOn : args.before != null,
        hasPreviousPage: this.#forward ? args.after != null : goesOn,
        get startCursor() {
          return shown[0]?.cursor ?? gap()
        },
        get endCursor() {
          return shown.at(-1)?.cursor ?? gap()
        },
      },
      sources: parts.map((part) => this.#source(part)),
      totalCount: () => this.#total(),
    }
  }

  #source(part: Part<T>): Connection<T>['sources'][number] {
    const { account, slice, edges } = part
    const problem = slice?.failure ?? slice?.problem ?? null
    const base = { account, nodes: edges.length, problem, totalCount: () => this.#countPart(part) }
    if (!part.listing) return { ...base, status: 'UNSUPPORTED', problem: unsupported(account) }
    if (!slice) return { ...base, status: this.#queue.includes(part) ? 'NOT_REACHED' : 'OK' }
    if (slice.failure) return { ...base, status: statusOfFailure(slice.failure) }
    return {
      ...base,
      status: slice.problem || (slice.stopped && edges.length === slice.edges.length) ? 'PARTIAL' : 'OK',
    }
  }

  #cursor(part: Part<T>, edge: Edge<T>, ending: boolean): string {
    const at = this.#parts.indexOf(part)
    const cuts: Record<string, Cut> = {}
    const resumed: Record<string, Cut> = {}
    for (const [index, other] of this.#parts.entries()) {
      const { key } = other.account
      const standard = index < at ? 'end' : 'start'
      const walked = this.#forward ? index < at : index > at
      const cut = walked ? other.end : other.cut
      if (index !== at && other.listing && cut !== standard) cuts[key] = cut
      if (ending && other.slice && other.end !== (cuts[key] ?? standard)) resumed[key] = other.end
    }
    const place = edge.place()
    const resume = ending && Object.keys(resumed).length > 0 ? { forward: this.#forward, cuts: resumed } : null
    return this.#options.codec.encode(this.#options.list, {
      edge: { account: part.account.key, index: at, place },
      cuts,
      resume,
    })
  }

  /** The cursor of a page without edges that is not the end. */
  #gap(): string {
    const cuts = Object.fromEntries(this.#parts.map((part) => [part.account.key, part.end]))
    return this.#options.codec.encode(this.#options.list, { edge: null, cuts, resume: null })
  }

  async #total(): Promise<number | null> {
    const totals = await Promise.all(this.#parts.filter(({ listing }) => listing).map((part) => this.#countPart(part)))
    if (totals.length === 0) return null
    return totals.reduce<number | null>((sum, total) => (sum === null || total === null ? null : sum + total), 0)
  }

  /** Null if the vendor does not report it, or filters less than is asked for. */
  async #countPart({ account, listing, slice, isExact }: Part<T>): Promise<number | null> {
    if (!listing || !isExact) return null
    const { call, onFailedTotal } = this.#options
    return totalOf(listing, call, slice?.totals ?? new Map()).catch((error: unknown) => {
      onFailedTotal?.(account, error)
      return null
    })
  }
}

/** Index of a cursor's account in the list. If the account was removed, the position lies between those around it. */
function positionIn(accounts: readonly string[], { account, index }: CursorEdge): number {
  const known = accounts.indexOf(account)
  return known >= 0 ? known : index - 0.5
}
