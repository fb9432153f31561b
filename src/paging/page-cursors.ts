import type { LoadedPage } from './loaded-page.ts'
import type { CursorCodec, CursorSeal } from './cursor.ts'
import {
  countOtherRows,
  formatBeginning,
  formatCursor,
  formatEnding,
  limitTokens,
  markAccount,
  shareLength,
  type CursorOutline,
} from './cursor-text.ts'
import type { SliceItem } from './slice-item.ts'
import { formatNumber } from './digits.ts'
import { NeighborTexts } from './neighbor-text.ts'
import { getEnd, type AccountSlice, type ConnectionBuilder } from './connection-builder.ts'
import type { Boundary } from './position.ts'
import type { LoadConnectionOptions } from './relay.ts'
import { countRows, fixedRowLength, formatOneRow, formatRow, formatToken, type TokenText } from './position-text.ts'

/** What the cursors of edges from one vendor page share, computed once. */
interface Frame {
  part: object
  batch: LoadedPage
  outer: object | null
  isLast: boolean
  beginning: string
  token: TokenText
  texts: NeighborTexts
  /** Characters for neighbors. */
  maxLength: number
  end: string
}

/** Makes the cursors of one page, each when it is asked for. */
export class PageCursors<T> {
  readonly #codec: CursorCodec
  readonly #list: string
  readonly #parts: ConnectionBuilder<T>
  readonly #last: SliceItem<T> | undefined
  #frame: Frame | null = null
  #knownSeal: CursorSeal | null = null

  /** @param last The edge at which the page ends in the direction walked: its cursor resumes every account where it stands. */
  constructor({ codec, list }: LoadConnectionOptions<T>, parts: ConnectionBuilder<T>, last: SliceItem<T> | undefined) {
    this.#codec = codec
    this.#list = list
    this.#parts = parts
    this.#last = last
  }

  get #seal(): CursorSeal {
    return (this.#knownSeal ??= this.#codec.getSeal(this.#list))
  }

  /** The cursor of an edge. */
  create(part: AccountSlice<T>, edge: SliceItem<T>): string {
    const { batch, index, outer } = edge
    const isLast = edge === this.#last
    let frame = this.#frame
    if (frame?.batch !== batch || frame.part !== part || frame.outer !== outer || frame.isLast !== isLast)
      this.#frame = frame = this.#createFrame(part, edge, isLast)
    const { texts, token } = frame
    const at = texts.getPosition(index)
    const choice = texts.choose(at, frame.maxLength)
    const row = formatRow({
      offset: batch.offset === null ? null : batch.offset + index,
      token,
      isOuter: false,
      choice,
      fingerprints: texts.join(at - choice.before, at + choice.behind + 1, choice.isLong),
      own: texts.getPrint(at),
    })
    return this.#seal.sign(frame.beginning + row + frame.end)
  }

  /** The cursor of a page without edges that is not the end. */
  createGap(): string {
    const cuts: Record<string, Boundary> = {}
    for (const part of this.#parts.all) cuts[markAccount(part.account.key)] = getEnd(part, this.#parts.forward)
    return this.#seal.sign(formatCursor(this.#seal.mark, limitTokens({ edge: null, cuts, resume: null })))
  }

  #createFrame(part: AccountSlice<T>, { batch, outer }: SliceItem<T>, isLast: boolean): Frame {
    const outline = limitTokens(this.#createOutline(part, isLast))
    const place = outer?.place() ?? null
    const token = formatToken(batch.link)
    const format = (maxLength: number): [beginning: string, end: string] => [
      formatBeginning(this.#seal.mark, outline) + (place ? formatOneRow(place, maxLength, true) : ''),
      formatEnding(outline, maxLength),
    ]
    const farthest = batch.offset === null ? '' : formatNumber(batch.offset + batch.ids.length)
    const fixedLength = format(0).join('').length + 1 + farthest.length + token.text.length + fixedRowLength
    const rows = 1 + (place ? countRows(place) : 0) + countOtherRows(outline)
    const maxLength = shareLength(fixedLength, rows)
    const [beginning, end] = format(maxLength)
    return { part, batch, outer, isLast, token, texts: new NeighborTexts(batch), maxLength, beginning, end }
  }

  /** Where the other accounts stand, if not where an edge of this account implies. */
  #createOutline(part: AccountSlice<T>, isLast: boolean): CursorOutline {
    const { all, forward } = this.#parts
    const cuts: Record<string, Boundary> = {}
    const resumed: Record<string, Boundary> = {}
    for (const other of all) {
      if (other === part || !other.listing) continue
      const isBefore = other.index < part.index
      const isWalked = isBefore === forward
      const cut = isWalked ? getEnd(other, forward) : other.cut
      if (cut !== (isBefore ? 'end' : 'start')) cuts[markAccount(other.account.key)] = cut
      if (isLast && !isWalked && other.slice && other.end !== cut)
        resumed[markAccount(other.account.key)] = getEnd(other, forward)
    }
    const account = markAccount(part.account.key)
    if (isLast && part.end !== null) resumed[account] = part.end
    const resume = Object.keys(resumed).length > 0 ? { forward, cuts: resumed } : null
    return { edge: { account, index: part.index }, cuts, resume }
  }
}
