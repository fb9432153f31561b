import type { LoadedPage } from './loaded-page.ts'
import type { CursorCodec, CursorSigner } from './cursor.ts'
import {
  countOtherRows,
  formatBeginning,
  formatCursor,
  formatEnding,
  limitTokens,
  hashAccountKey,
  computeNeighborLength,
  type CursorOutline,
} from './cursor-text.ts'
import type { ListParent } from './nested-list.ts'
import type { SliceItem } from './slice.ts'
import { formatNumber } from './digits.ts'
import { NeighborTexts } from './neighbor-text.ts'
import { getEndBoundary, type AccountSlice, type ConnectionBuilder } from './connection-builder.ts'
import type { Boundary } from './position.ts'
import type { LoadConnectionOptions } from './relay.ts'
import { countRows, fixedRowLength, formatOneRow, formatRow, formatToken, type TokenText } from './position-text.ts'

/** What the cursors of edges from one vendor page share. Computed once. */
interface Frame {
  part: object
  page: LoadedPage
  parent: ListParent | null
  isLast: boolean
  beginning: string
  token: TokenText
  texts: NeighborTexts
  /** Maximum length of the neighbors in each row, in characters. */
  maxLength: number
  ending: string
}

/** Creates the cursors of one page, each when a query reads it. */
export class PageCursors<T> {
  readonly #codec: CursorCodec
  readonly #list: string
  readonly #builder: ConnectionBuilder<T>
  readonly #lastItem: SliceItem<T> | undefined
  #currentFrame: Frame | null = null
  #createdSigner: CursorSigner | null = null

  /** @param lastItem The item at which the page ends. Its cursor resumes every account at its own boundary. */
  constructor(
    { codec, list }: LoadConnectionOptions<T>,
    builder: ConnectionBuilder<T>,
    lastItem: SliceItem<T> | undefined,
  ) {
    this.#codec = codec
    this.#list = list
    this.#builder = builder
    this.#lastItem = lastItem
  }

  get #signer(): CursorSigner {
    return (this.#createdSigner ??= this.#codec.getSigner(this.#list))
  }

  /**
   * Creates the cursor of an item.
   *
   * @throws OPERATION_TOO_EXPENSIVE if the cursor would be too long to be accepted.
   */
  create(part: AccountSlice<T>, item: SliceItem<T>): string {
    const { page, index: pageIndex, parent } = item
    const isLast = item === this.#lastItem
    let frame = this.#currentFrame
    if (frame?.page !== page || frame.part !== part || frame.parent !== parent || frame.isLast !== isLast)
      this.#currentFrame = frame = this.#createFrame(part, item, isLast)
    const { texts, token } = frame
    const index = texts.getIndex(pageIndex)
    const choice = texts.choose(index, frame.maxLength)
    const row = formatRow({
      offset: page.offset === null ? null : page.offset + pageIndex,
      token,
      isParent: false,
      choice,
      ...texts.describeChoice(index, choice),
      fingerprints: texts.join(index - choice.before, index + choice.after + 1, choice.isLong),
      own: texts.getFingerprint(index),
    })
    return this.#signer.sign(frame.beginning + row + frame.ending)
  }

  /**
   * Creates the cursor of a page without edges that is not the end of the list.
   *
   * @throws OPERATION_TOO_EXPENSIVE if the cursor would be too long to be accepted.
   */
  createForEmptyPage(): string {
    const { accountSlices, isForward } = this.#builder
    const boundaries: Record<string, Boundary> = {}
    for (const part of accountSlices) boundaries[hashAccountKey(part.account.key)] = getEndBoundary(part, isForward)
    return this.#signer.sign(formatCursor(this.#signer.listHash, limitTokens({ edge: null, boundaries, resume: null })))
  }

  #createFrame(part: AccountSlice<T>, { page, parent }: SliceItem<T>, isLast: boolean): Frame {
    const outline = limitTokens(this.#createOutline(part, isLast))
    const parentPosition = parent?.getPosition() ?? null
    const token = formatToken(page.pageToken)
    const format = (maxLength: number): [beginning: string, ending: string] => [
      formatBeginning(this.#signer.listHash, outline) +
        (parentPosition ? formatOneRow(parentPosition, maxLength, true) : ''),
      formatEnding(outline, maxLength),
    ]
    const maxOffset = page.offset === null ? '' : formatNumber(page.offset + page.ids.length)
    const fixedLength = format(0).join('').length + 1 + maxOffset.length + token.text.length + fixedRowLength
    const rows = 1 + (parentPosition ? countRows(parentPosition) : 0) + countOtherRows(outline)
    const maxLength = computeNeighborLength(fixedLength, rows)
    const [beginning, ending] = format(maxLength)
    return { part, page, parent, isLast, token, texts: new NeighborTexts(page), maxLength, beginning, ending }
  }

  /** Adds the boundaries of the other accounts that do not follow from an edge of this account. */
  #createOutline(part: AccountSlice<T>, isLast: boolean): CursorOutline {
    const { accountSlices, isForward } = this.#builder
    const boundaries: Record<string, Boundary> = {}
    const resumeBoundaries: Record<string, Boundary> = {}
    for (const other of accountSlices) {
      if (other === part || !other.listing) continue
      const isBefore = other.index < part.index
      const isScanned = isBefore === isForward
      const boundary = isScanned ? getEndBoundary(other, isForward) : other.start
      if (boundary !== (isBefore ? 'end' : 'start')) boundaries[hashAccountKey(other.account.key)] = boundary
      if (isLast && !isScanned && other.slice && other.end !== boundary)
        resumeBoundaries[hashAccountKey(other.account.key)] = getEndBoundary(other, isForward)
    }
    const account = hashAccountKey(part.account.key)
    if (isLast && part.end !== null) resumeBoundaries[account] = part.end
    const resume = Object.keys(resumeBoundaries).length > 0 ? { isForward, boundaries: resumeBoundaries } : null
    return { edge: { account, index: part.index }, boundaries, resume }
  }
}
